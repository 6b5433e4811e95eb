"""A line of the conversation that answers no message: a hint, an error, the list of commands."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from assistant.tui.commands import COMMANDS
from assistant.wording import printable


class Notice(Static):
    """Text of the app's own, and what it quotes, shown literally."""

    def __init__(self, text: str | Content) -> None:
        super().__init__(printable(text) if isinstance(text, str) else text, markup=False)


def problem(title: str, detail: str = "", hint: str = "") -> Content:
    """What went wrong, to what, and what to do next."""
    more = (Content.styled(printable(line), "$foreground 60%") for line in (detail, hint) if line)
    return Content("\n").join([Content.styled(printable(title), "$error"), *more])


KEYS = (
    ("Tab, ↓", "go to the picks; 1–9 jumps to one, Tab comes back"),
    ("↑", "your earlier messages"),
    ("Esc", "stop the answer"),
    ("PgUp, PgDn", "scroll"),
    ("Ctrl-P", "the command palette, with colour themes"),
)


def help_text() -> Content:
    """Every command with its key, and the keys beside."""
    rows = [(_key(command.key), command.usage, command.description) for command in COMMANDS]
    width = max(len(usage) for _, usage, _ in rows)
    lines = [Content.styled("Commands, and their keys on a pick", "bold")]
    for key, usage, description in rows:
        lines.append(
            Content.assemble(
                (f"{key:<8}", "$accent"), f"{usage:<{width}}  ", (description, "$foreground 60%")
            )
        )
    lines += [Content(""), Content.styled("More keys", "bold")]
    for key, description in KEYS:
        lines.append(Content.assemble((f"{key:<12}", "$accent"), (description, "$foreground 60%")))
    return Content("\n").join(lines)


def _key(name: str) -> str:
    return name.upper() if name.startswith("f") else name.replace("ctrl+q", "Ctrl-Q")
