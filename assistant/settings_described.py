"""What each setting is: its help, what it may be, its default, its value, and where that is from.

All of it comes from the types in `assistant.settings`, by way of their JSON schema. The screen of
settings and docs/settings.md are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from assistant.errors import MatineeError
from assistant.settings import Origin, Settings, explained, variable
from assistant.types import Value

SettingValue = str | int | float | bool
KEYS = "keys"
"""The table whose names are those of commands; what they are is the app's to say."""
_OF_THE_APP = ("app.", f"{KEYS}.")
"""Tables that the app alone reads."""
_LIMITS = {
    "minimum": "{:g} or more",
    "exclusiveMinimum": "more than {:g}",
    "maximum": "{:g} or less",
    "exclusiveMaximum": "less than {:g}",
}


class SettingKind(StrEnum):
    """What a value may be."""

    SWITCH = "switch"
    CHOICE = "choice"
    WHOLE = "whole number"
    NUMBER = "number"
    TEXT = "text"


_KINDS = {
    "boolean": SettingKind.SWITCH,
    "integer": SettingKind.WHOLE,
    "number": SettingKind.NUMBER,
    "string": SettingKind.TEXT,
}


class Description(Value):
    """A setting, as a person is told of it."""

    name: str
    """Dotted: ``recommend.picks``."""
    kind: SettingKind
    help: str
    choices: tuple[str, ...] = ()
    bounds: str = ""
    """In words: ``1 to 20``, ``more than 0``; empty where there are none."""
    optional: bool = False
    """Whether it may be empty."""
    default: SettingValue | None = None
    engine: bool = True
    """Whether the engine has to be started again for it."""

    @property
    def group(self) -> str:
        """The table of the file that it stands in; empty for none."""
        return self.name.partition(".")[0] if "." in self.name else ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return variable(self.name)

    @property
    def allowed(self) -> str:
        """What it may be, in words: ``a whole number, 1 to 20``."""
        if self.kind is SettingKind.SWITCH:
            return "true or false"
        if self.kind is SettingKind.CHOICE:
            *first, last = self.choices
            return f"{', '.join(first)} or {last}"
        return f"a {self.kind}, {self.bounds}" if self.bounds else f"a {self.kind}"


class SettingInForce(Value):
    """A setting with its value."""

    about: Description
    value: SettingValue | None
    origin: Origin


@cache
def descriptions() -> Mapping[str, Description]:
    """Every setting by its name, in the order of `Settings`; those of `KEYS` are not known here."""
    schema = Settings.model_json_schema()
    return {about.name: about for about in _in(schema, schema["$defs"], "")}


def describe(name: str) -> Description:
    """The setting of that name; any name in `KEYS` is one.

    Raises:
        MatineeError: there is none.
    """
    if name.startswith(f"{KEYS}."):
        help_text = "The key of this command, or several with commas between them."
        return Description(
            name=name, kind=SettingKind.TEXT, help=help_text, optional=True, engine=False
        )
    if name not in descriptions():
        raise MatineeError("There is no such setting.", name)
    return descriptions()[name]


def in_force(path: Path) -> tuple[SettingInForce, ...]:
    """Every setting with its value, read from `path` and the environment.

    Raises:
        MatineeError: the settings cannot be read.
    """
    return tuple(
        SettingInForce(about=describe(name), value=value, origin=origin)
        for name, value, origin in explained(path)
    )


def parse(name: str, text: str) -> SettingValue | None:
    """The value that a person has typed for a setting; None, for nothing typed, is its default.

    Raises:
        MatineeError: it is not allowed, and the detail says what is; or there is no such setting.
    """
    about, text = describe(name), text.strip()
    if not text:
        return None
    if about.group == KEYS:
        return text
    adapter = _adapter(name)
    try:
        value = adapter.validate_python(text)
    except ValidationError as error:
        said = error.errors()[0]
        of_our_own = said["type"] == "value_error"
        detail = str(said["ctx"]["error"]) if of_our_own else f"it is to be {about.allowed}"
        raise MatineeError(
            "The value is not allowed.", f"{detail[:1].upper()}{detail[1:]}."
        ) from error
    plain: SettingValue = adapter.dump_python(value, mode="json")
    return plain


def _adapter(name: str) -> TypeAdapter[Any]:
    """What checks a value of one setting alone."""
    model: Any = Settings
    *groups, last = name.split(".")
    for group in groups:
        model = model.model_fields[group].annotation
    field = model.model_fields[last]
    kind: Any = Annotated[field.annotation, field]
    return TypeAdapter(kind)


def _in(
    table: Mapping[str, Any], definitions: Mapping[str, Any], prefix: str
) -> Iterator[Description]:
    """The settings of a table of the schema, and of those in it."""
    for name, field in table["properties"].items():
        kinds = [_resolved(one, definitions) for one in field.get("anyOf", [field])]
        kind = next(one for one in kinds if one.get("type") != "null")
        if "properties" in kind:
            yield from _in(kind, definitions, f"{prefix}{name}.")
        elif kind["type"] != "object":
            yield Description(
                name=prefix + name,
                kind=SettingKind.CHOICE if "enum" in kind else _KINDS[kind["type"]],
                help=" ".join(field["description"].replace("``", "").split()),
                choices=tuple(kind.get("enum", ())),
                bounds=_bounds(kind),
                optional=len(kinds) > 1,
                default=field["default"],
                engine=not (prefix + name).startswith(_OF_THE_APP),
            )


def _resolved(kind: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """A part of the schema itself, where it may only be pointed at."""
    pointer = kind.get("$ref")
    return definitions[pointer.rpartition("/")[2]] if pointer else kind


def _bounds(kind: Mapping[str, Any]) -> str:
    """The limits of a number, in words."""
    if "minimum" in kind and "maximum" in kind:
        return f"{kind['minimum']:g} to {kind['maximum']:g}"
    return " and ".join(words.format(kind[name]) for name, words in _LIMITS.items() if name in kind)
