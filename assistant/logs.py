"""The log: what went wrong, and where.

By default it holds nothing of what a person asked or watched. Messages of errors and of libraries
quote what they were given, so a private log has none of them: it keeps the words of our own
records, numbers, the kinds of errors, and the places in the code. The setting
``privacy.log_content`` keeps everything.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TextIO

from assistant.errors import MatineeError
from assistant.locations import PRIVATE_FILE

FORMAT = "%(asctime)s %(levelname)s %(name)s (%(filename)s:%(lineno)d): %(message)s"
MOST_BYTES = 1_000_000
"""Of a log file; so many more are kept of the one before it."""
UNSAID = "…"
"""Stands for what a private log does not say."""

_WARNINGS = "py.warnings"
_OURS = ("assistant", "store", "prompts")
"""Packages whose messages are templates, written in the code, with all else an argument."""
_MOST_FRAMES = 40

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

log = logging.getLogger(__name__)


class LogFile(RotatingFileHandler):
    """A log file of a bounded size, readable by its owner alone.

    It is opened when there is something to write, and a disk that takes nothing stops nobody.
    Several processes may write to it: one that finds it grown too large moves it aside while the
    others go on at the end of what was moved.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=MOST_BYTES,
            backupCount=1,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )

    def _open(self) -> Any:  # the place that logging means for this; its type is not public
        return open(
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors=self.errors,
            opener=lambda path, flags: os.open(path, flags, PRIVATE_FILE),
        )


class PrivateFormatter(logging.Formatter):
    """Formats records without what they quote."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        """The record in our own words alone, whatever its arguments are."""
        return super().format(_in_our_words(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """The kinds of errors and the places in the code."""
        error = ei[1]
        lines = [] if error is None else _traced(error)
        return "\n".join(["Traceback, without what the errors say:", *lines])


def log_to(handler: logging.Handler, *, content: bool = False) -> None:
    """Send the log of this process to `handler` alone, so that a screen shows answers alone.

    Warnings go there as well.

    Args:
        handler: where to.
        content: whether it may quote what was asked and watched.
    """
    handler.setFormatter(logging.Formatter(FORMAT) if content else PrivateFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.raiseExceptions = False  # else a failing handler prints the record to the screen
    warnings.showwarning = _take_warning


def log_uncaught() -> None:
    """Log what nobody catches, in any thread: for a process that has no terminal to print it to."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda it: _uncaught(it.exc_type, it.exc_value, it.exc_traceback)
    sys.unraisablehook = lambda it: _uncaught(it.exc_type, it.exc_value, it.exc_traceback)


def _uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if not issubclass(kind, SystemExit):
        log.critical("not caught", exc_info=(kind, error or kind(), trace))


def kind_of(error: BaseException) -> str:
    """What kind of error this is, and of ours what happened: not to what.

    Of the operating system's and SQLite's the name of the error is part of its kind.
    """
    name = type(error).__qualname__
    if isinstance(error, MatineeError):
        return f"{name}: {error.title}"
    number = error.errno if isinstance(error, OSError) else None
    code = errno.errorcode.get(number or 0) or getattr(error, "sqlite_errorname", None)
    return f"{name}: {code}" if code else name


def _take_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - the signature is Python's
    line: str | None = None,  # noqa: ARG001
) -> None:
    template = f"{category.__name__}: %s"
    record = logging.LogRecord(
        _WARNINGS, logging.WARNING, filename, lineno, template, (str(message),), None
    )
    logging.getLogger(_WARNINGS).handle(record)


def _in_our_words(record: logging.LogRecord) -> logging.LogRecord:
    copy = logging.makeLogRecord(record.__dict__)
    ours = record.name.partition(".")[0] in _OURS or record.name == _WARNINGS
    if not ours or not isinstance(record.msg, str):
        copy.msg, copy.args = UNSAID, None
    elif isinstance(record.args, Mapping):
        copy.args = {name: _without_content(value) for name, value in record.args.items()}
    else:
        copy.args = tuple(_without_content(value) for value in record.args or ())
    copy.exc_text = copy.stack_info = None
    return copy


def _without_content(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | Enum):
        return value
    if isinstance(value, type):
        return value.__qualname__
    return kind_of(value) if isinstance(value, BaseException) else UNSAID


def _traced(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """The error, the places that it came through, and the errors that it came from."""
    yield kind_of(error)
    frames = list(traceback.walk_tb(error.__traceback__))
    for frame, line in frames[-_MOST_FRAMES:]:
        yield f"  {_module_of(frame)}:{line} in {frame.f_code.co_qualname}"
    seen |= {id(error)}
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from ("of which one:", *_traced(part, seen))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from ("after:", *_traced(before, seen))


def _module_of(frame: FrameType) -> str:
    """Its real name also when it is run as a program."""
    return str(getattr(frame.f_globals.get("__spec__"), "name", frame.f_globals.get("__name__")))
