"""New settings taken over by the app that runs: at once on the screen, by a new start elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.tui.app import MatineeApp

_OF_THE_APP = {"app", "keys"}


async def apply(app: MatineeApp, settings: Settings) -> Sequence[str]:
    """Take over settings that were written.

    The engine starts again, with the conversation as it is, if anything that it reads has changed.

    Returns:
        What is wrong with those of the screen, in sentences.
    """
    restarts = needs_engine(app.start.settings, settings)
    problems = app.apply_settings(settings)
    if restarts:
        await app.engine.restart(app.start)
    return problems


def needs_engine(before: Settings, after: Settings) -> bool:
    """Whether the engine has to start again for the difference."""
    return _of_the_engine(before) != _of_the_engine(after)


def _of_the_engine(settings: Settings) -> dict[str, Any]:
    return settings.model_dump(exclude=_OF_THE_APP)
