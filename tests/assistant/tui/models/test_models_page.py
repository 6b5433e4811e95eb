"""The page of models over a real desk, real jobs, and a hub on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.models.catalogue import find
from assistant.models.shelf import Shelf
from assistant.settings import load
from assistant.tui.app import MatineeApp
from assistant.tui.models.page import ModelList, ModelsPage
from assistant.tui.models.work import ModelWork
from assistant.tui.question import Question
from assistant.types import Video
from store.library import Library
from store.locks import one_writer
from tests.assistant.engine.support import until
from tests.assistant.models.hub_server import FakeHub, serving
from tests.assistant.tui.support import loaded, running, screen_text

NAME = "SmolLM2-360M-Instruct"  # the catalogue knows no checksum of it
GGUF = b"GGUF" + bytes(5_000_000)
EMBEDDING = "bge-small-en-v1.5"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with serving() as server:
        entry = find(NAME)
        assert entry.file
        server.repos[entry.repo] = {entry.file: GGUF}
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@asynccontextmanager
async def on_models(
    folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], ModelsPage]]:
    """The page of models, with nobody looking for GPUs: that loads torch."""
    async with running(folder, size=size) as (app, pilot):
        await loaded(app)
        ModelWork.of(app).gpus = "GPU: none was looked for."
        await pilot.press("f7")
        page = app.screen
        assert isinstance(page, ModelsPage)
        await until(lambda: page.query_one(ModelList).option_count > 10, "the models")
        await pilot.pause()
        yield app, pilot, page


def go_to(page: ModelsPage, name: str) -> None:
    models = page.query_one(ModelList)
    id_ = next(id_ for id_, model in page._models.items() if model.name == name)
    models.highlighted = models.get_option_index(id_)


def told(page: ModelsPage) -> str:
    return str(page.query_one("#model-told", Static).render())


def problem(page: ModelsPage) -> str:
    return str(page.query_one("#page-problem", Static).render())


async def test_the_list_says_what_there_is(tmp_path: Path) -> None:
    async with on_models(tmp_path) as (app, pilot, page):
        text = screen_text(app)
        for said in ("Language models", "Embedding models", "in use", "Apache-2.0", "of memory"):
            assert said in text
        assert "SmolLM2-135M-Instruct" in told(page)
        assert "not measured: m" in told(page)
        await pilot.press("down")
        assert NAME in told(page)
        assert f"huggingface.co/{find(NAME).repo}" in told(page)


async def test_a_download_shows_its_progress_survives_the_page_and_can_be_stopped(
    tmp_path: Path, hub: FakeHub
) -> None:
    hub.stalls_after = 2_500_000
    shelf, entry = Shelf(tmp_path / "models"), find(NAME)
    async with on_models(tmp_path) as (app, pilot, page):
        go_to(page, NAME)
        await pilot.press("g")
        await until(lambda: "of 5 MB" in told(page), "progress")
        assert "s stops it" in told(page)
        await pilot.press("escape")
        await until(lambda: app.screen is app.chat, "the chat")
        assert app.jobs.running
        await pilot.press("f7")
        again = app.screen
        assert isinstance(again, ModelsPage)
        await until(lambda: again._models, "the models")
        go_to(again, NAME)
        await until(lambda: "of 5 MB" in told(again), "the same progress")
        await pilot.press("s")
        await until(lambda: "g goes on with it" in told(again), "that it was stopped")
        assert 0 < shelf.begun(entry) <= 2_500_000
        assert problem(again) == ""
        hub.stalls_after = None
        hub.asked.clear()
        await pilot.press("g")
        await until(lambda: shelf.installed(entry), "the whole model")
        assert hub.files_asked[0][1].startswith("bytes=")
        await until(lambda: "where" in told(again), "that it is there")


async def test_enter_downloads_what_is_not_there_and_uses_it(tmp_path: Path, hub: FakeHub) -> None:
    async with on_models(tmp_path) as (app, pilot, page):
        before = app.engine.pid
        go_to(page, NAME)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Question), "a question")
        await pilot.pause()
        assert "Licence: Apache-2.0" in screen_text(app)
        await pilot.press("enter")
        await until(lambda: app.screen is page, "the page")
        path = tmp_path / "models" / NAME / str(find(NAME).file)
        await until(lambda: app.start.settings.language_model.model == str(path), "its use")
        await until(lambda: app.engine.pid not in (before, None), "a new engine")
        assert load(tmp_path / "settings.toml").language_model.model == str(path)
        await until(lambda: "in use" in screen_text(app), "that it is in use")


async def test_a_wrong_checksum_is_told_in_place_and_tried_again(
    tmp_path: Path, hub: FakeHub
) -> None:
    hub.spoils = True
    async with on_models(tmp_path) as (_, pilot, page):
        go_to(page, NAME)
        await pilot.press("g")
        await until(lambda: "not what it should be" in problem(page), "the error")
        hub.spoils = False
        await pilot.press("g")
        await until(lambda: Shelf(tmp_path / "models").installed(find(NAME)), "the model")
        await until(lambda: problem(page) == "", "no error any more")


async def test_a_hub_that_is_not_there_is_an_error_in_place(tmp_path: Path, hub: FakeHub) -> None:
    hub.gated = True
    async with on_models(tmp_path) as (_, pilot, page):
        go_to(page, NAME)
        await pilot.press("g")
        await until(lambda: "licence" in problem(page), "the error")
        assert "HF_TOKEN" in problem(page)


async def test_what_is_in_use_is_not_removed_and_the_rest_after_a_question(
    tmp_path: Path,
) -> None:
    home = Shelf(tmp_path / "models").home(find(NAME))
    home.mkdir(parents=True)
    (home / str(find(NAME).file)).write_bytes(GGUF)
    async with on_models(tmp_path) as (app, pilot, page):
        await pilot.press("x")
        await until(lambda: "comes with the installation" in problem(page), "a refusal")
        go_to(page, NAME)
        await pilot.press("x")
        await until(lambda: isinstance(app.screen, Question), "a question")
        await pilot.press("escape")
        await until(lambda: app.screen is page, "the page")
        assert home.exists()
        await pilot.press("x")
        await until(lambda: isinstance(app.screen, Question), "a question")
        await pilot.press("enter")
        await until(lambda: not home.exists(), "that it is gone")


async def test_no_language_model_and_back(tmp_path: Path) -> None:
    async with on_models(tmp_path) as (app, pilot, page):
        await pilot.press("n")
        await until(lambda: app.start.settings.language_model.model == "none", "none")
        await until(lambda: "no language model takes part" in screen_text(app), "that it is said")
        go_to(page, "SmolLM2-135M-Instruct")
        await pilot.press("enter")
        await until(lambda: app.start.settings.language_model.model == "packaged", "back again")


async def test_another_embedding_model_asks_what_to_do_with_the_videos(tmp_path: Path) -> None:
    home = Shelf(tmp_path / "models").home(find(EMBEDDING))
    home.mkdir(parents=True)
    (home / "model.safetensors").write_bytes(b"weights")
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos([Video(id=f"v:{number}", title="A film") for number in range(300)])
    async with on_models(tmp_path) as (app, pilot, page):
        go_to(page, EMBEDDING)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Question), "a question")
        await pilot.pause()
        assert "300 videos have no vector" in screen_text(app)
        await pilot.press("down", "enter")  # now
        await until(
            lambda: app.start.settings.embedding.model == str(home), "another embedding model"
        )


async def test_a_model_is_not_used_when_its_vectors_cannot_be_made(tmp_path: Path) -> None:
    home = Shelf(tmp_path / "models").home(find(EMBEDDING))
    home.mkdir(parents=True)
    (home / "model.safetensors").write_bytes(b"weights")
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos([Video(id=f"v:{number}", title="A film") for number in range(300)])
    async with on_models(tmp_path) as (app, pilot, page):
        go_to(page, EMBEDDING)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Question), "a question")
        with one_writer(tmp_path, "an import"):
            await pilot.press("enter")  # make them first
            await until(lambda: "Another Matinee is writing" in problem(page), "an error")
        assert app.start.settings.embedding.model == "packaged"


async def test_a_name_from_the_settings_is_shown_literally(tmp_path: Path) -> None:
    own = tmp_path / "[b]x[@click=app.quit].gguf"
    own.write_bytes(GGUF)
    (tmp_path / "settings.toml").write_text(f'[language_model]\nmodel = "{own}"\n')
    async with on_models(tmp_path) as (app, _, page):
        go_to(page, "[b]x[@click=app.quit]")
        await until(lambda: "[b]x[@click=app.quit]" in told(page), "its name")
        assert "[b]x[@click=app.quit]" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_nothing_is_wider_than_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_models(tmp_path, size) as (_, pilot, page):
        models = page.query_one(ModelList)
        width = models.scrollable_content_region.width
        for number in range(models.option_count):
            prompt = models.get_option_at_index(number).prompt
            assert max(map(len, str(prompt).splitlines())) <= width
        assert models.size.height >= 5
        await pilot.press("end")
        assert models.highlighted == models.option_count - 1


async def test_a_download_waits_for_its_turn_and_can_be_taken_out_of_the_line(
    tmp_path: Path, hub: FakeHub
) -> None:
    hub.stalls_after = 2_500_000
    async with on_models(tmp_path) as (app, pilot, page):
        go_to(page, NAME)
        await pilot.press("g")
        await until(lambda: "of 5 MB" in told(page), "progress")
        go_to(page, "Qwen3-0.6B")
        await pilot.press("g")
        await until(lambda: "waiting" in told(page), "that it waits")
        assert len(app.jobs.running) == 1
        await pilot.press("s")
        await until(lambda: "waiting" not in told(page), "that it waits no more")
        go_to(page, NAME)
        await until(lambda: "of 5 MB" in told(page), "that the first one goes on")


async def test_what_a_model_is_worth_needs_a_history(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos([Video(id="v:1", title="A film")])
    async with on_models(tmp_path) as (_, pilot, page):
        go_to(page, "SmolLM2-135M-Instruct")
        await pilot.press("q")
        await until(lambda: "Too little history" in problem(page), "why not")
        assert "one moment" not in told(page)
