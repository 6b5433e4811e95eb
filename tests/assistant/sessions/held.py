"""Sessions as they are held, for the tests beside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from assistant.types import (
    Constraints,
    Evidence,
    EvidenceKind,
    Intent,
    Interaction,
    Kind,
    Part,
    Pick,
    Request,
    Signal,
    Turn,
    Video,
)
from store.library import Library

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SPIRITED = Video(
    id="imdb:tt0245429",
    title="Spirited Away",
    kind=Kind.FILM,
    year=2001,
    duration_s=7500,
    url="https://x.org/b=c_d",
)
HOSTILE = Video(id="file:x", title="[b]*x*[/b] `<script>` | # _1_", channel="[a](http://x)")


def pick(video: Video, rank: int = 1, sentence: str = "It is warm.") -> Pick:
    evidence = Evidence(kind=EvidenceKind.REQUEST_WORDS, text="warm", contribution=0.5, fall=3)
    return Pick(
        video=video,
        rank=rank,
        score=0.5,
        parts={Part.REQUEST: 0.5},
        cluster="warm",
        evidence=(evidence,),
        sentence=sentence,
    )


def asked(message: str, *videos: Video, language: str = "en", answer: str = "") -> Turn:
    """A turn that asks for picks, at most two hours long."""
    limits = Constraints(max_duration_s=7800)
    request = Request(message=message, language=language, constraints=limits)
    picks = tuple(pick(video, rank) for rank, video in enumerate(videos, start=1))
    return Turn(message=message, request=request, picks=picks, answer=answer)


def said(message: str, answer: str) -> Turn:
    """A turn beside recommending."""
    return Turn(
        message=message, request=Request(message=message, intent=Intent.CHAT), answer=answer
    )


def hold(library: Library, *turns: Turn) -> str:
    """Keep a session of these turns, a minute apart; its id."""
    session = library.start_session()
    for number, turn in enumerate(turns):
        library.add_turn(session, turn, NOON + timedelta(minutes=number))
    return session


def mark(library: Library, video_id: str, signal: Signal, rating: float | None = None) -> None:
    """Say now what was done with a video."""
    library.add_interaction(
        Interaction(video_id=video_id, signal=signal, at=datetime.now(UTC), rating=rating)
    )
