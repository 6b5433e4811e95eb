"""Sources on the disk: every format, its records mutated one by one or its bytes as such."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bad_input import histories, records
from benchmarks.bad_input.records import Json
from benchmarks.bad_input.texts import hostile
from benchmarks.bad_input.values import mutated, mutated_bytes, spelled


@dataclass(frozen=True)
class Source:
    """Something to import."""

    path: Path
    kind: str
    inputs: int
    """How many hostile records, or one where the whole file is one."""


_DAMAGED = 0.85
"""Of the sources: each is one input, where the others are up to 25."""
Make = Callable[[random.Random, int], Json]
_MUTATED = 0.85
"""Of the records; the others are ordinary, so that there is something to go wrong for."""


def any_source(draw: random.Random, folder: Path, most: int) -> Source:
    """A source of any format with at most `most` inputs, in the empty folder `folder`."""
    folder.mkdir(parents=True)
    if draw.random() < _DAMAGED:
        return _damaged(draw, folder)
    kind = draw.choice(list(_WRITERS))
    inputs = min(most, 25)
    return Source(_WRITERS[kind](draw, folder, inputs), kind, inputs)


def file_name(draw: random.Random, ending: str) -> str:
    """A file's name that Linux takes, hostile at times."""
    name = hostile(draw) if draw.random() < 0.3 else f"video-{draw.randrange(10**6)}"
    data = name.replace("/", "\u2215").replace("\0", "").encode("utf-8", "surrogatepass")
    return data[:150].decode("utf-8", "surrogateescape").strip(". ") + ending


def _some(draw: random.Random, make: Make, count: int) -> list[Json]:
    """So many records, most of them mutated."""
    made = [make(draw, draw.randrange(10**6)) for _ in range(count)]
    return [mutated(draw, one) if draw.random() < _MUTATED else one for one in made]


