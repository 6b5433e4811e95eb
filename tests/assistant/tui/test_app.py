from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from assistant.engine.protocol import State
from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.notice import Notice
from assistant.tui.chat.phase import Phase
from assistant.tui.status import StatusLine
from assistant.types import Component, Dial
from tests.assistant.engine.fake_core import SENTENCES, VIDEOS
from tests.assistant.engine.support import ROOT, alive, fake_start, until
from tests.assistant.tui.support import (
    answered,
    enter,
    finished,
    focused_card,
    loaded,
    running,
    screen_text,
)

AT_MOST_S = 1.0
"""Generous, for a busy machine; what is meant is 250 ms, and the figure is printed."""


async def test_a_message_is_answered_with_cards_and_reasons(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "something quiet, no horror")
        assert list(answer.cards) == [video.id for video in VIDEOS]
        assert [card.reason for card in answer.cards.values()] == list(SENTENCES)
        text = screen_text(app)
        assert "❯ something quiet, no horror" in text
        assert "at most 120 min · in Japanese · no horror" in text
        assert "2001 · 2 h 5 min · film · Japanese · Studio Ghibli · fantasy, animation" in text
        assert "5 of 214 · Fake-135M · 1.2 s" in text
        assert not app.query(Phase)


async def test_titles_are_shown_letter_by_letter(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "anything [/b] [@click=app.quit]x")
        text = screen_text(app)
        for literal in (
            "❯ anything [/b] [@click=app.quit]x",
            "Foo [Official Video]",
            "3  [/b]",
            "4  [@click=app.quit]x",
            "[b]Bar[/b]",
            "Close to your interest in [music].",
            "· [x]",
        ):
            assert literal in text
        clicked = list(answer.cards.values())[3]
        await pilot.click(clicked, offset=(8, 0))
        await until(lambda: app.focused is clicked, "a click on the title focuses the card")
        assert app.is_running


async def test_something_said_beside_picks(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "hello")
        assert not answer.cards
        assert "Tell me [what] you feel like watching." in screen_text(app)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("refuse", ["This cannot be done.", "the detail", "the hint"]),
        ("bug", ["Something went wrong inside Matinee.", "ValueError: a bug of the fake core"]),
    ],
)
async def test_a_failure_is_said_in_the_answer(
    tmp_path: Path, message: str, words: list[str]
) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, message)
        text = screen_text(app)
        assert all(word in text for word in words)


# --- loading -------------------------------------------------------------------------------------


async def test_the_engine_is_started_after_the_first_paint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = MatineeApp(fake_start(tmp_path))
    sizes: list[Size] = []
    start = app.engine.start

    def observed_start() -> None:
        sizes.append(app.chat.status.size)
        start()

    monkeypatch.setattr(app.engine, "start", observed_start)
    async with app.run_test(size=(80, 24)):
        await until(lambda: sizes, "the engine is started")
        assert sizes[0].width > 0


async def test_one_can_ask_while_everything_loads(tmp_path: Path) -> None:
    async with running(tmp_path, "SlowLoadingCore") as (app, pilot):
        await until(lambda: app.engine.states[Component.EMBEDDER].state is State.LOADING, "loading")
        await enter(app, pilot, "something early")
        await until(lambda: app.query(Answer), "the message is shown")
        await pilot.pause()
        text = screen_text(app)
        assert "embedder: loading… · then index, language model" in text
        assert "❯ something early" in text
        assert "answered as soon as everything is loaded" in text
        (tmp_path / "go").touch()
        await finished(app, pilot)
        assert app.query(Answer).first().cards
        assert "497 videos · language model: Fake-135M" in screen_text(app)


async def test_what_is_mended_is_said_and_its_progress_shown(tmp_path: Path) -> None:
    async with running(tmp_path, "MendingCore") as (app, pilot):
        await until(lambda: "500 of 2,000" in screen_text(app), "how far it is")
        assert "index: making the index anew: 500 of 2,000" in screen_text(app)
        (tmp_path / "go").touch()
        await loaded(app)
        await pilot.pause()
        text = screen_text(app)
        assert "The index was damaged [so to say]." in text
        assert "500 of" not in text


async def test_a_newcomer_is_told_what_to_say_and_how_much_there_is(tmp_path: Path) -> None:
    async with running(tmp_path, size=(80, 24)) as (app, pilot):
        await loaded(app)
        await pilot.pause()
        text = screen_text(app)
        assert "a quiet Japanese film, under two hours" in text
        assert "497 videos in your library." in text
        assert "Bring your own, from YouTube" in text


async def test_what_is_missing_is_named(tmp_path: Path) -> None:
    async with running(tmp_path, "EmptyCore", size=(180, 40)) as (app, pilot):
        await loaded(app)
        await pilot.pause()
        text = screen_text(app)
        assert "No videos yet." in text
        assert "Bring your own, from YouTube" in text
        assert "index: The index [cannot] be opened." in text
        assert "without a language model: switched off" in text
        assert "second line" not in text


# --- stopping ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
@pytest.mark.parametrize("message", ["slow film", "gentle film", "stuck film"])
async def test_stopping_before_anything_is_shown_puts_the_message_back(
    tmp_path: Path, key: str, message: str
) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await enter(app, pilot, message)
        await until(lambda: "Looking through" in screen_text(app), "the turn has begun")
        pressed = time.monotonic()
        await pilot.press(key)
        await until(lambda: app.prompt.value == message, "the message is back")
        print(f"back after {1000 * (time.monotonic() - pressed):.0f} ms")
        assert time.monotonic() - pressed < AT_MOST_S
        await finished(app, pilot)
        assert not app.query(Answer)


