from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import LibraryDamagedError
from assistant.types import Interaction, Signal, Video
from store.forget import Selection, What, forget
from store.library import Library
from store.snapshots import Snapshots

REPORT = {"takes_part": True, "auc": 0.75, "epochs": [0.7, 0.6]}


def test_a_trained_model_is_kept_for_what_it_reads(library: Library) -> None:
    assert library.trained_model("relevance", "one") is None
    library.put_trained_model("relevance", "one", b"\x00weights", REPORT)
    found = library.trained_model("relevance", "one")
    assert found is not None
    assert (found.model, found.report) == (b"\x00weights", REPORT)
    assert found.trained_at.tzinfo == UTC
    assert library.trained_model("relevance", "another") is None
    assert library.trained_model("something", "one") is None


def test_a_newer_model_takes_the_place_of_the_one_before(library: Library) -> None:
    library.put_trained_model("relevance", "one", b"old", {})
    library.put_trained_model("relevance", "two", b"new", REPORT)
    assert library.trained_model("relevance", "one") is None
    library.remove_trained_model("relevance")
    assert library.trained_model("relevance", "two") is None


def test_gains_are_kept_by_language_model(library: Library) -> None:
    assert library.language_model_gain("a") is None
    library.put_language_model_gain("a", 0.35, REPORT)
    library.put_language_model_gain("b", 0.0, {})
    library.put_language_model_gain("a", 0.2, REPORT)
    found = library.language_model_gain("a")
    assert found is not None
    assert (found.weight, found.report) == (0.2, REPORT)
    assert found.measured_at.tzinfo == UTC


def test_verdicts_are_kept_by_writer(library: Library) -> None:
    assert library.sentence_writer("a") is None
    library.put_sentence_writer("a", False, {})
    library.put_sentence_writer("b", False, {})
    library.put_sentence_writer("a", True, REPORT)
    found = library.sentence_writer("a")
    assert found is not None
    assert (found.passed, found.report) == (True, REPORT)
    assert found.measured_at.tzinfo == UTC
    other = library.sentence_writer("b")
    assert other is not None
    assert not other.passed


def test_a_report_that_is_no_json_is_damage(library: Library) -> None:
    library.put_trained_model("relevance", "one", b"", {})
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE trained_models SET report = '{broken'")
    with pytest.raises(LibraryDamagedError):
        library.trained_model("relevance", "one")


def test_what_is_not_a_number_is_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="JSON"):
        library.put_trained_model("relevance", "one", b"", {"auc": float("nan")})


def _learned(path: Path) -> tuple[bool, bool]:
    with Library.open(path) as library:
        return (
            library.trained_model("relevance", "one") is not None,
            library.language_model_gain("a") is not None,
        )


@pytest.mark.parametrize(
    ("what", "left"), [(What.HISTORY, False), (What.SESSIONS, True), (What.ALL, False)]
)
def test_what_was_learned_goes_with_the_signals(tmp_path: Path, what: What, left: bool) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.put_videos([Video(id="test:1", title="One"), Video(id="test:2", title="Two")])
        at = datetime(2026, 1, 1, tzinfo=UTC)
        library.add_interactions(
            Interaction(video_id=f"test:{number}", signal=Signal.LIKED, at=at) for number in (1, 2)
        )
        library.start_session()
        library.put_trained_model("relevance", "one", b"secret weights", REPORT)
        library.put_language_model_gain("a", 0.35, {"on": "secret figures"})
        Snapshots.of(path).take(library)
    assert _learned(path) == (True, True)
    ids = ("test:1",) if what is What.HISTORY else ()
    forget(path, Selection(what, ids=ids), index=tmp_path / "index")
    assert _learned(path) == (left, left)
    if not left:
        assert not [file for file in tmp_path.rglob("*.db*") if b"secret" in file.read_bytes()]
