"""The finite language of one pick: full sentences, true and varied."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from assistant.explain.evidence import STRONGEST, WORD_SEPARATOR
from assistant.explain.facts import name_like, quotable, record_slots
from assistant.types import Evidence, EvidenceKind, Pick
from prompts import SentenceGrammar, fill, load_grammar
from prompts.loader import VARIABLE

MENTIONED = (EvidenceKind.CONSTRAINT, EvidenceKind.PERSON)
"""What the viewer asked for may be given however weak it is."""
ABOUT_AS_STRONG = 0.5
"""A reason that accounts for so much of what the strongest does may be given in its place."""
FARTHEST_FALL = 50
"""A fall over more places than these is not counted in words."""
MOST_CHARS = 240
"""Longer sentences are passed over where there are shorter ones."""
_TRIES_PER_SENTENCE = 4
_MOST_SAID = 80
_HOW_MANY = (2, 3, 1)
"""How often one reason is given, two, three."""
_STARTING_SLOT = re.compile(r"[.?!] \{([a-z_]+)\}")

_Phrase = tuple[str, Mapping[str, str]]
"""A text of a grammar, and what fills its slots."""


def sentences(pick: Pick, language: str, *, limit: int = 48, seed: int) -> tuple[str, ...]:
    """At most `limit` different sentences that give reasons for a pick, drawn by the seed.

    Every sentence gives the strongest reason, or one about as strong; perhaps one or two more;
    perhaps what the record says. What comes from data stands between quotation marks, and cannot
    break out of them; only names that look like names stand without.

    Args:
        pick: its evidence and its video are all that is spoken of.
        language: ISO 639-1; English where there is no grammar for it.
        limit: how many.
        seed: two picks with the same seed still get sentences of their own.
    """
    return tuple(drawn(pick, language, limit=limit, seed=seed))


def drawn(pick: Pick, language: str, *, limit: int, seed: int) -> Iterator[str]:
    """The same, composed one by one as they are asked for: see `sentences`."""
    grammar = load_grammar(language)
    draw = random.Random(f"{seed}:{pick.video.id}")  # noqa: S311 - a wording, not a secret
    composer = _Composer(pick, grammar, draw)
    found: dict[str, bool] = {}
    """Those so far, and whether they are short."""
    for _ in range(limit * _TRIES_PER_SENTENCE):
        sentence = composer.sentence()
        if sentence in found:
            continue
        found[sentence] = len(sentence) <= MOST_CHARS
        if found[sentence]:
            yield sentence
        if len(found) == limit:
            break
    if not any(found.values()):
        yield from found


class _Composer:
    """Puts one sentence after another together from the phrases of a grammar."""

    def __init__(self, pick: Pick, grammar: SentenceGrammar, draw: random.Random) -> None:
        self._grammar = grammar
        self._draw = draw
        self._slots = record_slots(pick.video, grammar)
        strongest = pick.evidence[:STRONGEST]
        asked = [one for one in pick.evidence[STRONGEST:] if one.kind in MENTIONED]
        self._evidence = (*strongest, *asked)
        self._texts = {id(one): evidence_text(one, grammar) for one in self._evidence}
        self._frames: dict[frozenset[str], list[str]] = {}
        """Those that can be filled in, by the slots that there is something for."""
        self._facts = self._fillable(grammar.facts)
        self._details = self._fillable(grammar.details)

    def sentence(self) -> str:
        """One sentence, drawn."""
        given = self._reasons()
        phrases = self._reason_phrases(given) | self._record_phrases(given)
        frames = self._usable_frames(frozenset(phrases), with_reasons=bool(given))
        return self._capitalised(self._draw.choice(frames), phrases)

    def _usable_frames(self, slots: frozenset[str], *, with_reasons: bool) -> list[str]:
        if slots not in self._frames:  # with reasons there is always a slot that is not without
            frames = self._grammar.frames if with_reasons else self._grammar.without_reasons
            self._frames[slots] = [frame for frame in frames if _slots_of(frame) <= slots]
        return self._frames[slots]

    def _reasons(self) -> list[Evidence]:
        """The reason to give, the strongest or one about as strong, and others that may follow."""
        if not self._evidence:
            return []
        best = self._evidence[0]
        strong = [one for one in self._evidence[:STRONGEST] if _about_as_strong(one, best)]
        first = self._draw.choice(strong)
        others = {one.text: one for one in reversed(self._evidence) if one.text != first.text}
        (wanted,) = self._draw.choices(range(len(_HOW_MANY)), _HOW_MANY)
        return [first, *self._draw.sample([*others.values()], min(len(others), wanted))]

    def _reason_phrases(self, given: Sequence[Evidence]) -> dict[str, _Phrase]:
        """What the reasons' slots of a frame are filled with, each drawn among its phrasings."""
        phrases: dict[str, _Phrase] = {}
        for place, one in enumerate(given):
            reason = self._grammar.reasons[one.kind]
            if place == 0:
                openings = (*reason.openings, *(reason.causes if one.fall > 0 else ()))
                phrases["opening"] = self._worded(one, openings)
                phrases["reason"] = self._worded(one, reason.added)
                phrases["aside"] = self._worded(one, reason.asides)
                if 0 < one.fall <= FARTHEST_FALL:
                    phrases["places"] = (self._grammar.places.of(one.fall), {})
            elif place == 1:
                phrases["added"] = self._worded(one, reason.added)
                phrases["added_aside"] = self._worded(one, reason.asides)
            else:
                phrases["third"] = self._worded(one, reason.added)
        return phrases

    def _record_phrases(self, given: Sequence[Evidence]) -> dict[str, _Phrase]:
        """A fact and a detail of the record that say nothing twice, nor what a reason says."""
        spent = self._said_by(given)
        phrases: dict[str, _Phrase] = {}
        facts = self._fresh(self._facts, spent)
        facts = [fact for fact in facts if "{kind}" in fact] or facts
        facts = [fact for fact in facts if len(_slots_of(fact)) > 1] or facts
        if facts:
            fact = self._draw.choice(facts)
            phrases["fact"] = (fact, self._slots)
            spent |= _meanings_of(fact)
        if details := self._fresh(self._details, spent):
            phrases["detail"] = (self._draw.choice(details), self._slots)
        return phrases

    def _said_by(self, given: Sequence[Evidence]) -> set[str]:
        """What of the record the reasons say already."""
        told = (*MENTIONED, EvidenceKind.POPULARITY)
        said = " ".join(one.text for one in given if one.kind in told)
        spent = _meanings(name for name, value in self._slots.items() if value in said)
        quoted = {one.text.casefold() for one in given}
        words = {
            word
            for one in given
            if one.kind is EvidenceKind.REQUEST_WORDS
            for word in one.text.casefold().split(WORD_SEPARATOR)
        }
        for name in ("tags", "topics", "channel"):
            value = self._slots.get(name, "").casefold()
            if any(f"“{word}”" in value or word == value for word in words | quoted):
                spent.add(name)
        return spent

    def _fillable(self, phrases: Iterable[str]) -> list[str]:
        """The phrases that the record fills in."""
        return [phrase for phrase in phrases if _slots_of(phrase) <= self._slots.keys()]

    @staticmethod
    def _fresh(phrases: Iterable[str], spent: set[str]) -> list[str]:
        """The phrases that say nothing again."""
        return [phrase for phrase in phrases if _meanings_of(phrase).isdisjoint(spent)]

    def _worded(self, evidence: Evidence, phrases: Sequence[str]) -> _Phrase:
        return self._draw.choice(phrases), {"text": self._texts[id(evidence)]}

    def _capitalised(self, frame: str, phrases: Mapping[str, _Phrase]) -> str:
        """The frame filled in; what begins a sentence in it begins with a capital."""
        values = {name: fill(*phrases[name]) for name in _slots_of(frame)}
        if not self._grammar.capitals:
            return fill(frame, values)
        for name in _starting_sentences(frame):
            values[name] = _upper(values[name])
        return _upper(fill(frame, values))


