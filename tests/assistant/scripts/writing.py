"""Scripts for tests, and turns as they might have come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.scripts.checks import Outcome
from assistant.types import (
    Evidence,
    EvidenceKind,
    Interaction,
    Pick,
    Preference,
    Request,
    Turn,
    Video,
)


def written(folder: Path, text: str, name: str = "script.yaml") -> Path:
    """A file of `text`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def pick(
    rank: int,
    title: str,
    *,
    sentence: str = "A film.",
    evidence: Sequence[tuple[EvidenceKind, str]] = (),
    **facts: object,
) -> Pick:
    """A pick whose id is ``test:`` and its title in small letters."""
    values = {"id": f"test:{title.lower()}", "title": title} | facts
    return Pick(
        video=Video.model_validate(values),
        rank=rank,
        score=1.0,
        parts={},
        cluster=f"cluster {rank}",
        evidence=tuple(Evidence(kind=kind, text=text, contribution=0.1) for kind, text in evidence),
        sentence=sentence,
    )


def outcome(
    *picks: Pick,
    request: Request | None = None,
    answer: str = "",
    summary: str = "",
    model: str | None = None,
    error: str = "",
    shown: Sequence[str] = (),
    last: Sequence[str] = (),
    earlier: Sequence[Sequence[str]] = (),
    remembered: Sequence[Preference] = (),
    signals: Sequence[Interaction] = (),
) -> Outcome:
    """What came of a message."""
    asked = request or Request(message="a film")
    turn = Turn(
        message=asked.message,
        request=asked,
        picks=picks,
        answer=answer,
        summary=summary,
        model=model,
    )
    return Outcome(
        turn=None if error else turn,
        error=error,
        shown_ids=shown,
        last_pick_ids=last,
        earlier=earlier,
        remembered=lambda: remembered,
        signals=lambda: signals,
    )
