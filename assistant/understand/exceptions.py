"""Exceptions to what is declined: "except zombie comedies", "unless it's jazz", 僵尸喜剧除外."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.understand.reading import MASK, Span

_WORD = rf"[^\W_][^\s,.;:!?()\"“”，。；：！？、{MASK}]*"
_SMALL = (
    r"(?:but|and|or|nor|please|except|that|which|who|under|over|about|from|in|with|for|if|because|"
    r"not|no|without|is|are|was|were|i|you|it)\b"
)
_TERM = rf"{_WORD}(?:\s+(?!{_SMALL}){_WORD}){{0,3}}"
_TERMS = rf"(?P<terms>(?!{_SMALL}){_TERM}(?:(?:\s*,\s*|\s+)(?:or|and)\s+(?!{_SMALL}){_TERM})*)"
_FINE = (
    r"(?:is|are|would be|'s|can be)\s+(?:still\s+|also\s+|always\s+)?"
    r"(?:fine|ok|okay|good|great|allowed|welcome|alright|all right|cool|an exception|exceptions)"
    r"(?!\s+(?:too|also|as well)\b)"
)
_LEAD = r"[,;.–—-]*\s*\(?\s*(?:(?:and|but)\s+)?"
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_LEAD}\b(?:unless|except(?: for)?(?: if| when)?|excepting|apart from|aside from|"
        rf"other than|save for|with the exception of)\s+"
        rf"(?:(?:it|they|that|there)(?:'s|'re| is| are| has| have| involves?| features?)\s+)?"
        rf"(?:(?:a|an|the|some|about|in|it)\s+)*{_TERMS}\)?",
        rf"[,;.–—-]\s*(?:but\s+|although\s+|though\s+)?{_TERMS}\s+{_FINE}(?:\s+though)?\b",
        rf"\s+(?:but|although|though)\s+{_TERMS}\s+{_FINE}(?:\s+though)?\b",
    )
)
_HAN = rf"[^\s，。；：！？、,.;:!?{MASK}]"
_CHINESE_TERMS = rf"(?P<terms>{_HAN}{{1,12}}?)"
_CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[，,；;]?\s*(?:但是?|不过)?{_CHINESE_TERMS}(?:除外|例外|不算|(?:还|倒|也|就)?(?:是)?(?:可以|没问题|没关系|行))(?=\W|$)",
        rf"[，,；;]?\s*(?:除非|除了)(?:是|有|讲)?{_CHINESE_TERMS}(?:的)?(?:以外|之外|外)?(?=[，,；;。]|$)",
    )
)
_DECLINES = re.compile(
    r"\b(?:no|not|nothing|without|avoid|don't|do not|never|hate|isn't|aren't|skip|anything)\b|"
    r"不要|不看|不想|别|没有|不喜欢|讨厌|拒绝|避免",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:,\s*)?\b(?:or|and)\b\s*|[、和或跟与]|或者|以及", re.IGNORECASE)


class Excepted(NamedTuple):
    """What is welcome although it is of a sort that is declined, and where that is said."""

    terms: tuple[str, ...]
    span: Span
    may_lead: bool
    """Whether it may stand before what is declined: 除了僵尸喜剧，不要恐怖片."""


def read_excepted(text: str) -> Iterator[Excepted]:
    """Read the exceptions of `text`. Where nothing is declined there are none."""
    denial = _DECLINES.search(text)
    if denial is None:
        return
    end = 0
    for pattern in _ENGLISH:
        for found in pattern.finditer(text, max(denial.end(), end)):
            if found.start() >= end and (found.start() > denial.end()):
                yield Excepted(_split(found["terms"]), found.span(), may_lead=False)
                end = found.end()
    for pattern in _CHINESE:
        for found in pattern.finditer(text):
            if not _DECLINES.search(found["terms"]) and _goes_with(text, found, denial):
                yield Excepted(_split(found["terms"]), found.span(), may_lead=True)


def _goes_with(text: str, found: re.Match[str], denial: re.Match[str]) -> bool:
    return found.start() > denial.end() or bool(_DECLINES.search(text, found.end()))


def _split(terms: str) -> tuple[str, ...]:
    return tuple(filter(None, (term.strip() for term in _OR.split(terms))))
