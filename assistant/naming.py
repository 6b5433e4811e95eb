"""Names for groups of videos: what the keywords of a group say that the other groups' do not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from store.text import stem, tokens

EVERYWHERE = 1e-3
"""What a keyword that is as common outside the group is worth: only more than nothing."""

COMMON = 0.3
"""The share of a group that must carry a keyword for it to stand for the group."""

TELLING = 0.01
"""What a keyword after the first must be worth."""


def distinctive_keywords(
    groups: Sequence[Sequence[Sequence[str]]], *, limit: int = 4
) -> list[tuple[str, ...]]:
    """The keywords that set each group apart, best first.

    A keyword k counts p·log(p/q), with p the share of the group's videos that carry it and q the
    share of all videos: its term of the Kullback-Leibler divergence between the group and the
    whole. Keywords made of the same words ("films", "film noir" after "film") are given once.
    A keyword of a single video, or of few in a large group, does not stand for the group; one
    that leads a larger group does not lead a smaller one, unless there is no other.

    Args:
        groups: for each group, the keywords of each of its videos, the best first.
        limit: the most keywords to give for a group.

    Returns:
        For each group at most `limit` keywords as they are written; none if none stands for it.
    """
    counts = [_carriers(group) for group in groups]
    everywhere = sum(counts, Counter[str]())
    surfaces = _surfaces(groups)
    videos = sum(len(group) for group in groups)
    named: list[tuple[str, ...]] = [()] * len(groups)
    leaders: set[str] = set()
    for number in sorted(range(len(groups)), key=lambda number: -len(groups[number])):
        size = len(groups[number])
        common = max(min(2, size), COMMON * size)
        worth = {
            key: _divergence(count / size, everywhere[key] / videos)
            for key, count in counts[number].items()
            if count >= common
        }
        # `worth` keeps the order in which keywords were met: the better ones of a tie come first
        ranked = sorted(worth, key=lambda key: (key in leaders, -worth[key]))
        leaders.update(ranked[:1])
        followers = (key for key in ranked[1:] if worth[key] > TELLING or len(groups) == 1)
        named[number] = tuple(
            surfaces[key] for key in _without_repeats([*ranked[:1], *followers], limit)
        )
    return named


def label(keywords: Sequence[str]) -> str:
    """A short name made of the first two keywords; empty if there is none."""
    return ", ".join(keywords[:2])


def _carriers(group: Sequence[Sequence[str]]) -> Counter[str]:
    """How many videos of `group` carry each keyword, ignoring case."""
    return Counter(key for keywords in group for key in dict.fromkeys(map(str.casefold, keywords)))


def _surfaces(groups: Sequence[Sequence[Sequence[str]]]) -> dict[str, str]:
    """How each keyword is written most often, the first spelling met winning a tie."""
    spellings: dict[str, Counter[str]] = {}
    for group in groups:
        for keywords in group:
            for keyword in keywords:
                spellings.setdefault(keyword.casefold(), Counter())[keyword] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in spellings.items()}


def _divergence(share: float, share_of_all: float) -> float:
    return share * (math.log(share / share_of_all) + EVERYWHERE)


def _without_repeats(keywords: Iterable[str], limit: int) -> list[str]:
    chosen: dict[str, frozenset[str]] = {}
    for keyword in keywords:
        words = frozenset(stem(token) for token in tokens(keyword)) or frozenset({keyword})
        if not any(words <= other or other <= words for other in chosen.values()):
            chosen[keyword] = words
        if len(chosen) == limit:
            break
    return list(chosen)
