from __future__ import annotations

import pytest

from assistant.settings import Origin
from assistant.settings_described import SettingInForce, descriptions
from assistant.tui.commands import COMMANDS
from assistant.tui.settings.editing import fault_of, stepped
from assistant.tui.settings.entries import Entry, details, entries, line, shown_value

THEMES = ("dusk", "matinee")
ROWS = [
    SettingInForce(about=about, value=about.default, origin=Origin.DEFAULT)
    for about in descriptions().values()
]
ENTRIES = {entry.about.name: entry for entry in entries(ROWS, THEMES)}


def entry(name: str, value: str | float | bool | None = None) -> Entry:
    found = ENTRIES[name]
    return found if value is None else found.with_value(value)


@pytest.mark.parametrize(
    ("name", "value", "by", "next_one"),
    [
        ("language_model.writes", True, 1, "false"),
        ("recommend.dial", "explore", 1, "familiar"),
        ("recommend.dial", "familiar", -1, "explore"),
        ("recommend.picks", 5, 1, "6"),
        ("recommend.picks", 20, 1, None),
        ("app.theme", "matinee", 1, "dusk"),
        ("app.theme", "gone", 1, "dusk"),
        ("recommend.half_life_days", 365.0, 1, None),
        ("language_model.model", "packaged", 1, None),
    ],
)
def test_the_next_one(name: str, value: str | float | bool, by: int, next_one: str | None) -> None:
    assert stepped(entry(name, value), by) == next_one


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("recommend.picks", "7", ""),
        ("recommend.picks", "", ""),
        ("recommend.picks", "seven", "1 to 20"),
        ("index", "here", "server"),
        ("keys.models", "f12", ""),
        ("keys.models", "f5", "taste"),
        ("keys.models", "no such key", "none"),
    ],
)
def test_what_is_wrong_is_said_before_it_is_taken(name: str, text: str, said: str) -> None:
    fault = fault_of(entry(name), text, {})
    assert said in fault
    assert bool(fault) == bool(said)


def test_a_fault_of_another_key_is_not_this_ones() -> None:
    assert fault_of(entry("keys.models"), "f12", {"no-such-command": "x"}) == ""


def test_every_command_can_get_another_key() -> None:
    assert {f"keys.{command.id}" for command in COMMANDS} <= ENTRIES.keys()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("language_model.writes", False, "[ ] off"),
        ("recommend.dial", "explore", "‹ explore ›"),
        ("language_model.threads", None, "automatic"),
        ("recommend.half_life_days", 365.0, "365"),
        ("keys.models", None, "F7"),
    ],
)
def test_values_are_shown_as_people_read_them(
    name: str, value: str | float | bool | None, shown: str
) -> None:
    assert shown_value(entry(name, value)) == shown


def test_what_the_environment_sets_names_the_variable() -> None:
    row = ROWS[0].model_copy(update={"origin": Origin.ENVIRONMENT})
    [locked, *_] = [one for one in entries([row], THEMES) if one.about.name == row.about.name]
    variable = "MATINEE_" + row.about.name.replace(".", "__").upper()
    assert f"locked by {variable}" in str(line(locked, 120))
    assert f"{variable} is set in the environment" in str(details(locked, "settings.toml"))
