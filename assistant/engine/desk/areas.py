"""The desk's areas: a module each, which registers its functions with `answers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.engine.handlers import Handlers

if TYPE_CHECKING:
    from assistant.engine.desk.core import DeskCore

AREAS: tuple[str, ...] = (
    "assistant.engine.desk.hidden",
    "assistant.engine.desk.importing",
    "assistant.engine.desk.library",
    "assistant.engine.desk.models",
    "assistant.engine.desk.sessions",
    "assistant.engine.desk.settings",
    "assistant.engine.desk.taste",
)
"""Every module that answers requests."""

handlers: Handlers[DeskCore] = Handlers()
answers = handlers.answers
