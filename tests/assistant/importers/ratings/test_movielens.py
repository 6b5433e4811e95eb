from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers.ratings import files, recognise_ratings
from store.community import RatedItem
from tests.assistant.importers.ratings.read import gather, reasons, told
from tests.assistant.importers.sources import write_zip

SMALL = {
    "ml/ratings.csv": b"userId,movieId,rating,timestamp\n1,1,4.0,9\n1,2,5.0,9\n2,1,0.5,9\n",
    "ml/movies.csv": (
        b"movieId,title,genres\n1,Toy Story (1995),A|B\n"
        b'2,"Matrix, The (1999)",Action\n3,Nobody rated this,C\n'
    ),
    "ml/links.csv": b"movieId,imdbId,tmdbId\n1,0114709,862\n2,,603\n",
    "ml/README.txt": b"Read me.",
}
OLD = {
    "ml-1m/ratings.dat": b"1::7::5::978300760\n2::7::3::978300760\n",
    "ml-1m/movies.dat": b"7::Am\xe9lie, La (2001)::Comedy\n",
}


def folder(path: Path, members: dict[str, bytes]) -> Path:
    for name, data in members.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


@pytest.fixture(params=["zip", "folder", "the folder itself"])
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "zip":
        return write_zip(tmp_path / "ml.zip", SMALL)
    parent = folder(tmp_path / "data", SMALL)
    return parent if request.param == "folder" else parent / "ml"


def test_ratings_films_and_links(small: Path) -> None:
    assert recognise_ratings(small).name == "MovieLens"
    found = gather(small)
    assert told(found) == {(0, "1"): 4.0, (0, "2"): 5.0, (1, "1"): 0.5}
    assert found.items == (
        RatedItem("imdb:tt0114709", "Toy Story", 1995),
        RatedItem(None, "Matrix, The", 1999),
    )
    assert (found.rated, found.skipped_count) == (True, 0)


def test_the_older_files_with_letters_of_their_time(tmp_path: Path) -> None:
    found = gather(write_zip(tmp_path / "ml-1m.zip", OLD))
    assert told(found) == {(0, "7"): 5.0, (1, "7"): 3.0}
    assert found.items == (RatedItem(None, "Amélie, La", 2001),)


def test_lines_that_cannot_be_read_are_left_out_and_named(tmp_path: Path) -> None:
    lines = [
        b"userId,movieId,rating,timestamp",
        b"1,1,4.0,9",
        b"1,2",
        b"1,2,many,9",
        b"1,2,nan,9",
        b"1,2,-1,9",
        b"1,2,,9",
        b",2,3,9",
        b"x" * (files.MAX_LINE_BYTES + 1),
        b"3,1,2.0,9",
    ]
    bad = SMALL | {"ml/ratings.csv": b"\n".join(lines)}
    found = gather(folder(tmp_path, bad))
    assert told(found) == {(0, "1"): 4.0, (1, "1"): 2.0}
    assert found.skipped_count == 7
    assert reasons(found) == {
        "ml/ratings.csv line 3": "has too few cells",
        "ml/ratings.csv line 4": "has a rating that is none: many",
        "ml/ratings.csv line 5": "has a rating that is none: nan",
        "ml/ratings.csv line 6": "has a rating that is none: -1",
        "ml/ratings.csv line 7": "has no rating",
        "ml/ratings.csv line 8": "names no person",
        "ml/ratings.csv line 9": "is longer than 64 kB",
    }


def test_a_zip_that_is_cut_off(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "ml.zip", SMALL)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ImportSourceError, match="damaged or cut off"):
        recognise_ratings(path)


def test_a_member_that_is_damaged_keeps_what_came_before(tmp_path: Path) -> None:
    rows = b"".join(b"%d,1,4.0,9\n" % number for number in range(50_000))
    path = write_zip(tmp_path / "ml.zip", SMALL | {"ml/ratings.csv": b"header\n" + rows})
    data = bytearray(path.read_bytes())
    at = data.index(b"ml/ratings.csv") + 60_000
    data[at : at + 64] = bytes(64)
    path.write_bytes(data)
    found = gather(path)
    assert 0 < len(told(found)) <= 50_000
    assert "ml/ratings.csv" in next(iter(reasons(found)))


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_RATIO_COUNTS_FROM", 100_000)
    row = b"1,1,4.0,9\n"
    path = write_zip(tmp_path / "ml.zip", SMALL | {"ml/ratings.csv": b"header\n" + row * 10**5})
    found = gather(path)
    assert "unpacks to over" in next(iter(reasons(found).values()))


def test_a_line_without_an_end_is_not_held(tmp_path: Path) -> None:
    endless = SMALL | {"ml/ratings.csv": b"header\n1,1,4.0,9\n" + b"9" * 10**7}
    found = gather(write_zip(tmp_path / "ml.zip", endless))
    assert told(found) == {(0, "1"): 4.0}
    assert list(reasons(found).values()) == ["a line without an end"]


def test_a_member_that_is_packed_in_an_unknown_way(tmp_path: Path) -> None:
    path = tmp_path / "ml.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in SMALL.items():
            archive.writestr(name, data)
    with pytest.raises(ImportSourceError, match="no ratings"):
        gather(path)


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "ml.zip", SMALL)
    data = bytearray(path.read_bytes())
    for start in (data.index(b"PK\x01\x02"),):
        flags = struct.unpack_from("<H", data, start + 8)[0]
        struct.pack_into("<H", data, start + 8, flags | 1)
    path.write_bytes(data)
    with pytest.raises(ImportSourceError, match="no ratings"):
        gather(path)


def test_without_ratings_it_is_said(tmp_path: Path) -> None:
    empty = SMALL | {"ml/ratings.csv": b"userId,movieId,rating,timestamp\n"}
    with pytest.raises(ImportSourceError, match="no ratings"):
        gather(write_zip(tmp_path / "ml.zip", empty))
