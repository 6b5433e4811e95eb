from __future__ import annotations

from pathlib import Path

import pytest

from assistant import settings
from assistant.errors import MatineeError
from assistant.settings import Origin
from assistant.settings_described import (
    Description,
    SettingKind,
    describe,
    descriptions,
    in_force,
    parse,
)
from assistant.settings_file import put_settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_has_a_help_and_its_default() -> None:
    defaults = settings.flat(settings.Settings().model_dump(mode="json"))
    assert {name: about.default for name, about in descriptions().items()} == defaults
    for about in descriptions().values():
        assert about.help.endswith("."), about.name
        assert "``" not in about.help


@pytest.mark.parametrize(
    ("name", "kind", "allowed", "optional"),
    [
        ("recommend.picks", SettingKind.WHOLE, "a whole number, 1 to 20", False),
        ("recommend.dial", SettingKind.CHOICE, "familiar, balanced or explore", False),
        ("recommend.taste", SettingKind.CHOICE, "weighted or mean", False),
        ("recommend.half_life_days", SettingKind.NUMBER, "a number, more than 0", False),
        ("language_model.writes", SettingKind.SWITCH, "true or false", False),
        ("language_model.weight", SettingKind.NUMBER, "a number, 0 to 1", True),
        ("language_model.threads", SettingKind.WHOLE, "a whole number, 1 or more", True),
        ("language_model.gpu_layers", SettingKind.WHOLE, "a whole number", False),
        ("index", SettingKind.TEXT, "a text", True),
    ],
)
def test_the_types_say_what_a_setting_may_be(
    name: str, kind: SettingKind, allowed: str, optional: bool
) -> None:
    about = describe(name)
    assert (about.kind, about.allowed, about.optional) == (kind, allowed, optional)


def test_what_the_app_alone_reads_needs_no_new_engine() -> None:
    apart = {name for name, about in descriptions().items() if not about.engine}
    assert apart == {"app.theme", "app.player", "app.mouse"}
    assert not describe("keys.like").engine


def test_each_value_says_where_it_is_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    put_settings(file, {"recommend.picks": 3, "recommend.seed": 1, "keys.like": "l"})
    monkeypatch.setenv("matinee_recommend__seed", "7")  # in whatever case
    monkeypatch.setenv("MATINEE_LANGUAGE_MODEL", '{"threads": 2}')  # a whole table at once
    rows = {row.about.name: (row.value, row.origin) for row in in_force(file)}
    assert rows["recommend.picks"] == (3, Origin.FILE)
    assert rows["recommend.seed"] == (7, Origin.ENVIRONMENT)
    assert rows["language_model.threads"] == (2, Origin.ENVIRONMENT)
    assert rows["language_model.model"] == ("packaged", Origin.DEFAULT)
    assert rows["keys.like"] == ("l", Origin.FILE)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("recommend.picks", " 4 ", 4),
        ("recommend.dial", "explore", "explore"),
        ("recommend.half_life_days", "30.5", 30.5),
        ("language_model.writes", "false", False),
        ("language_model.threads", "2", 2),
        ("language_model.threads", "", None),
        ("index", "http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("keys.like", "l,ctrl+l", "l,ctrl+l"),
    ],
)
def test_what_is_typed_becomes_a_value(name: str, text: str, value: object) -> None:
    assert parse(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("recommend.picks", "0", "It is to be a whole number, 1 to 20."),
        ("recommend.picks", "a few", "It is to be a whole number, 1 to 20."),
        ("recommend.dial", "new", "It is to be familiar, balanced or explore."),
        ("recommend.half_life_days", "inf", "It is to be a number, more than 0."),
        ("language_model.writes", "perhaps", "It is to be true or false."),
        ("index", "here", "Not the address of a server, such as http://127.0.0.1:8000."),
        ("recommend.pickles", "3", "recommend.pickles"),
    ],
)
def test_what_may_not_be_is_refused_with_what_may(name: str, text: str, why: str) -> None:
    with pytest.raises(MatineeError) as caught:
        parse(name, text)
    assert caught.value.detail == why


def test_what_is_parsed_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for name, about in descriptions().items():
        put_settings(file, {name: parse(name, "" if about.default is None else str(about.default))})
    assert settings.load(file).model_dump() == settings.Settings().model_dump()


def test_the_document_is_in_step() -> None:
    missing = [row for row in map(_row, descriptions().values()) if row not in DOCS.read_text()]
    assert not missing, "docs/settings.md lacks:\n" + "\n".join(missing)


def _row(about: Description) -> str:
    default = "" if about.default is None else f"`{_toml(about.default)}`"
    allowed = about.allowed if about.kind is not SettingKind.TEXT else "text"
    return f"| `{about.name}` | {default} | {allowed} | {about.help} |"


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
