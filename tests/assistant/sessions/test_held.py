from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import MatineeError
from assistant.sessions.held import find_session, gather
from assistant.sessions.resuming import held_before
from assistant.types import Signal
from store.library import Library
from tests.assistant.sessions.held import HOSTILE, NOON, SPIRITED, asked, hold, mark, said


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def test_a_session_is_found_by_the_beginning_of_its_id(library: Library) -> None:
    first, second = (hold(library, asked(text)) for text in ("a", "b"))
    library._connection.execute("PRAGMA foreign_keys = OFF")
    for old, new in ((first, "abcd0001"), (second, "abce0002")):
        library._connection.execute("UPDATE sessions SET id = ? WHERE id = ?", (new, old))
        library._connection.execute(
            "UPDATE turns SET session_id = ? WHERE session_id = ?", (new, old)
        )
    assert find_session(library, "ABCD").id == "abcd0001"
    assert find_session(library).id in ("abcd0001", "abce0002")
    with pytest.raises(MatineeError, match="More than one session") as caught:
        find_session(library, "abc")
    assert caught.value.detail == "abcd0001, abce0002"
    with pytest.raises(MatineeError, match="no such session"):
        find_session(library, "f")


def test_without_any_session_it_says_how_to_begin_one(library: Library) -> None:
    library.start_session()
    with pytest.raises(MatineeError, match="no session yet") as caught:
        find_session(library)
    assert "matinee chat" in caught.value.hint


def test_a_session_is_gathered_with_what_was_done_with_its_picks(library: Library) -> None:
    turns = (asked("something warm", SPIRITED), said("thanks", "You are welcome."))
    session = hold(library, *turns)
    mark(library, SPIRITED.id, Signal.SHOWN)
    mark(library, SPIRITED.id, Signal.LIKED)
    mark(library, HOSTILE.id, Signal.LIKED)
    library.rename_session(session, "Warm ones")
    held = gather(library, find_session(library, session))
    assert (held.id, held.title) == (session, "Warm ones")
    assert tuple(one.turn for one in held.turns) == turns
    assert [one.at for one in held.turns] == [NOON, NOON + timedelta(minutes=1)]
    assert [(one.video_id, one.signal) for one in held.marks] == [(SPIRITED.id, Signal.LIKED)]


def test_of_a_long_session_the_last_turns_are_taken_up(library: Library) -> None:
    turns = [asked("0", SPIRITED), asked("1", HOSTILE), asked("2", SPIRITED), asked("3")]
    session = hold(library, *turns)
    before = held_before(library, session, limit=2)
    assert before.turns == tuple(turns[2:])
    assert before.shown_before == (SPIRITED.id, HOSTILE.id)
    assert held_before(library, session).shown_before == ()
    assert held_before(library, "nothing").turns == ()