async def test_stopping_keeps_what_was_shown_and_what_is_being_typed(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await enter(app, pilot, "halfway there")
        await until(lambda: SENTENCES[0] in screen_text(app), "the first reason is written")
        app.prompt.value = "the next thing"
        await pilot.press("escape")
        await finished(app, pilot)
        text = screen_text(app)
        assert "Spirited Away" in text
        assert SENTENCES[0] in text
        assert "Stopped." in text
        assert "…" not in text
        assert app.prompt.value == "the next thing"
        assert (await answered(app, pilot, "another")).cards


async def test_ctrl_c_alone_says_how_to_leave(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await pilot.press("ctrl+c")
        await until(lambda: "Ctrl-Q quits." in screen_text(app), "the hint is shown")
        assert app.is_running


async def test_leaving_leaves_no_process(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        pid = app.engine.pid
        assert pid
        await pilot.press("ctrl+q")
    await until(lambda: not alive(pid), "the engine has ended")
    assert (tmp_path / "closed").exists()


# --- crashes -------------------------------------------------------------------------------------


async def test_a_crash_is_a_message_and_the_next_one_is_answered(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        answer = await answered(app, pilot, "kill yourself")
        assert len(answer.cards) == len(VIDEOS)
        await until(lambda: app.query(Notice), "the crash is told")
        await pilot.pause()
        text = screen_text(app)
        assert "The answer was cut off." in text
        assert "The engine has ended." in text
        assert "It is starting again." in text
        assert (await answered(app, pilot, "and now?")).cards


async def test_an_engine_that_cannot_live_does_not_take_the_app_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.engine.client.BACKOFF_S", 0.01)
    async with running(tmp_path, "BrokenCore") as (app, pilot):
        await until(lambda: "3 times in a row" in screen_text(app), "it is given up")
        await enter(app, pilot, "are you there?")
        await until(lambda: "The answer was cut off." in screen_text(app), "it is told")
        assert app.is_running


# --- the prompt and the dial ---------------------------------------------------------------------


async def test_arrows_recall_earlier_messages(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "first")
        await answered(app, pilot, "second")
        app.prompt.value = "draft"
        for key, value in (
            ("up", "second"), ("up", "first"), ("up", "first"), ("down", "second"),
            ("down", "draft"),
        ):  # fmt: skip
            await pilot.press(key)
            assert app.prompt.value == value
        await pilot.press("down")
        await until(lambda: app.focused is not app.prompt, "down goes on to the picks")


async def test_keys_that_come_in_a_burst_keep_their_order(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await pilot.pause()
        for key in ("/", "x", "enter", "h", "i", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(lambda: app.query(Answer), "the second line is a message")
        assert app.query(Answer).first().message == "hi"
        await until(lambda: "There is no command /x." in screen_text(app), "the first is none")


async def test_the_dial_is_shown_and_turned(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        assert "dial ○─●─○ balanced" in screen_text(app)
        await enter(app, pilot, "/dial familiar")
        await finished(app, pilot)
        assert "dial ●─○─○ familiar" in screen_text(app)
        assert (app.dial, app.engine.dial) == (Dial.FAMILIAR, Dial.FAMILIAR)
        await pilot.press("f2")
        await finished(app, pilot)
        assert (app.dial, app.engine.dial) == (Dial.BALANCED, Dial.BALANCED)
        await enter(app, pilot, "/dial sideways")
        await finished(app, pilot)
        assert "The dial has no “sideways”" in screen_text(app)


async def test_what_is_remembered_is_listed_and_changed_by_a_command(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await enter(app, pilot, "/memory edit 2 I love Ghibli")
        await finished(app, pilot)
        assert "Remembered [so to say]: edit 2 I love Ghibli." in screen_text(app)
        await enter(app, pilot, "/memory forget 9")
        await finished(app, pilot)
        assert "The library cannot be written to." in screen_text(app)


async def test_quit_is_a_command(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await enter(app, pilot, "/quit")
        await until(lambda: not app.is_running, "the app has ended")


# --- the whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_reads_an_answer_from_its_beginning(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        await answered(app, pilot, "first")
        await answered(app, pilot, "second")
        text = screen_text(app)
        assert "❯ second" in text
        assert "Spirited Away" in text
        card = await focused_card(app, pilot)
        assert card.pick.rank == 1
        assert all(widget.size.width for widget in (app.query_one(StatusLine), app.prompt))


def test_the_screens_process_loads_nothing_heavy(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from pathlib import Path
import assistant.tui
assert "textual" not in sys.modules
from assistant.tui.app import MatineeApp
from tests.assistant.engine.support import fake_start

async def main() -> None:
    app = MatineeApp(fake_start(Path(sys.argv[1])))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.chat.status.size.width
        heavy = ("torch", "chromadb", "llama_cpp", "sentence_transformers", "transformers",
                 "sklearn", "scipy", "numpy")
        print([name for name in heavy if name in sys.modules])

asyncio.run(main())
"""
    output = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert output.strip() == "[]"
