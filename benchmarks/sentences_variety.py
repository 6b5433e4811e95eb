"""How much sentences sound alike: openings, trigrams, self-BLEU."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from store.text import tokens


def figures(sentences: Sequence[str], language: str) -> str:
    """One line of figures over some sentences."""
    words = [_words(sentence, language) for sentence in sentences]
    openings = {tuple(one[:3]) for one in words}
    trigrams = [gram for one in words for gram in _grams(one, 3)]
    return (
        f"{len(sentences)} sentences, {len(openings)} distinct openings,"
        f" distinct trigrams {len(set(trigrams)) / max(len(trigrams), 1):.3f},"
        f" self-BLEU {self_bleu(words):.3f}"
    )


def self_bleu(sentences: Sequence[Sequence[str]]) -> float:
    """Mean BLEU-4 of each sentence against all the others (Zhu et al. 2018): 1 is all the same."""
    counts = [[Counter(_grams(one, n)) for n in range(1, 5)] for one in sentences]
    return sum(_bleu(counts, row) for row in range(len(sentences))) / max(len(sentences), 1)


def _bleu(counts: Sequence[Sequence[Counter[tuple[str, ...]]]], row: int) -> float:
    logs = []
    for order, grams in enumerate(counts[row]):
        most: Counter[tuple[str, ...]] = Counter()
        for other, theirs in enumerate(counts):
            if other != row:
                most |= theirs[order]
        matched = sum((grams & most).values())
        logs.append(math.log(max(matched, 0.1) / max(grams.total(), 1)))
    return math.exp(sum(logs) / len(logs))


def _words(sentence: str, language: str) -> list[str]:
    """Chinese as it is segmented."""
    return tokens(sentence) if language == "zh" else sentence.lower().split()


def _grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