def _about_as_strong(one: Evidence, best: Evidence) -> bool:
    """Whether it moved the pick about as far as the strongest reason; by the score, if no place."""
    if best.fall:
        return one.fall >= ABOUT_AS_STRONG * best.fall
    return one.contribution >= ABOUT_AS_STRONG * best.contribution


@cache
def _slots_of(phrase: str) -> frozenset[str]:
    """Of a phrase of a grammar: there are some hundred, and each is looked at all the time."""
    return frozenset(VARIABLE.findall(phrase))


@cache
def _starting_sentences(frame: str) -> frozenset[str]:
    """The slots of a frame that a sentence within it starts with."""
    return frozenset(_STARTING_SLOT.findall(frame))


@cache
def _meanings_of(phrase: str) -> frozenset[str]:
    return frozenset(_meanings(_slots_of(phrase)))


def _meanings(slots: Iterable[str]) -> set[str]:
    """The slots, those that say the same under one name."""
    return {"duration" if name == "length" else name for name in slots}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def evidence_text(evidence: Evidence, grammar: SentenceGrammar) -> str:
    """The evidence as it stands in a phrase."""
    text = evidence.text
    match evidence.kind:
        case EvidenceKind.REQUEST_WORDS:
            words = [f"“{quotable(word)}”" for word in text.split(WORD_SEPARATOR)]
            return grammar.listing.join(words)
        case EvidenceKind.PERSON:
            return text if name_like(text) else f"“{quotable(text)}”"
        case EvidenceKind.CONSTRAINT | EvidenceKind.POPULARITY:
            return text  # put into words already, with data between quotation marks
        case EvidenceKind.MEMORY:
            return quotable(text.rstrip(" .。!！"), _MOST_SAID)
        case _:
            return quotable(text)
