"""New settings taken over by the app that runs: at once on the screen, by a new start elsewhere."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from assistant.engine.protocol.settings import PutSetting, SettingsListed
from assistant.errors import MatineeError
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.theme import Theme
    from textual.timer import Timer

    from assistant.tui.app import MatineeApp

RESTART_S = 1.0
"""The engine starts again so long after the last change, and after the answer that is being given:
several changes make one start."""
_LOOK_EVERY_S = 0.2
_OF_THE_APP = {"app", "keys"}


def apply(app: MatineeApp, settings: Settings, *, llm: bool | None = None) -> Sequence[str]:
    """Take over settings that were written.

    The engine starts again soon, with the conversation as it is, if anything that it reads has
    changed.

    Args:
        app: the app.
        settings: as they are now.
        llm: whether a language model may take part, where that was chosen anew.

    Returns:
        What is wrong with those of the screen, in sentences.
    """
    restarts = needs_engine(app.start.settings, settings)
    if llm is not None and llm != app.start.llm:
        app.start = app.start.model_copy(update={"llm": llm})
        restarts = True
    problems = app.apply_settings(settings)
    if restarts:
        _restarts_of(app).soon()
    return problems


def needs_engine(before: Settings, after: Settings) -> bool:
    """Whether the engine has to start again for the difference."""
    return _of_the_engine(before) != _of_the_engine(after)


def keep_theme(app: MatineeApp) -> None:
    """Write a theme into the settings as soon as it is chosen, wherever that is."""

    async def write(name: str) -> None:
        try:
            listed = await app.desk.result(PutSetting(name="app.theme", text=name), SettingsListed)
        except MatineeError as error:
            app.notify(f"The theme holds until you leave: {error.title}", markup=False)
        else:
            apply(app, listed.settings)

    def changed(theme: Theme) -> None:
        wanted = app.start.settings.app.theme
        if theme.name != wanted and wanted in app.available_themes:
            app.run_worker(write(theme.name), group="theme", exclusive=True)

    app.theme_changed_signal.subscribe(app, changed)


class _Restarts:
    """New starts of one app's engine, one after the other."""

    def __init__(self, app: MatineeApp) -> None:
        self._app = app
        self._timer: Timer | None = None
        self._one = asyncio.Lock()

    def soon(self) -> None:
        """Start it again, unless more is changed within a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(RESTART_S, self._begin)

    def _begin(self) -> None:
        self._app.run_worker(self._restart(), group="restart")

    async def _restart(self) -> None:
        async with self._one:
            while self._app.chat.is_answering:
                await asyncio.sleep(_LOOK_EVERY_S)
            await self._app.engine.restart(self._app.start)


_all: WeakKeyDictionary[MatineeApp, _Restarts] = WeakKeyDictionary()


def _restarts_of(app: MatineeApp) -> _Restarts:
    if app not in _all:
        _all[app] = _Restarts(app)
    return _all[app]


def _of_the_engine(settings: Settings) -> dict[str, Any]:
    return settings.model_dump(exclude=_OF_THE_APP)
