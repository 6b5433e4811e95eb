"""The least app that one could write with the same widgets: what Textual itself costs."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Static, TextArea


class BareApp(App[None]):
    """A status line, a conversation, a prompt, the keys."""

    BINDINGS = [("ctrl+q", "quit", "quit")]  # noqa: RUF012 - Textual's own form
    CSS = "TextArea { height: 3; } Horizontal { height: 1; } VerticalScroll { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal():
            yield Static("bare")
        with VerticalScroll(can_focus=False):
            yield Static("What would you like to watch?", markup=False)
        yield TextArea()
        yield Footer()

    def on_mount(self) -> None:
        """One can type at once."""
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    BareApp().run()
