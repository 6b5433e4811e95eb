"""Libraries that are compared row by row, and things that are hard to write down."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.types import Interaction, Kind, Part, Pick, Request, Signal, Turn, Video
from store.text import clean_text

OF_THE_FILE = {"row", "changed", "revision"}
"""Columns that say where and when a row was stored, not what it holds."""


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    """Everything that a table of the library holds, in an order of its own."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(name for name in names if name not in OF_THE_FILE)
        found = connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    return sorted(found, key=repr)


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a person would miss."""
    tables = (
        "videos",
        "interactions",
        "sessions",
        "turns",
        "vectors",
        "title_likelihoods",
        "own_tags",
        "removed_videos",
    )
    return {table: rows(path, table) for table in tables}


_PIECES = (
    "a", "Bread", "é", "e\u0301", "千と千尋", "ß", "🎬", "👩\u200d👩\u200d👧", "ف\u200cا", "\ufb01",
    "|", "\\", "\\|", "\\\\", ",", ";", '"', '""', "'", "''", "=", "+", "-", "@", "＝", "=1+1",
    "\n", "\r\n", "\t", "\x00", "\x1b[31m", "\u202e", "\u2028", " ", "  ", "(1995)", " (1995)",
    "（1995）", "(１９９５)", "null", "None", "0", "-1", "1e5", "#", "{", "}", "[", "]", "<b>",
    "&amp;", "<|im_start|>", "%s", "\ufeff", "C:\\new", "http://example.org", "true",
)  # fmt: skip


def text(chance: random.Random, most: int = 8, *, max_chars: int = 20_000) -> str:
    """A text as an importer would store it, empty ones included."""
    pieces = chance.choices(_PIECES, k=chance.randint(0, most))
    return clean_text("".join(pieces), max_chars=max_chars)


def _names(chance: random.Random) -> tuple[str, ...]:
    found = {name.casefold(): name for name in (text(chance, 4, max_chars=120) for _ in range(4))}
    found.pop("", None)
    return tuple(found.values())


def videos(chance: random.Random, count: int) -> Iterator[Video]:
    """Videos as importers make them, with whatever is hard to write down."""
    for number in range(count):
        year = chance.choice((None, 1995, 1995, 2200, 1870))
        key = clean_text(
            "".join(chance.choices(["ü", "千", "=", "|", "'", "\\", ",", '"', "x"], k=5))
        )
        yield Video(
            id=f"{chance.choice(('file', 'imdb', 'a-b_c'))}:{number}{key}",
            title=text(chance) or "(1995)",
            other_titles=_names(chance),
            description=chance.choice((text(chance), text(chance, 40), "x=" * 10_000)),
            tags=_names(chance),
            keywords=_names(chance),
            channel=text(chance) or None,
            people=_names(chance),
            kind=chance.choice(list(Kind)),
            language=chance.choice((None, "en", "zh", "yue")),
            year=year,
            published=chance.choice((None, date(1995, 1, 2), date(2020, 2, 29))),
            duration_s=chance.choice((None, 1, 10_000_000)),
            url=chance.choice((None, "https://example.org/?a=1,2&b='x'|y")),
            views=chance.choice((None, 0, 10**15)),
            likes=chance.choice((None, 0, 7)),
        )  # fmt: skip


def interactions(chance: random.Random, ids: list[str], count: int) -> Iterator[Interaction]:
    """Signals at moments that differ by microseconds, on videos that are there and others."""
    start = datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    for number in range(count):
        signal = chance.choice(list(Signal))
        yield Interaction(
            video_id=chance.choice([*ids, "gone:ü千"]),
            signal=signal,
            at=start + timedelta(microseconds=number * chance.choice((1, 1_000_000, 10**11))),
            rating=chance.choice((0.0, 0.5, 3.3, 5.0)) if signal is Signal.RATED else None,
            strength=chance.choice((1.0, 0.5, 0.1, 1e-9)),
        )


def turn(message: str, *picked: Video) -> Turn:
    """A turn that showed some videos."""
    picks = tuple(
        Pick(video=video, rank=rank, score=1.0 / 3, parts={Part.WORDS: 1.0 / 3}, cluster="x")
        for rank, video in enumerate(picked, start=1)
    )
    return Turn(message=message, request=Request(message=message), picks=picks, answer="A.\nB.")
