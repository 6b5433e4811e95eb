"""The one root of errors that a person may read.

Everything that is not a `MatineeError` is a bug: it is logged with its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class MatineeError(Exception):
    """An error that a person can understand and act on.

    Args:
        title: what happened, in a few words.
        detail: to what it happened: the file, the id, the value.
        hint: what to do next.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        return "\n".join(part for part in (self.title, self.detail, self.hint) if part)


def problems_of(error: ValidationError) -> list[str]:
    """What a file has wrong, a line each: the place, and what pydantic says of it."""
    return [
        f"{'.'.join(str(part) for part in item['loc']) or 'file'}: {item['msg']}"
        for item in error.errors()
    ]


class StoreError(MatineeError):
    """The library or the index cannot be used as it is."""


class LibraryDamagedError(StoreError):
    """What the library file holds cannot be right. The next opening mends it."""


class ImportSourceError(MatineeError):
    """A source cannot be read at all. One broken record is a `Skipped`, never this."""


class ModelError(MatineeError):
    """An embedding or language model cannot be loaded or used."""


class PromptError(MatineeError):
    """A prompt file is wrong, or a variable of it is missing."""


class ScriptError(MatineeError):
    """A scripted conversation cannot be read."""


class EngineError(MatineeError):
    """The engine process cannot be started or has ended."""


class Cancelled(Exception):  # noqa: N818 - a signal, not an error: the person asked for it
    """Raised inside a turn when the person stops it."""
