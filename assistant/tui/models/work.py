"""What is being done with models: it goes on whatever page is shown, and downloads wait in line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.worker import Worker

from assistant.engine.protocol import Done
from assistant.engine.protocol.models import (
    EmbedLibrary,
    GetModel,
    GpusFound,
    LookForGpus,
    MeasureModel,
    ModelChosen,
    ModelUse,
    UseModel,
)
from assistant.errors import Cancelled, EngineError, MatineeError
from assistant.tui.settings.applying import apply

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp
    from assistant.tui.jobs import Running

_all: WeakKeyDictionary[MatineeApp, ModelWork] = WeakKeyDictionary()
OfModel = (GetModel, MeasureModel, EmbedLibrary)


class ModelWork:
    """The work on models in one app.

    Args:
        app: in whose workers it is done.
    """

    def __init__(self, app: MatineeApp) -> None:
        self.gpus = ""
        """What was found of GPUs; empty before."""
        self._app = app
        self._line = asyncio.Lock()
        self._workers: dict[str, Worker[None]] = {}
        """By the name of the model."""
        self._waiting: set[str] = set()

    @classmethod
    def of(cls, app: MatineeApp) -> ModelWork:
        """That of an app, which outlives every page."""
        if app not in _all:
            _all[app] = cls(app)
        return _all[app]

    def running(self, name: str) -> Running | None:
        """What is being done with a model."""
        for one in self._app.jobs.running:
            if isinstance(one.request, OfModel) and one.request.name == name:
                return one
        return None

    def busy(self, name: str) -> bool:
        """Whether something is being done with a model, or waits for its turn."""
        return name in self._workers

    def waiting(self, name: str) -> bool:
        """Whether something waits until another piece of work is done."""
        return name in self._waiting

    def get(self, name: str, *, then_use: bool = False) -> None:
        """Download a model as soon as no other one is being downloaded."""

        async def work() -> None:
            async with self._turn(name):
                await self._app.jobs.run(GetModel(name=name), Done)
            if then_use:
                await self.use(name)

        self._begin(name, work())

    def measure(self, name: str, *, quality: bool) -> None:
        """Measure a model; two at once would measure each other."""

        async def work() -> None:
            async with self._turn(name):
                await self._app.jobs.run(MeasureModel(name=name, quality=quality), Done)

        self._begin(name, work())

    def embed_then_use(self, name: str) -> None:
        """Make the vectors that are missing, then use the model."""

        async def work() -> None:
            await self._app.jobs.run(EmbedLibrary(name=name), Done)
            await self.use(name)

        self._begin(name, work())

    async def use(self, name: str) -> None:
        """Use a model from now on; no name: no language model.

        Raises:
            MatineeError: it cannot be used, or the environment names another one.
        """
        chosen = await self._app.desk.result(UseModel(name=name), ModelChosen)
        apply(self._app, chosen.settings, llm=True if chosen.use is ModelUse.LANGUAGE else None)
        if chosen.wins:
            raise EngineError(
                "The environment names another model, and wins.", chosen.wins, "Unset it."
            )

    def stop(self, name: str) -> None:
        """Stop what is being done with a model, or take it out of the line."""
        if running := self.running(name):
            self._app.jobs.cancel(running.request)
        elif worker := self._workers.get(name):
            worker.cancel()

    async def look_for_gpus(self) -> str:
        """What there is of GPUs; looked for once.

        Raises:
            EngineError: it cannot be found out.
        """
        if not self.gpus:
            self.gpus = (await self._app.jobs.run(LookForGpus(), GpusFound)).text
        return self.gpus

    @asynccontextmanager
    async def _turn(self, name: str) -> AsyncIterator[None]:
        """Wait until no other model is downloaded or measured."""
        self._waiting.add(name)
        try:
            await self._line.acquire()
        finally:
            self._waiting.discard(name)
        try:
            yield
        finally:
            self._line.release()

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        if self.busy(name):
            work.close()
            return
        self._workers[name] = self._app.run_worker(self._told_of(name, work), group="models")

    async def _told_of(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Do the work; what goes wrong is said on the page of models, or else in the chat."""
        error: MatineeError | None = None
        try:
            await work
        except Cancelled:
            return
        except MatineeError as raised:
            error = raised
        finally:
            self._workers.pop(name, None)
            self._tell_end(error)

    def _tell_end(self, error: MatineeError | None) -> None:
        from assistant.tui.models.page import ModelsPage

        pages = [one for one in self._app.screen_stack if isinstance(one, ModelsPage)]
        if pages and pages[0].is_running:
            pages[0].work_ended(error)
        elif error is not None and self._app.chat.is_running:
            self._app.chat.tell_problem(error.title, error.detail, error.hint)
