from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.importers.stored import StoredRows
from assistant.types import (
    Avoided,
    Constraints,
    Evidence,
    EvidenceKind,
    Interaction,
    Kind,
    Pick,
    Preference,
    Request,
    Scope,
    Signal,
    Turn,
    Video,
)
from store.backup import back_up, restore
from store.forget import Selection, What, forget
from store.library import Library
from store.library.integrity import Inspection
from store.recovery import open_library
from store.snapshots import Snapshots

NOON = datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC)
WORDS = "I never watch Zyxwvutsq"
NO_HORROR = Preference(
    said="I never watch horror", avoid=(Avoided(term="horror", unless=("zombie comedy",)),), at=NOON
)
GHIBLI = Preference(said="I love Ghibli", likes=("Ghibli",), at=NOON + timedelta(hours=1))
SHORT = Preference(
    said="with the kids nothing over 90 minutes",
    scope=Scope.KIDS,
    constraints=Constraints(max_duration_s=5400, kinds=(Kind.FILM,)),
    dislikes=("war",),
    at=NOON + timedelta(hours=2),
)


def without_ids(preferences: list[Preference]) -> list[Preference]:
    return [preference.model_copy(update={"id": None}) for preference in preferences]


def test_what_is_remembered_comes_back_in_the_order_in_which_it_was_said(library: Library) -> None:
    assert library.preferences() == []
    added = [library.add_preference(one) for one in (SHORT, NO_HORROR, GHIBLI)]
    assert len({one.id for one in added}) == 3
    assert library.preferences() == [added[1], added[2], added[0]]
    assert without_ids(library.preferences()) == [NO_HORROR, GHIBLI, SHORT]


def test_a_moment_is_kept_in_utc_and_is_now_where_none_is_given(library: Library) -> None:
    before = datetime.now(UTC)
    stored = library.add_preference(GHIBLI.model_copy(update={"at": None}))
    assert stored.at is not None
    assert before <= stored.at <= datetime.now(UTC)
    assert library.preferences() == [stored]


def test_the_same_thing_said_again_is_one(library: Library) -> None:
    first = library.add_preference(NO_HORROR)
    library.add_preference(GHIBLI)
    later = NO_HORROR.model_copy(
        update={"said": "No horror, ever, but zombie comedies", "at": NOON + timedelta(days=1)}
    )
    assert library.preference_like(later) == first
    again = library.add_preference(later)
    assert again.id == first.id
    assert [one.said for one in library.preferences()] == ["I love Ghibli", later.said]


def test_what_means_nothing_for_picks_is_the_same_by_its_words(library: Library) -> None:
    first = library.add_preference(Preference(said="I live in Leeds"))
    assert library.add_preference(Preference(said="i live  in Leeds.")).id == first.id
    assert library.add_preference(Preference(said="I live in Hull")).id != first.id


def test_another_scope_is_another_thing(library: Library) -> None:
    always = library.add_preference(NO_HORROR)
    kids = library.add_preference(NO_HORROR.model_copy(update={"scope": Scope.KIDS}))
    assert always.id != kids.id


def test_what_holds_for_a_session_is_not_stored(library: Library) -> None:
    with pytest.raises(ValueError, match="one session"):
        library.add_preference(NO_HORROR.model_copy(update={"scope": Scope.SESSION}))
    assert library.preferences() == []


def test_it_can_be_changed_under_its_number(library: Library) -> None:
    horror, ghibli = library.add_preference(NO_HORROR), library.add_preference(GHIBLI)
    assert horror.id is not None
    changed = library.change_preference(horror.id, SHORT)
    assert changed.id == horror.id
    assert library.preferences() == [ghibli, changed]


def test_what_becomes_the_same_as_another_takes_its_place(library: Library) -> None:
    horror, ghibli = library.add_preference(NO_HORROR), library.add_preference(GHIBLI)
    assert horror.id is not None
    changed = library.change_preference(horror.id, GHIBLI)
    assert library.preferences() == [changed]
    assert (changed.id, ghibli.id) == (horror.id, horror.id + 1)


def test_changing_what_is_not_there_is_refused_and_changes_nothing(library: Library) -> None:
    kept = library.add_preference(GHIBLI)
    with pytest.raises(StoreError, match="under that number"):
        library.change_preference(99, GHIBLI)
    assert library.preferences() == [kept]


def test_it_can_be_forgotten_and_its_number_is_never_given_again(library: Library) -> None:
    kept, gone = library.add_preference(GHIBLI), library.add_preference(NO_HORROR)
    assert gone.id is not None
    assert library.forget_preference(gone.id) == gone
    assert library.forget_preference(gone.id) is None
    assert library.preferences() == [kept]
    assert library.add_preference(NO_HORROR).id not in (kept.id, gone.id)


# --- copies, damage, forgetting ------------------------------------------------------------------


def filled(path: Path) -> list[Preference]:
    with Library.open(path) as library:
        library.put_videos([Video(id="test:1", title="A video")])
        library.add_interaction(Interaction(video_id="test:1", signal=Signal.LIKED, at=NOON))
        secret = Preference(said=WORDS, avoid=(Avoided(term="Zyxwvutsq"),), at=NOON)
        for one in (secret, NO_HORROR, SHORT):
            library.add_preference(one)
        return library.preferences()


