"""Bytes from strangers: read with a cap, unpacked with a cap, decoded with a reason."""

from __future__ import annotations

import errno
import gzip
import json
import os
import stat
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO, NamedTuple

from assistant.errors import ImportSourceError

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""The most that one record may take, unpacked. The largest real ones are a few megabytes."""
MAX_VALUES = 10_000_000
"""The most values that one JSON document may hold: each takes up to some 70 bytes of memory. A
video of which yt-dlp says all that it knows has about 5,000."""
HEAD_BYTES = 64 * 1024
"""What is looked at to recognise a format."""
_GZIP = b"\x1f\x8b"
_DAMAGED = (EOFError, zlib.error, OSError)
"""What reading a truncated or corrupt gzip raises."""

MAX_RATIO = 100
"""Bytes unpacked for one packed. Lists of videos have 5 to 30; what has more is a bomb."""
_RATIO_COUNTS_FROM = 256 * 1024
MAX_WASTE = 128 * 1024 * 1024
"""Bytes in a row without a line that can be used, a line counted as at least `_LEAST_LINE`."""
_LEAST_LINE = 128


class Unreadable(ValueError):  # noqa: N818 - the message is a reason, told of a record
    """One record cannot be read. The message completes "the record ..."."""


class Line(NamedTuple):
    """One line of a file that is not blank."""

    number: int
    data: bytes
    problem: str = ""
    """Why there is no data: the line is too long, or the file is damaged from here on."""


def open_plain(path: Path) -> BufferedReader:
    """Open a file to read its bytes; what is no plain file is refused, and not waited for.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, a folder.
    """
    return open(path, "rb", opener=_plain)  # `Path.open` takes none


def _plain(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "not a plain file", path)


class _Unpacked(gzip.GzipFile):
    """A gzip that knows how much it has unpacked out of how little."""

    def __init__(self, path: Path) -> None:
        self._packed = open_plain(path)
        super().__init__(fileobj=self._packed, mode="rb")

    def close(self) -> None:
        """Close it, and the file that it reads."""
        super().close()
        self._packed.close()

    @property
    def is_bomb(self) -> bool:
        """Whether what came out so far cannot be a list of videos."""
        return self.tell() > max(_RATIO_COUNTS_FROM, MAX_RATIO * self._packed.tell())


_Opened = BufferedReader | _Unpacked


def open_file(path: Path) -> _Opened:
    """Open a file, unpacking it if its first bytes say gzip.

    Raises:
        ImportSourceError: it cannot be opened.
    """
    try:
        with open_plain(path) as file:
            packed = file.read(2) == _GZIP
        return _Unpacked(path) if packed else open_plain(path)
    except OSError as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: OSError) -> ImportSourceError:
    """The error for a path that the system refuses to open."""
    return ImportSourceError("This cannot be opened.", f"{path}: {error.strerror or error}")


def check_there(path: Path) -> None:
    """See that there is a file or a folder.

    Raises:
        ImportSourceError: there is neither, or the system refuses to look.
    """
    try:
        is_there = path.is_file() or path.is_dir()
    except OSError as error:  # its name is too long
        raise cannot_open(path, error) from error
    if not is_there:
        what = "is neither a file nor a folder" if path.exists() else "does not exist"
        raise ImportSourceError("There is nothing to import.", f"{path} {what}.")


def head(path: Path) -> bytes:
    """The first bytes of a file, unpacked; of a gzip that is cut off, what there is.

    Raises:
        ImportSourceError: it cannot be opened, or is damaged at its start.
    """
    data = b""
    with open_file(path) as file:
        try:
            while len(data) < HEAD_BYTES and (more := file.read1(HEAD_BYTES)):
                data += more
        except _DAMAGED as error:
            if not data:
                raise ImportSourceError(
                    "The file is damaged.", f"{path}: it cannot be unpacked.", "Fetch it again."
                ) from error
    return data[:HEAD_BYTES]


def lines(path: Path, *, cap: int = MAX_RECORD_BYTES) -> Iterator[Line]:
    """The lines of a file that are not blank, in order, numbered from 1.

    A line longer than `cap` bytes is read past, never held. Where a gzip is cut off or corrupt,
    or a file does not end and says nothing, the last line says so: what came before it is good.

    Raises:
        ImportSourceError: the file cannot be opened.
    """
    number = waste = 0
    with open_file(path) as file:
        while True:
            number += 1
            try:
                data = file.readline(cap + 1)
                too_long = len(data) > cap
                past = _read_past(file, data) if too_long else 0
            except _DAMAGED:
                yield Line(number, b"", "the file is damaged or cut off from here on")
                return
            if not data:
                return
            if too_long:
                yield Line(number, b"", f"is longer than {_size(cap)}")
            elif not (blank := data.isspace()):
                yield Line(number, data)
            waste = waste + max(len(data) + past, _LEAST_LINE) if too_long or blank else 0
            if waste > MAX_WASTE:
                yield Line(number, b"", "nothing can be read from here on, and no end is near")
                return
            if isinstance(file, _Unpacked) and file.is_bomb:
                yield Line(number, b"", f"the file unpacks to over {MAX_RATIO} times its size")
                return


def _size(cap: int) -> str:
    return f"{cap // 2**20} MB" if cap >= 2**20 else f"{cap // 2**10} kB"


def _read_past(file: _Opened, data: bytes) -> int:
    """Read to the end of a line that is too long, or a good way; how many bytes that were."""
    past = 0
    while data and not data.endswith(b"\n") and past <= MAX_WASTE:
        data = file.readline(2**20)
        past += len(data)
    return past


def count_lines(path: Path) -> int | None:
    """How many lines a file has; None for a packed one, which would have to be unpacked.

    Raises:
        ImportSourceError: the file cannot be opened.
    """
    with open_file(path) as file:
        if isinstance(file, _Unpacked):
            return None
        count, last = 0, b"\n"
        while block := file.read(2**20):
            count += block.count(b"\n")
            last = block[-1:]
        return count + (last != b"\n")


def read_capped(file: IO[bytes] | _Opened, cap: int = MAX_RECORD_BYTES) -> bytes:
    """All of an open file, unless it is larger than `cap` bytes, whatever its header claims.

    Raises:
        Unreadable: it is larger.
    """
    data = file.read(cap + 1)
    if len(data) > cap:
        raise Unreadable(f"is larger than {cap // 2**20} MB")
    return data


def json_object(data: bytes) -> dict[str, object]:
    """Decode one JSON object.

    Raises:
        Unreadable: it is no UTF-8, no JSON, nested too deeply, not an object, or made of more
            values than there is memory for.
    """
    if sum(data.count(sign) for sign in (b",", b"[", b"{")) > MAX_VALUES:
        raise Unreadable("holds too many values")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8 text") from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON ({error.msg} at character {error.pos})") from error
    except ValueError as error:  # Python refuses to read integers of more than 4,300 digits
        raise Unreadable("holds a number that is too long") from error
    if not isinstance(value, dict):
        raise Unreadable("is not a JSON object")
    return value


def files_under(folder: Path, ending: str) -> list[Path]:
    """The files below `folder` whose names end so, sorted.

    Left out are hidden folders, folders that cannot be opened, and everything that is not a plain
    file: a link leads anywhere, a pipe is waited for, a device never ends.

    Raises:
        ImportSourceError: `folder` itself cannot be opened.
    """
    found: list[Path] = []
    waiting = [folder]
    while waiting:  # not recursive, as `os.walk` is: folders can be deep
        parent = waiting.pop()
        try:
            with os.scandir(parent) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith("."):
                            waiting.append(parent / entry.name)
                    elif entry.name.endswith(ending) and entry.is_file(follow_symlinks=False):
                        found.append(parent / entry.name)
        except OSError as error:
            if parent == folder:
                raise cannot_open(folder, error) from error
    return sorted(found)
