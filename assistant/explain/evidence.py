"""What really moved a pick to its place: facts that may be given as reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from assistant.explain.facts import MAX_NAME, count, length, popularity, quotable, shorten
from assistant.falls import Fall, SourceKind, strongest
from assistant.languages import LANGUAGE_NAMES, language_name
from assistant.types import (
    Candidate,
    Constraints,
    Evidence,
    EvidenceKind,
    NamedTitle,
    Part,
    Request,
    Slot,
    Taste,
    Video,
)
from prompts import SentenceGrammar, fill, load_grammar
from prompts.grammar import ConstraintName
from store.text import has_cjk, tokens

STRONGEST = 3
"""Of all that moved a pick, what may be given as a reason: what moved it most."""
MAX_WORDS = 3
"""Words of the request that are named."""
_STEM, _LONGEST_ENDING = 3, 3
"""Letters that a form of a word has at least, and that its ending has at most."""
WORD_SEPARATOR = ", "
"""Between the words of `EvidenceKind.REQUEST_WORDS`; no word contains it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside a candidate, and reasons are put in words with."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """Of the liked and named videos that speak for candidates, by id."""
    ratings: Mapping[str, int] = field(default_factory=dict)
    """How many other people rated a candidate, by id."""
    remembered: Mapping[Slot, str] = field(default_factory=dict)
    """The limits that come of something that the person said about themselves, and what."""


def gather_evidence(
    candidate: Candidate,
    cluster: str,
    request: Request,
    taste: Taste,
    falls: Sequence[Fall],
    known: Known,
) -> tuple[Evidence, ...]:
    """The reasons for a candidate, strongest first.

    Reasons are the `STRONGEST` of all that moved the candidate to its place, as far as they can be
    told. After them come facts that were asked for or that are news: limits that are kept, a person
    who is mentioned, a step off the known. They are true, whether or not they moved anything.

    Args:
        candidate: with the parts of its score.
        cluster: the name of the group that it stands for.
        request: the limits, the words and the language in which facts are put.
        taste: the viewer's interests and likes.
        falls: what moved the candidate, the farthest fall first.
        known: the words for it.
    """
    meant = any(fall.source.kind is SourceKind.MEANING and fall.moved for fall in falls)
    teller = _Teller(candidate, request, taste, known, meant=meant)
    told = [(fall, one) for fall in strongest(falls, STRONGEST) for one in teller.told(fall)]
    first: dict[tuple[EvidenceKind, str], Evidence] = {}
    for fall, one in told:
        first.setdefault((one.kind, one.text), _moved(one, fall))
    moved = list(first.values())
    facts = [
        *teller.limits_kept({fall.source.key: fall for fall in falls}),
        *_person(candidate.video, request),
        *_exploration(candidate, cluster, taste),
    ]
    said = {(one.kind, one.text) for one in moved}
    return (*moved, *(one for one in facts if (one.kind, one.text) not in said))


def _moved(one: Evidence, fall: Fall) -> Evidence:
    return one.model_copy(update={"fall": fall.places, "contribution": fall.loss})


class _Teller:
    """Puts what moved a candidate in words.

    Args:
        candidate: with the words that it matched.
        request: as it was made.
        taste: what is liked.
        known: the words for what moved it.
        meant: whether the meaning of the wish moved it too: then words that the viewer did not say
            themselves can be told as what was asked for.
    """

    def __init__(
        self, candidate: Candidate, request: Request, taste: Taste, known: Known, *, meant: bool
    ) -> None:
        self._meant = meant
        self._candidate = candidate
        self._request = request
        self._taste = taste
        self._known = known
        self._grammar = load_grammar(request.language)
        self._limits = dict(_constraints(candidate.video, request.constraints, self._grammar))

    def _words_said(self) -> tuple[str, ...]:
        """The matched words as both the viewer and the record have them.

        What the search added to the viewer's words they did not say; of another form of a word
        ("musicians" for "musician") what both have in common is told.
        """
        request = self._request
        said = f"{request.message} {request.said} {request.wish}".casefold()
        video = self._candidate.video
        own = (video.title, *video.other_titles, video.description, *video.tags)
        written = set(tokens(" ".join(own)))
        shared = (
            form
            for word in self._candidate.matched_words
            if (form := _shared_form(word, written)) and form.casefold() in said
        )
        return tuple(dict.fromkeys(shared))[:MAX_WORDS]

    def told(self, fall: Fall) -> Iterator[Evidence]:
        """The reason that a fall is; nothing where it cannot be told."""
        key = fall.source.key
        match fall.source.kind:
            case SourceKind.LIKED if fall.near and key in self._known.titles:
                said = key in self._taste.said_liked_ids
                kind = EvidenceKind.LIKED_VIDEO if said else EvidenceKind.HISTORY_VIDEO
                yield _evidence(kind, self._known.titles[key], key)
            case SourceKind.NAMED if fall.near and key in self._wanted():
                yield _evidence(EvidenceKind.NAMED_TITLE, self._wanted()[key], key)
            case SourceKind.INTEREST if fall.near and key == self._candidate.interest:
                yield _evidence(EvidenceKind.INTEREST, key)
            case SourceKind.WORDS if words := self._words_said():
                yield _evidence(EvidenceKind.REQUEST_WORDS, WORD_SEPARATOR.join(words))
            case SourceKind.WORDS | SourceKind.MEANING if self._meant and self._request.wish:
                yield _evidence(EvidenceKind.REQUEST_MEANING, self._request.wish)
            case SourceKind.COMMUNITY:
                yield from self._community()
            case SourceKind.VIEWS if text := popularity(self._candidate.video, self._grammar):
                yield _evidence(EvidenceKind.POPULARITY, text)
            case SourceKind.RATERS if people := self._known.ratings.get(self._candidate.video.id):
                text = self._grammar.counts.ratings.format(n=count(people, self._grammar))
                yield _evidence(EvidenceKind.POPULARITY, text)
            case SourceKind.MEMORY:
                yield _evidence(EvidenceKind.MEMORY, key)
            case SourceKind.LIMIT:
                yield from self._limit(Slot(key))

    def limits_kept(self, falls: Mapping[str, Fall]) -> Iterator[Evidence]:
        """The limits that the candidate keeps; those of the message, as they are not news else."""
        for slot in self._limits:
            if slot not in self._known.remembered:
                fall = falls.get(slot)
                yield from (_moved(one, fall) if fall else one for one in self._limit(slot))

    def _limit(self, slot: Slot) -> Iterator[Evidence]:
        if said := self._known.remembered.get(slot):
            yield _evidence(EvidenceKind.MEMORY, said)
        elif text := self._limits.get(slot):
            yield _evidence(EvidenceKind.CONSTRAINT, text)

    def _wanted(self) -> Mapping[str, str]:
        """What the picks shall resemble, by id, as it is called."""
        titles, request = self._known.titles, self._request
        named = {one.video_id: _as_named(one, titles) for one in request.named if one.liking >= 0}
        return named | {one: titles[one] for one in request.references if one in titles}

    def _community(self) -> Iterator[Evidence]:
        video_id, titles = self._candidate.nearest_community_id, self._known.titles
        if video_id is not None and video_id in titles:
            named = {one.video_id: _as_named(one, titles) for one in self._request.named}
            yield _evidence(EvidenceKind.COMMUNITY, named.get(video_id, titles[video_id]), video_id)


def _evidence(kind: EvidenceKind, text: str, video_id: str | None = None) -> Evidence:
    return Evidence(kind=kind, text=text, contribution=0.0, video_id=video_id)


def _as_named(named: NamedTitle, titles: Mapping[str, str]) -> str:
    """Its title; in the viewer's own words where they write it in another script."""
    title = titles.get(named.video_id, named.title)
    return named.mention if has_cjk(named.mention) and not has_cjk(title) else title


