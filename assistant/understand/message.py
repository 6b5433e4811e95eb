"""The message itself, made ready for the rules."""

from __future__ import annotations

import re

from store.text import clean_text

MAX_CHARS = 1_000
"""More is not read: what is wanted is said sooner, and the encoder reads no more either."""

_WIDE_FIGURES_AND_LETTERS = (
    *range(0xFF10, 0xFF1A),
    *range(0xFF21, 0xFF3B),
    *range(0xFF41, 0xFF5B),
)
_PLAIN: dict[int, int | str] = {wide: wide - 0xFEE0 for wide in _WIDE_FIGURES_AND_LETTERS}
_PLAIN |= dict.fromkeys((0x2019, 0x02BC, 0x00B4, 0x0060), "'")  # apostrophes
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def tidy(message: str) -> str:
    """`message` as the rules read it: clean, not too long, with plain figures and apostrophes."""
    text = clean_text(message, max_chars=MAX_CHARS)
    return _PRIVATE.sub("", text).translate(_PLAIN)
