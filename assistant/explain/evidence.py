"""What really moved a pick to its place: facts that may be given as reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.explain.facts import MAX_NAME, length, popularity, shorten
from assistant.languages import LANGUAGE_NAMES, language_name
from assistant.types import (
    Candidate,
    Constraints,
    Evidence,
    EvidenceKind,
    NamedTitle,
    Part,
    Request,
    Taste,
    Video,
)
from prompts import SentenceGrammar, fill, load_grammar
from prompts.grammar import ConstraintName
from store.text import has_cjk

MAX_WORDS = 3
"""Words of the request that are named."""
WORD_SEPARATOR = ", "
"""Between the words of `EvidenceKind.REQUEST_WORDS`; no word contains it."""


def gather_evidence(
    candidate: Candidate,
    cluster: str,
    request: Request,
    taste: Taste,
    titles: Mapping[str, str],
) -> tuple[Evidence, ...]:
    """The reasons for a candidate, strongest first.

    A fact is a reason only if the part of the score that it stands behind is above 0. A limit
    that is kept, a person that is mentioned and a step off the known have no part of their own:
    they weigh 0, and come last in the order of `EvidenceKind`.

    Args:
        candidate: with the parts of its score.
        cluster: the name of the group that it stands for.
        request: the limits, the words and the language in which facts are put.
        taste: the viewer's interests and likes.
        titles: of the liked and named videos that candidates lie near, by id.
    """
    grammar = load_grammar(request.language)
    found = [
        *_liked(candidate, taste, titles),
        *_named(candidate, request, titles),
        *_community(candidate, request, titles),
        *_interest(candidate),
        *_request(candidate, request),
        *_popularity(candidate, grammar),
        *_constraints(candidate.video, request.constraints, grammar),
        *_person(candidate.video, request),
        *_exploration(candidate, cluster, taste),
    ]
    order = list(EvidenceKind)
    return tuple(sorted(found, key=lambda one: (-one.contribution, order.index(one.kind))))


def _part(candidate: Candidate, *parts: Part) -> float:
    """The sum of those parts that speak for the candidate."""
    return sum(max(candidate.parts.get(part, 0.0), 0.0) for part in parts)


def _liked(candidate: Candidate, taste: Taste, titles: Mapping[str, str]) -> Iterator[Evidence]:
    video_id = candidate.nearest_liked_id
    weight = _part(candidate, Part.TASTE) or _part(candidate, Part.INTEREST)
    if weight > 0 and video_id is not None and video_id in titles:
        said = video_id in taste.said_liked_ids
        yield Evidence(
            kind=EvidenceKind.LIKED_VIDEO if said else EvidenceKind.HISTORY_VIDEO,
            text=titles[video_id],
            contribution=weight,
            video_id=video_id,
        )


def _named(candidate: Candidate, request: Request, titles: Mapping[str, str]) -> Iterator[Evidence]:
    video_id = candidate.nearest_named_id
    weight = _part(candidate, Part.NAMED)
    wanted = {
        named.video_id: _as_named(named, titles) for named in request.named if named.liking >= 0
    }
    wanted |= {one: titles[one] for one in request.references if one in titles}
    if weight > 0 and video_id is not None and video_id in wanted:
        yield Evidence(
            kind=EvidenceKind.NAMED_TITLE,
            text=wanted[video_id],
            contribution=weight,
            video_id=video_id,
        )


def _community(
    candidate: Candidate, request: Request, titles: Mapping[str, str]
) -> Iterator[Evidence]:
    video_id = candidate.nearest_community_id
    weight = _part(candidate, Part.COMMUNITY)
    if weight > 0 and video_id is not None and video_id in titles:
        named = {one.video_id: _as_named(one, titles) for one in request.named}
        yield Evidence(
            kind=EvidenceKind.COMMUNITY,
            text=named.get(video_id, titles[video_id]),
            contribution=weight,
            video_id=video_id,
        )


def _as_named(named: NamedTitle, titles: Mapping[str, str]) -> str:
    """Its title; in the viewer's own words where they write it in another script."""
    title = titles.get(named.video_id, named.title)
    return named.mention if has_cjk(named.mention) and not has_cjk(title) else title


