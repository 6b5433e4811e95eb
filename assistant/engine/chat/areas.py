"""What the chat's engine answers: a module for each thing, which registers with `answers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.engine.handlers import Handlers

if TYPE_CHECKING:
    from assistant.engine.chat.core import ChatCore

AREAS: tuple[str, ...] = (
    "assistant.engine.chat.sessions",
    "assistant.engine.chat.turns",
    "assistant.engine.chat.picks",
    "assistant.engine.chat.why",
)
"""Every module that answers requests."""

handlers: Handlers[ChatCore] = Handlers()
answers = handlers.answers
