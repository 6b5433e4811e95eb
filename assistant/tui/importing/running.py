"""The import that goes on, whatever page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from assistant.engine.protocol.importing import ImportVideos, VideosImported
from assistant.errors import Cancelled, MatineeError
from assistant.types import Component

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp

_all: WeakKeyDictionary[MatineeApp, Imports] = WeakKeyDictionary()
STOPPED = (
    "The import was stopped. What was read stays; importing the same again goes on from there."
)


@runtime_checkable
class Watching(Protocol):
    """A page that shows how an import ended."""

    def show_end(self) -> None:
        """Show what `Imports` has of it."""


class Imports:
    """The imports of one app: one at a time, for a library has one bulk writer.

    Args:
        app: in whose workers they are done.
    """

    def __init__(self, app: MatineeApp) -> None:
        self._app = app
        self.last: VideosImported | None = None
        """How the last one ended, where it did well."""
        self.problem: MatineeError | None = None
        """Why it did not."""
        self.stopped = False
        """Whether the person stopped it."""
        self.request: ImportVideos | None = None
        """The last one that was asked for."""

    @classmethod
    def of(cls, app: MatineeApp) -> Imports:
        """Those of an app, which outlive every page."""
        if app not in _all:
            _all[app] = cls(app)
        return _all[app]

    @property
    def is_running(self) -> bool:
        """Whether one is being done."""
        return self._app.jobs.find(ImportVideos) is not None

    def begin(self, request: ImportVideos) -> None:
        """Import a source; nothing where one is being imported."""
        if self.is_running:
            return
        self.request, self.last, self.problem, self.stopped = request, None, None, False
        self._app.run_worker(self._run(request), group="imports")

    def stop(self) -> None:
        """Stop the one that is being done."""
        if running := self._app.jobs.find(ImportVideos):
            self._app.jobs.cancel(running.request)

    async def _run(self, request: ImportVideos) -> None:
        try:
            self.last = await self._app.jobs.run(request, VideosImported)
            self._count(self.last.library)
        except Cancelled:
            self.stopped = True
        except MatineeError as error:
            self.problem = error
        self._tell()

    def _count(self, videos: int) -> None:
        """The chat says how many videos there are now."""
        engine = self._app.engine
        state = engine.states[Component.LIBRARY].model_copy(update={"count": videos})
        engine.states[Component.LIBRARY] = state
        if self._app.chat.is_running:
            self._app.chat.show_state(state)

    def _tell(self) -> None:
        """Say how it ended: on the import's page if that is shown, else wherever the person is."""
        if not self._app.is_running:
            return
        screen = self._app.screen
        if isinstance(screen, Watching):
            screen.show_end()
            return
        if self.last is not None:
            self._app.chat.tell(f"Imported: {self.last.imported}")
        elif self.problem is not None:
            problem = self.problem
            self._app.chat.tell_problem(problem.title, problem.detail, problem.hint)
        else:
            self._app.chat.tell(STOPPED)
