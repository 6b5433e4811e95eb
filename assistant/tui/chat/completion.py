"""The commands that what is typed may become."""

from __future__ import annotations

from textual.content import Content

from assistant.tui.commands import COMMANDS, Command, named

MOST = 6
"""So many commands are shown at once."""


def candidates(text: str) -> list[Command]:
    """The commands whose names begin as `text` does, or the one that it names already."""
    name, blank, _ = text.removeprefix("/").partition(" ")
    if not text.startswith("/") or "\n" in text:
        return []
    if blank:
        command = named(name)
        return [command] if command else []
    begun = name.casefold()
    return [command for command in COMMANDS if command.is_slash and command.name.startswith(begun)]


def rest_of(text: str) -> str:
    """What completes the command that `text` begins; empty where it is none, or complete."""
    if text in ("", "/") or " " in text:
        return ""
    for command in candidates(text):
        rest = command.name[len(text) - 1 :]
        return rest + " " if command.argument else rest
    return ""


def listed(text: str) -> Content:
    """The commands that `text` may become, a line each; empty where it is no command."""
    found = candidates(text)
    wide = max((len(command.usage) for command in found[:MOST]), default=0)
    lines = [
        Content.assemble(
            (command.usage.ljust(wide), "$accent"), (f"  {command.description}", "$foreground 60%")
        )
        for command in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(Content.styled(f"… {len(found) - MOST} more", "$foreground 60%"))
    return Content("\n").join(lines)
