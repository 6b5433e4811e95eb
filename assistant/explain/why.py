"""The whole account of a pick: every reason, and what the score is made of."""

from __future__ import annotations

import prompts
from assistant.explain.wording import evidence_text
from assistant.types import Part, Pick
from prompts import SentenceGrammar

_NEGLIGIBLE = 0.005
"""A part that would be shown as 0.00."""


def why(pick: Pick, language: str = "en") -> str:
    """Everything that moved `pick` to its place, as lines of text."""
    grammar = prompts.load_grammar(language)
    texts = grammar.why
    lines = [prompts.fill(texts.heading, {"title": pick.video.title})]
    lines += [f"- {reason}" for reason in _reasons(pick, grammar)] or [texts.nothing]
    if pick.cluster:
        lines.append(prompts.fill(texts.cluster, {"cluster": pick.cluster}))
    lines.append(_score(pick, grammar))
    return "\n".join(lines)


def _reasons(pick: Pick, grammar: SentenceGrammar) -> list[str]:
    return [
        prompts.fill(grammar.reasons[one.kind].openings[0], {"text": evidence_text(one, grammar)})
        for one in pick.evidence
    ]


def _score(pick: Pick, grammar: SentenceGrammar) -> str:
    texts = grammar.why
    shown = [(part, value) for part, value in pick.parts.items() if abs(value) >= _NEGLIGIBLE]
    shown.sort(key=lambda item: -abs(item[1]))
    parts = texts.separator.join(
        f"{texts.parts[Part(part)]} {_signed(value)}" for part, value in shown
    )
    return prompts.fill(texts.score, {"score": f"{pick.score:.2f}", "parts": parts or "0"})


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
