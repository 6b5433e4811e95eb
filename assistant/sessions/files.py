"""Files that sessions are written to: what they are called, and that none is overwritten."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path

from assistant.errors import MatineeError
from assistant.sessions.titles import short_title

_MOST_BYTES = 120
"""Of a name, which file systems limit to 255."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_MOST_NUMBERS = 1_000


class Format(StrEnum):
    """How a session can be written down; the value is the ending of the file."""

    MARKDOWN = "md"
    JSON = "json"


def file_name(title: str, session_id: str, format_: Format) -> str:
    """The name of the file for a session: letters and digits of its title, else its id."""
    words = re.sub(r"[^\w]+", "-", short_title(title), flags=re.UNICODE).strip("-_")
    while len(words.encode()) > _MOST_BYTES:
        words = words[:-1]
    if not words or _RESERVED.fullmatch(words):
        words = f"session-{session_id}"
    return f"{words}.{format_}"


def folder_for(wanted: Path, instead: Path) -> Path:
    """`wanted` where one can write into it, else `instead`, which is made.

    Raises:
        MatineeError: neither can be.
    """
    if os.access(wanted, os.W_OK | os.X_OK):
        return wanted
    try:
        instead.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise MatineeError(
            "There is no folder to write into.", f"{instead}: {error.strerror or error}"
        ) from error
    return instead


def write_new(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a file that its owner alone can read.

    Raises:
        MatineeError: there is one already, and it is not to be overwritten; or it cannot be made.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if overwrite else os.O_EXCL)
    try:
        with os.fdopen(os.open(path, flags, _PRIVATE), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise MatineeError(
            "There is a file already.", str(path), "Give another name, or overwrite it: --force"
        ) from error
    except OSError as error:
        raise MatineeError(
            "The session cannot be written.", f"{path}: {error.strerror or error}"
        ) from error


def write_beside(path: Path, text: str) -> Path:
    """Write a file under this name, or where there is one already, with a number after it.

    Raises:
        MatineeError: it cannot be made.
    """
    for number in range(1, _MOST_NUMBERS):
        target = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not target.exists():
            write_new(target, text)
            return target
    raise MatineeError("There are too many files of this name.", str(path))