def _interest(candidate: Candidate) -> Iterator[Evidence]:
    weight = _part(candidate, Part.INTEREST)
    if weight > 0 and candidate.interest:
        yield Evidence(kind=EvidenceKind.INTEREST, text=candidate.interest, contribution=weight)


def _request(candidate: Candidate, request: Request) -> Iterator[Evidence]:
    words = candidate.matched_words[:MAX_WORDS]
    weight = _part(candidate, Part.WORDS, Part.REQUEST)
    if words and weight > 0:
        yield Evidence(
            kind=EvidenceKind.REQUEST_WORDS, text=WORD_SEPARATOR.join(words), contribution=weight
        )
    elif request.wish and (weight := _part(candidate, Part.REQUEST)) > 0:
        yield Evidence(kind=EvidenceKind.REQUEST_MEANING, text=request.wish, contribution=weight)


def _popularity(candidate: Candidate, grammar: SentenceGrammar) -> Iterator[Evidence]:
    weight = _part(candidate, Part.POPULARITY)
    text = popularity(candidate.video, grammar)
    if weight > 0 and text is not None:
        yield Evidence(kind=EvidenceKind.POPULARITY, text=text, contribution=weight)


def _person(video: Video, request: Request) -> Iterator[Evidence]:
    for name in video.people:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", request.message, re.IGNORECASE):
            yield Evidence(kind=EvidenceKind.PERSON, text=shorten(name, MAX_NAME), contribution=0.0)
            return


def _exploration(candidate: Candidate, cluster: str, taste: Taste) -> Iterator[Evidence]:
    """A candidate that nothing of the taste speaks for, in a group that no interest names."""
    interests = {word.casefold() for one in taste.interests for word in (one.name, *one.keywords)}
    named = {cluster.casefold(), *(word.casefold() for word in cluster.split(", "))}
    if (
        cluster
        and interests
        and not named & interests
        and _part(candidate, Part.TASTE, Part.INTEREST) == 0
    ):
        yield Evidence(kind=EvidenceKind.EXPLORATION, text=cluster, contribution=0.0)


def _constraints(video: Video, limits: Constraints, grammar: SentenceGrammar) -> Iterator[Evidence]:
    for name, values in (
        *_length_kept(video, limits, grammar),
        *_year_kept(video, limits),
        *_property_kept(video, limits, grammar),
    ):
        text = fill(grammar.constraints[name], values)
        yield Evidence(kind=EvidenceKind.CONSTRAINT, text=text, contribution=0.0)


_Kept = Iterator[tuple[ConstraintName, dict[str, str]]]


def _length_kept(video: Video, limits: Constraints, grammar: SentenceGrammar) -> _Kept:
    low, high = limits.min_duration_s, limits.max_duration_s
    if video.duration_s is None or (low is None and high is None):
        return
    value = length(video.duration_s, grammar)
    if low is not None and high is not None:
        bounds = {"low": length(low, grammar), "high": length(high, grammar)}
        yield "between_lengths", {"value": value, **bounds}
    elif high is not None:
        yield "at_most_length", {"value": value, "limit": length(high, grammar)}
    elif low is not None:
        yield "at_least_length", {"value": value, "limit": length(low, grammar)}


def _year_kept(video: Video, limits: Constraints) -> _Kept:
    low, high = limits.min_year, limits.max_year
    if video.year is None or (low is None and high is None):
        return
    value = str(video.year)
    if low == high:
        yield "in_year", {"value": value}
    elif low is not None and high is not None:
        yield "between_years", {"value": value, "low": str(low), "high": str(high)}
    elif low is not None:
        yield "since_year", {"value": value, "limit": str(low)}
    else:
        yield "until_year", {"value": value, "limit": str(high)}


def _property_kept(video: Video, limits: Constraints, grammar: SentenceGrammar) -> _Kept:
    if limits.languages and video.language in LANGUAGE_NAMES:
        yield "language", {"value": language_name(video.language, grammar.language)}
    if limits.kinds:
        yield "kind", {"value": grammar.kinds[video.kind]}
    if limits.channels and video.channel:
        yield "channel", {"value": shorten(video.channel, MAX_NAME)}
