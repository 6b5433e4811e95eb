"""What of the library a message may name, as far as understanding asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from assistant.people import PeopleIndex
from assistant.titles import TitleIndex
from assistant.types import Video


class Vocabulary(Protocol):
    """The names of a library: `assistant.names.Names` is one."""

    @property
    def titles(self) -> TitleIndex:
        """The titles of the videos."""
        ...

    @property
    def channels(self) -> Collection[str]:
        """The names of the channels, as they are written."""
        ...

    @property
    def people(self) -> PeopleIndex:
        """Everybody who is credited."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the texts of the library hold a word, in any form."""
        ...

    def videos(self, video_ids: Iterable[str]) -> Mapping[str, Video]:
        """The videos of these ids that the library holds, by id."""
        ...
