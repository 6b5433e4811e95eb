"""What must not reach a terminal, told from Unicode's own properties.

It shares no table with `store.cleaning`, which it judges.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_SEEN_FORMATS = frozenset("\u06dd\u070f\u08e2\U000110bd\U000110cd") | frozenset(
    map(chr, (*range(0x600, 0x606), 0x890, 0x891))
)
"""Of category Cf, and yet drawn: Arabic number signs and their kin."""
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159\u034f\u17b4\u17b5\u180e\u2065")
"""Of other categories, and yet not drawn."""
_MOST_MARKS = 8
_TAGGED_FLAGS = ("gbeng", "gbsct", "gbwls")


def unfit(text: str, *, heaps: bool = True) -> Iterator[str]:
    """What is wrong with `text`, a word for each character that a terminal should not get.

    Args:
        text: what is shown.
        heaps: whether more marks on a letter than any script has are wrong, too.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return
    marks = 0
    for place, character in enumerate(text):
        if character == "\n" or " " <= character <= "~":
            marks = 0
            continue
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else marks if category == "Cf" else 0
        if heaps and marks == _MOST_MARKS + 1:
            yield f"a heap of marks on {text[max(place - marks, 0)]!a}"
        if wrong := _wrong(text, place, category):
            yield f"{wrong} U+{ord(character):04X}"


def _wrong(text: str, place: int, category: str) -> str:
    character = text[place]
    code = ord(character)
    if category in {"Cc", "Cs", "Zl", "Zp"}:
        return "control"
    if character in _BLANK or 0xFFF0 <= code <= 0xFFF8:
        return "invisible"
    if category == "Co" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "private"
    if 0xE0000 <= code <= 0xE00FF:
        return "" if _in_flag(text, place) else "tag"
    if character in "\u200c\u200d":
        return "" if _joins(text, place) else "joiner"
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180F:
        return "" if _selects(text, place) else "selector"
    if 0xE01F0 <= code <= 0xE0FFF:
        return "invisible"
    return "invisible" if category == "Cf" and character not in _SEEN_FORMATS else ""


def _in_flag(text: str, place: int) -> bool:
    start = text.rfind("\U0001f3f4", max(place - 6, 0), place)
    tags = "".join(
        chr(ord(letter) - 0xE0000)
        for letter in text[start + 1 : start + 6]
        if letter > "\U000e0000"
    )
    return start >= 0 and tags in _TAGGED_FLAGS and text[start + 6 : start + 7] == "\U000e007f"


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between two letters of a joined script, or between two emoji."""
    before, after = text[:place][-1:], text[place + 1 : place + 2]
    if before == "\ufe0f":
        before = text[: place - 1][-1:]
    if not before or not after:
        return False
    joined = all(0x600 <= ord(one) < 0xE00 for one in (before, after))
    return joined or all(
        unicodedata.category(one) in {"So", "Sk", "Sm", "Po", "Cn"} for one in (before, after)
    )


def _selects(text: str, place: int) -> bool:
    """Whether a selector has something to select, and is the only one there."""
    before = text[:place][-1:]
    if not before or before.isspace():
        return False
    return unicodedata.category(before)[0] in "LNSP" or unicodedata.category(before) == "Cn"
