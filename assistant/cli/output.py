"""How a turn looks as plain text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.constraints import describe
from assistant.errors import MatineeError
from assistant.named import told
from assistant.phrases import say
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
)
from assistant.wording import facts, printable
from store.cleaning import escape_unprintable


def as_text(events: Iterable[TurnEvent]) -> Iterator[str]:
    """A turn as pieces of plain text, each as soon as it is known.

    Raises:
        MatineeError: the turn failed.
    """
    picks: dict[str, Pick] = {}
    started: str | None = None
    language = "en"
    for event in events:
        match event:
            case Understood(request=request):
                language = request.language
                if said := _understood(event):
                    yield printable(f"({', '.join(said)})\n")
            case Ranked(picks=ranked, summary=summary):
                picks = {pick.video.id: pick for pick in ranked}
                if summary:
                    yield printable(f"{summary}\n")
            case ExplanationChunk(video_id=video_id, text=text):
                if video_id != started:
                    yield ("\n" if started else "") + _card(picks[video_id], language) + "   "
                    started = video_id
                yield printable(text)
            case Answered(text=text):
                yield ("\n\n" if started else "") + printable(text) + "\n"
                started = None
            case TurnFailed(title=title, detail=detail, hint=hint):
                raise MatineeError(title, detail, hint)
            case TurnFinished() if started:
                yield "\n"
            case _:
                pass


def _understood(understood: Understood) -> list[str]:
    """What a person might want otherwise: a title taken out of several, the limits."""
    request, language = understood.request, understood.request.language
    if not request.intent.recommends:
        return []
    chosen = [told(named, language) for named in request.named if named.others]
    remembered = [say("remembered", language, limit=limit) for limit in understood.remembered]
    return [*dict.fromkeys(chosen), *describe(request, language), *remembered]


def _card(pick: Pick, language: str) -> str:
    video = pick.video
    about = f"{facts(video, language)} · [{pick.cluster}] · {video.id}"
    return printable(f"\n{pick.rank}. {video.title}\n   {about}\n")


def json_line(data: object) -> str:
    """`data` as JSON in one line that may be shown on a terminal.

    Letters of every script stay as they are; what a terminal must not get is escaped.
    """
    return escape_unprintable(json.dumps(data, ensure_ascii=False), _json_escape)


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


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
        "summary": turn.summary,
        "answer": turn.answer,
        "model": turn.model,
        "retrieval": turn.retrieval,
        "timings": {stage: round(seconds, 4) for stage, seconds in turn.timings.items()},
    }
