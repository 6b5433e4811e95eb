from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.importers import recognise
from assistant.importers.matinee_csv import MatineeCsvImporter
from assistant.importers.matinee_jsonl import MatineeJsonlImporter
from assistant.importers.own import merged
from assistant.importers.reading import MAX_RECORD_BYTES
from assistant.types import Interaction, Kind, Signal, Video
from tests.assistant.importers.sources import STRANGE, interactions, skipped, videos, write_lines

FULL = {
    "id": "imdb:tt0245429",
    "title": "Spirited Away (2001)",
    "other_titles": ["千と千尋の神隠し", "Sen to Chihiro no kamikakushi"],
    "description": "A girl works in a bath house for spirits.",
    "tags": ["animation", "fantasy"],
    "keywords": ["spirits"],
    "channel": "Studio Ghibli",
    "people": ["Hayao Miyazaki"],
    "kind": "film",
    "language": "ja",
    "year": 2001,
    "published": "2001-07-20",
    "duration_s": 7500,
    "url": "https://example.org/spirited-away",
    "views": 7,
    "likes": 5,
}
EXPECTED = Video(
    id="imdb:tt0245429",
    title="Spirited Away",
    other_titles=("千と千尋の神隠し", "Sen to Chihiro no kamikakushi"),
    description="A girl works in a bath house for spirits.",
    tags=("animation", "fantasy"),
    keywords=("spirits",),
    channel="Studio Ghibli",
    people=("Hayao Miyazaki",),
    kind=Kind.FILM,
    language="ja",
    year=2001,
    published=date(2001, 7, 20),
    duration_s=7500,
    url="https://example.org/spirited-away",
    views=7,
    likes=5,
)


def read(path: Path) -> list[Any]:
    importer = recognise(path)
    assert isinstance(importer, MatineeJsonlImporter | MatineeCsvImporter)
    return list(importer.read(path))


def read_one(tmp_path: Path, **record: object) -> Any:
    """The record as read from a file whose first line is a good one."""
    path = write_lines(tmp_path / "x.jsonl", {"id": "a:first", "title": "First"}, record)
    return read(path)[1]


def write_csv(path: Path, *rows: list[str]) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


# --- JSON lines --------------------------------------------------------------------------------


def test_every_field_of_a_video_is_read(tmp_path: Path) -> None:
    assert set(FULL) == set(Video.model_fields)
    assert read(write_lines(tmp_path / "x.jsonl", FULL)) == [EXPECTED]


@pytest.mark.parametrize("signal", list(Signal))
def test_every_signal_is_read(tmp_path: Path, signal: Signal) -> None:
    rating = {"rating": 4.5} if signal is Signal.RATED else {}
    line = {"video_id": "a:b", "signal": signal.value, "at": "2024-05-31T20:15:00+02:00"}
    [record] = read(write_lines(tmp_path / "x.jsonl", line | {"strength": 0.5} | rating))
    assert record == Interaction(
        video_id="a:b",
        signal=signal,
        at=datetime(2024, 5, 31, 18, 15, tzinfo=UTC),
        rating=4.5 if rating else None,
        strength=0.5,
    )
    assert record.at.utcoffset() is not None


@pytest.mark.parametrize("at", [1_700_000_000, "1700000000", "2023-11-14T22:13:20"])
def test_moments_without_a_zone_are_utc(tmp_path: Path, at: object) -> None:
    record = read_one(tmp_path, video_id="a:b", signal="liked", at=at)
    assert record.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_null_and_empty_mean_not_known(tmp_path: Path) -> None:
    nothing = dict.fromkeys(FULL.keys() - {"id", "title"})
    assert read_one(tmp_path, **nothing | {"id": "a:b", "title": "T"}) == Video(id="a:b", title="T")
    assert read_one(tmp_path, id="a:b", title="T", channel="", language="und").channel is None


