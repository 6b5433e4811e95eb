"""Long conversations, and where the reader is in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import PickCard
from assistant.tui.chat.exchange import Exchange
from assistant.tui.chat.hints import More
from assistant.tui.chat.shown import Mark
from assistant.tui.chat.transcript import MOUNTED, STEP, Earlier, Held
from assistant.types import (
    Answered,
    Ranked,
    Request,
    SaidSignal,
    Signal,
    Turn,
    TurnFinished,
)
from tests.assistant.engine.fake_core import VIDEOS, picks
from tests.assistant.engine.support import until
from tests.assistant.tui.support import (
    answered,
    enter,
    finished,
    focused_card,
    loaded,
    running,
    screen_text,
)


def turns(count: int) -> tuple[Turn, ...]:
    """Turns with picks, numbered from 0."""
    return tuple(
        Turn(message=f"message {n}", request=Request(message=f"message {n}"), picks=picks(2))
        for n in range(count)
    )


def messages(app: MatineeApp) -> list[str]:
    """The messages whose answers are widgets."""
    return [answer.message for answer in app.transcript.query(Answer)]


@asynccontextmanager
async def long_conversation(
    folder: Path, count: int
) -> AsyncIterator[tuple[MatineeApp, Pilot[None]]]:
    """The app with so many turns shown."""
    async with running(folder, size=(90, 30)) as (app, pilot):
        await loaded(app)
        marks = {VIDEOS[0].id: Signal.LIKED}
        await app.chat.show_held(Held(turns(count), marks), ())
        await finished(app, pilot)
        yield app, pilot


async def test_only_the_last_answers_are_widgets(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, 1000) as (app, pilot):
        assert messages(app) == [f"message {n}" for n in range(1000 - MOUNTED, 1000)]
        assert "message 999" in screen_text(app)
        for _ in range(3):
            await answered(app, pilot, "one more")
        assert len(messages(app)) == MOUNTED
        assert messages(app)[-1] == "one more"


async def test_earlier_ones_come_when_one_scrolls_up_and_the_view_stays(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, MOUNTED + STEP + 2) as (app, pilot):
        assert f"↑ {STEP + 2} earlier" == str(app.transcript.query_one(Earlier).content)
        app.transcript.scroll_home(animate=False)
        await until(lambda: len(messages(app)) == MOUNTED + STEP, "some are put there")
        await finished(app, pilot)
        assert f"❯ message {STEP + 2}" in screen_text(app)
        assert app.transcript.scroll_offset.y > 0
        app.transcript.scroll_home(animate=False)
        await until(lambda: messages(app)[0] == "message 0", "all of them are there")
        await finished(app, pilot)
        assert not app.transcript.has_earlier
        await answered(app, pilot, "one more")  # back at the end
        assert len(messages(app)) == MOUNTED


async def test_nothing_of_them_is_lost(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, MOUNTED + 5) as (app, pilot):
        app.transcript.show_earlier()
        await until(lambda: len(messages(app)) == MOUNTED + 5, "they are there")
        await finished(app, pilot)
        first = app.transcript.query(Answer).first()
        assert [card.reason for card in first.cards.values()] == [p.sentence for p in picks(2)]
        assert next(iter(first.cards.values())).marks == [Mark(Signal.LIKED)]
        assert set(app.transcript.titles()) == {video.id for video in VIDEOS[:2]}
        assert len(app.transcript.times_shown(VIDEOS[0].id)) == MOUNTED + 5


async def test_a_number_means_the_newest_picks_even_where_their_card_is_away(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        for n in range(MOUNTED + 1):
            await app.transcript.add(exchange := Exchange(f"hello {n}"))
            exchange.show(Answered(text="Hello."))
            exchange.stop()
        await finished(app, pilot)
        assert not app.transcript.newest_cards
        await enter(app, pilot, "/like 2")
        await finished(app, pilot)
        assert app.transcript.newest_picks[1].marks == [Mark(Signal.LIKED)]


async def test_one_moves_from_answer_to_answer(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, 3) as (app, pilot):
        card = await focused_card(app, pilot)
        ranks = []
        for _ in range(6):
            ranks.append((card.ancestors[0], card.pick.rank))
            await pilot.press("up")
            assert isinstance(app.focused, PickCard)
            card = app.focused
        assert [rank for _, rank in ranks] == [1, 2, 1, 2, 1, 1]
        assert len({answer for answer, _ in ranks}) == 3


# --- where the reader is --------------------------------------------------------------------------


async def test_a_reader_who_scrolled_up_is_told_of_what_comes_and_stays(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, 10) as (app, pilot):
        more = app.screen.query_one(More)
        app.transcript.scroll_to(y=20, animate=False)
        await pilot.pause()
        app.chat.tell("Something has happened.")
        await until(lambda: more.display, "it is told")
        await pilot.pause()
        assert app.transcript.scroll_offset.y == 20
        await pilot.click(More)
        await until(lambda: not more.display, "one is there")
        await finished(app, pilot)
        assert "Something has happened." in screen_text(app)


async def test_a_reader_at_the_end_sees_what_comes(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, 10) as (app, pilot):
        app.chat.tell("Something has happened.")
        await finished(app, pilot)
        assert "Something has happened." in screen_text(app)
        assert not app.screen.query_one(More).display


async def test_a_long_answer_is_read_from_its_beginning(tmp_path: Path) -> None:
    async with running(tmp_path, size=(80, 24)) as (app, pilot):
        await answered(app, pilot, "something quiet")
        text = screen_text(app)
        assert "❯ something quiet" in text
        assert "1.2 s" not in text


async def test_a_reader_who_scrolled_up_stays_while_an_answer_comes(tmp_path: Path) -> None:
    async with long_conversation(tmp_path, 10) as (app, pilot):
        await app.transcript.add(exchange := Exchange("something quiet"))
        app.transcript.scroll_to(y=20, animate=False)
        await pilot.pause()
        app.transcript.show(exchange, Ranked(picks=picks(5)))
        await until(lambda: app.screen.query_one(More).display, "it is told")
        await finished(app, pilot)
        assert app.transcript.scroll_offset.y == 20


async def test_what_a_message_tells_of_picks_is_seen_on_them(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything")
        said = SaidSignal(video_id=VIDEOS[1].id, signal=Signal.RATED, rating=4.0)
        request = Request(message="the second one: 4 stars", signals=(said,))
        await app.transcript.add(exchange := Exchange(request.message))
        app.transcript.show(
            exchange, TurnFinished(turn=Turn(message=request.message, request=request))
        )
        await finished(app, pilot)
        second = list(answer.cards.values())[1]
        assert second.marks == [Mark(Signal.RATED, 4.0)]
        assert "★★★★ rated" in screen_text(app)
