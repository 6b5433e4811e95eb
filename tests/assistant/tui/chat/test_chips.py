from __future__ import annotations

from pathlib import Path

from assistant.tui.chat.answer import Answer
from assistant.tui.chat.chips import Chip, Chips
from tests.assistant.engine.support import until
from tests.assistant.tui.support import answered, finished, running


async def test_limits_in_force_stand_above_the_prompt(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        assert not app.query_one(Chips).display
        await answered(app, pilot, "something quiet, no horror")
        assert [chip.limit.text for chip in app.query(Chip)] == [
            "at most 120 min",
            "in Japanese",
            "no horror",
        ]


async def test_a_key_takes_a_limit_back_and_the_answer_is_made_anew(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "something quiet, no horror")
        await pilot.press("f3", "right", "right", "right", "left", "delete")
        await until(lambda: len(app.query(Answer)) == 2, "it is answered again")
        await finished(app, pilot)
        answer = app.query(Answer).last()
        assert answer.message == "✕ in Japanese"
        assert answer.cards
        assert app.focused is app.prompt


async def test_a_click_takes_a_limit_back(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "something quiet")
        await pilot.click(app.query(Chip).first())
        await until(lambda: len(app.query(Answer)) == 2, "it is answered again")
        await finished(app, pilot)
        assert app.query(Answer).last().message == "✕ at most 120 min"


async def test_without_limits_it_is_said_how_to_set_one(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await answered(app, pilot, "hello")
        await pilot.press("escape")
        app.query_one(Chips).remove_children()
        await pilot.press("f3")
        await pilot.pause()
        assert app.focused is app.prompt
