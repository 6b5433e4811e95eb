"""What is done with picks by numbers, keys and the mouse."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import LEAD_CELLS, PickCard
from assistant.tui.chat.pick_actions import rating_of
from assistant.tui.chat.shown import Mark, stars
from assistant.types import Signal
from tests.assistant.engine.fake_core import VIDEOS
from tests.assistant.engine.support import until
from tests.assistant.tui.support import (
    answered,
    enter,
    finished,
    focused_card,
    newest,
    running,
    screen_text,
)


async def said(app: MatineeApp, pilot: Pilot[None], line: str) -> str:
    """Enter a command, wait for what it does, and return what is on the screen."""
    await enter(app, pilot, line)
    await finished(app, pilot)
    return screen_text(app)


async def press(app: MatineeApp, pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait for what they do, and return what is on the screen."""
    await pilot.press(*keys)
    await finished(app, pilot)
    return screen_text(app)


def row(card: PickCard) -> str:
    """The words that can be clicked on a card."""
    assert card._row
    return card._row.content.plain


async def click(app: MatineeApp, pilot: Pilot[None], card: PickCard, word: str) -> str:
    """Click a word in the row of a card that has the focus, or that the pointer is on."""
    await pilot.hover(card)
    await pilot.pause()
    x = row(card).index(word)
    y = card.content_size.height - 1
    assert await pilot.click(card, offset=(card.gutter.left + LEAD_CELLS + x, y))
    return await press(app, pilot)


# --- ratings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rating"),
    [("4", 4.0), ("4.5", 4.5), ("4,5", 4.5), (" 0.5★", 0.5), ("5", 5.0), ("0", None),
     ("5.5", None), ("4.3", None), ("", None), ("four", None), ("nan", None), ("inf", None)],
)  # fmt: skip
def test_stars_are_read_in_halves(text: str, rating: float | None) -> None:
    assert rating_of(text) == rating


def test_stars_are_drawn() -> None:
    assert [stars(rating) for rating in (0.5, 3.0, 4.5)] == ["½", "★★★", "★★★★½"]


async def test_a_pick_is_rated_by_its_number_and_the_rating_is_taken_back(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        text = await said(app, pilot, "/rate 2 4.5")
        assert "Foo [Official Video]   ★★★★½ rated" in text
        assert "Say how many stars" in await said(app, pilot, "/rate 2 6")
        text = await said(app, pilot, "/undo 2")
        assert "rated" not in text
        assert "Taken back." in text


async def test_r_and_a_digit_rate_the_pick_with_the_focus(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        card = await focused_card(app, pilot)
        await press(app, pilot, "r")
        assert row(card) == "1★  2★  3★  4★  5★  Esc"
        await press(app, pilot, "4")
        assert card.marks == [Mark(Signal.RATED, 4.0)]
        await press(app, pilot, "r", "escape")
        assert app.focused is card
        await press(app, pilot, "3")  # no rating any more: to the third pick
        assert card.marks == [Mark(Signal.RATED, 4.0)]
        assert isinstance(app.focused, PickCard)
        assert app.focused.pick.rank == 3


# --- the mouse -----------------------------------------------------------------------------------


async def test_the_row_of_a_card_can_be_clicked_and_nothing_moves(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything")
        first, second = list(answer.cards.values())[:2]
        before = second.region
        await pilot.hover(first)
        await pilot.pause()
        assert row(first).startswith("like  dislike  watched")
        assert second.region == before
        await click(app, pilot, first, "like")
        assert first.marks == [Mark(Signal.LIKED)]
        await click(app, pilot, first, "rate")
        await click(app, pilot, first, "5★")
        assert first.marks[-1] == Mark(Signal.RATED, 5.0)
        await pilot.click(first, offset=(8, 0))
        await finished(app, pilot)
        assert len(first.marks) == 2


# --- undo ----------------------------------------------------------------------------------------


async def test_undo_without_a_number_takes_back_the_last_thing(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything")
        assert "There is nothing to take back." in await said(app, pilot, "/undo")
        await said(app, pilot, "/hide 1")
        await said(app, pilot, "/like 2")
        first, second = list(answer.cards.values())[:2]
        text = await said(app, pilot, "/undo")
        assert f"Taken back: {VIDEOS[1].id}." in text
        assert (first.marks, second.marks) == ([Mark(Signal.HIDDEN)], [])


# --- more and less -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "newest_one", "message"),
    [
        ("m", True, "more like number 1"),
        ("n", True, "less like number 1"),
        ("m", False, "more like “Spirited Away”"),
        ("n", False, "nothing like “Spirited Away”"),
    ],
)
async def test_more_and_less_like_it_are_asked_for(
    tmp_path: Path, key: str, newest_one: bool, message: str
) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything")
        if not newest_one:
            await answered(app, pilot, "something else")
        next(iter(answer.cards.values())).focus()
        await press(app, pilot, key)
        await until(lambda: isinstance(answer := newest(app), Answer)
                    and answer.message == message, "it is asked")  # fmt: skip
        await finished(app, pilot)


# --- links ---------------------------------------------------------------------------------------


async def test_a_link_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        assert "Copied: https://example.org/spirited-away" in await press(app, pilot, "c")
        assert app.clipboard == "https://example.org/spirited-away"


async def test_a_video_is_opened_in_the_players_own_command(tmp_path: Path) -> None:
    player = tmp_path / "my player"
    player.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{tmp_path}/opened"\n')
    player.chmod(stat.S_IRWXU)
    async with running(tmp_path) as (app, pilot):
        use_player(app, f"'{player}' --url={{url}} '$(touch {tmp_path}/bad)'")
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        await press(app, pilot, "o")
        opened = (tmp_path / "opened").read_text()
        assert opened == f"--url=https://example.org/spirited-away|$(touch {tmp_path}/bad)|"
        assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize("player", ["/no/such/player", "false", "'unclosed"])
async def test_a_player_that_cannot_be_started_is_said_with_the_link(
    tmp_path: Path, player: str
) -> None:
    async with running(tmp_path) as (app, pilot):
        use_player(app, player)
        await answered(app, pilot, "anything")
        card = await focused_card(app, pilot)
        await press(app, pilot, "o")
        text = card.shown.noted.plain
        assert "The player could not be started." in text
        assert "The link: https://example.org/spirited-away" in text


def use_player(app: MatineeApp, player: str) -> None:
    """Set the player, as the settings would."""
    settings = app.start.settings
    changed = settings.app.model_copy(update={"player": player})
    app.start = app.start.model_copy(
        update={"settings": settings.model_copy(update={"app": changed})}
    )


# --- what is copied ------------------------------------------------------------------------------


async def test_what_is_selected_is_copied_without_what_is_drawn_beside_it(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        app.chat.text_select_all()
        await pilot.pause()
        copied = app.chat.get_selected_text() or ""
        lines = copied.split("\n")
        assert "anything" in lines
        place = lines.index("Spirited Away")
        assert lines[place + 1].startswith("2001 · 2 h 5 min · film")
        assert lines[place + 2].startswith("Because you liked My Neighbor Totoro")
        assert [line for line in lines if any(sign in line for sign in "━═❯")] == []
        assert "watched" not in copied
        assert len(answer.cards) == 5
