"""The page on bringing one's own videos says what the importers do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.importers import recognise
from assistant.importers.letterboxd import Table
from tests.assistant.importers.nfo.test_nfo import nfo
from tests.assistant.importers.sources import videos, write_zip
from tests.assistant.importers.takeout.export import watched

PAGE = (Path(__file__).parents[3] / "docs" / "importing.md").read_text(encoding="utf-8")


def row(beginning: str) -> str:
    return next(line for line in PAGE.splitlines() if line.startswith(f"| [{beginning}"))


def takeout(folder: Path) -> Path:
    name = "Takeout/YouTube and YouTube Music/history/watch-history.json"
    return write_zip(
        folder / "takeout.zip", {name: json.dumps([watched("aaaaaaaaaaa", "x")]).encode()}
    )


def letterboxd(folder: Path) -> Path:
    text = b"Date,Name,Year,Letterboxd URI\n2024-01-03,Alien,1979,https://boxd.it/1\n"
    return write_zip(folder / "letterboxd.zip", {"watched.csv": text})


def kodi(folder: Path) -> Path:
    for number, given in enumerate(("<imdbid>tt1</imdbid>", "<tmdbid>2</tmdbid>", "")):
        nfo(folder, f"<movie><title>x</title>{given}</movie>", f"{number}.nfo")
    nfo(folder, "<tvshow><title>x</title><tvdbid>3</tvdbid></tvshow>", "tvshow.nfo")
    return folder


@pytest.mark.parametrize(
    ("beginning", "make"),
    [("YouTube", takeout), ("Letterboxd", letterboxd), ("Kodi", kodi)],
    ids=["youtube", "letterboxd", "kodi"],
)
def test_the_names_by_which_a_source_is_dropped(
    tmp_path: Path, beginning: str, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path)
    named = set(re.findall(r"`([a-z]+)`", row(beginning).rsplit("|", 2)[1]))
    assert {one.source for one in videos(list(recognise(path).read(path)))} == named


def test_every_table_of_letterboxd_is_named() -> None:
    assert all(f"{table}.csv" in PAGE for table in Table)


def test_links_within_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= anchors
