"""What a log says of records, and what a private one leaves out.

That the messages of our own records are templates is shown in `tests.test_private_log`.
"""

from __future__ import annotations

import io
import logging
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import Cancelled, ImportSourceError, MatineeError
from assistant.logs import MOST_BYTES, LogFile, PrivateFormatter, kind_of
from assistant.types import Component

SECRET = "zirkonia"
Log = tuple[logging.Logger, Callable[[], str]]


def a_log(name: str) -> Log:
    """A logger with a private log of its own, and what is in it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter())
    logger = logging.Logger(name)
    logger.addHandler(handler)
    return logger, stream.getvalue


@pytest.fixture
def ours() -> Log:
    return a_log("store.index")


@pytest.fixture
def theirs() -> Log:
    return a_log("chromadb.api.segment")


def test_a_record_of_ours_keeps_its_words_and_numbers(ours: Log) -> None:
    log, written = ours
    log.warning("%s: %d of %.1f, %s, %s: %s", Component.INDEX, 3, 4.5, True, KeyError, SECRET)
    assert re.fullmatch(
        r"[\d-]+ [\d:,]+ WARNING store\.index \(test_logs\.py:\d+\): "
        r"index: 3 of 4\.5, True, KeyError: …\n",
        written(),
    )


@pytest.mark.parametrize("secret", [SECRET, Path(SECRET), [SECRET], {SECRET: 1}, SECRET.encode()])
def test_anything_else_is_content(ours: Log, secret: object) -> None:
    log, written = ours
    log.warning("this: %s and %r", secret, secret)
    log.warning("that: %(name)s", {"name": secret})
    assert "this: … and" in written()
    assert "that: …" in written()
    assert SECRET not in written()


def test_a_record_that_is_no_text_is_content(ours: Log) -> None:
    log, written = ours
    log.warning(ValueError(SECRET))
    assert written().endswith(": …\n")


def test_a_record_of_a_library_keeps_its_place_alone(theirs: Log) -> None:
    log, written = theirs
    log.error(f"added {SECRET}")
    log.error("added %s", SECRET)
    assert written().count("ERROR chromadb.api.segment (test_logs.py:") == 2
    assert SECRET not in written()
    assert "added" not in written()


def raise_all() -> None:
    """Raise an error that comes from another, in a group with a third."""
    try:
        try:
            open(f"/{SECRET}")  # noqa: PTH123, SIM115
        except OSError as error:
            raise ImportSourceError("A source cannot be read.", SECRET, SECRET) from error
    except ImportSourceError as error:
        raise ExceptionGroup(SECRET, [error, KeyError(SECRET)]) from None


def test_an_error_is_told_by_kinds_and_places(ours: Log) -> None:
    log, written = ours
    try:
        raise_all()
    except ExceptionGroup:
        log.exception("it failed")
    lines = [re.sub(r":\d+ ", ":N ", line) for line in written().splitlines()[1:]]
    here = "  tests.assistant.test_logs:N in "
    assert lines == [
        "Traceback, without what the errors say:",
        "ExceptionGroup",
        f"{here}test_an_error_is_told_by_kinds_and_places",
        f"{here}raise_all",
        "of which one:",
        "ImportSourceError: A source cannot be read.",
        f"{here}raise_all",
        "after:",
        "FileNotFoundError: ENOENT",
        f"{here}raise_all",
        "of which one:",
        "KeyError",
    ]


def test_errors_that_come_from_each_other_have_an_end(ours: Log) -> None:
    log, written = ours
    first, second = ValueError(SECRET), TypeError(SECRET)
    first.__cause__, second.__cause__ = second, first
    log.error("a circle", exc_info=first)
    assert written().splitlines()[1:] == [
        "Traceback, without what the errors say:", "ValueError", "after:", "TypeError"
    ]  # fmt: skip


def test_what_another_handler_made_of_a_record_is_not_taken_over(ours: Log) -> None:
    log, written = ours
    log.handlers.insert(0, logging.StreamHandler(io.StringIO()))  # keeps its text on the record
    try:
        raise ValueError(SECRET)
    except ValueError:
        log.exception("it failed", stack_info=True)
    assert SECRET not in written()
    assert "\nValueError\n" in written()


def test_a_deep_recursion_fits_a_screen(ours: Log) -> None:
    log, written = ours

    def deeper() -> None:
        deeper()

    try:
        deeper()
    except RecursionError:
        log.exception("too deep")
    assert len(written().splitlines()) < 50


def _sqlite_error() -> sqlite3.Error:
    try:
        sqlite3.connect(":memory:").execute(f"select {SECRET}")
    except sqlite3.Error as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ValueError(SECRET), "ValueError"),
        (MatineeError("It failed.", SECRET), "MatineeError: It failed."),
        (OSError(28, SECRET), "OSError: ENOSPC"),
        (OSError(SECRET), "OSError"),
        (_sqlite_error(), "OperationalError: SQLITE_ERROR"),
        (Cancelled(), "Cancelled"),
    ],
)
def test_an_error_among_the_arguments_is_told_by_its_kind(
    ours: Log, error: Exception, kind: str
) -> None:
    log, written = ours
    log.warning("without it: %s", error)
    assert written().endswith(f": without it: {kind}\n")
    assert kind_of(error) == kind


# --- whole processes -----------------------------------------------------------------------------

PROGRAM = """
import logging, sys, threading, warnings
from pathlib import Path
from assistant.logs import LogFile, log_to, log_uncaught
log_to(LogFile(Path(sys.argv[1])), content=sys.argv[2] == "content")
log_uncaught()
warnings.warn("SECRET-warning", DeprecationWarning)
thread = threading.Thread(target=lambda: [].index("SECRET-thread"))
thread.start()
thread.join()
class Broken:
    def __del__(self):
        raise ValueError("SECRET-finalizer")
