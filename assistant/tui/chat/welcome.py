"""What a newcomer sees: what to say, and how to bring one's own videos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from assistant.tui.chat.examples import DEFAULT
from assistant.tui.commands import Command, named
from assistant.tui.wording import videos

DIM = "$foreground 60%"

BRING = "Bring your own, from YouTube, Letterboxd, yt-dlp, Kodi or Jellyfin: /import"
PAGES: Mapping[str, str] = {
    "library": "library",
    "taste": "taste",
    "sessions": "earlier conversations",
    "help": "everything else",
}
"""What is told of at once, by the name of the command."""


class Welcome(Static):
    """Greets, gives examples, and says how many videos there are once that is known."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._examples: Sequence[str] = DEFAULT
        self._count: int | None = None
        self._key_of: Callable[[Command], str] = lambda _: ""
        self.content = self._text()

    def show_keys(self, key_of: Callable[[Command], str]) -> None:
        """Tell of the keys that are in force."""
        self._key_of = key_of
        self.update(self._text())

    def show_count(self, count: int) -> None:
        """Say how many videos the library holds."""
        self._count = count
        self.update(self._text())

    def show_examples(self, examples: Sequence[str]) -> None:
        """Give other examples."""
        self._examples = examples
        self.update(self._text())

    def _text(self) -> Content:
        lines = [Content.styled("What would you like to watch?", "bold"), Content("")]
        for place, example in enumerate(self._examples):
            lead = "or   " if place else "Say  "
            lines.append(Content.assemble((lead, DIM), (example, "$accent")))
        lines.append(Content(""))
        if self._count == 0:
            lines.append(Content("No videos yet."))
        elif self._count is not None:
            lines.append(Content.styled(f"{videos(self._count)} in your library.", DIM))
        lines.append(Content.styled(BRING, DIM))
        lines.append(Content.styled(" · ".join(map(self._way_to, PAGES)), DIM))
        return Content("\n").join(lines)

    def _way_to(self, name: str) -> str:
        command = named(name)
        key = self._key_of(command) if command else ""
        return f"{key or f'/{name}'} {PAGES[name]}"
