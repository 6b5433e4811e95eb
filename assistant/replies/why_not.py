"""Why a video was not picked: what kept it out, what it scored, part by part beside a pick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.accounts import Beside, Cause, KeptOut, WhyNotReport
from assistant.company import left_out
from assistant.constraints import describe, only, slots_of
from assistant.explain.report import NEGLIGIBLE
from assistant.explain.why import signed
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
    """The candidates of an answer, and the video that was asked about among them."""

    video: Candidate
    """What it scores for the request, as if nothing kept it out."""
    place: int | None
    """Among the candidates, from 1; None where it is not among them."""
    candidates: int
    last: Candidate | None
    """What the last of the picks scores, in the same way."""
    beside: Candidate | None = None
    """What the pick that it is compared with scores, in the same way; the last by default."""
    same_as: str | None = None
    """The title of the candidate that is another recording of the same."""
    group: str = ""
    """The group of candidates that it is of."""
    stand_for_group: tuple[int, ...] = ()
    """The ranks of the picks that are of the same."""
    anew: bool = False
    """Whether it is as things stand now, and not as they stood."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What may have kept a video out."""

    request: Request
    """The one that was answered with the picks, with what is remembered in it."""
    picks: Sequence[Pick]
    signals: Sequence[Interaction]
    """What the person did with the video, the latest last."""
    shown: bool
    """Whether it was picked earlier in the session."""


def why_not(
    video: Video, circumstances: Circumstances, ranking: Ranking | None, language: str
) -> WhyNotReport:
    """What kept a video out of the picks.

    Args:
        video: the one that is asked about.
        circumstances: of the picks.
        ranking: None where it could not be scored.
        language: ``zh``, or English for every other.
    """
    language = spoken(language)
    account = WhyNotReport(title=video.title, video_id=video.id, language=language)
    for pick in circumstances.picks:
        if pick.video.id == video.id:
            said = text("was_picked", language, title=video.title, rank=pick.rank)
            account = _with(account, kept_out=(KeptOut(cause=Cause.PICKED, text=said),))
            return account if ranking is None else _compared(account, circumstances, ranking)
    kept_out = tuple(_kept_out(video, circumstances, language))
    if ranking is None or not circumstances.picks:
        return _with(account, kept_out=kept_out)
    if ranking.last is not None:
        kept_out += tuple(_by_score(video, circumstances, ranking, language, kept_out))
        account = _with(account, standing=_standing(video, circumstances, ranking, language))
    return _compared(_with(account, kept_out=kept_out), circumstances, ranking)


def not_held(title: str, language: str) -> WhyNotReport:
    """That the library does not have a title."""
    language = spoken(language)
    said = text("not_held", language, title=title)
    kept_out = (KeptOut(cause=Cause.NOT_HELD, text=said),)
    return WhyNotReport(title=title, language=language, kept_out=kept_out)


def told(account: WhyNotReport) -> str:
    """The account of a video that was not picked as lines of text."""
    return "\n".join(account.sentences)


def unmet(video: Video, request: Request, language: str) -> list[str]:
    """The limits of a request that a video does not meet, in words."""
    found = []
    for slot in slots_of(request.constraints):
        alone = only(request.constraints, slot)
        if not alone.admits(video):
            found += describe(Request(message="", constraints=alone), language)
    return found


# --- what lies with the video ------------------------------------------------------------------


def _kept_out(video: Video, circumstances: Circumstances, language: str) -> Iterator[KeptOut]:
    request, title = circumstances.request, video.title

    def because(cause: Cause, name: TextName, **values: object) -> KeptOut:
        return KeptOut(cause=cause, text=text(name, language, title=title, **values))

    if state := _standing_signal(circumstances.signals):
        signal, cause = state
        yield because(cause, _SIGNAL_TEXTS[cause], signal=load_grammar(language).why.marks[signal])
    if circumstances.shown:
        yield because(Cause.SHOWN, "shown")
    if any(one.video_id == video.id for one in request.named) or video.id in request.references:
        yield because(Cause.NAMED, "named")
    if missed := unmet(video, request, language):
        yield because(Cause.LIMIT, "unmet", limits=" · ".join(missed))
    for avoided in left_out(request):
        if AvoidedTerms([avoided]).carried_by(video):
            yield because(Cause.AVOIDED, "carries", term=avoided.term)


_SIGNAL_TEXTS: Mapping[Cause, TextName] = {
    Cause.HIDDEN: "hidden",
    Cause.DISLIKED: "disliked",
    Cause.SEEN: "seen",
}


