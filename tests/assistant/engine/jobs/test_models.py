"""Downloads and measurements as jobs: through the real process, against a hub on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from assistant.engine.client import Engine
from assistant.engine.protocol import JOB, Done, EngineEvent, JobRequest, Progress, Start, Stopped
from assistant.engine.protocol.models import GetModel, GpusFound, LookForGpus, MeasureModel
from assistant.errors import EngineError
from assistant.locations import find
from assistant.models.catalogue import find as find_model
from assistant.models.shelf import Shelf
from assistant.models.speeds import speeds
from assistant.settings import Settings
from tests.assistant.engine.support import until
from tests.assistant.models.hub_server import FakeHub, serving

NAME = "SmolLM2-360M-Instruct"  # the catalogue knows no checksum of it
GGUF = b"GGUF" + bytes(5_000_000)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with serving() as server:
        entry = find_model(NAME)
        assert entry.file
        server.repos[entry.repo] = {entry.file: GGUF}
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
async def job(tmp_path: Path) -> AsyncIterator[Engine]:
    start = Start(locations=find(tmp_path), settings=Settings(), core=JOB)
    engine = Engine(start, components=(), restarts=False)
    yield engine
    await engine.close()


async def all_of(job: Engine, request: JobRequest) -> list[EngineEvent]:
    return [event async for event in job.ask(request)]


async def test_a_download_tells_how_far_it_is(job: Engine, hub: FakeHub, tmp_path: Path) -> None:
    *progress, last = await all_of(job, GetModel(name=NAME))
    assert isinstance(last, Done)
    steps = [event for event in progress if isinstance(event, Progress)]
    assert {(event.stage, event.total) for event in steps} == {(f"downloading {NAME} (MB)", 5)}
    assert steps[-1].done == 5
    path = Shelf(tmp_path / "models").installed(find_model(NAME))
    assert path is not None
    assert path.read_bytes() == GGUF


async def test_a_download_that_is_stopped_is_gone_on_with(
    job: Engine, hub: FakeHub, tmp_path: Path
) -> None:
    shelf, entry = Shelf(tmp_path / "models"), find_model(NAME)
    hub.stalls_after = 2_000_000
    request = GetModel(name=NAME)
    work = asyncio.create_task(all_of(job, request))
    await until(lambda: shelf.begun(entry) > 0, "some bytes")
    job.cancel(request.id)
    assert isinstance((await work)[-1], Stopped)
    begun = shelf.begun(entry)
    assert 0 < begun <= 2_000_000
    hub.stalls_after = None
    hub.asked.clear()
    assert isinstance((await all_of(job, GetModel(name=NAME)))[-1], Done)
    assert hub.files_asked[0][1].startswith("bytes=")
    assert shelf.installed(entry) is not None


async def test_what_cannot_be_had_says_what_to_do(job: Engine, hub: FakeHub) -> None:
    hub.gated = True
    with pytest.raises(EngineError, match="licence") as caught:
        await job.result(GetModel(name=NAME), Done)
    assert "HF_TOKEN" in caught.value.hint


async def test_what_is_not_there_cannot_be_measured(job: Engine) -> None:
    with pytest.raises(EngineError, match="not on this machine"):
        await job.result(MeasureModel(name=NAME), Done)


@pytest.mark.real_models
async def test_a_measurement_is_kept(job: Engine, tmp_path: Path) -> None:
    *progress, last = await all_of(job, MeasureModel(name="SmolLM2-135M-Instruct"))
    assert isinstance(last, Done)
    told = [event for event in progress if isinstance(event, Progress)]
    assert (told[-1].done, told[-1].total) == (4, 4)
    assert "SmolLM2-135M-Instruct" in speeds(tmp_path / "models")


@pytest.mark.real_models
async def test_gpus_are_looked_for(job: Engine) -> None:
    assert (await job.result(LookForGpus(), GpusFound)).text.startswith("GPU: llama.cpp")
