"""What a newcomer sees: what to say, and how to bring one's own videos."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.tui.wording import videos

EXAMPLES = (
    "a quiet Japanese film, under two hours",
    "something like Spirited Away, but for grown-ups",
    "人工智能入门教程，不超过20分钟",
)
DIM = "$foreground 60%"


class Welcome(Static):
    """Greets, gives three examples, and says how many videos there are once that is known."""

    def __init__(self) -> None:
        super().__init__(_text(None), markup=False)

    def show_count(self, count: int) -> None:
        """Say how many videos the library holds."""
        self.update(_text(count))


def _text(count: int | None) -> Content:
    lines = [Content.styled("What would you like to watch?", "bold"), Content("")]
    for lead, example in zip(("Say  ", "or   ", "or   "), EXAMPLES, strict=True):
        lines.append(Content.assemble((lead, DIM), (example, "$accent")))
    lines.append(Content(""))
    if count == 0:
        lines.append(Content("No videos yet. Import some: matinee import FOLDER"))
    else:
        known = "" if count is None else f"{videos(count)} in your library. "
        lines.append(Content.styled(f"{known}Bring your own: matinee import FOLDER", DIM))
    lines.append(Content.styled("/help shows every command and key.", DIM))
    return Content("\n").join(lines)
