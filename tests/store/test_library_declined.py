from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.types import Interaction, Signal
from store.library import Library

START = datetime(2026, 3, 1, 20, tzinfo=UTC)


def given(library: Library, *signals: tuple[str, Signal]) -> None:
    """Store signals, an hour apart."""
    for hours, (video_id, signal) in enumerate(signals):
        rating = 4.0 if signal is Signal.RATED else None
        at = START + timedelta(hours=hours)
        library.add_interaction(Interaction(video_id=video_id, signal=signal, at=at, rating=rating))


def test_what_stands_declined_is_listed_the_latest_first(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        given(
            library,
            ("a:1", Signal.HIDDEN),
            ("a:2", Signal.DISLIKED),
            ("a:2", Signal.SHOWN),
            ("a:3", Signal.WATCHED),
            ("a:1", Signal.DISLIKED),
        )
        rows = library.declined()
    assert [(row.video_id, row.signal) for row in rows] == [
        ("a:1", Signal.DISLIKED),
        ("a:2", Signal.DISLIKED),
    ]
    assert rows[1].at == START + timedelta(hours=1)


@pytest.mark.parametrize("later", [Signal.LIKED, Signal.RATED, Signal.SAVED])
def test_whoever_wants_it_afterwards_has_it_back(tmp_path: Path, later: Signal) -> None:
    with Library.open(tmp_path / "library.db") as library:
        given(library, ("a:1", Signal.HIDDEN), ("a:1", later))
        assert library.declined() == []


def test_signals_of_some_kinds_are_taken_back_and_no_others(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        given(
            library,
            ("a:1", Signal.HIDDEN),
            ("a:1", Signal.WATCHED),
            ("a:1", Signal.HIDDEN),
            ("a:2", Signal.HIDDEN),
        )
        assert library.take_back("a:1", (Signal.HIDDEN, Signal.DISLIKED)) == 2
        assert library.take_back("a:1", (Signal.HIDDEN,)) == 0
        left = [(one.video_id, one.signal) for one in library.interactions()]
    assert left == [("a:1", Signal.WATCHED), ("a:2", Signal.HIDDEN)]
