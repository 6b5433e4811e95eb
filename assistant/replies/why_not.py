"""Why a video was not picked: what kept it out, or what it scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.company import left_out
from assistant.constraints import describe, only, slots_of
from assistant.replies.texts import TextName, spoken, text
from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Candidate, Interaction, Part, Pick, Request, Signal, Video
from prompts import load_grammar

MOST_PARTS = 3
TELLING = 0.1
"""A part that is less by no more than this is no reason."""
_KNOWN_BY = (Signal.WATCHED, Signal.FINISHED, Signal.LIKED, Signal.RATED)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of the last request, and the video that was asked about among them."""

    video: Candidate
    """What it scores for the last request, as if nothing kept it out."""
    place: int | None
    """Among the candidates, from 1; None where it is not among them."""
    candidates: int
    last: Candidate | None
    """What the last of the picks scores, in the same way."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What may have kept a video out."""

    request: Request
    """The last one that was answered with picks, with what is remembered in it."""
    picks: Sequence[Pick]
    signals: Sequence[Interaction]
    """What the person did with the video, the latest last."""
    shown: bool
    """Whether it was picked earlier in the session."""


def why_not(
    video: Video, circumstances: Circumstances, ranking: Ranking | None, language: str
) -> str:
    """Say what kept a video out of the last picks.

    Args:
        video: the one that is asked about.
        circumstances: of the last picks.
        ranking: None where it could not be scored.
        language: ``zh``, or English for every other.
    """
    language = spoken(language)
    for pick in circumstances.picks:
        if pick.video.id == video.id:
            return text("was_picked", language, title=video.title, rank=pick.rank)
    reasons = list(_kept_out(video, circumstances, language))
    if ranking is not None:
        reasons += _by_score(video, circumstances, ranking, language, kept_out=bool(reasons))
    return "\n".join(reasons)


def not_held(title: str, language: str) -> str:
    """Say that the library does not have a title."""
    return text("not_held", spoken(language), title=title)


def unmet(video: Video, request: Request, language: str) -> list[str]:
    """The limits of a request that a video does not meet, in words."""
    found = []
    for slot in slots_of(request.constraints):
        alone = only(request.constraints, slot)
        if not alone.admits(video):
            found += describe(Request(message="", constraints=alone), language)
    return found


def _kept_out(video: Video, circumstances: Circumstances, language: str) -> list[str]:
    request, title = circumstances.request, video.title
    reasons = []
    if state := _standing_signal(circumstances.signals):
        signal, name = state
        word = _SIGNAL_WORDS[language].get(signal, signal.value)
        reasons.append(text(name, language, title=title, signal=word))
    if circumstances.shown:
        reasons.append(text("shown", language, title=title))
    if any(one.video_id == video.id for one in request.named) or video.id in request.references:
        reasons.append(text("named", language, title=title))
    if missed := unmet(video, request, language):
        reasons.append(text("unmet", language, title=title, limits=" · ".join(missed)))
    reasons += [
        text("carries", language, title=title, term=avoided.term)
        for avoided in left_out(request)
        if AvoidedTerms([avoided]).carried_by(video)
    ]
    return reasons


def _standing_signal(signals: Sequence[Interaction]) -> tuple[Signal, TextName] | None:
    """What the person did with it that keeps it out, the latest first."""
    for one in reversed(signals):
        if one.signal is Signal.HIDDEN:
            return one.signal, "hidden"
        if one.signal is Signal.DISLIKED:
            return one.signal, "disliked"
        if one.signal in _KNOWN_BY:
            return one.signal, "seen"
    return None


def _by_score(
    video: Video,
    circumstances: Circumstances,
    ranking: Ranking,
    language: str,
    *,
    kept_out: bool,
) -> list[str]:
    if ranking.last is None or not circumstances.picks:
        return []
    score, last = ranking.video.score, ranking.last.score
    values: dict[str, object] = {
        "title": video.title,
        "score": f"{score:.2f}",
        "last": f"{last:.2f}",
        "rank": circumstances.picks[-1].rank,
        "of": ranking.candidates,
        "place": ranking.place,
    }
    said = [text("scored" if ranking.place else "scored_far", language, **values)]
    if score < last:
        if parts := _lacking(ranking.video.parts, ranking.last.parts, language):
            said.append(text("lacks", language, parts=parts))
    elif not kept_out:
        said.append(text("spread", language))
    return said


def _lacking(own: Mapping[Part, float], other: Mapping[Part, float], language: str) -> str:
    """The parts of the score that it has less of, with how much, the largest first."""
    grammar = load_grammar(language)
    less = {part: own.get(part, 0.0) - other.get(part, 0.0) for part in {*own, *other}}
    worst = sorted((part for part in less if less[part] < -TELLING), key=lambda part: less[part])
    return grammar.listing.join(
        [
            f"{grammar.why.parts[part]} ({less[part]:+.2f})".replace("-", "−")
            for part in worst[:MOST_PARTS]
        ]
    )


_SIGNAL_WORDS: dict[str, dict[Signal, str]] = {
    "en": {
        Signal.WATCHED: "watched",
        Signal.FINISHED: "watched to its end",
        Signal.LIKED: "liked",
        Signal.RATED: "rated",
    },
    "zh": {
        Signal.WATCHED: "看过",
        Signal.FINISHED: "看完",
        Signal.LIKED: "喜欢",
        Signal.RATED: "评过分",
    },
}
