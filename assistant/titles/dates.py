"""Years beside a name that tell which of several titles is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_YEAR = r"((?:19|20)\d\d)"
_VERSION = r"(?:one|films?|movies?|version|original|remake)"
IN_PARENTHESES = re.compile(r"[\"”’'*_》」』]*\s*[(\[（]\s*((?:18|19|20)\d\d)\s*[)\]）]")
"""A year in parentheses, with what leads to it from the name."""
_NO_PERIOD = (
    r"(?![\w’']|\s*[-–+]\s*\d|\s+(?:to|on|onwards?|through|until|till|and (?:later|newer|up|after)"
    r"|or (?:later|newer))\b)"
)
"""After a year that is not the beginning of a period: "from 1980 to 1989"."""
_BARE = re.compile(rf"\s+{_YEAR}\b")
_FROM = re.compile(
    rf"[\"”’'*_》」』]*(?:,\s*|,?\s+(?:(?:the\s+)?{_VERSION}\s+)?(?:from|of)\s+){_YEAR}{_NO_PERIOD}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d.,]){_YEAR}(?:(?:['’]s)?\s+(?:{_VERSION}\s+(?:of|called)\s+)?(?:the\s+)?|\s*年?的?\s*)"
    r"[\"“‘'(*_《「『]*$",
    re.IGNORECASE,
)
_VERSION_AFTER = re.compile(r"\s+(?:version|original|remake)\b", re.IGNORECASE)
_REACH = 40
"""Characters before a name in which its year must stand."""


class Dated(NamedTuple):
    """A year beside a name, and the place of the text that holds both."""

    year: int
    start: int
    end: int
    close: bool
    """Whether it stands straight after the name: "Robocop 1987"."""


def years_beside(text: str, start: int, end: int) -> Iterator[Dated]:
    """The years that may belong to the name at ``text[start:end]``.

    Years in parentheses are not among them (see `IN_PARENTHESES`): they always belong to it.
    """
    if bare := _BARE.match(text, end):
        version = _VERSION_AFTER.match(text, bare.end())
        yield Dated(int(bare[1]), start, (version or bare).end(), close=True)
    if later := _FROM.match(text, end):
        version = _VERSION_AFTER.match(text, later.end())
        yield Dated(int(later[1]), start, (version or later).end(), close=False)
    low = max(0, start - _REACH)
    if before := _BEFORE.search(text[low:start]):
        yield Dated(int(before[1]), low + before.start(), end, close=False)
