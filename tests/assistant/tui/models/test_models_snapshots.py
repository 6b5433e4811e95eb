"""How the page of models looks, on a machine that is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.engine.protocol.models import Fit, ModelLine, ModelState
from assistant.tui.app import MatineeApp
from assistant.tui.models.page import ModelList, ModelsPage
from assistant.tui.models.work import ModelWork
from tests.assistant.engine.support import fake_start, until
from tests.assistant.tui.support import finished, loaded

Compare = Callable[..., bool]
_MEASURED = {
    "speed": "41",
    "speed_in_full": "loads in 0.4 s; reads 512 tokens/s; judges 41 titles/s; writes 48 tokens/s;"
    " 310 MB of memory (2 threads, 2026-11-24)",
    "quality": "+0.021",
    "quality_in_full": "nDCG@10 +0.021 (+0.004 … +0.039), weight 0.3",
    "path": "/home/you/.local/share/matinee/models/SmolLM2-135M-Instruct.gguf",
}


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


def _made_up(model: ModelLine) -> ModelLine:
    """The same on every machine."""
    changes: dict[str, object] = {"fit": Fit.FITS, "path": ""}
    if model.name == "SmolLM2-135M-Instruct":
        changes |= _MEASURED
    elif model.name == "Qwen3-1.7B":
        changes |= {"state": ModelState.BEGUN, "share": 0.42, "fit": Fit.TIGHT}
    elif model.name == "Qwen3-4B":
        changes |= {"fit": Fit.TOO_LARGE}
    return model.model_copy(update=changes)


async def _show(app: MatineeApp, pilot: Pilot[None], at: str) -> None:
    app.prompt.cursor_blink = False
    await loaded(app)
    ModelWork.of(app).gpus = "GPU: llama.cpp can use none; torch sees none."
    await pilot.press("f7")
    page = app.screen
    assert isinstance(page, ModelsPage)
    models = page.query_one(ModelList)
    await until(lambda: models.option_count > 10, "the models")
    await finished(app, pilot)
    page._machine = "8 cores · 16.0 GB of memory, 9.1 GB free"
    page._models = {id_: _made_up(model) for id_, model in page._models.items()}
    page._show_machine()
    page._show_all()
    id_ = next(id_ for id_, model in page._models.items() if model.name == at)
    models.highlighted = models.get_option_index(id_)
    await finished(app, pilot)


def test_the_models_on_a_small_terminal(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _show(app, pilot, "SmolLM2-135M-Instruct")

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


def test_the_models(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _show(app, pilot, "Qwen3-1.7B")

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)


def test_a_question_before_a_download(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await _show(app, pilot, "Gemma-3-1B-it")
        await pilot.press("enter")
        await until(lambda: type(app.screen).__name__ == "Question", "a question")
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
