"""Writing the settings file, which a person may have written before: what is not changed stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.settings import Settings, load
from store import durable

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Value = str | int | float | bool


def put_settings(path: Path, values: Mapping[str, Value | None]) -> None:
    """Set values in the settings file, made if it is not there; comments and order stay.

    Args:
        path: the file; behind a link, the file that it points at.
        values: by dotted name (``language_model.model``); None for the default again.

    Raises:
        MatineeError: what is there is no settings file, a value is not allowed, or the file cannot
            be written. It is as it was then.
    """
    import tomlkit

    load(path)
    path = path.resolve()
    try:
        document = tomlkit.parse(path.read_text("utf-8") if path.is_file() else "")
        for name, value in values.items():
            _put(document, name.split("."), value)
        _check(document)
        path.parent.mkdir(mode=durable.PRIVATE_FOLDER, parents=True, exist_ok=True)
        durable.write(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise MatineeError(
            "The settings cannot be written.", f"{path}: {error.strerror}", "Edit them by hand."
        ) from error


def _put(document: TOMLDocument, parts: list[str], value: Value | None) -> None:
    import tomlkit

    *groups, name = parts
    table = document
    for depth, group in enumerate(groups):
        if depth and ".".join(parts[depth:]) in table:
            name = ".".join(parts[depth:])  # written as one name, in quotation marks
            break
        if group not in table:
            if value is None:
                return
            table.add(group, tomlkit.table())
        table = table[group]
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _check(document: TOMLDocument) -> None:
    """Refuse what could not be read again."""
    from pydantic import ValidationError

    from assistant.errors import problems_of

    try:
        Settings.model_validate(document.unwrap())
    except ValidationError as error:
        raise MatineeError(
            "The settings were not changed: a value is not allowed.", "; ".join(problems_of(error))
        ) from error
