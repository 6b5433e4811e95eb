"""The sorts of long work: a module each, which registers its functions with `works`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.engine.handlers import Handlers

if TYPE_CHECKING:
    from assistant.engine.jobs.core import JobCore

AREAS: tuple[str, ...] = (
    "assistant.engine.jobs.importing",
    "assistant.engine.jobs.map",
    "assistant.engine.jobs.models",
)
"""Every module that does work."""

handlers: Handlers[JobCore] = Handlers()
works = handlers.answers
