"""What a script has wrong, in words: the place, what is wrong there, and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from assistant.scripts.documents import Document, Place


def told(
    error: ValidationError, document: Document, at: Place, model: type[BaseModel]
) -> list[str]:
    """The problems of the part of `document` at the place `at`, which should be a `model`.

    Returns:
        A line each.
    """
    lines: dict[str, None] = {}
    for item in error.errors(include_url=False):
        place = tuple(part for part in item["loc"] if part != "[key]")
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = f"there is no such field{_allowed(model, place)}"
        lines[f"{document.where(at + place)}: {message}"] = None
    return list(lines)


def _allowed(model: type[BaseModel], place: Place) -> str:
    """What may stand where `place` ends in a field that there is not."""
    names = sorted({name for found in _models(model, place[:-1]) for name in _names(found)})
    near = difflib.get_close_matches(str(place[-1]), names, n=1)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"{meant} Allowed: {', '.join(names)}" if names else meant


def _names(model: type[BaseModel]) -> Iterator[str]:
    return (field.alias or name for name, field in model.model_fields.items())


def _models(model: type[BaseModel], place: Place) -> list[type[BaseModel]]:
    """The models that may stand at `place` in a `model`."""
    models = [model]
    for part in place:
        fields = [one.model_fields[part] for one in models if part in one.model_fields]
        if fields:  # else the number of an item of a list, or the name of a kind of a union
            models = [found for field in fields for found in _inside(field.annotation)]
    return models


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _inside(argument)