Broken()
logging.getLogger("store").warning("%d", "SECRET-template")
logging.getLogger("httpx").warning("SECRET-library")
raise KeyError("SECRET-main")
"""


def in_a_process(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that says `SECRET` wherever it can."""
    code = program.replace("SECRET", SECRET)
    return subprocess.run(
        [sys.executable, "-W", "always", "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_nobody_catches_is_logged_without_content(tmp_path: Path) -> None:
    file = tmp_path / "log"
    done = in_a_process(PROGRAM, str(file), "private")
    log = file.read_text()
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert SECRET not in log
    assert "WARNING py.warnings (<string>:" in log
    assert "DeprecationWarning: …" in log
    assert log.count("CRITICAL assistant.logs") == 3
    for kind in ("ValueError", "KeyError"):
        assert f"\n{kind}\n" in log


def test_a_log_that_may_quote_holds_it_all(tmp_path: Path) -> None:
    file = tmp_path / "log"
    in_a_process(PROGRAM, str(file), "content")
    log = file.read_text()
    for what in ("warning", "thread", "finalizer", "library", "main"):
        assert f"{SECRET}-{what}" in log


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    done = in_a_process(PROGRAM, str(tmp_path / "no" / "such" / "folder"), "content")
    assert (done.returncode, done.stderr) == (1, "")


# --- the file ------------------------------------------------------------------------------------


def test_a_log_file_is_its_owners_alone_and_bounded(tmp_path: Path) -> None:
    path = tmp_path / "matinee.log"
    handlers = [LogFile(path), LogFile(path)]  # two processes
    assert not path.exists()
    record = logging.makeLogRecord({"msg": "x" * 9_999})
    for _ in range(3 * MOST_BYTES // 10_000):
        for handler in handlers:
            handler.emit(record)
    for handler in handlers:
        handler.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["matinee.log", "matinee.log.1"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert sum(file.stat().st_size for file in files) <= 2 * MOST_BYTES


def test_what_is_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    handler = LogFile(tmp_path / "log")
    handler.emit(logging.makeLogRecord({"msg": "half a pair: \ud83d"}))
    handler.close()
    assert (tmp_path / "log").read_text() == "half a pair: \\ud83d\n"
