from __future__ import annotations

from pathlib import Path

from assistant.settings import AppSettings, RecommendSettings, Settings, load
from assistant.tui.settings.applying import needs_engine
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.support import loaded, running


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
