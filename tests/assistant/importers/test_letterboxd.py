from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import Record, recognise
from assistant.importers.letterboxd import LetterboxdImporter
from assistant.types import Interaction, Kind
from tests.assistant.importers.sources import interactions, skipped, videos, write_zip

FILMS = "Date,Name,Year,Letterboxd URI"
DIARY = f"{FILMS},Rating,Rewatch,Tags,Watched Date"
EXPORT = {
    "profile.csv": "Date Joined,Username,Given Name\n2020-01-01,somebody,Some\n",
    "watched.csv": f"{FILMS}\n2024-01-03,Spirited Away,2001,https://boxd.it/29qU\n"
    "2023-05-06,重庆森林,1994,https://boxd.it/1Xyz\n",
    "diary.csv": f"{DIARY}\n"
    "2024-01-03,Spirited Away,2001,https://boxd.it/5kQwAb,4.5,,cinema,2024-01-01\n"
    "2024-06-03,Spirited Away,2001,https://boxd.it/7zZzZz,5,Yes,,2024-06-02\n",
    "reviews.csv": f"{FILMS},Rating,Rewatch,Review,Tags,Watched Date\n"
    '2024-01-03,Spirited Away,2001,https://boxd.it/5kQwAb,4.5,,"Two\nlines",,2024-01-01\n',
    "ratings.csv": f"{FILMS},Rating\n2024-06-03,Spirited Away,2001,https://boxd.it/29qU,5\n"
    "2023-05-06,重庆森林,1994,https://boxd.it/1Xyz,3.5\n",
    "watchlist.csv": f'{FILMS}\n2024-02-02,"The Good, the Bad",1966,https://boxd.it/29Ab\n',
    "likes/films.csv": f"{FILMS}\n2024-01-04,Spirited Away,2001,https://boxd.it/29qU\n",
    "likes/reviews.csv": "Date,Letterboxd URI\n2024-01-04,https://boxd.it/9\n",
    "deleted/diary.csv": f"{DIARY}\n2019-01-03,Deleted,1999,https://boxd.it/1,1,,,2019-01-01\n",
    "orphaned/diary.csv": f"{DIARY}\n2019-01-03,Orphaned,1999,https://boxd.it/2,1,,,2019-01-01\n",
    "lists/best.csv": "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n",
}
AWAY = "letterboxd:spirited-away-2001"
FOREST = "letterboxd:重庆森林-1994"