def test_a_backup_brings_it_back(tmp_path: Path) -> None:
    known = filled(tmp_path / "one" / "library.db")
    with Library.open(tmp_path / "one" / "library.db") as library:
        manifest = back_up(library, tmp_path / "backup.zip")
    assert manifest.counts.preferences == 3
    assert str(manifest.counts) == "1 video, 1 signal, 0 sessions and 3 preferences"
    done = restore(tmp_path / "backup.zip", tmp_path / "two" / "library.db", StoredRows())
    assert done is not None
    assert (done.counts.preferences, done.skipped_count) == (3, 0)
    with Library.open(tmp_path / "two" / "library.db") as library:
        assert without_ids(library.preferences()) == without_ids(known)


def spoil(path: Path, column: str, value: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"UPDATE preferences SET {column} = ? WHERE row = 1", (value,))


CANNOT_BE = [
    ("meaning", "[]"),
    ("meaning", "{"),
    ("meaning", '{"said": "another"}'),
    ("meaning", '{"constraints": {"unknown": 1}}'),
    ("scope", "session"),
    ("scope", "sometimes"),
    ("said", ""),
    ("at", "yesterday"),
]


@pytest.mark.parametrize(("column", "value"), CANNOT_BE)
def test_a_row_that_cannot_be_is_met_as_damage_and_mended(
    tmp_path: Path, column: str, value: str
) -> None:
    path = tmp_path / "library.db"
    known = filled(path)
    with Library.open(path) as library:
        Snapshots.of(path).take(library)
    spoil(path, column, value)
    with Inspection.open(path) as inspection:
        assert [row.id for row in inspection.bad_preferences()] == ["1"]
    with Library.open(path) as library, pytest.raises(LibraryDamagedError):
        library.preferences()
    said: list[str] = []
    with open_library(path, said.append) as library:
        assert library.preferences() == known
    assert "preferences that cannot be read, 1 of them" in said[0]
    assert any("1 preference" in sentence for sentence in said)


@pytest.mark.parametrize(("column", "value"), CANNOT_BE)
def test_a_row_that_cannot_be_is_left_out_of_a_restore(
    tmp_path: Path, column: str, value: str
) -> None:
    from tests.store.test_backup import changed

    filled(tmp_path / "library.db")
    with Library.open(tmp_path / "library.db") as library:
        back_up(library, tmp_path / "backup.zip")
    backup = changed(
        tmp_path / "backup.zip",
        lambda connection: connection.execute(
            f"UPDATE preferences SET {column} = ? WHERE row = 1",
            (value,),
        ),
    )
    done = restore(backup, tmp_path / "two" / "library.db", StoredRows())
    assert done is not None
    assert [skip.record for skip in done.skipped] == ["preference 1"]
    assert done.counts.preferences == 2


def test_texts_are_cleaned_as_they_enter() -> None:
    dirty = Preference(said="\x1b[31mred\u202e", likes=("\x07bell",), at=NOON)
    clean = StoredRows().preference(dirty)
    assert not {"\x1b", "\u202e", "\x07"} & set(clean.said + clean.likes[0])


def test_a_change_makes_the_next_snapshot_due(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    known = filled(path)
    with Library.open(path) as library:
        Snapshots.of(path).take(library)
        in_an_hour = datetime.now(UTC) + timedelta(hours=2)
        assert Snapshots.of(path).take_if_due(library, in_an_hour) == []
        library.change_preference(known[0].id or 0, Preference(said="I love trains"))
        assert len(Snapshots.of(path).take_if_due(library, in_an_hour)) == 1


def holding(folder: Path, words: str) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    ]


@pytest.mark.parametrize("what", [What.MEMORY, What.ALL])
def test_after_it_is_forgotten_no_file_holds_it(tmp_path: Path, what: What) -> None:
    path = tmp_path / "library.db"
    filled(path)
    noted = Preference(said=WORDS)
    with Library.open(path) as library:
        request = Request(message=WORDS, noted=(noted,))
        library.add_turn(library.start_session(), Turn(message=WORDS, request=request))
        evidence = Evidence(kind=EvidenceKind.MEMORY, text=WORDS, contribution=0.1)
        [video] = library.videos()
        pick = Pick(video=video, rank=1, score=1.0, parts={}, cluster="x", evidence=(evidence,))
        turn = Turn(message="trains", request=Request(message="trains"), picks=(pick,))
        library.add_turn(library.start_session(), turn)
        library.add_turn(
            kept := library.start_session(), Turn(message="on", request=Request(message="on"))
        )
        Snapshots.of(path).take(library)
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "x.db").write_bytes(path.read_bytes())
    assert len(holding(tmp_path, "Zyxwvutsq")) >= 2
    forgotten = forget(path, Selection(what), index=tmp_path / "index")
    assert forgotten.counts.preferences == 3
    assert holding(tmp_path, "Zyxwvutsq") == []
    with Library.open(path) as library:
        assert library.preferences() == []
        left = (
            library.count(),
            len(library.interactions()),
            [row.id for row in library.sessions()],
        )
        assert left == ((1, 1, [kept]) if what is What.MEMORY else (0, 0, []))


@pytest.mark.parametrize("what", [What.HISTORY, What.SESSIONS, What.VIDEOS])
def test_what_else_is_forgotten_leaves_it(tmp_path: Path, what: What) -> None:
    known = filled(tmp_path / "library.db")
    forget(tmp_path / "library.db", Selection(what), index=tmp_path / "index")
    with Library.open(tmp_path / "library.db") as library:
        assert library.preferences() == known


def test_what_is_forgotten_one_by_one_is_overwritten_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    known = filled(path)
    with Library.open(path) as library:
        for one in known:
            library.forget_preference(one.id or 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert holding(tmp_path, "Zyxwvutsq") == []
