"""A whole list of picks in one line: how they differ, counted from their records."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.explain.facts import length, quotable
from assistant.languages import LANGUAGE_NAMES, language_name
from assistant.types import Kind, Pick, Request, Video
from prompts import SummaryGrammar, fill, load_grammar, load_summary

MOST_CHARS = 100
_MOST_NAMES = 3
_NAME_CHARS = 28
_EXACT_BELOW_S = 120


def summarise(picks: Sequence[Pick], request: Request) -> str:
    """One line on how `picks` differ, in the language of the request.

    How many of which kind; then their groups, lengths, years and languages, as many of these as
    a line of `MOST_CHARS` has room for. A property that one of them lacks is passed over: what is
    said holds for all. Nothing for fewer than two.
    """
    if len(picks) < 2:
        return ""
    texts = load_summary(request.language)
    names = ":".join(pick.video.id for pick in picks)
    draw = random.Random(f"{request.message}:{names}")  # noqa: S311 - a wording, not a secret
    videos = [pick.video for pick in picks]
    what = _kinds(videos, texts)
    differences = [*_groups(picks, texts, draw)]
    others = [*_lengths(videos, texts, draw), *_years(videos, texts, draw)]
    others += _languages(videos, texts, draw)
    if draw.random() < 0.5:
        others.reverse()
    pattern = draw.choice(texts.patterns)
    line = fill(draw.choice(texts.alone), {"what": what})
    said: list[str] = []
    for one in (*others, *differences) if draw.random() < 0.5 else (*differences, *others):
        joined = texts.separator.join([*said, one])
        longer = fill(pattern, {"what": what, "differences": joined})
        if len(longer) <= MOST_CHARS:
            said.append(one)
            line = longer
    return line[0].upper() + line[1:] if texts.capitals else line


def _kinds(videos: Sequence[Video], texts: SummaryGrammar) -> str:
    """``three talks and two tutorials``; ``five videos`` where there are many kinds."""
    counts = Counter(video.kind for video in videos)
    if len(counts) > _MOST_NAMES:
        return texts.count(Kind.VIDEO, len(videos))
    return texts.listing.join([texts.count(kind, n) for kind, n in counts.most_common()])


def _groups(picks: Sequence[Pick], texts: SummaryGrammar, draw: random.Random) -> Iterator[str]:
    """The groups that they stand for, by name, where there are several."""
    kinds = {kind.value for kind in Kind}
    names = list(dict.fromkeys(pick.cluster for pick in picks))
    if len(names) < 2 or not all(names) or kinds.intersection(names):
        return
    shown = [f"“{quotable(name, _NAME_CHARS)}”" for name in names[:_MOST_NAMES]]
    if more := len(names) - len(shown):
        listed = fill(
            texts.more_groups,
            {"names": texts.listing.comma.join(shown), "n": texts.number(more)},
        )
    else:
        listed = texts.listing.join(shown)
    yield fill(draw.choice(texts.groups), {"names": listed})


def _lengths(videos: Sequence[Video], texts: SummaryGrammar, draw: random.Random) -> Iterator[str]:
    known = sorted(video.duration_s for video in videos if video.duration_s)
    if len(known) < len(videos):
        return
    grammar = load_grammar(texts.language)
    low, high = (length(seconds, grammar) for seconds in (known[0], known[-1]))
    if low == high:
        yield fill(draw.choice(texts.one_length), {"low": low})
    elif known[0] >= _EXACT_BELOW_S:
        span = {"low": str(round(known[0] / 60)), "high": str(round(known[-1] / 60))}
        yield fill(draw.choice(texts.minutes), span)
    else:
        yield fill(draw.choice(texts.lengths), {"low": low, "high": high})


def _years(videos: Sequence[Video], texts: SummaryGrammar, draw: random.Random) -> Iterator[str]:
    known = sorted(video.year for video in videos if video.year)
    if len(known) < len(videos):
        return
    span = {"low": str(known[0]), "high": str(known[-1])}
    yield fill(draw.choice(texts.years if known[0] < known[-1] else texts.one_year), span)


def _languages(
    videos: Sequence[Video], texts: SummaryGrammar, draw: random.Random
) -> Iterator[str]:
    """Which languages they are in; that all are in the one spoken here goes without saying."""
    counts = Counter(video.language for video in videos if video.language in LANGUAGE_NAMES)
    if counts.total() < len(videos) or set(counts) == {texts.language}:
        return
    spoken = {code: language_name(code or "", texts.language) for code in counts}
    if len(counts) == 1:
        yield fill(draw.choice(texts.one_language), {"language": next(iter(spoken.values()))})
    elif len(counts) <= _MOST_NAMES:
        phrase = draw.choice(texts.languages)
        parts = [
            fill(phrase, {"n": texts.number(n), "language": spoken[code]})
            for code, n in counts.most_common()
        ]
        yield texts.listing.join(parts)
