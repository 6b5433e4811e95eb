from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest

from assistant import settings
from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineEvent, EngineRequest, Start
from assistant.engine.protocol.models import (
    Fit,
    ListModels,
    ModelChosen,
    ModelLine,
    ModelRemoved,
    ModelsListed,
    ModelState,
    PlanUse,
    RemoveModel,
    UseModel,
    UsePlanned,
)
from assistant.errors import ModelError
from assistant.locations import find
from assistant.models.catalogue import find as find_model
from assistant.models.machine import Machine
from assistant.models.shelf import Shelf
from assistant.models.speeds import put_speed
from assistant.narrator import Silent
from assistant.settings import Settings
from assistant.types import Video
from store.library import Library
from tests.assistant.models.test_measuring import EMBEDDING

E = TypeVar("E", bound=EngineEvent)
SMALL = "SmolLM2-360M-Instruct"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskCore:
    machine = Machine(cores=2, memory=2_000_000_000, free=800_000_000)
    monkeypatch.setattr("assistant.models.machine.look", lambda: machine)
    return DeskCore(Start(locations=find(tmp_path), settings=Settings()), Silent())


def ask(desk: DeskCore, request: EngineRequest, kind: type[E]) -> E:
    [event] = desk.answer(request, CancelToken())
    assert isinstance(event, kind)
    return event


def rows(desk: DeskCore) -> dict[str, ModelLine]:
    return {row.name: row for row in ask(desk, ListModels(), ModelsListed).rows}


def install(desk: DeskCore, name: str) -> Path:
    """Put a file where a download would have."""
    entry = find_model(name)
    file = Shelf(desk.locations.models).home(entry) / (entry.file or "model.safetensors")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"weights")
    return file


def test_every_model_is_listed_with_what_is_known(desk: DeskCore) -> None:
    listed = ask(desk, ListModels(), ModelsListed)
    assert listed.machine == "2 cores · 2.0 GB of memory, 800 MB free"
    packaged = listed.rows[0]
    assert (packaged.state, packaged.size, packaged.packaged) == (ModelState.IN_USE, "98 MB", True)
    assert not listed.silent
    large = rows(desk)["Qwen3-4B"]
    assert (large.state, large.memory, large.speed) == (ModelState.AVAILABLE, "~2.9 GB", "–")
    assert large.page.endswith("/Qwen/Qwen3-4B-GGUF")


def test_what_does_not_fit_into_memory_is_marked(desk: DeskCore) -> None:
    fits = {name: row.fit for name, row in rows(desk).items()}
    assert fits["SmolLM2-135M-Instruct"] is Fit.FITS
    assert fits["Qwen2.5-1.5B-Instruct"] is Fit.TIGHT
    assert fits["Qwen3-4B"] is Fit.TOO_LARGE


def test_a_model_is_used_and_given_up_again(desk: DeskCore) -> None:
    file = install(desk, SMALL)
    chosen = ask(desk, UseModel(name=SMALL), ModelChosen)
    assert chosen.settings.language_model.model == str(file)
    assert settings.load(desk.locations.settings).language_model.model == str(file)
    assert rows(desk)[SMALL].state is ModelState.IN_USE
    with pytest.raises(ModelError, match="in use"):
        ask(desk, RemoveModel(name=SMALL), ModelRemoved)
    ask(desk, UseModel(), ModelChosen)
    assert ask(desk, ListModels(), ModelsListed).silent
    assert ask(desk, RemoveModel(name=SMALL), ModelRemoved).freed == "0 MB"
    assert not file.exists()


def test_a_variable_that_wins_is_named(desk: DeskCore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATINEE_LANGUAGE_MODEL__MODEL", "none")
    chosen = ask(desk, UseModel(name="SmolLM2-135M-Instruct"), ModelChosen)
    assert chosen.wins == "MATINEE_LANGUAGE_MODEL__MODEL"
    assert chosen.settings.language_model.model == "none"


def test_another_embedding_model_needs_vectors_of_its_own(desk: DeskCore) -> None:
    with Library.open(desk.locations.library) as library:
        library.put_videos([Video(id=f"v:{number}", title="A film") for number in range(80)])
    install(desk, "bge-small-en-v1.5")
    planned = ask(desk, PlanUse(name="bge-small-en-v1.5"), UsePlanned)
    assert (planned.unembedded, planned.seconds) == (80, None)
    put_speed(desk.locations.models, "bge-small-en-v1.5", EMBEDDING)  # 40 videos/s
    planned = ask(desk, PlanUse(name="bge-small-en-v1.5"), UsePlanned)
    assert (planned.unembedded, planned.seconds) == (80, 2.0)
    assert ask(desk, PlanUse(name="SmolLM2-135M-Instruct"), UsePlanned).unembedded == 0


def test_what_is_not_there_cannot_be_used(desk: DeskCore) -> None:
    for request in (PlanUse(name="Qwen3-4B"), UseModel(name="Qwen3-4B")):
        with pytest.raises(ModelError, match="not on this machine"):
            list(desk.answer(request, CancelToken()))
    assert not desk.locations.settings.exists()
