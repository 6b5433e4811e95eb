"""One video over the list, where there is no room beside it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from assistant.listing import VideoDetails
from assistant.tui.library.details import VideoPanel


class OneVideo(ModalScreen[None]):
    """Shows the details of a video until a key says that they are read."""

    CSS_PATH = "one.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "leave", "back")]

    def __init__(self, details: VideoDetails) -> None:
        super().__init__()
        self._details = details

    def compose(self) -> ComposeResult:
        """The details alone."""
        yield VideoPanel()

    def on_mount(self) -> None:
        """They can be scrolled at once."""
        panel = self.query_one(VideoPanel)
        panel.show(self._details)
        panel.focus()

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss(None)
