from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.engine.client import Engine
from assistant.engine.protocol import Done, JobRequest, Start
from assistant.errors import Cancelled, EngineError
from assistant.tui import jobs as jobs_module
from tests.assistant.engine.fake_jobs import CORE, Count
from tests.assistant.engine.support import until
from tests.assistant.tui.support import running


@pytest.fixture(autouse=True)
def _fake_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "JOB", CORE)


async def test_work_tells_how_far_it_is_and_what_came_of_it(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, _):
        seen: list[tuple[int, int]] = []
        app.jobs.changed.subscribe(app.chat, lambda job: seen.append((job.done, job.total)))
        await app.jobs.run(Count(to=3), Done)
        assert seen[-1] == (3, 3)
        assert app.jobs.running == ()


async def test_work_is_shown_while_it_goes_on_and_can_be_stopped(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        request = Count(to=2, hold=True)
        work = asyncio.create_task(app.jobs.run(request, Done))
        await until(lambda: app.jobs.find(Count) and app.jobs.running[0].done == 1, "half of it")
        await pilot.pause()
        assert "counting 50%" in str(app.chat.status.query_one("#jobs").render())
        app.jobs.cancel(request)
        with pytest.raises(Cancelled):
            await work
        assert app.jobs.find(JobRequest) is None


@pytest.mark.parametrize("how", ["refuse", "crash"])
async def test_work_that_fails_says_why_and_is_not_begun_again(how: str, tmp_path: Path) -> None:
    async with running(tmp_path) as (app, _):
        with pytest.raises(EngineError) as told:
            await app.jobs.run(Count(to=1, how=how), Done)
        wanted = "It cannot be counted." if how == "refuse" else "The engine has ended."
        assert told.value.title == wanted


async def test_an_engine_that_is_started_with_other_settings_goes_on(tmp_path: Path) -> None:
    start = Start.model_validate(
        {"locations": {"data": tmp_path, "config": tmp_path, "state": tmp_path}, "settings": {}}
    )
    engine = Engine(start.model_copy(update={"core": CORE}), components=())
    await engine.result(Count(to=1), Done)
    first = engine.pid
    await engine.restart(start.model_copy(update={"core": CORE}))
    await engine.result(Count(to=1), Done)
    assert engine.pid != first
    await engine.close()
