from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers.ratings import Gathering, gathering, recognise_ratings
from store.community import RatedItem
from tests.assistant.importers.ratings.read import gather, reasons, told


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(text, "utf-8")
    return path


def test_ids_of_all_kinds(tmp_path: Path) -> None:
    found = gather(
        table(
            tmp_path,
            "User,Item,Rating,Title,Year\n"
            "ann,youtube:abc,5,A talk,2020\n"
            "ann,tt0133093,4,,\n"
            'ben,42,3.5,"Matrix, The (1999)",\n'
            "ben,youtube:abc,1,,\n",
        )
    )
    assert told(found) == {
        (0, "youtube:abc"): 5.0,
        (0, "tt0133093"): 4.0,
        (1, "42"): 3.5,
        (1, "youtube:abc"): 1.0,
    }
    assert found.items == (
        RatedItem("youtube:abc", "A talk", 2020),
        RatedItem("imdb:tt0133093", "", None),
        RatedItem(None, "Matrix, The", 1999),
    )


def test_titles_alone_and_numbers_of_imdb(tmp_path: Path) -> None:
    found = gather(table(tmp_path, "user_id,title,year\n1,Heat,1995\n1,Heat,1986\n2,Heat,1995\n"))
    assert len(found.items) == 2
    assert not found.rated
    assert set(told(found).values()) == {None}
    found = gather(table(tmp_path, "userid,imdbId,score\n1,133093,8\n"))
    assert found.items == (RatedItem("imdb:tt0133093", "", None),)


@pytest.mark.parametrize(
    ("given", "stars"),
    [
        (("1", "0"), (5.0, 0.0)),
        (("5", "2.5"), (5.0, 2.5)),
        (("3", "2"), (3.0, 2.0)),
        (("10", "8"), (5.0, 4.0)),
        (("100", "50"), (5.0, 2.5)),
    ],
)
def test_every_scale_becomes_five_stars(
    given: tuple[str, str], stars: tuple[float, float], tmp_path: Path
) -> None:
    rows = "".join(f"u,{number},{rating}\n" for number, rating in enumerate(given))
    found = gather(table(tmp_path, f"user,item,rating\n{rows}"))
    assert tuple(told(found).values()) == stars


def test_of_two_ratings_the_later_counts(tmp_path: Path) -> None:
    found = gather(table(tmp_path, "user,item,rating\nu,a,5\nu,b,5\nu,a,1\n"))
    assert told(found) == {(0, "a"): 1.0, (0, "b"): 5.0}


def test_rows_that_cannot_be_read(tmp_path: Path) -> None:
    found = gather(
        table(
            tmp_path,
            "user,item,rating\nu,a,5\nu,a\x1b[31m,5,6\n,a,5\nu,,5\nu,b,∞\nu,b,1e999\nu,b,101\nv,a\n",
        )
    )
    assert told(found) == {(0, "a"): 5.0, (1, "a"): None}
    assert reasons(found) == {
        "line 3": "has 4 cells, the header 3",
        "line 4": "names no person",
        "line 5": "names no item",
        "line 6": "has a rating that is none: ∞",
        "line 7": "has a rating that is none: 1e999",
        "line 8": "has a rating that is none: 101",
    }


def test_it_may_be_packed_and_cut_off(tmp_path: Path) -> None:
    rows = "".join(f"u{number},a,{number % 5 + 1}\n" for number in range(20_000))
    path = tmp_path / "ratings.csv.gz"
    path.write_bytes(gzip.compress(f"user,item,rating\n{rows}".encode())[:-2_000])
    found = gather(path)
    assert 1_000 < len(told(found)) < 20_000
    assert "damaged or cut off" in next(iter(reasons(found).values()))


def test_texts_of_strangers_are_cleaned(tmp_path: Path) -> None:
    found = gather(table(tmp_path, "user,item,title\nu,a\x1b[2J,\x1b[31mRed\u202e\n"))
    [item] = found.items
    assert "\x1b" not in item.title
    assert "\u202e" not in item.title
    assert not any("\x1b" in key for key in found.ratings.keys)


def test_more_than_is_taken_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, "user,item,rating\na,1,5\na,2,5\nb,1,5\nc,1,5\n")
    monkeypatch.setattr(gathering, "MOST_PEOPLE", 2)
    found = gather(path)
    assert (len(told(found)), found.skipped_count) == (3, 1)
    monkeypatch.setattr(gathering, "MOST_RATINGS", 1)
    found = gather(path)
    assert (len(told(found)), found.skipped_count) == (1, 3)
    monkeypatch.setattr(gathering, "SKIPS_KEPT", 2)
    assert len(gather(path).skipped) == 2


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "user,rating\n1,2\n", "item,rating\n1,2\n"])
def test_a_table_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ImportSourceError, match="no ratings that Matinee knows"):
        recognise_ratings(table(tmp_path, text))


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportSourceError, match="nothing to import"):
        recognise_ratings(tmp_path / "nowhere")
    with pytest.raises(ImportSourceError, match="no ratings that can be read"):
        Gathering().finish(tmp_path)