@pytest.mark.parametrize(
    ("title", "more", "read_title", "year"),
    [
        ("Pari (1995)", {"year": 1995}, "Pari", 1995),
        ("Pari (1995)", {"published": "1995-02-01"}, "Pari", 1995),
        ("Pari (1995)", {"year": 1996}, "Pari (1995)", 1996),
        ("Pari (1995)", {}, "Pari (1995)", None),
        ("(1995)", {"year": 1995}, "(1995)", 1995),
        ("Pari (1995) (1995)", {"year": 1995}, "Pari (1995)", 1995),
        ("Pari (1995)", {"published": "1995-02-01", "year": 0}, "Pari (1995)", None),
        ("Pari", {"published": "1995-02-01", "year": "0"}, "Pari", None),
        ("Pari", {"published": "1995-02-01", "year": None}, "Pari", 1995),
    ],
)
def test_the_year_leaves_the_title_where_both_say_the_same(
    tmp_path: Path, title: str, more: dict[str, object], read_title: str, year: int | None
) -> None:
    video = read_one(tmp_path, id="a:b", title=title, **more)
    assert (video.title, video.year) == (read_title, year)


def test_texts_are_cleaned_and_codes_made_one(tmp_path: Path) -> None:
    video = read_one(
        tmp_path,
        id=" a:b\n",
        title="\x1b]0;x\x07A\u202e \ud800title",
        tags=["x", "X", " "],
        language="eng",
        duration_s=59.7,
    )
    assert video == Video(id="a:b", title="A title", tags=("x",), language="en", duration_s=60)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "a:b"}, "title: is missing"),
        ({"id": "a:b", "title": " "}, "title: is empty"),
        ({"id": "a:b", "title": ["x"]}, "title: is not a text"),
        ({"id": "b", "title": "T"}, "id: not a namespaced video id (source:key): 'b'"),
        ({"id": "a:b", "title": "T", "tags": "x"}, "tags: is not a list"),
        ({"id": "a:b", "title": "T", "tags": ["x", 3]}, "tags.1: is not a text"),
        (
            {"id": "a:b", "title": "T", "language": "English"},
            "language: is not a language code such as en: 'English'",
        ),
        (
            {"id": "a:b", "title": "T", "url": "javascript:x"},
            "url: is not an address that begins with http:// or https://",
        ),
        (
            {"id": "a:b", "title": "T", "published": "May"},
            "published: is not a day such as 2024-05-31",
        ),
        (
            {"id": "a:b", "title": "T", "views": 10**20},
            "views: should be less than or equal to 1000000000000000",
        ),
        ({"id": "a:b", "title": "T", "views": -1}, "views: should be greater than or equal to 0"),
        (
            {"id": "a:b", "title": "T", "duration_s": -3.5},
            "duration_s: should be greater than 0",
        ),
        ({"video_id": "a:b", "signal": "liked"}, "at: is missing"),
        (
            {"video_id": "a:b", "signal": "rated", "at": 1_700_000_000},
            "a rating belongs to the signal rated, and to it alone",
        ),
        (
            {"video_id": "b", "signal": "liked", "at": 1_700_000_000},
            "video_id: is not a video id (source:key): 'b'",
        ),
        (
            {"video_id": "a:b", "signal": "liked", "at": "0001-01-01T00:00:00+14:00"},
            "at: is not a moment since 1970",
        ),
    ],
)
def test_a_wrong_value_is_told(tmp_path: Path, record: dict[str, object], reason: str) -> None:
    found = read_one(tmp_path, **record)
    assert (found.record, found.reason) == ("line 2", reason)


@pytest.mark.parametrize("field", FULL)
def test_no_value_of_a_field_breaks_the_import(tmp_path: Path, field: str) -> None:
    path = write_lines(tmp_path / "x.jsonl", FULL, *(FULL | {field: value} for value in STRANGE))
    records = read(path)
    assert len(records) == len(STRANGE) + 1
    assert all(reason.isprintable() for reason in skipped(records).values())


@pytest.mark.parametrize("field", Interaction.model_fields)
def test_no_value_of_an_interaction_breaks_the_import(tmp_path: Path, field: str) -> None:
    good = {"video_id": "a:b", "signal": "liked", "at": "2024-05-31", "strength": 1}
    path = write_lines(tmp_path / "x.jsonl", good, *(good | {field: value} for value in STRANGE))
    assert len(read(path)) == len(STRANGE) + 1


