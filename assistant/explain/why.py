"""The whole account of a pick as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

import prompts
from assistant.accounts import Neighbour, Reason, WhyReport
from assistant.explain.facts import quotable
from assistant.explain.report import report
from assistant.types import Pick
from prompts import SentenceGrammar
from prompts.grammar import WhyTexts

MOST_OTHERS = 3
"""Of the group that a pick stands for, so many are named."""


def why(pick: Pick, language: str = "en") -> str:
    """Everything that moved `pick` to its place, as lines of text."""
    return told(report(pick, language))


def told(account: WhyReport) -> str:
    """The account of a pick as lines of text."""
    return "\n".join(_lines(account, prompts.load_grammar(account.language)))


def signed(value: float) -> str:
    """A part of a score as it is shown: ``+0.90``, ``−0.17``."""
    return f"{value:+.2f}".replace("-", "−")


def _lines(account: WhyReport, grammar: SentenceGrammar) -> Iterator[str]:
    texts = grammar.why
    yield prompts.fill(texts.heading, {"title": account.title})
    for reason in account.reasons:
        yield f"- {_reason(reason, texts)}"
    if not account.reasons:
        yield texts.nothing
    if account.cluster:
        yield prompts.fill(texts.cluster, {"cluster": account.cluster})
    if account.others:
        yield prompts.fill(texts.others, {"titles": _others(account, grammar)})
    yield _score(account, texts)
    if account.place is not None:
        values = {"place": str(account.place), "of": str(account.candidates)}
        yield prompts.fill(texts.place, values)
    if account.neighbours:
        titles = texts.separator.join(_neighbour(one, texts) for one in account.neighbours)
        yield prompts.fill(texts.neighbours, {"titles": titles})


def _reason(reason: Reason, texts: WhyTexts) -> str:
    """A reason; and what the pick would be without it, where that is lower."""
    if not reason.fall:
        return reason.text
    return prompts.fill(texts.reason, {"text": reason.text, "without": reason.without})


def _score(account: WhyReport, texts: WhyTexts) -> str:
    parts = texts.separator.join(f"{one.name} {signed(one.value)}" for one in account.parts)
    return prompts.fill(texts.score, {"score": f"{account.score:.2f}", "parts": parts or "0"})


def _others(account: WhyReport, grammar: SentenceGrammar) -> str:
    named = [_quoted(one.title, grammar) for one in account.others[:MOST_OTHERS]]
    more = len(account.others) - len(named)
    if not more:
        return grammar.listing.join(named)
    titles = grammar.listing.comma.join(named)
    return prompts.fill(grammar.why.more, {"titles": titles, "n": str(more)})


def _quoted(title: str, grammar: SentenceGrammar) -> str:
    return prompts.fill(grammar.why.title, {"title": quotable(title)})


def _neighbour(one: Neighbour, texts: WhyTexts) -> str:
    values = {"title": quotable(one.video.title), "similarity": f"{one.similarity:.2f}"}
    if not one.mark:
        return prompts.fill(texts.neighbour, values)
    return prompts.fill(texts.marked, {**values, "mark": one.mark})
