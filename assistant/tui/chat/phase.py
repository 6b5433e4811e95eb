"""What is going on while there is nothing to show yet."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
PERIOD_S = 0.12


class Phase(Static):
    """A short text with a spinner before it; still where animations are switched off."""

    def __init__(self, text: str) -> None:
        super().__init__("", markup=False)
        self._text = text
        self._frame = 0

    def on_mount(self) -> None:
        """Begin to turn."""
        self._draw()
        if self.app.animation_level != "none":
            self.set_interval(PERIOD_S, self._turn)

    def say(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self._draw()

    def _turn(self) -> None:
        self._frame = (self._frame + 1) % len(FRAMES)
        self._draw()

    def _draw(self) -> None:
        spinner = (f"{FRAMES[self._frame]} ", "$accent")
        self.update(Content.assemble(spinner, (self._text, "$foreground 60%")))