def test_at_most_three_problems_of_a_record_are_told(tmp_path: Path) -> None:
    found = read_one(tmp_path, id="b", title=1, tags=2, people=3, views=-1)
    assert found.reason.endswith("; and 2 more")


def test_lines_that_cannot_be_read_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = b'{"id": "a:b", "title": "T"}'
    lines = [
        b"\xef\xbb\xbf" + good,
        b"",
        b"  ",
        b'{"id": "a:c", "title": "Caf\xe9"}',
        b'{"id": "a:d"',
        b"[1, 2]",
        b"[" * 100_000,
        b"\x00\x00",
        b'"' + b"x" * (MAX_RECORD_BYTES + 5) + b'"',
        good.replace(b"a:b", b"a:z"),
    ]
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\r\n".join(lines))
    records = read(path)
    assert [video.id for video in videos(records)] == ["a:b", "a:z"]
    assert skipped(records) == {
        "line 4": "is not UTF-8 text",
        "line 5": "is not JSON (Expecting ',' delimiter at character 14)",
        "line 6": "is not a JSON object",
        "line 7": "is nested too deeply",
        "line 8": "is not JSON (Expecting value at character 0)",
        "line 9": "is longer than 16 MB",
    }
    assert MatineeJsonlImporter().count(path) == 10


def test_a_gzip_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    texts = [json.dumps({"id": f"a:{n}", "title": f"{n * 7919}"}) for n in range(5000)]
    packed = gzip.compress("\n".join(texts).encode())
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    records = read(path)
    assert 0 < len(videos(records)) < 5000
    [reason] = skipped(records).values()
    assert reason == "the file is damaged or cut off from here on"
    assert MatineeJsonlImporter().count(path) is None


def test_fields_that_are_not_ours_are_counted_and_told_once(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "x.jsonl",
        {"id": "a:1", "title": "One", "mood": "blue", "\x1b[1mstars": 5},
        {"id": "a:2", "title": "Two", "mood": None},
        {"id": "a:3", "title": "Three", "mood": "red"},
    )
    records = read(path)
    assert len(videos(records)) == 3
    [(record, reason)] = skipped(records).items()
    assert record == "x.jsonl"
    assert "'mood' (2)" in reason
    assert "stars" in reason
    assert reason.isprintable()


def test_records_of_one_video_are_merged(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "x.jsonl",
        {"id": "a:1", "title": "Love & Basketball", "tags": ["drama"], "year": None},
        {"id": "a:2", "title": "Other"},
        {"id": "a:1", "title": "Love and Basketball (2000)", "tags": ["sport"], "year": 2000},
        {"id": "a:1", "title": "love & basketball", "year": 1999, "kind": "film"},
    )
    records = read(path)
    assert {video.id: video for video in videos(records)}["a:1"] == Video(
        id="a:1",
        title="Love & Basketball",
        other_titles=("Love and Basketball",),
        tags=("drama", "sport"),
        year=2000,
        kind=Kind.FILM,
    )
    assert len(videos(records)) == 2
    assert skipped(records) == {
        "line 3 (as line 1)": "the same video again, merged into the first",
        "line 4 (as line 1)": "the same video again, merged into the first",
    }


def test_a_merged_video_is_one_that_could_have_been_read(tmp_path: Path) -> None:
    tags = [[f"{half}{number}" for number in range(80)] for half in "ab"]
    path = write_lines(
        tmp_path / "x.jsonl",
        {"id": "a:1", "title": "Short", "tags": tags[0]},
        {"id": "a:1", "title": "Long " * 60, "tags": tags[1]},
    )
    [video] = videos(read(path))
    assert len(video.tags) == 100
    assert video.other_titles == (("Long " * 24).strip(),)
    [again] = read(write_lines(tmp_path / "y.jsonl", video.model_dump(mode="json")))
    assert again == video


