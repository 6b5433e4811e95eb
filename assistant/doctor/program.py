"""What Matinee itself is made of: versions, packages, SQLite, settings, what may phone home."""

from __future__ import annotations

import difflib
import os
import platform
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from assistant.doctor.findings import Finding, failed, ok, warning
from assistant.errors import MatineeError
from assistant.locations import DATA_DIR_VARIABLE
from assistant.settings import Settings
from assistant.startup import SWITCHES

if TYPE_CHECKING:
    from assistant.doctor.context import Context

_TOLD = ("chromadb", "llama-cpp-python", "sentence-transformers", "torch", "numpy", "textual")
"""The packages whose versions somebody who helps will ask for."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_OLDEST_SQLITE = (3, 38, 0)
"""The first with everything that the library is read with (``->>``, RETURNING, trigrams)."""
_PREFIX = "MATINEE_"


def versions(_context: Context) -> Iterator[Finding]:
    """The versions of everything, and whether all that Matinee depends on is installed."""
    installed = {name: _version(name) for name in _required()}
    yield ok(
        f"Matinee {metadata.version('matinee')}, Python {platform.python_version()},"
        f" {platform.system()} {platform.machine()}"
    )
    yield ok(", ".join(f"{name} {installed.get(name) or 'missing'}" for name in _TOLD))
    if missing := [name for name, found in installed.items() if found is None]:
        yield failed(f"not installed: {', '.join(missing)}", f"pip install {' '.join(missing)}")


def _required() -> list[str]:
    """The distributions that Matinee cannot be without."""
    requirements = metadata.requires("matinee") or []
    names = (_NAME.match(text) for text in requirements if "extra ==" not in text)
    return [match[0] for match in names if match]


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def database_engine(_context: Context) -> Iterator[Finding]:
    """Whether the SQLite of this Python can hold a library."""
    hint = "Use a Python whose SQLite is 3.38 or newer, with FTS5: that of python.org has it."
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        yield failed(f"SQLite {sqlite3.sqlite_version} is too old", hint)
        return
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = 'trigram')")
    except sqlite3.OperationalError as error:
        yield failed(f"SQLite {sqlite3.sqlite_version} has no full text: {error}", hint)
    else:
        yield ok(f"SQLite {sqlite3.sqlite_version} with full text")
    finally:
        memory.close()


# --- settings ----------------------------------------------------------------------------------


def settings(context: Context) -> Iterator[Finding]:
    """Whether the settings can be read, and whether each of them is one that Matinee knows."""
    path = context.locations.settings
    try:
        _ = context.settings
    except MatineeError as error:
        lines = _lines(path, error.__cause__)
        hint = f"Mend {path}{lines} or take it away: without it the defaults hold."
        yield failed(f"{error.title} {error.detail}", hint if path.exists() else error.hint)
        return
    except OSError as error:
        yield failed(f"{path} cannot be read: {error.strerror}", f"Make it a file of yours: {path}")
        return
    unknown = [*_unknown_tables(path), *_unknown_variables()]
    for name, place, near in unknown:
        meant = f"Did you mean {near}?" if near else "Take it away."
        yield warning(f"{name} in {place} is no setting and has no effect", meant)
    if not unknown:
        yield ok(str(path) if path.is_file() else "the defaults hold: there is no settings file")


def _lines(path: Path, cause: BaseException | None) -> str:
    """Where in the file the values stand that are not allowed, as far as that can be told."""
    if not isinstance(cause, ValidationError) or not path.is_file():
        return ""
    text = path.read_text("utf-8")
    numbers = {_line_of(text, [str(part) for part in error["loc"]]) for error in cause.errors()}
    found = ", ".join(str(number) for number in sorted(number for number in numbers if number))
    return f", line {found}," if found else ""


def _line_of(text: str, location: Sequence[str]) -> int | None:
    """The line on which a setting is given a value."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[([\w.]+)\]", line):
            table = header[1] + "."
        elif (table + line.partition("=")[0].strip()).split(".") == location:
            return number
    return None


def _unknown_tables(path: Path) -> Iterator[tuple[str, str, str]]:
    """What stands at the top of the file and is no setting: pydantic passes it over."""
    written = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    for name in written:
        if name not in Settings.model_fields:
            yield name, str(path), _nearest(name, Settings.model_fields)


def _unknown_variables() -> Iterator[tuple[str, str, str]]:
    known = {DATA_DIR_VARIABLE, *_variables(Settings, _PREFIX)}
    for name in os.environ:
        if name.startswith(_PREFIX) and name not in known:
            yield name, "the environment", _nearest(name, known)


def _variables(model: type[BaseModel], prefix: str) -> Iterator[str]:
    """The variables that set something: of a group as a whole, and of each setting in it."""
    for name, field in model.model_fields.items():
        yield prefix + name.upper()
        kind: Any = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _variables(kind, f"{prefix}{name.upper()}__")


def _nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, [*known], n=1)), "")


# --- the network -------------------------------------------------------------------------------


def network(context: Context) -> Iterator[Finding]:
    """Whether everything that could go over the network by itself is switched off."""
    on = [name for name, value in SWITCHES.items() if os.environ.get(name) != value]
    if on:
        yield failed(f"not switched off: {', '.join(on)}", "Start Matinee by its command: matinee")
        return
    server = context.settings.index
    but = f", but for the index: {server}" if server else ""
    yield ok(f"nothing goes over the network by itself{but}")
