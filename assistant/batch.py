"""A line of a batch: a conversation, and the history and exclusions that go with it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from assistant.types import Interaction, Signal, Value


class Message(Value):
    """One message of a conversation, by the person (``user``) or the other side."""

    role: Literal["user", "assistant"]
    text: str


OPEN_REQUEST = Message(role="user", text="Recommend me something.")
"""What a line without messages asks: the history speaks for itself."""


class Rated(Value):
    """A rating of the history that replaces the stored one."""

    id: str
    rating: float
    at: datetime

    def interaction(self) -> Interaction:
        """The rating as a signal."""
        return Interaction(video_id=self.id, signal=Signal.RATED, rating=self.rating, at=self.at)


class BatchLine(Value):
    """A line of the file of ``ask --batch``."""

    id: str
    messages: tuple[Message, ...] = ()
    history: tuple[Rated, ...] | None = None
    exclude: tuple[str, ...] = ()

    def interactions(self) -> list[Interaction] | None:
        """The history as signals; None where the stored one stays."""
        return None if self.history is None else [item.interaction() for item in self.history]
