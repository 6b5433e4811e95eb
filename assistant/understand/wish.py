"""The wish: what is left of a message when all that is understood and all filler is gone.

The person's words stay as they are, in their order, and whole.
"""

from __future__ import annotations

import re

from assistant.understand.filler import (
    CHINESE_LEADING,
    CHINESE_MEASURES,
    CHINESE_SUBJECTS,
    CHINESE_TRAILING,
    FILLER,
    LEADING,
    NOISE,
    PUNCTUATION,
    QUALITY,
    TRAILING,
)
from assistant.understand.reading import MASK, inside, mask, subjects
from store.text import has_cjk, tokens

_BETWEEN_PIECES = re.compile(rf"{MASK}+|[.!?](?=\s|$)|[，。；！？]")


def read_wish(text: str) -> str:
    """What `text`, with all that is understood masked, asks for; empty if only filler is left."""
    about = subjects(text)
    for pattern in FILLER:
        spans = [found.span() for found in pattern.finditer(text)]
        text = mask(text, (span for span in spans if not inside(span[0], about)))
    pieces = (_trimmed(piece) for piece in _BETWEEN_PIECES.split(text))
    return " ".join(filter(None, pieces))


def _trimmed(piece: str) -> str:
    """`piece` without the small words and punctuation at its ends."""
    words = piece.split()
    while words and _is_small(words[0], LEADING):
        if words[0].casefold() in QUALITY and words[1:2] == ["and"]:
            break  # "good and evil"
        del words[0]
    while words and _is_small(words[-1], TRAILING):
        del words[-1]
    piece = " ".join(words).strip(PUNCTUATION)
    if has_cjk(piece):
        piece = _trimmed_chinese(piece).strip(PUNCTUATION)
    return piece if re.search(r"\w", piece) and piece.casefold() not in NOISE else ""


def _is_small(word: str, small_words: frozenset[str]) -> bool:
    word = word.strip(PUNCTUATION).casefold()
    return not word or word in small_words


def _trimmed_chinese(piece: str) -> str:
    """`piece` without the words at its ends that wish for nothing."""
    words = tokens(piece)
    lowered = piece.lower()
    start, end = 0, len(piece)
    first, last = 0, len(words)
    while first < last and _leads(words, first):
        start = lowered.index(words[first], start) + len(words[first])
        first += 1
    while last > first and words[last - 1] in CHINESE_TRAILING:
        last -= 1
        end = lowered.rindex(words[last], start, end)
    return piece[start:end]


def _leads(words: list[str], number: int) -> bool:
    """Whether a Chinese word at the beginning of a phrase is filler."""
    word, following = words[number], "".join(words[number + 1 : number + 2])
    if word in CHINESE_MEASURES:
        return number > 0 or following in ("关于", "讲", "有关")
    if word == "给":
        return following in ("我", "我们", "推荐")
    return word in CHINESE_LEADING and (word, following) not in CHINESE_SUBJECTS
