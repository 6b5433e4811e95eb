"""What came of scripts that were run."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.scripts.format import Script
from assistant.types import Turn


@dataclass(frozen=True)
class StepReport:
    """What came of one step: what it was, and what did not hold."""

    label: str
    failures: tuple[str, ...]
    turn: Turn | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class ScriptReport:
    """What came of a script."""

    script: Script
    steps: tuple[StepReport, ...]
    seconds: float = 0.0
    error: str = ""
    """Why it could not be held at all: its library cannot be made, a model is not there."""

    @property
    def name(self) -> str:
        """The script's."""
        return self.script.name

    @property
    def passed(self) -> bool:
        """Whether it could be held and every expectation held."""
        return not self.error and not any(step.failures for step in self.steps)