def _person(video: Video, request: Request) -> Iterator[Evidence]:
    for name in video.people:
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", request.message, re.IGNORECASE):
            yield Evidence(kind=EvidenceKind.PERSON, text=shorten(name, MAX_NAME), contribution=0.0)
            return


def _exploration(candidate: Candidate, cluster: str, taste: Taste) -> Iterator[Evidence]:
    """A candidate that nothing of the taste speaks for, in a group that no interest names."""
    known = (*taste.interests, *taste.switched_off)
    interests = {word.casefold() for one in known for word in (one.name, *one.keywords)}
    named = {cluster.casefold(), *(word.casefold() for word in cluster.split(", "))}
    if (
        cluster
        and interests
        and not named & interests
        and max(candidate.parts.get(part, 0.0) for part in (Part.TASTE, Part.INTEREST)) <= 0
    ):
        yield Evidence(kind=EvidenceKind.EXPLORATION, text=cluster, contribution=0.0)


def _constraints(
    video: Video, limits: Constraints, grammar: SentenceGrammar
) -> Iterator[tuple[Slot, str]]:
    """What of a video keeps each limit."""
    for slot, kept in (
        (Slot.DURATION, _length_kept(video, limits, grammar)),
        (Slot.YEAR, _year_kept(video, limits)),
        (Slot.LANGUAGE, _language_kept(video, limits, grammar)),
        (Slot.KIND, _kind_kept(video, limits, grammar)),
        (Slot.CHANNEL, _channel_kept(video, limits)),
    ):
        for name, values in kept:
            yield slot, fill(grammar.constraints[name], values)


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


def _language_kept(video: Video, limits: Constraints, grammar: SentenceGrammar) -> _Kept:
    if limits.languages and video.language in LANGUAGE_NAMES:
        yield "language", {"value": language_name(video.language, grammar.language)}


def _kind_kept(video: Video, limits: Constraints, grammar: SentenceGrammar) -> _Kept:
    if limits.kinds:
        yield "kind", {"value": grammar.kinds[video.kind]}


def _channel_kept(video: Video, limits: Constraints) -> _Kept:
    if limits.channels and video.channel:
        yield "channel", {"value": quotable(video.channel, MAX_NAME)}


def _shared_form(word: str, written: Set[str]) -> str | None:
    """`word` or its beginning, with which a word of the record begins, but for its ending."""
    if has_cjk(word):
        return word
    shortest = max(len(word) - _LONGEST_ENDING, _STEM)
    for end in range(len(word), min(shortest, len(word)) - 1, -1):
        form = word[:end].casefold()
        if form in written or (end == len(word) and any(_is_longer(form, one) for one in written)):
            return word[:end]
    return None


def _is_longer(form: str, word: str) -> bool:
    return word.startswith(form) and len(word) - len(form) <= _LONGEST_ENDING
