"""The import's page over a real desk and a real job, whose embedder is a toy."""

from __future__ import annotations

import json
import shlex
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from assistant.tui.app import MatineeApp
from assistant.tui.chat.screen import ChatScreen
from assistant.tui.commands import Place
from assistant.tui.importing.page import ImportPage
from assistant.tui.importing.path import PathField
from assistant.tui.importing.running import Imports
from assistant.tui.importing.sources import SOURCES
from assistant.tui.library.page import LibraryPage
from store.library import Library
from tests.assistant.engine.support import until
from tests.assistant.tui.importing import toy_job
from tests.assistant.tui.library.videos import fill
from tests.assistant.tui.support import loaded, running, screen_text


@pytest.fixture(autouse=True)
def toy_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.tui.jobs.JOB", toy_job.CORE)


@asynccontextmanager
async def on_import(
    folder: Path, size: tuple[int, int] = (80, 24), path: str = ""
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], ImportPage]]:
    """The import's page, with a library of a few videos."""
    data = folder / "data"
    data.mkdir()
    async with running(fill(data), size=size) as (app, pilot):
        await loaded(app)
        app.open_page(Place.IMPORT, path)
        await pilot.pause()
        page = app.screen
        assert isinstance(page, ImportPage)
        await until(lambda: "6 videos so far" in screen_text(app), "the desk is there")
        yield app, pilot, page


def source(folder: Path, count: int, broken: int = 0) -> Path:
    """A list with so many videos, and so many lines that are none."""
    path = folder / "my videos.jsonl"
    lines = [json.dumps({"id": f"my:{n}", "title": f"Volcano {n}"}) for n in range(count)]
    broken_lines = [json.dumps({"id": "my:x", "title": "[b]", "year": 3})] * broken
    path.write_text("\n".join([*lines, *broken_lines]))
    return path


async def give(pilot: Pilot[None], page: ImportPage, path: str) -> None:
    field = page.query_one(PathField).field
    field.value = path
    field.focus()
    await pilot.press("enter")


def problem(page: ImportPage) -> str:
    return str(page.query_one("#page-problem", Static).content)


def going_on(page: ImportPage) -> str:
    return str(page.query_one("#going-on", Static).content)


async def test_a_source_is_imported_and_its_outcome_told(tmp_path: Path) -> None:
    async with on_import(tmp_path) as (app, pilot, page):
        await give(pilot, page, shlex.quote(str(source(tmp_path, 40, broken=2))))
        await until(lambda: Imports.of(app).last is not None, "it is imported")
        await until(lambda: "40 new" in screen_text(app), "it is told")
        text = screen_text(app)
        assert "46 videos in your library now." in text
        assert "Skipped:" in text
        assert "year" in text
        with Library.open(tmp_path / "data" / "library.db") as library:
            assert library.count() == 46
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, LibraryPage), "the library is the next step")


async def test_what_is_no_source_is_told_in_place(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("bread, milk")
    async with on_import(tmp_path) as (_app, pilot, page):
        for path, told in (
            (str(tmp_path / "nowhere"), "does not exist"),
            (str(tmp_path / "notes.txt"), "no format that Matinee knows"),
            ("   ", "Which file or folder?"),
        ):
            await give(pilot, page, path)
            await until(lambda told=told: told in problem(page), told)  # type: ignore[misc]
        assert "Enter imports it" in going_on(page)


async def test_paths_are_completed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "folder").mkdir(parents=True)
    for name in ("films.csv", "films 2.csv", ".hidden"):
        (home / name).write_text("")
    async with on_import(tmp_path) as (_app, pilot, page):
        field, listed = (
            page.query_one(PathField).field,
            page.query_one("PathField OptionList", OptionList),
        )
        field.value = f"{tmp_path}/home/F"
        await until(lambda: listed.option_count == 3, "three begin so, whatever their case")
        await pilot.press("tab")
        assert field.value == f"{tmp_path}/home/f"
        field.value = f"{tmp_path}/home/fi"
        await until(lambda: listed.option_count == 2, "two begin so")
        await pilot.press("tab")
        await until(lambda: field.value == f"{tmp_path}/home/films", "what both begin with")
        await pilot.press("tab")  # nothing more is common: to the list
        await until(lambda: listed.has_focus, "the list")
        await pilot.press("enter")
        assert field.value == f"{tmp_path}/home/films 2.csv"


async def test_an_import_is_stopped_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.tui.jobs.JOB", toy_job.SLOW)
    path = source(tmp_path, 400)
    async with on_import(tmp_path) as (app, pilot, page):
        await give(pilot, page, str(path))
        await until(lambda: "Reading what they are about" in going_on(page), "it embeds")
        await pilot.press("f3")
        await until(lambda: "was stopped" in going_on(page), "it is stopped")
        monkeypatch.setattr("assistant.tui.jobs.JOB", toy_job.CORE)
        await give(pilot, page, str(path))
        await until(lambda: Imports.of(app).last is not None, "it goes on")
        last = Imports.of(app).last
        assert last is not None
        assert (last.imported.unchanged, last.imported.embedded) == (400, 406)


async def test_it_goes_on_while_one_chats(tmp_path: Path) -> None:
    async with on_import(tmp_path) as (app, pilot, page):
        await give(pilot, page, str(source(tmp_path, 3)))
        await until(lambda: Imports.of(app).is_running, "it has begun")
        await pilot.press("escape")
        assert isinstance(app.screen, ChatScreen)
        await until(lambda: "Imported: 3 new" in screen_text(app), "the chat tells it")
        await until(lambda: "9 videos" in screen_text(app), "and how many there are now")


async def test_what_was_removed_is_brought_back_when_that_is_asked_for(tmp_path: Path) -> None:
    path = source(tmp_path, 3)
    async with on_import(tmp_path) as (app, pilot, page):
        await give(pilot, page, str(path))
        await until(lambda: "See the library" in screen_text(app), "it is imported")
        with Library.open(tmp_path / "data" / "library.db") as library:
            library.discard_videos(["my:1"])
        await give(pilot, page, str(path))
        await until(lambda: "Bring back what you had removed (1)" in screen_text(app), "offered")
        offers = page.query_one("#next", OptionList)
        offers.highlighted = offers.get_option_index("again")
        offers.focus()
        await pilot.press("enter")
        await until(lambda: "1 new" in screen_text(app), "it is back")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_every_source_has_its_steps(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_import(tmp_path, size) as (app, pilot, page):
        await pilot.press("f2")
        assert app.focused is page.query_one("#sources")
        for known in SOURCES:
            await until(lambda one=known: one.name.split(",")[0] in screen_text(app), known.name)  # type: ignore[misc]
            steps = str(page.query_one("#steps-text", Static).content)
            assert known.steps[-1].text[:20] in steps
            await pilot.press("down")
            await pilot.pause()


async def test_a_path_that_was_given_waits_to_be_confirmed(tmp_path: Path) -> None:
    path = source(tmp_path, 2)
    async with on_import(tmp_path, path=str(path)) as (app, pilot, page):
        assert page.query_one(PathField).field.value == str(path)
        assert not Imports.of(app).is_running
        await pilot.press("enter")
        await until(lambda: "2 new" in screen_text(app), "it is imported")
