"""The dial: three positions between what one knows and what one does not."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from assistant.types import Dial

ROOMY = 120
"""From so many columns on, each position has its name beside it."""
ON, OFF = "●", "○"
LEAD = "dial "


class DialControl(Static):
    """Shows where the dial stands; a click on a position turns it there."""

    ALLOW_SELECT = False

    class Turned(Message):
        """A position was chosen."""

        def __init__(self, dial: Dial) -> None:
            super().__init__()
            self.dial = dial

    def __init__(self) -> None:
        super().__init__("", markup=False, id="dial")
        self._dial = Dial.BALANCED
        self._spots: list[tuple[int, int, Dial]] = []

    def show(self, dial: Dial) -> None:
        """Show another position."""
        self._dial = dial
        self.draw()

    def draw(self) -> None:
        """Draw it to the width that there is."""
        self._spots, content = drawn(self._dial, roomy=self.app.size.width >= ROOMY)
        self.update(content)

    def on_click(self, event: events.Click) -> None:
        """Turn it to the position that was clicked."""
        for start, end, dial in self._spots:
            if start <= event.x < end:
                self.post_message(self.Turned(dial))


def drawn(current: Dial, *, roomy: bool) -> tuple[list[tuple[int, int, Dial]], Content]:
    """The dial, and from which column to which each position can be clicked.

    Returns:
        ``dial ○ familiar ── ● balanced ── ○ explore``, or ``dial ○─●─○ balanced``.
    """
    content = Content.styled(LEAD, "$foreground 60%")
    spots: list[tuple[int, int, Dial]] = []
    for place, dial in enumerate(Dial):
        if place:
            content += Content.styled(" ── " if roomy else "─", "$foreground 30%")
        is_on = dial is current
        style = "bold $accent" if is_on else "$foreground 60%"
        start = content.cell_length
        content += Content.styled(ON if is_on else OFF, style)
        if roomy:
            content += Content.styled(f" {dial.value}", style)
        spots.append((start, content.cell_length, dial))
    if not roomy:
        content += Content.styled(f" {current.value}", "bold $accent")
    return spots, content
