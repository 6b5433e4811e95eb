"""The format of scripted conversations; see ``docs/scripts.md``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from assistant.errors import ScriptError, problems_of
from assistant.types import (
    VERBS,
    Constraints,
    Dial,
    EvidenceKind,
    Intent,
    Interaction,
    Kind,
    Signal,
    Value,
    Video,
)


class PicksExpectation(Value):
    """What must hold of the picks of a turn."""

    count: int | None = None
    at_least: int | None = None
    include: tuple[str, ...] = ()
    """Ids that must all be among the picks."""
    include_any: tuple[str, ...] = ()
    """Ids of which one at least must be among the picks."""
    exclude: tuple[str, ...] = ()
    first: str | None = None
    all: Constraints | None = None
    """What every pick must satisfy."""
    kinds_among: tuple[Kind, ...] = ()
    no_repeats: bool = False
    """Whether no pick of an earlier turn may return."""


class SentencesExpectation(Value):
    """What must hold of the sentences of a turn."""

    name_only: tuple[str, ...] | None = None
    """Titles in quotation marks may be these, the pick's own, or its evidence's; no others."""
    evidence_any: tuple[EvidenceKind, ...] = ()
    """Kinds of evidence of which one at least must appear in the turn."""
    distinct: bool = False
    """Whether no two sentences may be the same."""


class Expectation(Value):
    """What must hold after a turn. Time is no expectation: machines differ."""

    intent: Intent | None = None
    language: str | None = None
    constraints: Constraints | None = None
    """The hard constraints in force, exactly."""
    avoid: tuple[str, ...] | None = None
    wish: str | None = None
    named: tuple[str, ...] | None = None
    """Ids of the titles named, in any order."""
    references: tuple[str, ...] | None = None
    picks: PicksExpectation | None = None
    clusters_at_least: int | None = None
    sentences: SentencesExpectation | None = None
    answer_contains: tuple[str, ...] = ()
    model: str | None = None
    """The model that took part; ``none`` for an answer without one."""
    fails_with: str | None = None
    """Words of the error that the turn must end with."""


class Step(Value):
    """One thing that the person does: say something, or act on a pick or a video."""

    say: str | None = None
    press: Annotated[str, Field(pattern=rf"^({'|'.join(VERBS)}) \d+$")] | None = None
    """``like 2``: act on a pick of the last answer."""
    signal: Interaction | None = None
    """A signal on any video of the library."""
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        if sum(item is not None for item in (self.say, self.press, self.signal)) != 1:
            raise ValueError("a turn has exactly one of: say, press, signal")
        return self


class HistoryEntry(Value):
    """A signal given before the conversation begins."""

    id: str
    signal: Signal = Signal.LIKED
    rating: float | None = None
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


class Script(Value):
    """A scripted conversation."""

    name: str
    library: Literal["starter", "inline"] | str = "starter"
    """``starter``, ``inline`` (see `videos`), or a source to import, relative to the script."""
    videos: tuple[Video, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    model: Literal["packaged", "scripted", "none"] = "scripted"
    picks: int = 5
    dial: Dial = Dial.BALANCED
    seed: int = 0
    turns: Annotated[tuple[Step, ...], Field(min_length=1)]


def read(path: Path) -> Script:
    """Read a script.

    Raises:
        ScriptError: the file cannot be read, is not YAML, or is not a script.
    """
    import yaml

    try:
        return Script.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise ScriptError("The script cannot be read.", f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScriptError("The script is not valid YAML.", f"{path}: {error}") from error
    except ValidationError as error:
        problems = "\n  ".join(problems_of(error))
        raise ScriptError("The script is not as it should be.", f"{path}:\n  {problems}") from error
