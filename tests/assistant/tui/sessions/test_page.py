"""The page of earlier conversations, over a real desk on a small library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.sessions.document import read_document
from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.chips import Chip
from assistant.tui.chat.earlier import TURNS
from assistant.tui.chat.shown import Mark
from assistant.tui.chat.transcript import MOUNTED
from assistant.tui.sessions.page import SessionsPage
from assistant.types import Signal, Turn
from store.library import Library
from tests.assistant.engine.support import fake_start, until
from tests.assistant.sessions.held import HOSTILE, SPIRITED, asked, hold, mark, said
from tests.assistant.tui.support import answered, finished, loaded, screen_text


def held(folder: Path, *sessions: tuple[Turn, ...]) -> list[str]:
    """Keep sessions; their ids, the first held first."""
    with Library.open(folder / "library.db") as library:
        ids = [hold(library, *turns) for turns in sessions]
        mark(library, SPIRITED.id, Signal.LIKED)
        for place, id_ in enumerate(ids):
            library._connection.execute(
                "UPDATE turns SET at = ? WHERE session_id = ?",
                (f"2024-05-0{place + 1}T12:00:00.000000+00:00", id_),
            )
    return ids


WARM = (asked("something warm", SPIRITED), said("thanks", "You are [b]welcome[/b]."))
ODD = (asked("[@click=app.quit]odd[/]", HOSTILE),)


@asynccontextmanager
async def opened(
    folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], SessionsPage]]:
    """The app with the page shown."""
    app = MatineeApp(fake_start(folder))
    async with app.run_test(size=size) as pilot:
        await loaded(app)
        app.action_sessions()
        await pilot.pause()
        await finished(app, pilot)
        page = app.screen
        assert isinstance(page, SessionsPage)
        yield app, pilot, page


def listed(page: SessionsPage) -> list[str]:
    return [row.title for row in page.list.rows]


def previewed(page: SessionsPage) -> str:
    return str(page.query_one("#preview", Static).content)


async def settled(app: MatineeApp, pilot: Pilot[None]) -> None:
    """Wait until a key has done what it does."""
    await pilot.pause()
    await finished(app, pilot)


async def test_without_conversations_it_says_what_to_do(tmp_path: Path) -> None:
    held(tmp_path)
    async with opened(tmp_path) as (app, _, page):
        assert "No conversations yet." in screen_text(app)
        assert not page.search.display


async def test_the_list_and_what_one_of_them_was_about(tmp_path: Path) -> None:
    held(tmp_path, WARM, ODD)
    async with opened(tmp_path) as (app, pilot, page):
        assert listed(page) == ["[@click=app.quit]odd[/]", "something warm"]
        await until(lambda: HOSTILE.title in previewed(page), "the first is previewed")
        text = screen_text(app)
        assert "2 conversations" in text
        assert "2 turns · 1 liked" in text
        await pilot.press("j")
        await settled(app, pilot)
        await until(lambda: "Spirited Away (2001)  ♥ liked" in previewed(page), "the other is")
        assert "You are [b]welcome[/b]." in previewed(page)


async def test_the_search_finds_as_one_types(tmp_path: Path) -> None:
    held(tmp_path, WARM, ODD)
    async with opened(tmp_path) as (app, pilot, page):
        await pilot.press("slash", *"spirited")
        await settled(app, pilot)
        assert listed(page) == ["something warm"]
        await pilot.press("x")
        await settled(app, pilot)
        assert "Nothing found." in screen_text(app)
        await pilot.press("escape")
        await settled(app, pilot)
        assert len(listed(page)) == 2
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.screen is app.chat


async def test_more_are_read_as_one_goes_down(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        for number in range(75):
            hold(library, asked(f"number {number}"))
    async with opened(tmp_path) as (app, pilot, page):
        assert len(listed(page)) == 60
        await pilot.press("end")
        await settled(app, pilot)
        assert len(set(listed(page))) == 75


async def test_a_conversation_is_renamed_in_place(tmp_path: Path) -> None:
    [id_] = held(tmp_path, WARM)
    async with opened(tmp_path) as (app, pilot, page):
        await pilot.press("r")
        page.new_title.value = "Film [b]night[/b]"
        await pilot.press("enter")
        await settled(app, pilot)
        assert listed(page) == ["Film [b]night[/b]"]
        assert "Renamed: Film [b]night[/b]" in screen_text(app)
        await pilot.press("r", *"xyz", "escape")
        await settled(app, pilot)
        assert listed(page) == ["Film [b]night[/b]"]
        await pilot.press("r")
        page.new_title.value = ""
        await pilot.press("enter")
        await settled(app, pilot)
        assert listed(page) == ["something warm"]
    with Library.open(tmp_path / "library.db") as library:
        assert library.sessions()[0].id == id_


async def test_a_conversation_is_written_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [id_] = held(tmp_path, WARM)
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    async with opened(tmp_path) as (app, pilot, _):
        for key in ("e", "e", "E"):
            await pilot.press(key)
            await settled(app, pilot)
        assert f"Written: {place}"[:20] in screen_text(app)
    names = sorted(path.name for path in place.iterdir())
    assert names == ["something-warm-2.md", "something-warm.json", "something-warm.md"]
    assert read_document((place / "something-warm.json").read_text("utf-8")).id == id_


async def test_a_conversation_is_deleted_when_that_is_said_twice(tmp_path: Path) -> None:
    ids = held(tmp_path, WARM, ODD)
    async with opened(tmp_path) as (app, pilot, page):
        await pilot.press("d")
        assert "for good?" in screen_text(app)
        await pilot.press("escape", "d", "down", "d")
        await settled(app, pilot)
        assert len(listed(page)) == 2
        await pilot.press("d")
        await settled(app, pilot)
        assert listed(page) == ["[@click=app.quit]odd[/]"]
        await pilot.press("d", "d")
        await settled(app, pilot)
        assert "No conversations yet." in screen_text(app)
    with Library.open(tmp_path / "library.db") as library:
        assert not any(library.has_session(id_) for id_ in ids)


# --- going on -------------------------------------------------------------------------------------


async def test_a_conversation_is_taken_up_with_its_cards_marks_and_limits(tmp_path: Path) -> None:
    ids = held(tmp_path, WARM, ODD)
    async with opened(tmp_path) as (app, pilot, _):
        await pilot.press("down", "enter")
        await until(lambda: app.screen is app.chat, "the chat is shown")
        await settled(app, pilot)
        answers = list(app.chat.query(Answer))
        assert [answer.message for answer in answers] == ["something warm", "thanks"]
        [card] = answers[0].cards.values()
        assert card.pick.video == SPIRITED
        assert card.marks == [Mark(Signal.LIKED)]
        assert [chip.limit.text for chip in app.chat.query(Chip)] == ["no horror"]
        assert not app.chat.transcript.welcome.display
        assert not app.chat.transcript.has_earlier
        assert app.engine.session_id == ids[0]
        await answered(app, pilot, "something else")
        assert len(app.chat.query(Answer)) == 3


async def test_a_new_conversation_begins_with_the_welcome(tmp_path: Path) -> None:
    held(tmp_path, WARM)
    async with opened(tmp_path) as (app, pilot, page):
        await pilot.press("enter")
        await until(lambda: app.screen is app.chat, "the chat is shown")
        await settled(app, pilot)
        app.run_line("/new")
        await settled(app, pilot)
        assert not app.chat.query(Answer)
        assert "What would you like to watch?" in screen_text(app)
        assert "497 videos" in screen_text(app)
        assert app.engine.session_id is None
        assert not app.chat.query(Chip)
        assert page.is_running is False


async def test_of_a_long_conversation_the_end_is_shown_and_more_above(tmp_path: Path) -> None:
    count = TURNS + 20
    [id_] = held(tmp_path, tuple(said(f"message {n}", f"answer {n}") for n in range(count)))
    app = MatineeApp(fake_start(tmp_path).model_copy(update={"session_id": id_}))
    async with app.run_test(size=(100, 40)) as pilot:
        await loaded(app)
        await until(lambda: len(app.chat.query(Answer)) == MOUNTED, "the end is shown")
        await settled(app, pilot)
        messages = [answer.message for answer in app.chat.query(Answer)]
        assert messages == [f"message {n}" for n in range(count - MOUNTED, count)]
        assert f"answer {count - 1}" in screen_text(app)
        while app.chat.transcript.has_earlier:
            app.chat.transcript.scroll_home(animate=False)
            await settled(app, pilot)
        await until(lambda: len(app.chat.query(Answer)) == count, "all of it is there")
        messages = [answer.message for answer in app.chat.query(Answer)]
        assert messages == [f"message {n}" for n in range(count)]
        assert not app.chat.transcript.has_earlier
        assert app.chat.transcript.scroll_y > 0


async def test_a_session_that_is_gone_is_told_in_the_chat(tmp_path: Path) -> None:
    held(tmp_path, WARM)
    app = MatineeApp(fake_start(tmp_path).model_copy(update={"session_id": "0123abcd"}))
    async with app.run_test(size=(100, 40)) as pilot:
        await loaded(app)
        await until(lambda: "There is no such session." in screen_text(app), "it is told")
        await settled(app, pilot)


async def test_deleting_the_conversation_that_is_open_begins_a_new_one(tmp_path: Path) -> None:
    held(tmp_path, WARM)
    async with opened(tmp_path) as (app, pilot, _):
        await pilot.press("enter")
        await until(lambda: app.screen is app.chat, "the chat is shown")
        await settled(app, pilot)
        app.action_sessions()
        await settled(app, pilot)
        await pilot.press("d", "d")
        await settled(app, pilot)
        assert isinstance(app.screen, SessionsPage)
        assert app.engine.session_id is None
        assert not app.chat.query(Answer)


# --- without leaving the chat ---------------------------------------------------------------------


async def test_the_conversation_in_the_chat_is_titled_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    [id_] = held(tmp_path, WARM)
    app = MatineeApp(fake_start(tmp_path).model_copy(update={"session_id": id_}))
    async with app.run_test(size=(100, 40)) as pilot:
        await loaded(app)
        for line, told in (
            ("/title Film [b]night[/b]", "is called “Film [b]night[/b]”"),
            ("/export", "Written:"),
            ("/export JSON", "Written:"),
            ("/export pdf", "There is no such format."),
            ("/title", "is called “something warm”"),
        ):
            app.run_line(line)
            await settled(app, pilot)
            assert told in screen_text(app)
    assert {path.name for path in place.iterdir()} == {"Film-b-night-b.md", "Film-b-night-b.json"}


async def test_a_conversation_without_a_turn_has_nothing_to_be_titled(tmp_path: Path) -> None:
    held(tmp_path)
    app = MatineeApp(fake_start(tmp_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await loaded(app)
        app.run_line("/title x")
        await settled(app, pilot)
        assert "Nothing has been asked in this conversation yet." in screen_text(app)
