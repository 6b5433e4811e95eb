"""Settings as they are listed: a line each, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from assistant.settings import Origin
from assistant.settings_described import (
    KEYS,
    Description,
    SettingInForce,
    SettingKind,
    SettingValue,
    describe,
)
from assistant.tui.commands import COMMANDS, TITLES
from assistant.tui.keys import shown
from assistant.wording import printable

THEME = "app.theme"
TITLES_OF_GROUPS = {
    "app": "App",
    "recommend": "Recommendations",
    "language_model": "Language model",
    "embedding": "Embedding model",
    "privacy": "Privacy",
    "": "Index",
}
"""In the order of the page; the keys come after them."""
LABEL = 24
_VALUE = 26


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting on the page."""

    about: Description
    group: str
    """The title that it stands under."""
    label: str
    value: SettingValue | None
    """In force; of a key its default where none was chosen."""
    origin: Origin = Origin.DEFAULT

    @property
    def locked(self) -> bool:
        """Whether the environment sets it."""
        return self.origin is Origin.ENVIRONMENT

    @property
    def is_key(self) -> bool:
        """Whether it is the key of a command."""
        return self.about.group == KEYS

    def with_value(self, value: SettingValue | None) -> Entry:
        """The same with another value, as it will be once it is written."""
        return replace(self, value=value)

    def has(self, words: str) -> bool:
        """Whether all of `words` are in what is said of it."""
        text = f"{self.group} {self.label} {self.about.name} {self.about.help}".casefold()
        return all(word in text for word in words.casefold().split())


def entries(rows: Sequence[SettingInForce], themes: Sequence[str]) -> Iterator[Entry]:
    """Every setting, group by group, and the key of every command.

    Args:
        rows: as the desk lists them.
        themes: those that there are.
    """
    by_group: dict[str, list[Entry]] = {group: [] for group in TITLES_OF_GROUPS}
    chosen = {}
    for row in rows:
        if row.about.group == KEYS:
            chosen[row.about.name] = row
            continue
        about = row.about
        if about.name == THEME:
            changes = {"kind": SettingKind.CHOICE, "choices": tuple(themes)}
            about = about.model_copy(update=changes)
        group = about.group
        label = about.name.rpartition(".")[2].replace("_", " ")
        title = TITLES_OF_GROUPS.get(group, group)
        by_group.setdefault(group, []).append(Entry(about, title, label, row.value, row.origin))
    for found in by_group.values():
        yield from found
    for command in COMMANDS:
        name = f"{KEYS}.{command.id}"
        about = describe(name).model_copy(
            update={"help": f"{command.description}.", "default": command.key or None}
        )
        row_of = chosen.get(name)
        yield Entry(
            about,
            f"Keys: {TITLES[command.place]}",
            command.name,
            row_of.value if row_of else command.key,
            row_of.origin if row_of else Origin.DEFAULT,
        )


def heading(title: str, *, first: bool) -> Content:
    """The title of a group."""
    return Content("" if first else "\n") + Content.styled(title, "bold $foreground 60%")


def line(entry: Entry, width: int) -> Content:
    """A setting in one line."""
    value = printable(shown_value(entry))
    room = max(min(_VALUE, width - LABEL - 10), 8)
    if len(value) > room:
        value = f"{value[: room - 1]}…"
    styled = "" if entry.origin is Origin.DEFAULT else "bold $accent"
    origin = {
        Origin.DEFAULT: "",
        Origin.FILE: "set",
        Origin.ENVIRONMENT: f"locked by {entry.about.variable}",
    }[entry.origin]
    rest = max(width - LABEL - room - 4, 0)
    origin = origin if len(origin) <= rest else origin[: max(rest - 1, 0)] + "…"
    return Content.assemble(
        f"  {printable(entry.label)[: LABEL - 1]:<{LABEL}}",
        (f"{value:<{room}}", styled),
        "  ",
        (origin, "$foreground 60%"),
    )


def shown_value(entry: Entry) -> str:
    """A value as people read it."""
    value = entry.value
    if isinstance(value, bool):
        return f"[{'x' if value else ' '}] {_plain(entry, value)}"
    if entry.about.kind is SettingKind.CHOICE:
        return f"‹ {value} ›"
    if value is None or value == "":
        return "none" if entry.is_key else "automatic"
    return _plain(entry, value)


def details(entry: Entry, path: str) -> Content:
    """All about a setting."""
    about = entry.about
    rows = [
        Content.assemble((about.name, "bold"), ("  " + printable(about.help), "$foreground 80%"))
    ]
    facts = []
    if about.kind not in (SettingKind.TEXT, SettingKind.SWITCH) and about.name != THEME:
        facts.append(f"{about.allowed[:1].upper()}{about.allowed[1:]}")
    if about.default is not None:
        facts.append(f"default: {_plain(entry, about.default)}")
    if about.engine:
        facts.append("the engine starts again for it")
    if facts:
        rows.append(Content.styled(" · ".join(facts), "$foreground 60%"))
    if entry.locked:
        text = f"Locked: {about.variable} is set in the environment. Unset it to change it here."
        rows.append(Content.styled(text, "$warning"))
    elif about.name.endswith(".model"):
        rows.append(Content.styled("The page of models lists them: F7", "$foreground 60%"))
    elif entry.origin is Origin.FILE:
        rows.append(Content.styled(f"Set in {printable(path)}", "$foreground 60%"))
    return Content("\n").join(rows)


def _plain(entry: Entry, value: SettingValue) -> str:
    """A value in a sentence."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if entry.is_key:
        return shown(str(value))
    return f"{value:g}" if isinstance(value, float) else str(value)
