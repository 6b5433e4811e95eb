"""Typing errors in the words that the rules read: "somthing funy under20 mintes".

Only what is no word is corrected: not what the library holds, not a name, not English. And only
where one word of the rules lies nearest: one edit (Damerau-Levenshtein) away for four to seven
letters, two for more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understand.reading import Span
from assistant.understand.typo_words import (
    BEFORE_FIGURES,
    RUN_TOGETHER,
    SHORTHAND,
    UNITS,
    VOCABULARY,
)
from store.text import stem

SHORTEST = 4
"""Letters of a word that may be corrected."""
LONG = 8
"""From so many letters on a word may be two edits away."""

_CHOICES = sorted(word for word in VOCABULARY if len(word) >= SHORTEST)
_RUN = re.compile(
    r"(?<![\w'’-])(?:[A-Za-z]+(?:['’][A-Za-z]+)*\d*[A-Za-z]*|\d+[A-Za-z]{2,})(?![\w'’-])"
)
_PARTS = re.compile(r"([A-Za-z]*)(\d*)([A-Za-z]*)")
_SENTENCE_START = re.compile(r"(?:^|[.!?\n])\W*$")
_CHINESE = tuple(
    (re.compile(wrong), right)
    for wrong, right in (
        (r"(?<=[\d零一二两三四五六七八九十百])分[种中](?![学间国心])", "分钟"),
        (r"在(?=[短长老新旧快慢]一?[点些]|来[几一两三点个部]|推荐|换[几一个部])", "再"),
        (r"(?<=[\u4e00-\u9fff])(?<![水雨一点油])滴(?=电影|影片|片|视频|纪录片|演讲|剧|\W|$)", "的"),
    )
)
"""Characters typed for others that sound alike."""


def correct(text: str, protected: Iterable[Span], knows: Callable[[str], bool]) -> str:
    """`text` with the typing errors in the words of the rules corrected.

    The length may change, so titles found before are to be found again.

    Args:
        text: a message in English or Chinese.
        protected: places that are what they are: titles, names.
        knows: whether the library's texts hold a word, in any form.
    """
    kept = tuple(protected)

    def corrected(found: re.Match[str]) -> str:
        if any(start < found.end() and end > found.start() for start, end in kept):
            return found[0]
        may_be_name = found[0][0].isupper() and not _SENTENCE_START.search(text, 0, found.start())
        if may_be_name or any(letter.isupper() for letter in found[0][1:]):
            return found[0]
        return _like(found[0], _corrected(found[0].lower(), knows))

    text = _RUN.sub(corrected, text)
    if not text.isascii():
        for wrong, right in _CHINESE:
            text = wrong.sub(right, text)
    return text


def _corrected(run: str, knows: Callable[[str], bool]) -> str:
    """What is meant by a run of letters and figures in small letters; itself where nothing else."""
    if run in SHORTHAND:
        return SHORTHAND[run]
    if run in VOCABULARY or "'" in run or "’" in run:
        return run
    parts = _PARTS.fullmatch(run)
    if parts and parts[2]:
        return _around_figures(*parts.groups())
    if len(run) < SHORTEST or run in _near_words() or _holds(run, knows):
        return run
    return nearest(run) or _parted(run) or run


def _around_figures(before: str, figures: str, after: str) -> str:
    """Part what has run into figures: under20mintes → under 20 minutes, but not mp3."""
    lead = before if before in BEFORE_FIGURES else nearest(before)
    unit = after if after in UNITS or not after else nearest(after)
    known_lead, known_unit = not before or lead in BEFORE_FIGURES, not after or unit in UNITS
    if not (known_lead and known_unit) or (before == "" and after in UNITS):
        return before + figures + after
    return " ".join(filter(None, (lead, figures, unit)))


def _holds(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether the library holds `word` itself.

    It is asked by stem, and "mintes" has that of "mint"; so it is asked only for what may well be
    a stem or its plural.
    """
    return stem(word) in (word, word[:-1]) and knows(word)


@lru_cache(maxsize=4096)
def nearest(word: str) -> str | None:
    """The one word of the rules that `word` may be an error for.

    What goes on after the whole of one is derived from it ("recommender"), and no error.
    """
    if len(word) < SHORTEST:
        return None
    edits = 1 if len(word) < LONG else 2
    found = process.extract(word, _CHOICES, scorer=OSA.distance, score_cutoff=edits, limit=4)
    if any(word.startswith(choice) for choice, _, _ in found):
        return None
    likely = [(distance, choice) for choice, distance, _ in found if _begins_alike(word, choice)]
    best = min(likely, default=(0, ""))[0]
    choices = [choice for distance, choice in likely if distance == best]
    return choices[0] if len(choices) == 1 else None


def _begins_alike(word: str, choice: str) -> bool:
    """The first letter is hardly ever wrong, unless it has changed places with the second."""
    return word[0] == choice[0] or word[:2] == choice[1::-1]


def _parted(run: str) -> str | None:
    """Part two words that have run together: lessthan → less than."""
    for end in range(2, len(run) - 1):
        if run[:end] in RUN_TOGETHER and run[end:] in VOCABULARY:
            return f"{run[:end]} {run[end:]}"
    return None


def _like(written: str, corrected: str) -> str:
    """`corrected` with a capital where `written` has one; as written where it says the same."""
    if corrected == written.lower():
        return written
    return corrected[0].upper() + corrected[1:] if written[0].isupper() else corrected


@cache
def _near_words() -> frozenset[str]:
    """English words that look like errors (`benchmarks.near_words`)."""
    path = Path(__file__).with_name("near_words.txt")
    return frozenset(path.read_text("utf-8").split())