def read(path: Path) -> list[Record]:
    importer = recognise(path)
    assert isinstance(importer, LetterboxdImporter)
    return list(importer.read(path))


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def folder(path: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def told(signal: Interaction) -> str:
    rating = f" {signal.rating}" if signal.rating is not None else ""
    return f"{signal.video_id} {signal.signal} {signal.at:%Y-%m-%d}{rating}"


def test_one_film_of_several_tables(tmp_path: Path) -> None:
    records = read(write_zip(tmp_path / "letterboxd-somebody.zip", encoded(EXPORT)))
    assert [(one.id, one.title, one.year, one.url) for one in videos(records)] == [
        (AWAY, "Spirited Away", 2001, "https://boxd.it/29qU"),
        (FOREST, "重庆森林", 1994, "https://boxd.it/1Xyz"),
        ("letterboxd:the-good-the-bad-1966", "The Good, the Bad", 1966, "https://boxd.it/29Ab"),
    ]
    assert {one.kind for one in videos(records)} == {Kind.FILM}
    assert list(map(told, interactions(records))) == [
        f"{AWAY} watched 2024-01-01",
        f"{AWAY} rated 2024-01-01 4.5",
        f"{AWAY} watched 2024-06-02",
        f"{AWAY} rated 2024-06-02 5.0",
        f"{AWAY} liked 2024-01-04",
        f"{FOREST} watched 2023-05-06",
        f"{FOREST} rated 2023-05-06 3.5",
        "letterboxd:the-good-the-bad-1966 saved 2024-02-02",
    ]
    assert skipped(records) == {}


def test_the_folder_and_a_zip_of_it_say_the_same(tmp_path: Path) -> None:
    plain = read(write_zip(tmp_path / "x.zip", encoded(EXPORT)))
    inside = {f"letterboxd-me/{name}": text for name, text in EXPORT.items()}

    def ids(records: list[Record]) -> list[str]:
        return [one.id for one in videos(records)] + [*map(told, interactions(records))]

    assert ids(read(folder(tmp_path / "folder", EXPORT))) == ids(plain)
    assert ids(read(write_zip(tmp_path / "y.zip", encoded(inside)))) == ids(plain)


@pytest.mark.parametrize(
    ("table", "name", "signals"),
    [
        ("watchlist.csv", "watchlist (1).csv", ["saved"]),
        ("watched.csv", "watched.csv", ["watched", "watched"]),
        ("likes/films.csv", "films.csv", ["liked"]),
        ("ratings.csv", "my.csv", ["rated", "rated"]),
        ("diary.csv", "x.csv", ["watched", "rated", "watched", "rated"]),
    ],
)
def test_one_table_is_a_source_too(
    tmp_path: Path, table: str, name: str, signals: list[str]
) -> None:
    path = folder(tmp_path, {name: EXPORT[table]}) / name
    assert [one.signal for one in interactions(read(path))] == signals


def test_a_table_whose_name_does_not_say_what_it_is_of_is_not_guessed_at(tmp_path: Path) -> None:
    path = folder(tmp_path, {"films-of-mine.txt": "x", "x.csv": EXPORT["watched.csv"]}) / "x.csv"
    with pytest.raises(ImportSourceError):
        recognise(path)


def test_rows_that_say_nothing_are_skipped(tmp_path: Path) -> None:
    rows = (
        "2024-01-03,,2001,https://boxd.it/1,4,,,2024-01-01\n"
        "yesterday,No day,2001,https://boxd.it/1,4,,,2024-01-01\n"
        "2024-01-03,Cut\n"
        "\n"
        "2024-01-03,Odd \x1b[31mvalues\u202e,MMI,javascript:alert(1),eleven,,,soon\n"
        f'2024-01-03,"{"x" * 200_000}",2001,,,,,2024-01-01\n'
        "2024-01-03,!!!,2001,,0.5,,,2024-01-01\n"
    )
    records = read(folder(tmp_path, {"diary.csv": f"{DIARY}\n{rows}"}) / "diary.csv")
    assert [(one.id, one.title) for one in videos(records)] == [
        ("letterboxd:cut", "Cut"),
        ("letterboxd:odd-values", "Odd values"),
        ("letterboxd:%21%21%21-2001", "!!!"),
    ]
    assert skipped(records) == {
        "diary.csv line 2": "has no title",
        "diary.csv line 3": "has no day",
        "diary.csv line 7": "is not CSV (field larger than field limit (131072))",
    }


def test_a_table_that_a_spreadsheet_has_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "watched.csv"
    path.write_bytes(f"{FILMS}\r\n2024-01-03,Amélie,2001,\r\n".encode("cp1252"))
    assert [one.title for one in videos(read(path))] == ["Amélie"]


def test_a_damaged_table_leaves_the_others(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "x.zip", encoded(EXPORT))
    data = bytearray(path.read_bytes())
    place = data.index(b"watchlist.csv") + len(b"watchlist.csv") + 120
    data[place] ^= 0xFF
    path.write_bytes(data)
    records = read(path)
    assert AWAY in [one.id for one in videos(records)]


def test_a_table_that_is_too_large_is_left(tmp_path: Path) -> None:
    row = b"2024-01-03," + b"x" * 1_000 + b",2001,\n"
    path = write_zip(
        tmp_path / "x.zip",
        {"watched.csv": FILMS.encode() + b"\n" + row * 17_000, "ratings.csv": b""}
        | encoded({"watchlist.csv": EXPORT["watchlist.csv"]}),
    )
    records = read(path)
    assert skipped(records) == {"watched.csv": "is larger than 16 MB"}
    assert len(videos(records)) == 1
