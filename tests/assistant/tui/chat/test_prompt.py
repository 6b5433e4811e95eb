"""Where one types."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from assistant.tui.chat.answer import Answer
from assistant.tui.chat.hints import Hints
from assistant.tui.chat.prompt import MAX_CHARACTERS, NEW_LINE
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


@pytest.mark.parametrize("key", sorted(NEW_LINE), ids=ascii)
async def test_a_new_line_is_no_end_and_both_lines_are_sent(tmp_path: Path, key: str) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        for one in ("a", key, "b", "enter"):
            app.post_message(events.Key(one, one if len(one) == 1 else None))
        await until(lambda: app.query(Answer), "it is sent")
        assert app.query(Answer).first().message == "a\nb"
        await finished(app, pilot)
        assert "❯ a" in screen_text(app)


async def test_what_is_pasted_is_cleaned_and_never_sent(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        app.prompt.value = "so: "
        app.post_message(events.Paste("one\r\ntwo\x1b[2J\x07\r\u202ethree\n"))
        await pilot.pause()
        assert app.prompt.value == "so: one\ntwo[2J\nthree\n"
        assert not app.query(Answer)
        await pilot.press("ctrl+z")
        assert app.prompt.value == "so: "


async def test_a_paste_goes_to_the_prompt_wherever_the_focus_is(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "anything")
        await focused_card(app, pilot)
        app.post_message(events.Paste("quiet"))
        await until(lambda: app.prompt.value == "quiet", "it is there")
        assert app.focused is app.prompt


async def test_there_is_a_most_that_a_message_holds_and_it_is_said(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        app.prompt.value = "x" * (MAX_CHARACTERS - 2)
        app.post_message(events.Paste("yyzz"))
        await pilot.pause()
        await pilot.pause()
        assert app.prompt.value == "x" * (MAX_CHARACTERS - 2) + "yy"
        assert "at most 2,000 characters" in screen_text(app)
        await pilot.press("backspace")
        await pilot.pause()
        assert "at most 2,000 characters" not in screen_text(app)


@pytest.mark.parametrize(("size", "most"), [((80, 24), 6), ((60, 20), 3)])
async def test_it_grows_with_what_is_written_and_leaves_room(
    tmp_path: Path, size: tuple[int, int], most: int
) -> None:
    async with running(tmp_path, size=size) as (app, pilot):
        await pilot.pause()
        heights = []
        for lines in (1, 2, 3, 20):
            app.prompt.value = "\n".join("x" * lines)
            await pilot.pause()
            heights.append(app.prompt.content_size.height)
        assert heights == [1, 2, 3, most]
        assert app.transcript.size.height >= 8
        await enter(app, pilot, "hello")
        await pilot.pause()
        assert app.prompt.content_size.height == 1


async def test_arrows_move_between_the_lines_before_they_recall(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "first")
        app.prompt.value = "one\ntwo"
        await pilot.press("up")
        assert app.prompt.value == "one\ntwo"
        await pilot.press("up")
        assert app.prompt.value == "first"
        app.prompt.insert("!")
        await pilot.press("down")
        assert app.prompt.value == "one\ntwo"
        await pilot.press("up", "up")
        assert app.prompt.value == "first!"  # what was changed is still there
        await enter(app, pilot, "/dial")
        await finished(app, pilot)
        await pilot.press("up", "up")
        assert app.prompt.value == "first"


async def test_what_is_typed_elsewhere_is_typed_into_the_prompt(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "something quiet, no horror")
        app.set_focus(None)
        await pilot.press("a", "b")
        assert (app.prompt.value, app.focused) == ("ab", app.prompt)
        await pilot.press("f3", "q")
        assert (app.prompt.value, app.focused) == ("abq", app.prompt)
        await focused_card(app, pilot)
        await pilot.press("l")
        await finished(app, pilot)
        assert app.prompt.value == "abq"


@pytest.mark.parametrize("key", ["f6", "f7", "pagedown", "ctrl+c"])
async def test_keys_of_the_app_are_not_taken_by_the_prompt(tmp_path: Path, key: str) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        app.prompt.value = "some words"
        await pilot.press(key)
        await finished(app, pilot)
        assert app.prompt.value == "some words"
        assert not app.prompt.selected_text
        assert (app.screen is app.chat) == (key in ("pagedown", "ctrl+c"))


async def test_escape_leaves_a_draft_alone(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        app.prompt.value = "a draft"
        await pilot.press("escape")
        await finished(app, pilot)
        assert (app.prompt.value, app.focused) == ("a draft", app.prompt)


# --- commands ------------------------------------------------------------------------------------


async def test_a_command_is_completed_by_tab(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await pilot.press(*"/dia")
        assert app.prompt.suggestion == "l "
        assert "How far from what you know" in screen_text(app)
        await pilot.press("tab")
        assert (app.prompt.value, app.focused) == ("/dial ", app.prompt)
        await pilot.press(*"explore", "enter")
        await finished(app, pilot)
        assert app.dial == "explore"
        assert not app.screen.query_one(Hints).display


async def test_commands_that_are_meant_are_listed_while_one_types(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await pilot.press(*"/li")
        await pilot.pause()
        text = screen_text(app)
        for usage in ("/library", "/limits", "/like N"):
            assert usage in text
        await pilot.press("backspace", "backspace", "backspace")
        await pilot.pause()
        assert "/limits" not in screen_text(app)
