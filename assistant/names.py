"""What of the library a message may name: titles, channels, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.people import PeopleIndex
    from assistant.titles import TitleIndex
    from assistant.types import Kind, Video
    from store.library import Library


@dataclass(frozen=True)
class Names:
    """Of one state of the library. Each is read when it is first asked for."""

    library: Library

    @cached_property
    def titles(self) -> TitleIndex:
        """The titles of the videos."""
        from assistant.titles import TitleIndex

        return TitleIndex(self.library.titles(), self.library.has_word)

    @cached_property
    def channels(self) -> frozenset[str]:
        """The names of the channels, as they are written."""
        return frozenset(self.library.channels())

    @cached_property
    def people(self) -> PeopleIndex:
        """Everybody who is credited."""
        from assistant.people import PeopleIndex

        return PeopleIndex(self.library.people())

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that there are videos of."""
        return tuple(self.library.kinds())

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are videos in, as codes."""
        return tuple(self.library.languages())

    def knows(self, word: str) -> bool:
        """Whether a video's texts hold a word, in any form."""
        return self.library.has_word(word)

    def videos(self, video_ids: Iterable[str]) -> Mapping[str, Video]:
        """The videos of these ids that the library holds, by id."""
        return self.library.get(video_ids)
