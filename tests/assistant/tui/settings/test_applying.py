from __future__ import annotations

import asyncio
from pathlib import Path

from assistant.settings import AppSettings, RecommendSettings, Settings, load
from assistant.tui.settings.applying import RESTART_S, apply, needs_engine
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.support import answered, enter, loaded, running


def test_only_what_the_engine_reads_needs_a_new_one() -> None:
    before = Settings()
    of_the_app = before.model_copy(update={"app": AppSettings(theme="x"), "keys": {"like": "k"}})
    of_the_engine = before.model_copy(update={"recommend": RecommendSettings(picks=3)})
    assert not needs_engine(before, of_the_app)
    assert needs_engine(before, of_the_engine)


async def test_a_theme_stays_wherever_it_is_chosen(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    async with running(tmp_path) as (app, _):
        await loaded(app)
        assert not file.exists()
        app.theme = "textual-light"  # as the palette does
        await until(lambda: app.start.settings.app.theme == "textual-light", "its effect")
        assert load(file).app.theme == "textual-light"


async def test_a_theme_that_does_not_exist_is_told_of_and_left_in_the_file(tmp_path: Path) -> None:
    start = fake_start(tmp_path)
    settings = start.settings.model_copy(update={"app": AppSettings(theme="gone")})
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        problems = app.apply_settings(settings)
        await pilot.pause()
        assert "gone" in problems[-1]
        assert app.theme == "matinee"
        assert not (tmp_path / "settings.toml").exists()


async def test_several_changes_make_one_start_after_the_answer(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        first = app.engine.pid
        await enter(app, pilot, "slow")
        await until(lambda: app.chat.is_answering, "an answer is being given")
        for picks in (3, 4):
            recommend = RecommendSettings(picks=picks)
            apply(app, app.start.settings.model_copy(update={"recommend": recommend}))
        await asyncio.sleep(RESTART_S * 1.5)
        assert app.engine.pid == first
        app.chat.action_stop()
        await until(lambda: app.engine.pid not in (first, None), "a new engine")
        assert app.start.settings.recommend.picks == 4


async def test_a_language_model_that_is_chosen_takes_part(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, _):
        await loaded(app)
        app.start = app.start.model_copy(update={"llm": False})  # matinee chat --no-llm
        first = app.engine.pid
        apply(app, app.start.settings, llm=True)
        await until(lambda: app.engine.pid not in (first, None), "a new engine")
        assert app.start.llm


async def test_what_is_asked_while_the_engine_starts_again_is_answered(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        first = app.engine.pid
        starting = asyncio.create_task(app.engine.restart(app.start))
        await asyncio.sleep(0)  # it begins to end the old one
        await answered(app, pilot, "something quiet")
        await starting
        assert app.engine.pid not in (first, None)
