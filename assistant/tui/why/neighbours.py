"""The videos of the library that lie nearest to a pick."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.accounts import Neighbour
from assistant.types import Signal, Video
from assistant.wording import facts, printable

DIM = "$foreground 60%"
MOST_TEXT = 320
"""Characters of a description."""
SIGNS: dict[Signal, str] = {
    Signal.LIKED: "♥",
    Signal.DISLIKED: "✗",
    Signal.WATCHED: "✓",
    Signal.FINISHED: "✓",
    Signal.HIDDEN: "–",
    Signal.SAVED: "★",
}


class Neighbours(OptionList):
    """A line for each, the nearest first."""

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self._shown: tuple[Neighbour, ...] = ()

    def show(self, neighbours: Sequence[Neighbour]) -> None:
        """Show those of another pick."""
        self._shown = tuple(neighbours)
        self.set_options([Option(line(one)) for one in neighbours])
        self.display = bool(neighbours)

    @property
    def chosen(self) -> Video | None:
        """The one that the cursor is on."""
        number = self.highlighted
        return None if number is None else self._shown[number].video


def line(one: Neighbour) -> Content:
    """How near it is, its title, its year, and what the person did with it."""
    sign = f"{SIGNS.get(one.signal, '')} " if one.signal else ""
    return Content.assemble(
        (f"{one.similarity:.2f}  ", DIM),
        printable(one.video.title),
        (f"  {one.video.year}" if one.video.year else "", DIM),
        (f"  {sign}{one.mark}" if one.mark else "", "$accent"),
    )


def details(video: Video, language: str) -> Content:
    """What is known of a video: its facts, its description, its tags."""
    lines = [
        Content.styled(printable(video.title), "bold"),
        Content.styled(printable(facts(video, language)), DIM),
    ]
    if video.people:
        lines.append(Content.styled(printable(", ".join(video.people[:4])), DIM))
    if video.description:
        said = " ".join(video.description.split())
        lines.append(Content(printable(said[:MOST_TEXT] + ("…" if len(said) > MOST_TEXT else ""))))
    if words := video.keywords or video.tags:
        lines.append(Content.styled(printable(" · ".join(words[:8])), "$secondary"))
    return Content("\n").join(lines)