def _standing_signal(signals: Sequence[Interaction]) -> tuple[Signal, Cause] | None:
    """What the person did with it that keeps it out, the latest first."""
    for one in reversed(signals):
        if one.signal is Signal.HIDDEN:
            return one.signal, Cause.HIDDEN
        if one.signal is Signal.DISLIKED:
            return one.signal, Cause.DISLIKED
        if one.signal in _KNOWN_BY:
            return one.signal, Cause.SEEN
    return None


# --- what lies with its score ------------------------------------------------------------------


def _standing(video: Video, circumstances: Circumstances, ranking: Ranking, language: str) -> str:
    return text(
        "scored" if ranking.place else "scored_far",
        language,
        title=video.title,
        score=_number(ranking.video.score),
        last=_number(ranking.last.score) if ranking.last else "",
        rank=circumstances.picks[-1].rank,
        of=ranking.candidates,
        place=ranking.place,
    )


def _number(score: float) -> str:
    return f"{score:.2f}".replace("-", "−")


def _by_score(
    video: Video,
    circumstances: Circumstances,
    ranking: Ranking,
    language: str,
    kept_out: Sequence[KeptOut],
) -> Iterator[KeptOut]:
    last = ranking.last
    if last is None:
        return
    if ranking.same_as is not None and not kept_out:
        said = text("same", language, title=video.title, other=ranking.same_as)
        yield KeptOut(cause=Cause.SAME, text=said)
    elif ranking.video.score < last.score:
        if parts := _lacking(ranking.video.parts, last.parts, language):
            yield KeptOut(cause=Cause.BELOW, text=text("lacks", language, parts=parts))
        elif not kept_out:
            less = f"{last.score - ranking.video.score:.2f}"
            yield KeptOut(cause=Cause.BELOW, text=text("just_below", language, less=less))
    elif kept_out:
        return
    elif ranking.place is None:
        yield KeptOut(cause=Cause.NOT_FOUND, text=text("not_found", language))
    else:
        yield KeptOut(cause=Cause.SPREAD, text=_spread(circumstances, ranking, language))


def _spread(circumstances: Circumstances, ranking: Ranking, language: str) -> str:
    by_score_in = ranking.place is not None and ranking.place <= len(circumstances.picks)
    said = text("spread" if by_score_in else "spread_from", language)
    if not ranking.group or not ranking.stand_for_group:
        return said
    ranks = load_grammar(language).listing.join([str(rank) for rank in ranking.stand_for_group])
    return said + text("stood_for", language, group=ranking.group, ranks=ranks)


def _lacking(own: Mapping[Part, float], other: Mapping[Part, float], language: str) -> str:
    """The parts of the score that it has less of, with how much, the largest first."""
    grammar = load_grammar(language)
    less = {part: own.get(part, 0.0) - other.get(part, 0.0) for part in {*own, *other}}
    worst = sorted((part for part in less if less[part] < -TELLING), key=lambda part: less[part])
    return grammar.listing.join(
        [f"{grammar.why.parts[part]} ({signed(less[part])})" for part in worst[:MOST_PARTS]]
    )


# --- beside a pick -----------------------------------------------------------------------------


def _compared(
    account: WhyNotReport, circumstances: Circumstances, ranking: Ranking
) -> WhyNotReport:
    account = _with(
        account,
        score=ranking.video.score,
        place=ranking.place,
        candidates=ranking.candidates,
        anew=ranking.anew,
    )
    other = ranking.beside or ranking.last
    if other is None:
        return account
    ranks = {pick.video.id: pick.rank for pick in circumstances.picks}
    return _with(
        account,
        beside=other.video.title,
        beside_rank=ranks.get(other.video.id, 0),
        beside_score=other.score,
        parts=tuple(_parts(ranking.video.parts, other.parts, account.language)),
    )


def _parts(
    own: Mapping[Part, float], other: Mapping[Part, float], language: str
) -> Iterator[Beside]:
    names = load_grammar(language).why.parts
    both = [
        Beside(part=part, name=names[part], own=own.get(part, 0.0), other=other.get(part, 0.0))
        for part in Part
        if max(abs(own.get(part, 0.0)), abs(other.get(part, 0.0))) >= NEGLIGIBLE
    ]
    return iter(sorted(both, key=lambda one: -abs(one.own - one.other)))


def _with(account: WhyNotReport, **update: object) -> WhyNotReport:
    return account.model_copy(update=update)
