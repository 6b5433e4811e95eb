"""What a check finds, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from assistant.types import Value
from store.text import clean_text

if TYPE_CHECKING:
    from assistant.doctor.context import Context

_LONGEST_LINE = 1_000


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    WARNING = "warning"
    """It works; somebody should know all the same."""
    FAILED = "failed"
    REPAIRED = "repaired"
    """It was not well, and a repair mended it."""
    SKIPPED = "skipped"
    """It cannot be told while something else is as it is."""


class Repair(StrEnum):
    """What can be mended; `assistant.doctor.repairs` knows how."""

    PERMISSIONS = "permissions"
    LEFTOVERS = "leftovers"
    LIBRARY = "library"
    VIDEOS = "videos"
    FULL_TEXT = "full text"
    KEYWORDS = "keywords"
    VECTORS = "vectors"
    MISSING_VECTORS = "missing vectors"
    INDEX = "index"
    SNAPSHOTS = "snapshots"


def _one_line(text: str) -> str:
    """Names and texts of a broken folder end up in it, so it is cleaned like a title."""
    return clean_text(text, max_chars=_LONGEST_LINE)


Line = Annotated[str, AfterValidator(_one_line)]


class Finding(Value):
    """One thing that a check found."""

    state: State
    detail: Line
    hint: Line = ""
    """What to do next: the exact command where there is one."""
    repair: Repair | None = None
    """What would mend it."""


class Row(Value):
    """One line of what the doctor says."""

    check: str
    state: State
    detail: Line
    hint: Line = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that can be looked at.

    Attributes:
        name: as it stands in the table.
        examine: looks, and says what it found. It may raise: that is a finding too.
        needs: checks before it; where one of them failed or was skipped, this one is skipped.
    """

    name: str
    examine: Callable[[Context], Iterable[Finding]]
    needs: tuple[str, ...] = ()


def ok(detail: str) -> Finding:
    """It is as it should be."""
    return Finding(state=State.OK, detail=detail)


def warning(detail: str, hint: str = "", repair: Repair | None = None) -> Finding:
    """It works; somebody should know all the same."""
    return Finding(state=State.WARNING, detail=detail, hint=hint, repair=repair)


def failed(detail: str, hint: str = "", repair: Repair | None = None) -> Finding:
    """It is not as it should be."""
    return Finding(state=State.FAILED, detail=detail, hint=hint, repair=repair)


def skipped(detail: str) -> Finding:
    """It cannot be told, and why."""
    return Finding(state=State.SKIPPED, detail=detail)
