"""A history that is imported again, whole or after it was stopped, brings nothing twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.importing import bring_in
from assistant.narrator import Silent
from assistant.types import Interaction, Video
from store.library import Library
from tests.assistant.importers.nfo.test_nfo import nfo
from tests.assistant.importers.sources import write_zip
from tests.assistant.importers.takeout.export import PLAYLIST, watched

COUNT = 700
"""Some batches of an import."""


def takeout(folder: Path) -> Path:
    history = [watched(f"{n % 500:011}", f"Clock {n % 500}") for n in range(COUNT)]
    liked = "".join(f"{n:011},2023-12-07T15:57:57+00:00\n" for n in range(0, COUNT, 3))
    root = "Takeout/YouTube and YouTube Music"
    files = {
        f"{root}/history/watch-history.json": json.dumps(history),
        f"{root}/playlists/Liked videos.csv": PLAYLIST + liked,
    }
    return write_zip(folder / "x.zip", {name: text.encode() for name, text in files.items()})


def letterboxd(folder: Path) -> Path:
    films = "".join(f"2024-01-03,Film {n},1979,https://boxd.it/{n},4\n" for n in range(COUNT))
    text = f"Date,Name,Year,Letterboxd URI,Rating\n{films}"
    return write_zip(folder / "x.zip", {"ratings.csv": text.encode()})


def kodi(folder: Path) -> Path:
    films = (f"<movie><title>F {n}</title><watched>true</watched></movie>" for n in range(COUNT))
    return nfo(folder, f"<videodb>{''.join(films)}</videodb>", "videodb.xml")


class StopsAfter(Silent):
    """A narrator that asks to stop once so many records are done."""

    def __init__(self, count: int, cancel: CancelToken) -> None:
        self._left, self._cancel = count, cancel

    def advance(self, n: int) -> None:
        """Ask to stop."""
        self._left -= n
        if self._left <= 0:
            self._cancel.cancel()


def held(library: Library) -> tuple[list[Video], list[Interaction]]:
    return list(library.videos()), library.interactions()


@pytest.mark.parametrize("make", [takeout, letterboxd, kodi])
def test_nothing_comes_twice(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    source = make(tmp_path)
    with Library.open(tmp_path / "whole.db") as whole:
        first = bring_in(source, whole, Silent(), embedder=None)
        expected = held(whole)
        again = bring_in(source, whole, Silent(), embedder=None)
        assert first.new
        assert first.interactions
        assert (again.new, again.updated, again.interactions) == (0, 0, 0)
        assert held(whole) == expected
    with Library.open(tmp_path / "stopped.db") as stopped:
        cancel = CancelToken()
        with pytest.raises(Cancelled):
            bring_in(source, stopped, StopsAfter(400, cancel), embedder=None, cancel=cancel)
        assert 0 < len(held(stopped)[1]) < len(expected[1])
        bring_in(source, stopped, Silent(), embedder=None)
        assert held(stopped) == expected
