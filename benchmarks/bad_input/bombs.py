"""Small files that unpack to large ones, and files whose records are absurdly large."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random

from benchmarks.bad_input.records import Json, own_video, pyvideo, ytdlp_info, ytdlp_playlist

Build = Callable[[Path], Path]
_MB = 2**20
_VIDEO = b'{"id":"file:1","title":"x"}\n'


# --- archives ----------------------------------------------------------------------------------


def _zip(name: str, members: Callable[[], Iterable[tuple[str, bytes]]]) -> Build:
    def build(folder: Path) -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members():
                archive.writestr(member, data)
        return path

    return build


def _layers(folder: Path) -> Path:
    """Zips in zips, as in 42.zip: the innermost is 32 MB of zeros."""
    data = bytes(32 * _MB)
    for _ in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"e/videos/{number}.json", data)
        data = packed.getvalue()
    path = folder / "layers.zip"
    path.write_bytes(data)
    return path


def overlapping(folder: Path, members: int = 5_000, size: int = 16 * _MB) -> Path:
    """One member of `size` bytes that the directory of the zip lists many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(size)) + packer.flush()
    sizes = struct.pack("<LLL", zlib.crc32(bytes(size)), len(data), size)
    name = b"e/videos/x.json"
    common = struct.pack("<HHHHH", 20, 0, 8, 0, 0x21) + sizes
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name + data
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common
    entry += struct.pack("<HHHHHLL", len(name), 0, 0, 0, 0, 0, 0) + name
    directory = entry * members
    end = struct.pack("<HHHHLLH", 0, 0, members, members, len(directory), len(local), 0)
    path = folder / "overlapping.zip"
    path.write_bytes(local + directory + b"PK\x05\x06" + end)
    return path


def _two_members(folder: Path) -> Path:
    members = [("e/videos/a.json", b"{}"), ("e/videos/b.json", b"{}")]
    return _zip("x.zip", lambda: members)(folder)


def _claims(folder: Path) -> Path:
    """A member that claims to be of 4 GB, and one that claims to be empty."""
    path = _two_members(folder)
    data = path.read_bytes()
    true_size = struct.pack("<L", 2)
    place = data.rindex(b"PK\x01\x02")
    data = data[:place].replace(true_size, b"\xfe\xff\xff\xff") + data[place:].replace(
        true_size, bytes(4)
    )
    path.write_bytes(data)
    return path


