from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineEvent, EngineRequest
from assistant.engine.protocol.sessions import (
    DeleteSession,
    ExportSession,
    ListSessions,
    ReadTurns,
    RenameSession,
    SessionDeleted,
    SessionExported,
    SessionRenamed,
    Sessions,
    TurnsRead,
)
from assistant.errors import MatineeError
from assistant.narrator import Silent
from assistant.sessions.files import Format
from assistant.types import Signal
from store.library import Library
from tests.assistant.engine.support import fake_start
from tests.assistant.sessions.held import SPIRITED, asked, hold, mark, said


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskCore]:
    core = DeskCore(fake_start(tmp_path), Silent())
    yield core
    core.close()


def session_of(folder: Path, count: int = 3) -> str:
    """A session of so many turns; its id."""
    with Library.open(folder / "library.db") as library:
        session = hold(library, asked("0", SPIRITED), *(said(f"{n}", "x") for n in range(1, count)))
        mark(library, SPIRITED.id, Signal.WATCHED)
        mark(library, SPIRITED.id, Signal.LIKED)
        mark(library, SPIRITED.id, Signal.SHOWN)
    return session


def answered(desk: DeskCore, request: EngineRequest) -> EngineEvent:
    [event] = desk.answer(request, CancelToken())
    assert event.request_id == request.id
    return event


def test_the_list_says_whether_it_goes_on(desk: DeskCore, tmp_path: Path) -> None:
    ids = {session_of(tmp_path) for _ in range(3)}
    first = answered(desk, ListSessions(limit=2))
    assert isinstance(first, Sessions)
    assert (len(first.rows), first.total, first.more) == (2, 3, True)
    rest = answered(desk, ListSessions(limit=2, offset=2))
    assert isinstance(rest, Sessions)
    assert (len(rest.rows), rest.more) == (1, False)
    assert {row.id for row in (*first.rows, *rest.rows)} == ids
    assert first.rows[0].liked == 1


def test_turns_are_read_from_the_end_on(desk: DeskCore, tmp_path: Path) -> None:
    session = session_of(tmp_path)
    last = answered(desk, ReadTurns(session_id=session, limit=2))
    assert isinstance(last, TurnsRead)
    assert [one.turn.message for one in last.turns] == ["1", "2"]
    assert (last.more, last.marks) == (True, {})
    first = answered(desk, ReadTurns(session_id=session, limit=2, before=last.turns[0].row))
    assert isinstance(first, TurnsRead)
    assert [one.turn.message for one in first.turns] == ["0"]
    assert (first.more, first.marks) == (False, {SPIRITED.id: Signal.LIKED})


def test_a_title_is_given_clean_and_taken_away(desk: DeskCore, tmp_path: Path) -> None:
    session = session_of(tmp_path)
    named = answered(desk, RenameSession(session_id=session, title=" a\n\x1b[31mb "))
    assert isinstance(named, SessionRenamed)
    assert (named.row.title, named.row.is_named) == ("a b", True)
    again = answered(desk, RenameSession(session_id=session, title=" "))
    assert isinstance(again, SessionRenamed)
    assert (again.row.title, again.row.is_named) == ("0", False)


def test_what_may_still_hold_a_deleted_session_is_told(desk: DeskCore, tmp_path: Path) -> None:
    session = session_of(tmp_path)
    (tmp_path / "aside").mkdir()
    gone = answered(desk, DeleteSession(session_id=session))
    assert isinstance(gone, SessionDeleted)
    assert gone.copies == ("aside",)
    assert not desk.library.has_session(session)


def test_a_session_is_written_beside_the_library_where_nothing_else_can_be(
    desk: DeskCore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    done = answered(desk, ExportSession(session_id=session, format=Format.MARKDOWN))
    assert isinstance(done, SessionExported)
    assert Path(done.path) == tmp_path / "exports" / "0.md"
    assert Path(done.path).read_text("utf-8").startswith("# 0")


@pytest.mark.parametrize("kind", [ReadTurns, DeleteSession])
def test_a_session_that_is_gone(desk: DeskCore, kind: type[EngineRequest]) -> None:
    with pytest.raises(MatineeError, match="no such session"):
        answered(desk, kind.model_validate({"session_id": "0123abcd"}))
