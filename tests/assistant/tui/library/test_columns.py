from __future__ import annotations

import pytest
from rich.cells import cell_len

from assistant.listing import Mark, VideoFilter, VideoLine
from assistant.tui.library.columns import GAP, fitted, fitting, marks
from assistant.tui.library.tags import read, written
from assistant.tui.library.wording import described, minutes_of, seconds_of, typed_range
from assistant.types import Kind


@pytest.mark.parametrize("width", [20, 40, 56, 76, 100, 140, 200])
def test_the_columns_fill_the_width_whatever_is_in_them(width: int) -> None:
    line = VideoLine(id="a:1", title="千与千寻的神隐" * 9, year=2001, duration_s=7500,
                     kind=Kind.DOCUMENTARY, language="zh", channel="👩‍👩‍👧 Kino")  # fmt: skip
    columns = fitting(width)
    cells = [column.cell(line, size) for column, size in columns]
    assert all(cell_len(cell) == size for cell, (_, size) in zip(cells, columns, strict=True))
    assert sum(map(cell_len, cells)) + GAP * (len(cells) - 1) == width


def test_more_width_shows_more_columns() -> None:
    shown = [[column.name for column, _ in fitting(width)] for width in (30, 50, 70, 140)]
    assert shown == [
        ["Title"],
        ["Title", "Year", ""],
        ["Title", "Year", "Length", "Kind", ""],
        ["Title", "Year", "Length", "Kind", "Lang", "Channel", ""],
    ]


def test_what_is_cut_off_is_told() -> None:
    assert fitted("Spirited Away", 8) == "Spirite…"
    assert fitted("千与千寻", 6) == "千与… "
    assert fitted("12", 4, "right") == "  12"


def test_marks_have_a_place_each() -> None:
    line = VideoLine(id="a:1", title="x", marks=(Mark.HIDDEN, Mark.WATCHED, Mark.RATED))
    assert marks(line) == "✓   –"


@pytest.mark.parametrize(
    ("typed", "limits"),
    [
        ("", (None, None)),
        (" 1990-1999 ", (1990, 1999)),
        ("1999–1990", (1990, 1999)),
        ("1990-", (1990, None)),
        ("-1999", (None, 1999)),
        ("to 1999", (None, 1999)),
        ("from 1990", (1990, 1990)),
        ("1990", (1990, 1990)),
        ("nineties", None),
        ("1990-1999-2000", None),
    ],
)
def test_ranges_as_they_are_typed(typed: str, limits: object) -> None:
    assert typed_range(typed) == limits


def test_minutes_are_whole_ones() -> None:
    assert seconds_of((20, 90)) == (1200, 5459)
    assert seconds_of((20, 20)) == (None, 1259)  # "20" means no longer than that
    wanted = VideoFilter(min_duration_s=1200, max_duration_s=5459)
    assert minutes_of(wanted) == "20-90"
    assert described(wanted) == "20–90 min"
    assert described(
        VideoFilter(kinds=(Kind.FILM,), languages=("en", "unknown"), min_year=1990)
    ) == ("film · English, language unknown · from 1990")


@pytest.mark.parametrize(
    "tags", [(), ("one",), ("one", "two words"), ("a, b", "c"), ("[b]", "千 与")]
)
def test_tags_are_read_as_they_were_written(tags: tuple[str, ...]) -> None:
    assert read(written(tags)) == tags


@pytest.mark.parametrize(
    ("typed", "tags"),
    [(" , a ,, b,", ("a", "b")), ('"a, b" c, d', ("a, b", "c", "d")), ('"open, b', ('"open', "b"))],
)
def test_tags_typed_by_hand(typed: str, tags: tuple[str, ...]) -> None:
    assert read(typed) == tags