def test_the_title_beside_a_signal_is_for_reading(tmp_path: Path) -> None:
    liked = {"video_id": "a:b", "signal": "liked", "at": "2024-05-31", "title": "T"}
    [record] = read(write_lines(tmp_path / "x.jsonl", liked))
    assert isinstance(record, Interaction)


def test_merging_a_video_with_itself_changes_nothing() -> None:
    assert merged(EXPECTED, EXPECTED) == EXPECTED


# --- CSV ---------------------------------------------------------------------------------------


def test_every_field_of_a_table_is_read(tmp_path: Path) -> None:
    cells = ["|".join(v) if isinstance(v, list) else str(v) for v in FULL.values()]
    path = write_csv(tmp_path / "x.csv", list(FULL), cells)
    assert read(path) == [EXPECTED]


def test_empty_cells_and_short_rows_mean_not_known(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "x.csv", [" ID ", "Title", "tags", "year"], ["a:b", "T", "", ""], ["a:c", "U"]
    )
    assert read(path) == [Video(id="a:b", title="T"), Video(id="a:c", title="U")]


def test_bars_backslashes_and_formulas_in_cells(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "x.csv",
        ["id", "title", "tags"],
        ["a:b", "'=T", r"a\|b|C:\new\\|d|'e"],
        ["a:c", "'tis", "'-x|y"],
        ["a:d", "''=T", "|"],
    )
    assert read(path) == [
        Video(id="a:b", title="=T", tags=("a|b", "C:\\new\\", "d", "'e")),
        Video(id="a:c", title="'tis", tags=("-x", "y")),
        Video(id="a:d", title="'=T"),
    ]


def test_a_table_of_interactions(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "x.csv",
        ["video_id", "signal", "at", "rating"],
        ["a:b", "rated", "1700000000", "3.5"],
        ["a:b", "liked", "2024-05-31", ""],
        ["a:b", "loved", "2024-05-31", ""],
    )
    records = read(path)
    assert [(one.signal, one.rating) for one in interactions(records)] == [
        (Signal.RATED, 3.5),
        (Signal.LIKED, None),
    ]
    assert next(iter(skipped(records).values())).startswith("signal: should be 'watched', '")


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(
        b"id,title\r\n"
        b'a:1,"One, with\r\na line"\r\n'
        b"a:2,Two,three\r\n"
        b"a:3,Caf\xe9\r\n"
        b"a:4," + b"x" * 200_000 + b"\r\n"
        b"a:5,Nul\x00in it\r\n"
        b"a:6,Six\r\n"
    )
    records = read(path)
    assert [(video.id, video.title) for video in videos(records)] == [
        ("a:1", "One, with a line"),
        ("a:5", "Nulin it"),
        ("a:6", "Six"),
    ]
    assert skipped(records) == {
        "line 4": "has 3 cells, the header 2",
        "line 5": "is not UTF-8 text",
        "line 6": "is not CSV (field larger than field limit (131072))",
    }


def test_a_packed_table(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(b"id,title\na:b,T\n"))
    assert read(path) == [Video(id="a:b", title="T")]
    path.write_bytes(gzip.compress(b"id,title\na:b,T\n")[:-4])
    assert list(skipped(read(path)).values()) == ["the file is damaged or cut off from here on"]


# --- the real catalogue ------------------------------------------------------------------------


@pytest.mark.shared_data
def test_the_film_catalogue_is_read_as_it_stands(shared_data: Path) -> None:
    records = read(shared_data / "films" / "catalog.jsonl.gz")
    found = {video.id: video for video in videos(records)}
    assert len(records) == 6576
    assert len(found) == len(videos(records)) == 6374
    assert Counter(skipped(records).values()) == {
        "the same video again, merged into the first": 202
    }
    assert (found["imdb:tt0114092"].title, found["imdb:tt0114092"].year) == ("Pari", 1995)
    assert found["imdb:tt0088763"].year == 1985
    assert found["imdb:tt0413300"].other_titles == ("Spider-Man 3",)
    assert {video.kind for video in found.values()} == {Kind.FILM}