def _locked(folder: Path) -> Path:
    """A member that says it is encrypted, and one packed in an unknown way."""
    path = _two_members(folder)
    data = bytearray(path.read_bytes())
    first, second = (data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02"))
    data[first + 8] |= 1
    data[second + 10] = 99
    path.write_bytes(data)
    return path


def _raw(name: str, make: Callable[[], bytes]) -> Build:
    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(make())
        return path

    return build


def _gzip(name: str, pieces: Callable[[], Iterator[bytes]]) -> Build:
    def build(folder: Path) -> Path:
        path = folder / name
        with gzip.open(path, "wb", 1) as file:
            for piece in pieces():
                file.write(piece)
        return path

    return build


def _repeated(first: bytes, piece: bytes, size: int) -> Callable[[], Iterator[bytes]]:
    block = piece * (_MB // len(piece))

    def pieces() -> Iterator[bytes]:
        yield first
        yield from (block for _ in range(size // _MB))

    return pieces


_WATCHED = b'[{"titleUrl":"https://www.youtube.com/watch?v=aaaaaaaaaaa","title":"Watched x"},'
_PAGE = b'<html><div class="outer-cell"><a href="https://www.youtube.com/watch?v=aaaaaaaaaaa">x'
_DIARY = b"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
_TRAVERSAL = ("../../../etc/cron.d/x", "/etc/passwd", "C:\\x", "~/.ssh/x", "\\\\host\\x", "con")
ARCHIVES: dict[str, Build] = {
    "zip in zip in zip": _layers,
    "zip of one large member": _zip("x.zip", lambda: [("e/videos/x.json", bytes(512 * _MB))]),
    "zip of overlapping members": overlapping,
    "zip with wrong sizes": _claims,
    "zip that is locked": _locked,
    "zip with names that climb": _zip(
        "x.zip",
        lambda: ((f"{name}/videos/{name}.json", b'{"title":"x"}') for name in _TRAVERSAL),
    ),
    "zip with names that steer": _zip(
        "x.zip",
        lambda: ((f"\x1b[2J\u202e{n}/videos/\x9b{n}\n.json", b'{"title":"x"}') for n in range(9)),
    ),
    "zip of 5,000 empty members": _zip(
        "x.zip", lambda: ((f"e{n // 100}/videos/{n}.json", b"") for n in range(5_000))
    ),
    "zip of a history of blanks": _zip(
        "x.zip", lambda: [("YouTube/history/x.json", _WATCHED + b" " * 512 * _MB)]
    ),
    "zip of a page without end": _zip(
        "x.zip", lambda: [("YouTube/x.html", _PAGE + b"<b>" * 100 * _MB)]
    ),
    "zip of 3,000 playlists": _zip(
        "x.zip",
        lambda: (
            (f"YouTube/playlists/{n}.csv", b"aaaaaaaaaaa,2021-03-01 17:45:59 UTC\n" * 999)
            for n in range(3_000)
        ),
    ),
    "zip of a film without end": _zip(
        "x.zip", lambda: [("a.nfo", b"<movie><title>x</title>" + b"<a>" * 100 * _MB)]
    ),
    "zip of a large table": _zip(
        "x.zip", lambda: [("diary.csv", _DIARY + b"2024-01-01,x,2001,,5,,,2024-01-01\n" * 10**7)]
    ),
    "gzip of zeros": _gzip("x.jsonl.gz", _repeated(_VIDEO, b"\0", 1_024 * _MB)),
    "gzip of zeros, as a table": _gzip("x.csv.gz", _repeated(b"id,title\n", b"\0", 512 * _MB)),
    "gzip of blank lines": _gzip("x.jsonl.gz", _repeated(_VIDEO, b"\n", 64 * _MB)),
    "gzip of empty objects": _gzip("x.jsonl.gz", _repeated(_VIDEO, b"{}\n", 64 * _MB)),
    "gzip of one video": _gzip("x.jsonl.gz", _repeated(_VIDEO, _VIDEO, 64 * _MB)),
    "gzip of gzip": _raw("x.jsonl.gz", lambda: gzip.compress(gzip.compress(_VIDEO))),
}


# --- records -----------------------------------------------------------------------------------


def _as_every_format(name: str, value: Callable[[], object]) -> dict[str, Build]:
    """A record with this value in a field, in each format that has the field."""

    def own() -> bytes:
        return json.dumps(own_video(Random(1), 1) | {name: value()}).encode()

    def table() -> bytes:
        held = value()
        cell = "|".join(map(str, held)) if isinstance(held, list) else str(held)
        return f'id,title,{name}\nfile:1,x,"{cell}"\n'.encode()

    def info() -> Json:
        return ytdlp_info(Random(1), 1) | {name: value()}

    def talk() -> bytes:
        field = "speakers" if name == "people" else name
        return json.dumps(pyvideo(Random(1), 1) | {field: value()}).encode()

    return {
        "own JSON lines": _raw("x.jsonl", own),
        "own CSV": _raw("x.csv", table),
        "yt-dlp info": _raw("x.info.json", lambda: json.dumps(info()).encode()),
        "yt-dlp playlist": _raw("x.json", lambda: json.dumps(ytdlp_playlist([info()])).encode()),
        "PyVideo": _zip("x.zip", lambda: [("e/videos/x.json", talk())]),
    }


def _sparse(name: str, start: bytes) -> Build:
    """One line of a gigabyte, of which nearly all is a hole in the disk."""

    def build(folder: Path) -> Path:
        path = _raw(name, lambda: start)(folder)
        with path.open("r+b") as file:
            file.truncate(2**30)
        return path

    return build


def _nested(depth: int, opening: str, closing: str) -> Callable[[], bytes]:
    nest = f"{opening * depth}1{closing * depth}"
    return lambda: f'{{"id":"file:1","title":"x","tags":{nest}}}\n'.encode()


def _nested_entries(depth: int) -> Callable[[], bytes]:
    opening = '{"_type":"playlist","entries":['
    return lambda: (opening * depth + "]}" * depth).encode()


def sizes() -> Iterator[tuple[str, Build]]:
    """Everything that is absurdly large, made when it is built."""
    fields: dict[str, tuple[str, Callable[[], object]]] = {
        "a title of 50 MB": ("title", lambda: "x" * (50 * _MB)),
        "a title of 15 MB": ("title", lambda: "x" * (15 * _MB)),
        "a title of 15 MB of marks": ("title", lambda: "\u0301" * (2 * _MB)),
        "a description of 12 MB": ("description", lambda: "`a <" * (3 * _MB)),
        "a million tags": ("tags", lambda: [f"t{n}" for n in range(10**6)]),
        "a million people": ("people", lambda: [f"p{n}" for n in range(10**6)]),
        "a million numbers as tags": ("tags", lambda: [1] * 10**6),
    }
    for what, (name, value) in fields.items():
        for form, build in _as_every_format(name, value).items():
            yield f"{what}, {form}", build
    for depth in (10**4, 10**6):
        yield f"lists {depth:,} deep", _raw("x.jsonl", _nested(depth, "[", "]"))
        yield f"objects {depth:,} deep", _raw("x.jsonl", _nested(depth, '{"a":', "}"))
        yield f"lists {depth:,} deep, info", _raw("x.info.json", _nested(depth, "[", "]"))
        yield f"playlists {depth:,} deep", _raw("x.json", _nested_entries(depth))
    for name, (file, make) in _WIDE.items():
        yield name, _raw(file, make)
    for file, start in (
        ("x.jsonl", _VIDEO), ("x.csv", b"id,title\n"), ("x.info.json", b"{"),
        ("x.json", b'{"_type":'),
    ):  # fmt: skip
        yield f"a line of a gigabyte, {file}", _sparse(file, start)


def _numbered(start: bytes, item: bytes, count: int, end: bytes) -> Callable[[], bytes]:
    """`item` so many times, a number in place of each ``#``."""
    return lambda: (
        start + b",".join(item.replace(b"#", b"%d" % number) for number in range(count)) + end
    )


_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
_PLAYLIST = b'{"_type":"playlist","entries":['
_WIDE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "100,000 keys": (
        "x.jsonl",
        _numbered(b'{"id":"file:1","title":"x",', b'"k#":#', 10**5, b"}\n"),
    ),
    "100,000 columns": (
        "x.csv",
        _numbered(b"id,title,", b"k#", 10**5, b"\n" + b"file:1,x\n" * 50),
    ),
    "100,000 empty entries": ("x.json", _numbered(_PLAYLIST, b"{}", 10**5, b"]}")),
    "100,000 null entries": ("x.json", _numbered(_PLAYLIST, b"null", 10**5, b"]}")),
    "twenty million values": ("x.json", lambda: _PLAYLIST + b"[]," * 2 * 10**7 + b"1]}"),
    "eight million values": (
        "x.jsonl",
        lambda: b'{"id":"file:1","title":[' + b"1," * 7**8 + b"1]}",
    ),
    "a number of a million digits": (
        "x.jsonl",
        lambda: b'{"id":"file:1","title":"x","views":' + b"9" * 10**6 + b"}\n",
    ),
    "a quote that is never closed": (
        "x.csv",
        lambda: b'id,title\nfile:1,"' + (b"x" * 99 + b"\n") * 2 * 10**4,
    ),
    "a quote around every line": ("x.csv", lambda: b"id,title\n" + b'"\n' * 10**5),
    "a million blank lines": ("x.jsonl", lambda: _VIDEO + b"\n" * 10**6),
    "100,000 broken lines": ("x.jsonl", lambda: _VIDEO + b"{\n" * 10**5),
    "a film of 100,000 tags": (
        "x.nfo",
        lambda: b"<movie><title>x</title>" + b"<genre>x / y</genre>" * 10**5 + b"</movie>",
    ),
    "a film 100,000 deep": (
        "x.nfo",
        lambda: b"<movie><title>x</title>" + b"<a>" * 10**5 + b"</a>" * 10**5 + b"</movie>",
    ),
    "a film that says a billion laughs": (
        "x.nfo",
        lambda: _LAUGHS + b"<movie><title>&l9;</title></movie>",
    ),
    "100,000 films": (
        "videodb.xml",
        lambda: b"<videodb>" + b"<movie><title>x</title></movie>" * 10**5 + b"</videodb>",
    ),
    "a line of nothing but commas": ("x.csv", lambda: b"id,title\n" + b"," * 10**7),
}
