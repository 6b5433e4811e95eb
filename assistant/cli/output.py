"""How a turn looks as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assistant.constraints import describe
from assistant.errors import MatineeError
from assistant.languages import language_name
from assistant.types import (
    Answered,
    ExplanationChunk,
    Pick,
    Ranked,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
    Video,
)


def duration(seconds: int) -> str:
    """A length as a person says it: ``45 s``, ``12 min``, ``2 h 5 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def facts(video: Video) -> str:
    """What is known of a video in one line: kind, length, language, channel."""
    known = (
        video.kind.value,
        duration(video.duration_s) if video.duration_s else None,
        language_name(video.language) if video.language else None,
        video.channel,
    )
    return " · ".join(fact for fact in known if fact)


def headline(video: Video) -> str:
    """The title with its year."""
    return f"{video.title} ({video.year})" if video.year else video.title


def as_text(events: Iterable[TurnEvent]) -> Iterator[str]:
    """A turn as pieces of plain text, each as soon as it is known.

    Raises:
        MatineeError: the turn failed.
    """
    picks: dict[str, Pick] = {}
    started: str | None = None
    for event in events:
        match event:
            case Understood(request=request) if limits := describe(request, request.language):
                yield f"({', '.join(limits)})\n"
            case Ranked(picks=ranked):
                picks = {pick.video.id: pick for pick in ranked}
            case ExplanationChunk(video_id=video_id, text=text):
                if video_id != started:
                    yield ("\n" if started else "") + _card(picks[video_id]) + "   "
                    started = video_id
                yield text
            case Answered(text=text):
                yield ("\n" if started else "") + text + "\n"
                started = None
            case TurnFailed(title=title, detail=detail, hint=hint):
                raise MatineeError(title, detail, hint)
            case TurnFinished() if started:
                yield "\n"
            case _:
                pass


def _card(pick: Pick) -> str:
    video = pick.video
    return f"\n{pick.rank}. {headline(video)}\n   {facts(video)} · [{pick.cluster}] · {video.id}\n"


def as_json(turn: Turn, result_id: str | None = None) -> dict[str, Any]:
    """A turn as data: the format of ``matinee ask --json``."""
    return {
        "id": result_id,
        "request": turn.request.model_dump(mode="json"),
        "picks": [
            {
                "id": pick.video.id,
                "title": pick.video.title,
                "score": round(pick.score, 6),
                "parts": {part.value: round(value, 6) for part, value in pick.parts.items()},
                "cluster": pick.cluster,
                "sentence": pick.sentence,
                "evidence": [item.model_dump(mode="json") for item in pick.evidence],
            }
            for pick in turn.picks
        ],
        "answer": turn.answer,
        "model": turn.model,
        "retrieval": turn.retrieval,
        "timings": {stage: round(seconds, 4) for stage, seconds in turn.timings.items()},
    }
