"""How many picks are asked for: "just one", "two or three films", "top 5", 三部."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.understand.reading import MASK, Span, inside, subjects
from assistant.understand.words import (
    CHINESE_MEDIA,
    CHINESE_NUMBER,
    GENRE,
    GENRE_NOUN,
    MEDIA,
    number,
)

MOST = 100
"""More is not shown, however many are asked for."""

_FIGURE = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
)
_MANY = (
    rf"(?P<said>(?:{_FIGURE}\s*(?:or|to|-|–)\s*)?"
    rf"(?P<n>{_FIGURE}|(?:a )?couple(?: of)?|(?:a )?dozen))"
)
"""Of "two or three" the larger one."""
_OTHER = r"(?:more|other|different|further|single|really|very)"
_PLAIN = rf"(?:\s+(?:{_OTHER}|{GENRE}|{MASK}+)){{0,3}}"
_ENDS = r"(?=\s*(?:$|[^\w\s.%]|\.(?!\d)|(?:please|about|on|for|with|from|but|in|that)\b))"
_NOT_THOSE = "".join(
    rf"(?<!\b{word} )" for word in ("those", "these", "the", "your", "both", "my", "first", "last")
)
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:just|only)\s+{_MANY}(?:\s+(?:more|of them))?{_ENDS}",
        rf"\b(?:just|only)\s+{_MANY}(?={_PLAIN}\s+{MEDIA}\b)",
        rf"\btop\s+{_MANY}\b",
        rf"\b(?:give|show|find|get|recommend|suggest|send|pick|need|want|like)(?:\s+(?:me|us))?\s+"
        rf"{_MANY}(?:\s+more)?{_ENDS}",
        rf"(?<![\w#.,:–-]){_NOT_THOSE}{_MANY}(?={_PLAIN}\s+(?:{MEDIA}|"
        rf"{GENRE_NOUN})\b)(?!\s+(?:more\s+)?(?:things?|works?)\b)",
        rf"^\W*{_MANY}\s+(?:more\b|of (?:them|those|these)\W*$)",
        rf"^\W*(?P<said>(?P<many>{_FIGURE}))(?=\s+(?:about|by|from|with)\b)",
    )
)
_ONE_AND_ANOTHER = re.compile(
    rf"(?<![\w#.,:–-])(?P<n>{_FIGURE})(?={_PLAIN}\s+{MEDIA}\s+and\s+(?P<more>{_FIGURE}){_PLAIN}\s+"
    rf"{MEDIA}\b)",
    re.IGNORECASE,
)
_CHINESE_UNIT = r"(?:个|部|条|集|首|场|支|本)"
_WORKS = (
    rf"(?:[部集首场](?=[^\s，。；,.;]{{0,8}}?{CHINESE_MEDIA})"
    rf"|{_CHINESE_UNIT}(?=[^\s，。；,.;的]{{0,8}}?{CHINESE_MEDIA}))"
)
"""A measure word before what is measured: 三部科幻电影; 三个人的故事 has none."""
_CHINESE = (
    re.compile(
        rf"(?:只要|只想要|只|就要|就|仅)(?:给我|推荐|来|看)?(?P<n>{CHINESE_NUMBER}){_CHINESE_UNIT}"
    ),
    re.compile(rf"(?P<n>{CHINESE_NUMBER}){_CHINESE_UNIT}(?:就行|就好|就够|即可|足够)了?"),
    re.compile(
        rf"(?:推荐|给我|来|要|找|换|看|再来)(?:我)?(?P<many>{CHINESE_NUMBER})(?:{_WORKS}|"
        rf"{_CHINESE_UNIT}(?=的|\W|$|关于|好|不|适合|有))"
    ),
    re.compile(rf"(?P<many>{CHINESE_NUMBER})(?:{_WORKS}|{_CHINESE_UNIT}(?=关于|有关))"),
    re.compile(rf"^\W*(?P<n>{CHINESE_NUMBER}){_CHINESE_UNIT}\W*$"),
)
"""一部 is "a" as well as "one": under `many` only a larger number counts."""


_NEIGHBOURS = frozenset({"一两", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"})
"""Two figures that say "two or three", not a number."""

_YEARS = range(1870, 2101)
"""Four figures that are no number of picks."""


class Count(NamedTuple):
    """A number of picks, and where it is said."""

    value: int
    spans: tuple[Span, ...]


def read_count(text: str) -> Count | None:
    """Read how many picks `text` asks for."""
    about = subjects(text)
    if (two := _ONE_AND_ANOTHER.search(text)) and not inside(two.start(), about):
        value = int(number(two["n"]) + number(two["more"]))
        return Count(min(value, MOST), (two.span("n"), two.span("more")))
    for pattern in (*_ENGLISH, *_CHINESE):
        for found in pattern.finditer(text):
            said = found.groupdict()
            name = "n" if said.get("n") else "many"
            value = int(number(_larger(said[name])))
            if (
                value in _YEARS
                or value < (2 if name == "many" else 1)
                or inside(found.start(name), about)
            ):
                continue
            return Count(min(value, MOST), (_span(found, name),))
    return None


def _larger(said: str) -> str:
    return said[1] if said in _NEIGHBOURS else said


def _span(found: re.Match[str], name: str) -> Span:
    """The number, and the Chinese measure word that goes with it."""
    return (found.start(name), found.end()) if found.re in _CHINESE else found.span("said")