def _export(draw: random.Random, folder: Path, count: int) -> Path:
    """An export: its manifest, and two tables in one format or both."""
    manifest: Json = {
        "format": "matinee-export",
        "version": 1,
        "matinee": "0.1.0",
        "made": "2024-05-31T12:00:00Z",
        "formats": ["jsonl", "csv"],
        "counts": {"videos": count, "history": count},
    }
    files = {"manifest.json": spelled(draw, mutated(draw, manifest))}
    for name, make in (("videos", records.own_video), ("history", records.own_signal)):
        if draw.random() < 0.9:
            rows = _some(draw, make, count // 2)
            lines = [spelled(draw, one) for one in (make(draw, 0), *rows)]
            files[f"{name}.jsonl"] = _joined(draw, lines)
        if draw.random() < 0.5:
            files[f"{name}.csv"] = _table(draw, make, count // 2)
    return _written(folder / "export", files)


def _own(draw: random.Random, number: int) -> Json:
    make = records.own_signal if draw.random() < 0.25 else records.own_video
    return make(draw, number % 500)


def _jsonl(draw: random.Random, folder: Path, count: int) -> Path:
    first = records.own_video(draw, 0)
    lines = [spelled(draw, one) for one in (first, *_some(draw, _own, count))]
    return _packed(draw, folder / file_name(draw, ".jsonl"), _joined(draw, lines))


def _csv(draw: random.Random, folder: Path, count: int) -> Path:
    make = records.own_signal if draw.random() < 0.25 else records.own_video
    return _packed(draw, folder / file_name(draw, ".csv"), _table(draw, make, count))


def _table(draw: random.Random, make: Make, count: int) -> bytes:
    rows = _some(draw, make, count)
    columns = list(make(draw, 0) | {"rating": "", "extra": ""})
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=draw.choice(("\n", "\r\n", "\r\n\r\n")))
    writer.writerow(columns)
    for row in rows:
        cells = [_cell(row.get(name, "")) for name in columns]
        if draw.random() < 0.1:
            cells *= draw.randrange(3)
        writer.writerow(cells)
    return text.getvalue().encode("utf-8", "surrogatepass")


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return str(value)


def _pyvideo_files(draw: random.Random, count: int) -> dict[str, bytes]:
    event = file_name(draw, "")[:60] or "event"
    files = {
        f"{event}/videos/{file_name(draw, '.json')}": spelled(draw, one)
        for one in _some(draw, records.pyvideo, count)
    }
    category = mutated(draw, {"title": "An event", "url": "https://example.org"})
    return files | {f"{event}/category.json": spelled(draw, category)}


def _pyvideo_folder(draw: random.Random, folder: Path, count: int) -> Path:
    return _written(folder / "data", _pyvideo_files(draw, count))


def _pyvideo_zip(draw: random.Random, folder: Path, count: int) -> Path:
    path = folder / file_name(draw, ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _pyvideo_files(draw, count).items():
            spelling = name.encode("utf-8", "replace").decode()
            archive.writestr(draw.choice(("", "", "../../", "/", "C:\\")) + spelling, data)
    return path


def _info_folder(draw: random.Random, folder: Path, count: int) -> Path:
    made = _some(draw, records.ytdlp_info, count)
    return _written(
        folder / "videos", {file_name(draw, ".info.json"): spelled(draw, one) for one in made}
    )


def _playlist(draw: random.Random, folder: Path, count: int) -> Path:
    entries: list[object] = [*_some(draw, records.ytdlp_entry, count)]
    whole = records.ytdlp_playlist(entries)
    if draw.random() < 0.3:
        whole = records.ytdlp_playlist([mutated(draw, whole), None, 3, "x"])
    return _packed(draw, folder / file_name(draw, ".json"), spelled(draw, whole))


def _entries(draw: random.Random, folder: Path, count: int) -> Path:
    first = records.ytdlp_entry(draw, 0)
    lines = [spelled(draw, one) for one in (first, *_some(draw, records.ytdlp_entry, count))]
    return _packed(draw, folder / file_name(draw, ".json"), _joined(draw, lines))


def _takeout(draw: random.Random, folder: Path, count: int) -> Path:
    entries = [histories.watched(draw, 0), *_some(draw, histories.watched, count)]
    as_page = draw.random() < 0.4
    data = histories.page(entries) if as_page else _spelled_list(draw, entries)
    rows = _some(draw, histories.listed, count // 4)
    columns = list(histories.listed(draw, 0))
    root = histories.TAKEOUT
    files = {
        f"{root}/history/watch-history.{'html' if as_page else 'json'}": data,
        f"{root}/playlists/Liked videos.csv": histories.table(rows, columns),
        f"{root}/playlists/{file_name(draw, '.csv')}": histories.table(rows, columns),
    }
    return _either(draw, folder, files)


def _spelled_list(draw: random.Random, entries: list[Json]) -> bytes:
    """An array of them."""
    return b"[" + b",".join(spelled(draw, entry) for entry in entries) + b"]"


def _letterboxd(draw: random.Random, folder: Path, count: int) -> Path:
    rows = [histories.film(draw, 0), *_some(draw, histories.film, count // 6)]
    return _either(
        draw,
        folder,
        {name: histories.letterboxd_table(name, rows) for name in histories.LETTERBOXD},
    )


def _nfo(draw: random.Random, folder: Path, count: int) -> Path:
    made = [histories.of_library(draw, 0), *_some(draw, histories.of_library, count)]
    return _either(
        draw, folder, {file_name(draw, ".nfo"): histories.nfo(draw, one) for one in made}
    )


def _either(draw: random.Random, folder: Path, files: dict[str, bytes]) -> Path:
    """The files in a folder or a zip."""
    if draw.random() < 0.5:
        return _written(folder / "export", files)
    path = folder / file_name(draw, ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.encode("utf-8", "replace").decode(), data)
    return path


_WRITERS: dict[str, Callable[[random.Random, Path, int], Path]] = {
    "own JSON lines": _jsonl,
    "own CSV": _csv,
    "export folder": _export,
    "PyVideo folder": _pyvideo_folder,
    "PyVideo zip": _pyvideo_zip,
    "yt-dlp info folder": _info_folder,
    "yt-dlp playlist": _playlist,
    "yt-dlp entries": _entries,
    "YouTube Takeout": _takeout,
    "Letterboxd": _letterboxd,
    "nfo files": _nfo,
}


def _damaged(draw: random.Random, folder: Path) -> Source:
    """A source of which the bytes of one file are mutated, whatever they mean."""
    kind = draw.choice(list(_WRITERS))
    path = _WRITERS[kind](draw, folder, 3)
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    if files:
        victim = draw.choice(files)
        victim.write_bytes(mutated_bytes(draw, victim.read_bytes()))
    return Source(path, f"{kind}, bytes", 1)


def _joined(draw: random.Random, lines: list[bytes]) -> bytes:
    between = draw.choice((b"\n", b"\n", b"\r\n", b"\n\n \n"))
    return draw.choice((b"", b"", b"\xef\xbb\xbf")) + between.join(lines)


def _packed(draw: random.Random, path: Path, data: bytes) -> Path:
    if draw.random() < 0.2:
        path, data = path.with_name(path.name + ".gz"), gzip.compress(data, 1)
    path.write_bytes(data)
    return path


def _written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
