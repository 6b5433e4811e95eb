"""The account of a pick, made of its evidence and of what it was chosen among."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import prompts
from assistant.accounts import Member, Neighbour, Reason, ScorePart, WhyReport
from assistant.explain.wording import FARTHEST_FALL, evidence_text
from assistant.types import Evidence, EvidenceKind, Part, Pick, Signal, Video
from prompts import SentenceGrammar

NEGLIGIBLE = 0.005
"""A part that would be shown as 0.00 is left out."""
_FACTS = (EvidenceKind.CONSTRAINT, EvidenceKind.PERSON, EvidenceKind.EXPLORATION)
"""What is true of a pick whether or not it moved it."""
_AT_LEAST = EvidenceKind.CONSTRAINT
"""Not all that a limit keeps out is looked at: a pick may fall farther without it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the pick itself."""

    place: int | None = None
    candidates: int = 0
    picks: int = 0
    """How many were chosen."""
    others: Sequence[Member] = ()
    neighbours: Sequence[tuple[Video, float]] = ()
    """The nearest videos of the library and how similar they are."""
    signals: Mapping[str, Signal] | None = None
    """What the person did with each video last, by its id."""


def report(pick: Pick, language: str, around: Surroundings | None = None) -> WhyReport:
    """The account of a pick.

    Args:
        pick: with its evidence.
        language: that the account is given in (ISO 639-1).
        around: what else is known; nothing by default.
    """
    grammar = prompts.load_grammar(language)
    around = around or Surroundings()
    return WhyReport(
        video_id=pick.video.id,
        title=pick.video.title,
        language=grammar.language,
        rank=pick.rank,
        score=pick.score,
        place=around.place,
        candidates=around.candidates,
        parts=tuple(_parts(pick.parts, grammar)),
        reasons=tuple(_reason(one, around, grammar) for one in pick.evidence),
        cluster=pick.cluster,
        others=tuple(around.others),
        neighbours=tuple(_neighbours(around, grammar)),
    )


def _parts(parts: Mapping[Part, float], grammar: SentenceGrammar) -> Iterator[ScorePart]:
    shown = [(part, value) for part, value in parts.items() if abs(value) >= NEGLIGIBLE]
    total = sum(abs(value) for _, value in shown)
    for part, value in sorted(shown, key=lambda item: -abs(item[1])):
        name = grammar.why.parts[Part(part)]
        yield ScorePart(part=part, name=name, value=value, share=abs(value) / total)


def _reason(one: Evidence, around: Surroundings, grammar: SentenceGrammar) -> Reason:
    opening = grammar.reasons[one.kind].openings[0]
    return Reason(
        kind=one.kind,
        text=prompts.fill(opening, {"text": evidence_text(one, grammar)}),
        fall=min(one.fall, FARTHEST_FALL),
        at_least=one.fall > FARTHEST_FALL or (one.fall > 0 and one.kind is _AT_LEAST),
        without=_without(one, around, grammar),
        video_id=one.video_id,
    )


def _without(one: Evidence, around: Surroundings, grammar: SentenceGrammar) -> str:
    """What the pick would be without a piece of evidence."""
    texts = grammar.why.falls
    if one.fall == 0:
        if one.contribution > 0 or one.kind not in _FACTS:
            return texts.same
        return texts.limit if one.kind is EvidenceKind.CONSTRAINT else texts.fact
    if one.fall > FARTHEST_FALL:
        return prompts.fill(texts.far_down, {"places": grammar.places.of(FARTHEST_FALL)})
    places = grammar.places.of(one.fall)
    if one.kind is _AT_LEAST:
        return prompts.fill(texts.down_at_least, {"places": places})
    fall = prompts.fill(texts.down, {"places": places})
    if around.place is None:
        return fall
    place = around.place + one.fall
    values = {"fall": fall, "place": str(place), "picks": str(around.picks)}
    left_out = around.place <= around.picks < place
    return prompts.fill(texts.out if left_out else texts.to, values)


def _neighbours(around: Surroundings, grammar: SentenceGrammar) -> Iterator[Neighbour]:
    signals = around.signals or {}
    for video, similarity in around.neighbours:
        signal = signals.get(video.id)
        mark = grammar.why.marks[signal] if signal is not None else ""
        yield Neighbour(video=video, similarity=similarity, signal=signal, mark=mark)
