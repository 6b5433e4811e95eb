"""The finite language of one pick: full sentences, true and varied."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant.explain.evidence import WORD_SEPARATOR
from assistant.explain.facts import record_slots, shorten
from assistant.types import Evidence, EvidenceKind, Pick
from prompts import SentenceGrammar, fill, load_grammar
from prompts.loader import VARIABLE

STRONGEST = 3
"""So many of the strongest reasons may be given."""
MENTIONED = (EvidenceKind.CONSTRAINT, EvidenceKind.PERSON)
"""What the viewer asked for may be given however weak it is."""
ABOUT_AS_STRONG = 0.5
"""A reason that accounts for so much of what the strongest does may be given in its place."""
_TRIES_PER_SENTENCE = 4


def sentences(pick: Pick, language: str, *, limit: int = 48, seed: int) -> tuple[str, ...]:
    """At most `limit` different sentences that give reasons for a pick, drawn by the seed.

    Every sentence gives the strongest reason, or one about as strong; perhaps one more; perhaps
    what the record says. What comes from data stands verbatim, between quotation marks where it
    is a title, a wish or a keyword; long titles are cut short with an ellipsis.

    Args:
        pick: its evidence and its video are all that is spoken of.
        language: ISO 639-1; English where there is no grammar for it.
        limit: how many.
        seed: two picks with the same seed still get sentences of their own.
    """
    grammar = load_grammar(language)
    draw = random.Random(f"{seed}:{pick.video.id}")  # noqa: S311 - a wording, not a secret
    composer = _Composer(pick, grammar, draw)
    found: dict[str, None] = {}
    for _ in range(limit * _TRIES_PER_SENTENCE):
        found.setdefault(composer.sentence())
        if len(found) == limit:
            break
    return tuple(found)


class _Composer:
    """Puts one sentence after another together from the phrases of a grammar."""

    def __init__(self, pick: Pick, grammar: SentenceGrammar, draw: random.Random) -> None:
        self._grammar = grammar
        self._draw = draw
        self._slots = record_slots(pick.video, grammar)
        strongest = pick.evidence[:STRONGEST]
        asked = [one for one in pick.evidence[STRONGEST:] if one.kind in MENTIONED]
        self._evidence = (*strongest, *asked)

    def sentence(self) -> str:
        """One sentence, drawn."""
        first, second = self._two_reasons()
        facts = self._facts([one for one in (first, second) if one is not None])
        phrases = self._phrases(first, second, facts)
        frames = self._grammar.frames if first else self._grammar.without_reasons
        usable = [frame for frame in frames if set(VARIABLE.findall(frame)) <= phrases.keys()]
        return self._finished(fill(self._draw.choice(usable), phrases))

    def _two_reasons(self) -> tuple[Evidence | None, Evidence | None]:
        """The reason to give, the strongest or one about as strong; and one that may be added."""
        if not self._evidence:
            return None, None
        enough = ABOUT_AS_STRONG * self._evidence[0].contribution
        strong = [one for one in self._evidence[:STRONGEST] if one.contribution >= enough]
        first = self._draw.choice(strong)
        others = [one for one in self._evidence if one.text != first.text]
        return first, self._draw.choice(others) if others else None

    def _facts(self, given: Sequence[Evidence]) -> list[str]:
        """The facts that can be filled in and do not say again what a reason given says."""
        said = " ".join(one.text for one in given if one.kind in MENTIONED)
        spent = {name for name, value in self._slots.items() if value in said}
        if "duration" in spent:
            spent.add("length")
        fresh = self._slots.keys() - spent
        facts = [fact for fact in self._grammar.facts if set(VARIABLE.findall(fact)) <= fresh]
        return [fact for fact in facts if "{kind}" in fact] or facts

    def _phrases(
        self, first: Evidence | None, second: Evidence | None, facts: Sequence[str]
    ) -> dict[str, str]:
        """What the slots of a frame are filled with, each drawn among its phrasings."""
        phrases = {}
        if first:
            reason = self._grammar.reasons[first.kind]
            phrases["opening"] = self._worded(first, reason.openings)
            phrases["aside"] = self._worded(first, reason.asides)
        if second:
            reason = self._grammar.reasons[second.kind]
            phrases["added"] = self._worded(second, reason.added)
            phrases["added_aside"] = self._worded(second, reason.asides)
        if facts:
            phrases["fact"] = fill(self._draw.choice(facts), self._slots)
        return phrases

    def _worded(self, evidence: Evidence, phrases: Sequence[str]) -> str:
        text = evidence_text(evidence, self._grammar)
        return fill(self._draw.choice(phrases), {"text": text})

    def _finished(self, sentence: str) -> str:
        if not self._grammar.capitals:
            return sentence
        return sentence[0].upper() + sentence[1:]


def evidence_text(evidence: Evidence, grammar: SentenceGrammar) -> str:
    """The evidence as it stands in a phrase."""
    if evidence.kind is EvidenceKind.REQUEST_WORDS:
        return grammar.listing.join([f"“{word}”" for word in evidence.text.split(WORD_SEPARATOR)])
    return shorten(evidence.text)
