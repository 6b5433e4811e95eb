"""Why a pick was made, and why another video was not: accounts as values."""

from __future__ import annotations

from typing import ClassVar

from assistant.accounts import WhyNotReport, WhyReport
from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.types import Pick


class ReportWhy(EngineRequest):
    """Everything that is known of why a pick was made."""

    between: ClassVar[bool] = True

    pick: Pick
    """The pick itself is sent, so that any card can ask, however old."""
    language: str = "en"


class WhyReported(EngineEvent):
    """Why a pick was made."""

    report: WhyReport


class ReportWhyNot(EngineRequest):
    """Why a video was not picked, beside a pick of the answer that it might have been in."""

    between: ClassVar[bool] = True

    name: str
    """Its id or its title."""
    pick: Pick
    language: str = "en"


class WhyNotReported(EngineEvent):
    """Why a video was not picked."""

    report: WhyNotReport | None
    """None where the answer that the pick belongs to is not known any more."""
