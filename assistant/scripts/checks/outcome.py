"""What came of a step, as far as something may be expected of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Interaction, Preference, Turn


@dataclass(frozen=True)
class Outcome:
    """What came of a step, and what was before it."""

    turn: Turn | None
    """None when nothing was said, or the turn failed."""
    error: str
    """What it failed with; empty when it did not."""
    shown_ids: Sequence[str]
    """The picks of the session before it."""
    last_pick_ids: Sequence[str]
    """The picks of the answer before it."""
    earlier: Sequence[Sequence[str]]
    """The picks of every message before it, over all sessions."""
    remembered: Callable[[], Sequence[Preference]]
    signals: Callable[[], Sequence[Interaction]]
    """Every signal that is stored, but for what was only shown."""

    names: Callable[[], Iterable[str]] = tuple
    """Titles, channels and terms of the library: they stand in texts of any language."""

    def resolve(self, video: int | str) -> str:
        """The id of a pick of the answer before by its place, else the id itself."""
        if isinstance(video, str):
            return video
        shown = self.last_pick_ids
        return shown[video - 1] if video <= len(shown) else f"(no pick {video})"
