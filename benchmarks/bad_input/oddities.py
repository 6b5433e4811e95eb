"""Sources that are no ordinary files, or are not what they say: made by hand, each once."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.bad_input.bombs import Build
from benchmarks.bad_input.texts import HAND_MADE

_VIDEO = '{"id":"file:1","title":"x"}\n'
_INFO = '{"id":"aaaaaaaaaaa","title":"x","extractor_key":"Youtube"}'
_XML = """<?xml version="1.0"?>
<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">
<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><title>&c;&x;</title></opml>"""
_YAML = """a: &a [x, x]
b: &b [*a, *a]
c: &c [*b, *b]
d: !!python/object/apply:os.system [id]
"""


def _file(name: str, data: bytes | str) -> Build:
    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return path

    return build


def _folder(*make: Callable[[Path], object]) -> Build:
    """A folder with a good video of yt-dlp's and of PyVideo's, and what `make` puts beside them."""

    def build(folder: Path) -> Path:
        (folder / "event" / "videos").mkdir(parents=True)
        (folder / "event" / "videos" / "good.json").write_text('{"title": "x"}')
        (folder / "good.info.json").write_text(_INFO)
        for one in make:
            one(folder)
        return folder

    return build


def _links(secrets: Path) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        secret = secrets / "secret.json"
        (folder / "link.info.json").symlink_to(secret)
        (folder / "event" / "videos" / "link.json").symlink_to(secret)
        (folder / "event" / "category.json").symlink_to(secret)
        (folder / "linked").symlink_to(secrets)
        (folder / "loop").symlink_to(folder)
        (folder / "self.info.json").symlink_to(folder / "self.info.json")
        (folder / "zero.info.json").symlink_to("/dev/zero")

    return make


def _export_of_links(secrets: Path) -> Build:
    def build(folder: Path) -> Path:
        for name in ("manifest.json", "videos.jsonl", "history.csv"):
            (folder / name).symlink_to(secrets / "secret.json")
        return folder

    return build


def _export_of_pipes(folder: Path) -> Path:
    for name in ("manifest.json", "videos.jsonl", "history.csv"):
        os.mkfifo(folder / name)
    return folder


def _pipes(folder: Path) -> None:
    os.mkfifo(folder / "pipe.info.json")
    os.mkfifo(folder / "event" / "videos" / "pipe.json")
    os.mkfifo(folder / "event" / "category.json")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.info.json"))
    with suppress(PermissionError):  # devices are made by the administrator alone
        os.mknod(folder / "zero.info.json", stat.S_IFCHR | 0o666, os.makedev(1, 5))


def _names(folder: Path) -> None:
    for number, text in enumerate(HAND_MADE):
        name = text.replace("/", "\u2215").replace("\0", "").encode("utf-8", "surrogatepass")
        for where in (folder, folder / "event" / "videos"):
            path = os.fsencode(where) + b"/" + name[:200] + str(number).encode()
            with open(path + b".info.json", "wb") as file:  # noqa: PTH123 - a name of bytes
                file.write(_INFO.encode() if number % 2 else b"{")
    for raw in (b"\xff\xfe", b"\x1b[31m\n", b"\xc0\xaf"):
        with open(os.fsencode(folder) + b"/" + raw + b".info.json", "wb") as file:  # noqa: PTH123
            file.write(b"[")


def _depth(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=here)
        there = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    os.close(here)


def _folders_named_as_files(folder: Path) -> None:
    for name in ("x.info.json", "x.jsonl", "event/videos/x.json", "event2/videos", "videos"):
        (folder / name).mkdir(parents=True)


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.jsonl")
    return folder / "pipe.jsonl"


def _link_to_pipe(folder: Path) -> Path:
    (folder / "link.jsonl").symlink_to(_pipe(folder))
    return folder / "link.jsonl"


def oddities(secrets: Path) -> dict[str, Build]:
    """All of them; links lead to what is in `secrets`, which nobody should read."""
    text = _VIDEO + '{"id":"file:2","title":"caf\u00e9 \u4eba"}\n'
    encodings = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "gb18030", "utf-7")
    table = f"id,title\nfile:1,{text}"
    found = {f"JSON lines in {name}": _file("x.jsonl", text.encode(name)) for name in encodings}
    found |= {f"a table in {name}": _file("x.csv", table.encode(name)) for name in encodings}
    found |= {
        f"a table in {name}": _file("x.csv", f"id,title\nfile:1,{text}".encode(name))
        for name in encodings
    }
    found |= {
        "overlong UTF-8": _file(
            "x.jsonl", b'{"id":"file:1","title":"\xc0\xaf\xe0\x80\xaf\xed\xa0\x80"}\n'
        ),
        "NULs in lines": _file("x.jsonl", _VIDEO.replace("x", "\\u0000\0") * 3),
        "NULs in a table": _file("x.csv", "id,title\nfile:1,a\0b\n\0,\0\n"),
        "carriage returns": _file("x.jsonl", _VIDEO.replace("\n", "\r") * 3),
        "nothing": _file("x.jsonl", b""),
        "a byte-order mark": _file("x.csv", b"\xef\xbb\xbf"),
        "NULs alone": _file("x.json", bytes(4_096)),
        "an XML bomb": _file("x.opml", _XML),
        "an XML bomb, as JSON lines": _file("x.jsonl", _XML),
        "a YAML bomb": _file("x.json", _YAML),
        "a pickle": _file("x.csv", b"cos\nsystem\n(S'id'\ntR."),
        "a database": _file("x.json", b"SQLite format 3\0" + bytes(4_096)),
        "an ELF": _file("x.jsonl", b"\x7fELF" + bytes(range(256)) * 8),
        "a zip's first bytes": _file("x.zip", b"PK\x03\x04" + bytes(100)),
        "a zip's last bytes": _file("x.zip", b"PK\x05\x06" + bytes(18)),
        "a zip's last bytes, wrong": _file("x.zip", b"PK\x05\x06" + b"\xff" * 18),
        "a gzip's first bytes": _file("x.jsonl.gz", b"\x1f\x8b\x08"),
        "a gzip of another kind": _file("x.jsonl.gz", b"\x1f\x8b\x07" + bytes(20)),
        "a gzip with a name that climbs": _file(
            "x.jsonl.gz", b"\x1f\x8b\x08\x08" + bytes(6) + b"../../x\0" + b"\x03\0" + bytes(8)
        ),
        "a table of formulas": _file(
            "x.csv", 'id,title\nfile:1,"=cmd|\' /C calc\'!A0"\nfile:2,+1\nfile:3,@x\nfile:4,-2\n'
        ),
        "a table of quotes": _file("x.csv", 'id,title\n"""""","""\nfile:1,"a"b"c"\n'),
        "an export of links": _export_of_links(secrets),
        "an export of pipes": _export_of_pipes,
        "links out of a folder": _folder(_links(secrets)),
        "pipes, a socket and a device in a folder": _folder(_pipes),
        "every hostile name in a folder": _folder(_names),
        "a folder 1,500 deep": _folder(_depth),
        "folders that are named as files": _folder(_folders_named_as_files),
        "a pipe": _pipe,
        "a link to a pipe": _link_to_pipe,
        "an endless device": lambda _: Path("/dev/zero"),
        "the environment": lambda _: Path("/proc/self/environ"),
        "the memory": lambda _: Path("/proc/self/mem"),
        "what is not there": lambda folder: folder / "\x1b]0;x\x07\u202e\udcff",
        "a name that is too long": lambda folder: folder / ("x" * 5_000),
        "a path through a file": lambda folder: _file("x", b"")(folder) / "y",
    }  # fmt: skip
    return found
