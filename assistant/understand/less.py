"""What counts against a pick and does not rule it out: "less technical", "not so loud", 少一点技术.

"Not violent" and "no violence" rule it out (`assistant.understand.avoid`); "not too violent" leaves
room for some. How long and how old is no such thing: those rules come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.understand.avoid import NOT_MEANT, singular
from assistant.understand.reading import MASK, Span, inside, subjects
from assistant.understand.words import CHINESE_MEDIA, GENRE, MEDIA

MAX_LETTERS = 40

_WORD = rf"[^\W\d_][^\s,.;:!?()\"“”，。；：！？、{MASK}]*"
_SMALL = (
    r"(?:but|and|or|nor|please|than|for|from|in|about|with|to|of|on|at|as|this|that|it|i|we|is|are|"
    r"was|though|either|again|tonight|today|me|my|if|because|so|then|just|only)\b"
)
_THING = rf"(?:the\s+)?(?!{_SMALL})(?P<term>{_WORD}(?:\s+(?!{_SMALL}|{MEDIA}\b){_WORD})?)"
_ANOTHER = (
    rf"(?:\s*(?:,|\bor\b|\band\b|\bnor\b)\s+(?:(?:too|so|very)\s+)?(?!{_SMALL})(?P<other>{_WORD})"
    rf"(?=\W*$|\s*[,.;!?{MASK}]))?"
)
_QUALITY = rf"(?!{_SMALL})(?P<term>{_WORD}){_ANOTHER}"
_IT = (
    r"(?:(?:(?:it|that|which|this|they|these|those|them)(?:'s| is|'re| are| was| were)|is|are|be)"
    r"\s+)"
)
_MAKE = (
    r"(?:(?:make it|a bit|a little|a lot|bit|much|way|even|slightly|somewhat|something|anything|"
    r"one|ones)\s+)*+"
)
_DEGREE = r"(?:too|so|that|as|very|quite so|quite as|overly|all that|particularly|terribly|super)"
_NOT = r"(?:not|nothing|isn't|aren't|n't|never)"

_LESS = re.compile(rf"\b{_MAKE}(?:less|fewer)\s+(?!(?:than|like)\b){_THING}", re.IGNORECASE)
_NOT_SO = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:without|not|no|isn't|aren't|nothing with)\s+(?:(?:too|so|that|all that)\s+)?"
        rf"(?:much|many|a lot of|lots of)\s+{_THING}",
        rf"{_IT}?\b{_NOT}\s+(?:(?:that's|that is|anything|something|be)\s+)?{_DEGREE}\s+{_QUALITY}",
        rf"\b(?:i\s+)?(?:don't|do not)\s+(?:want|need|like)\s+(?:anything|something|it|them)\s+"
        rf"(?:to be\s+|that's\s+)?too\s+{_QUALITY}",
        rf"(?:^|[.!?;,])\s*(?:(?:no|hm+|oh|ok|but|well)\b\W*)?(?:{_IT})?"
        rf"(?:(?:way|far|much|a bit|a little|still|just|all|both)\s+)*+too\s+{_QUALITY}"
        rf"(?:\s+for (?:me|us|my taste))?(?=\s*(?:$|[.!?;,]))",
        rf"\b(?:go |take it )?(?:easy|light) on (?:the )?{_THING}",
        rf"\b(?:tone|dial|turn) down {_THING}",
    )
)
_BEFORE_LESS = re.compile(
    rf"(?:^|[^\w\s]|\b(?:but|and|with|please|maybe|want|prefer|like|need|is|be|{MEDIA}))\s*$",
    re.IGNORECASE,
)
"""Not before it: "how to spend less money", "more or less"."""
_CHINESE_TERM = rf"(?P<term>[^\s，。；：！？、,.;:!?{MASK}的了但而]{{1,6}}?)"
_CHINESE_END = (
    rf"(?:的(?={CHINESE_MEDIA}|\W|$|[但而])|的?(?=\W|$|[但而])|了(?=\W|$)|的|(?={CHINESE_MEDIA}))"
)
_CHINESE_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:不要|不想看|不用|不能|别|不|没有?)(?:那么|这么|太过?|过于|过分){_CHINESE_TERM}{_CHINESE_END}",
        rf"(?<!多)(?:[再稍]微?)?少一?[点些]儿?(?:的)?{_CHINESE_TERM}{_CHINESE_END}",
        rf"(?:^|(?<=[\s，。；！？,.;!?])){_CHINESE_TERM}(?:的)?(?:[再要稍]微?)*少一?[点些]",
        rf"(?:^|(?<=[\s，。；！？,.;!?]))(?:这些?|那些?|都|有点|还是)*太{_CHINESE_TERM}了",
    )
)
_NO_TERM = re.compile(
    rf"(?:{NOT_MEANT}|(?:long|short|old|new|recent|late|early|fast|slow|soon|close|far|high|low|big|"
    r"small|well|badly|interested|into|picky|fussy|familiar|happy|impressed|popular|obvious|important|often|lately|nicely|fond|great|good|minutes?|"
    r"hours?|years?|time)\b|\d)",
    re.IGNORECASE,
)
_NO_CHINESE_TERM = re.compile(
    r"[长短老旧新久早晚多少好棒快慢远近赞美]$|.*(?:分钟|小时|好看|喜欢|知道|清楚|重要)|^[个部]"
)
_REST = re.compile(
    rf"\s+(?:{MEDIA}|please|pls|plz|stuff|content|scenes|tonight|today|now|though|either|again)$",
    re.I,
)
_BE_MORE = re.compile(rf"^(?:{GENRE}\s+)?{MEDIA}$", re.IGNORECASE)


class Less(NamedTuple):
    """What should be less, and the place where that is said."""

    term: str
    span: Span


def read_less(text: str) -> list[Less]:
    """Read what `text` wants less of, without ruling it out."""
    about = subjects(text)
    found: list[Less] = []
    for match in _matches(text):
        terms = [said for said in match.groupdict().values() if said]
        if not (
            _taken(match.span(), found) or inside(match.start(), about) or _NO_TERM.match(terms[0])
        ):
            found += [Less(_named(term), match.span()) for term in terms]
    for pattern in _CHINESE_RULES:
        for match in pattern.finditer(text):
            if not _taken(match.span(), found) and not _NO_CHINESE_TERM.match(match["term"]):
                found.append(Less(match["term"], match.span()))
    return [less for less in found if less.term]


def _matches(text: str) -> Iterator[re.Match[str]]:
    for match in _LESS.finditer(text):
        if _BEFORE_LESS.search(text, 0, match.start()):
            yield match
    for pattern in _NOT_SO:
        yield from pattern.finditer(text)


def _taken(span: Span, found: list[Less]) -> bool:
    return any(span[0] < end and span[1] > start for _, (start, end) in found)


def _named(term: str) -> str:
    while (shorter := _REST.sub("", term)) != term:
        term = shorter
    return singular(term.casefold())[:MAX_LETTERS] if not _BE_MORE.match(term) else ""
