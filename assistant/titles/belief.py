"""Whether words that are a title of the library are meant as one.

"It", "Up", "Home" and "Machine learning" are titles; in most messages they are just words. How
much evidence a name needs depends on what it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from assistant.titles.evidence import Evidence
from assistant.titles.words import CJK
from store.stop_words import STOP_WORDS

_SMALL_WORDS = STOP_WORDS | frozenset(
    """
    action adventure animation anime biography cartoon cartoons cinema classic classics comedies
    comedy concert course courses crime documentaries documentary drama dramas family fantasy
    horror lecture lectures music musical musicals mystery romance science series short shorts
    sport sports suspense thriller thrillers tutorial tutorials war western westerns
    two three four five six seven eight nine ten eleven twelve
    a b c d e f g h i j k l m n o p q r s t u v w x y z
    """.split()  # noqa: SIM905 - a list of strings would be unreadable
)
_CJK_WORD = re.compile(f"[{CJK}]")
_MIN_CJK_ALONE = 5
"""So many characters that are a whole message are a name; fewer are a topic."""
_SHORT_NUMBER = 2
"""Digits of a number that is rather a place in a list: "like 9"."""
_FEW = 3
"""Words that may be a topic even when they are all that is said: "deep learning"."""


class Sort(Enum):
    """What a name is made of."""

    CJK = auto()
    SMALL_WORDS = auto()
    """Words of grammar, genres, letters, numbers in words: "Us", "Get Out", "Comedy", "Seven"."""
    NUMBER = auto()
    TOPIC = auto()
    """Words that many titles of the library carry: "Machine Learning" among talks."""
    WORD = auto()
    PHRASE = auto()


def sort_of(keys: Sequence[str], *, topic: bool) -> Sort:
    """What the name with these words is made of.

    Args:
        keys: its words, as they are written but for case.
        topic: whether many titles carry each of them.
    """
    if _CJK_WORD.match(keys[0]):
        return Sort.CJK
    if _SMALL_WORDS.issuperset(keys):
        return Sort.SMALL_WORDS
    if all(key.isdigit() for key in keys):
        return Sort.NUMBER
    if topic:
        return Sort.TOPIC
    return Sort.WORD if len(keys) == 1 else Sort.PHRASE


def believed(sort: Sort, keys: Sequence[str], seen: Evidence) -> bool:
    """Whether a name of this sort is meant, on the evidence seen around it.

    Quotation marks and a year in parentheses settle the matter and are not asked here.
    """
    told = seen.cue in ("comparison", "memory")
    named = seen.cased and seen.apart
    if sort is Sort.CJK:
        if seen.alone:
            return len(keys) >= _MIN_CJK_ALONE
        return (told and (seen.closed or seen.judged)) or (len(keys) > 1 and seen.judged)
    if sort is Sort.SMALL_WORDS:
        longer = len(keys) > 1 and (bool(seen.cue) or seen.judged)
        return named and (longer or (told and seen.closed))
    if sort is Sort.NUMBER:
        return (seen.alone or (told and seen.closed)) and len(keys[0]) > _SHORT_NUMBER
    if seen.subject:
        return False
    if sort is Sort.TOPIC:
        if named:
            return told or seen.judged
        return len(keys) > 1 and ((told and seen.closed) or (seen.alone and len(keys) > _FEW))
    if sort is Sort.WORD:
        if named:
            return bool(seen.cue) or not seen.governed
        judged = seen.judged and seen.capital and seen.apart
        return judged or (told and seen.closed and not seen.indefinite)
    return told or seen.cased or seen.judged or seen.alone or bool(seen.cue and seen.closed)
