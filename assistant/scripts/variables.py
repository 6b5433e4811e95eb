"""Variables: ``${name}`` in any text of a script, and a little arithmetic for numbers."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.scripts.format import Scalar

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_USE = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
_INSIDE = re.compile(rf"\s*({NAME.pattern})\s*(?:([-+*])\s*(\d+))?\s*")
_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


class UnknownVariable(ValueError):  # noqa: N818 - what a person reads is the error around it
    """A text uses a variable that there is not, or in a way that there is not."""


def built_in() -> dict[str, Scalar]:
    """What every script may use: what a message means by "this year" moves with the clock."""
    return {"this_year": date.today().year}


def parsed(text: str) -> Scalar:
    """A value as it is given on the command line: a number where it is one, else a text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def fill(value: Any, variables: Mapping[str, Scalar]) -> Any:
    """`value` with its variables filled in, in every text that it holds, keys left alone.

    A text that is one variable and nothing else becomes its value, a number a number. The value of
    a variable may hold other variables, itself not. ``$${`` is a plain ``${``.

    Raises:
        UnknownVariable: there is no such variable.
    """
    if isinstance(value, str):
        return _filled(value, variables)
    if isinstance(value, Mapping):
        return {key: fill(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, variables) for item in value]
    return value


def _filled(text: str, variables: Mapping[str, Scalar]) -> Scalar:
    whole = _USE.fullmatch(text)
    if whole and whole[1] is not None:
        return _value(whole[1], variables)

    def replaced(match: re.Match[str]) -> str:
        return "${" if match[1] is None else str(_value(match[1], variables))

    return _USE.sub(replaced, text)


def _value(inside: str, variables: Mapping[str, Scalar]) -> Scalar:
    match = _INSIDE.fullmatch(inside)
    if match is None:
        raise UnknownVariable(
            f"${{{inside}}} is neither a variable nor one with +, - or * a number"
        )
    name, sign, number = match.groups()
    if name not in variables:
        raise UnknownVariable(f"no variable {name}; there are: {', '.join(sorted(variables))}")
    value: Scalar = fill(variables[name], {key: variables[key] for key in variables if key != name})
    if sign is None:
        return value
    if isinstance(value, str | bool):
        raise UnknownVariable(f"${{{inside}}}: {name} is {value!r}, which is no number")
    computed: int | float = _OPERATIONS[sign](value, int(number))
    return computed
