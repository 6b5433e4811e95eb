"""Ratings in words: "four stars", "8/10", "3 and a half", 四星, on the scale of 5."""

from __future__ import annotations

import re

from assistant.understand.words import CHINESE_NUMBER, NUMBER, number

MOST = 5.0
_TEN = 10.0

_HALF = r"(?: and a half|½)"
RATING = (
    rf"(?:(?:an? |full |solid |perfect )*(?P<stars>{NUMBER})(?P<half>{_HALF})?(?:[ -]stars?\b)?"
    rf"(?:\s*(?:/|out of|of)\s*(?P<scale>100?|5|five|ten))?(?:[ -]stars?\b)?)"
)
"""A pattern for a rating, with its number in the groups of which `value` knows."""
CHINESE_RATING = (
    rf"(?:(?P<zh>{CHINESE_NUMBER})(?P<zh_half>颗?半)?(?:颗?(?P<zh_star>星)半?|分)(?P<full>满分)?)"
)


def value(found: re.Match[str]) -> float | None:
    """What a match of `RATING` or `CHINESE_RATING` says, from 0 to 5; None if it is no rating.

    A number above five that names no scale is one out of ten.
    """
    said = found.groupdict()
    written = said.get("stars") or said.get("zh")
    if not written:
        return None
    half = said.get("half") or said.get("zh_half") or found[0].endswith("星半")
    stars = number(written) + (0.5 if half else 0.0)
    scale = {"10": 10.0, "ten": 10.0, "100": 100.0}.get((said.get("scale") or "").casefold(), MOST)
    if scale == MOST and stars > MOST:
        scale = _TEN
    rating = stars * MOST / scale
    return round(rating, 2) if 0 <= rating <= MOST else None
