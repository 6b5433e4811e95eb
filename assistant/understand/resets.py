"""Limits lifted: "any length", "forget the language", "start over"."""

from __future__ import annotations

import re

from assistant.types import Slot
from assistant.understand.reading import Reading, Span

_RESET = re.compile(
    r"\b(?:start (?:over|again|afresh|anew)|from scratch|reset|new (?:topic|search)|"
    r"forget (?:everything|it all|all (?:of )?(?:that|this)|(?:about )?(?:that|it|this)))\b"
    r"|重新(?:开始|来)|从头(?:开始|再?来)|重来|(?:忘掉|不管)(?:刚才|之前|前面)(?:的|说的)*",
    re.IGNORECASE,
)
_NOUNS: dict[Slot, str] = {
    Slot.DURATION: r"lengths?|durations?|running times?|times?|long|时长|长度|长短|多长",
    Slot.YEAR: r"years?|dates?|ages?|eras?|decades?|old|年份|年代|时间|年",
    Slot.LANGUAGE: r"languages?|语言|语种",
    Slot.KIND: r"kinds?|types?|formats?|类型|种类|形式",
    Slot.CHANNEL: r"channels?|sources?|频道|来源",
}
_DIMENSIONS: dict[Slot, re.Pattern[str]] = {
    dimension: re.compile(
        rf"\b(?:of |in |from )?any (?:{nouns})\b(?: (?:is|will) (?:fine|ok|okay|good|do))?"
        rf"|\b(?:forget|drop|ignore|never ?mind|lift|remove|"
        rf"scrap)(?: about)? the (?:{nouns})(?: limit)?\b"
        rf"|\b(?:the )?(?:{nouns}) (?:doesn't|does not|don't) matter\b|\bno (?:{nouns}) (?:limit|"
        rf"restriction)s?\b"
        rf"|\b(?:i )?don't (?:care|mind)(?: about)?(?: (?:the|how|which|"
        rf"what))? (?:{nouns})\b(?: it is)?"
        rf"|(?:任何|什么|多少|不管|无论)(?:{nouns})(?:都行|都可以|都好|均可|也行)|"
        rf"(?:{nouns})(?:不限|无所谓|不重要|随意|随便)"
        rf"|不限(?:制)?(?:{nouns})",
        re.IGNORECASE,
    )
    for dimension, nouns in _NOUNS.items()
}


def read_reset(text: str) -> tuple[Span, ...]:
    """Where `text` drops all that stands: "start over"."""
    return tuple(found.span() for found in _RESET.finditer(text))


def read_cleared(text: str) -> Reading:
    """Read which limits `text` lifts: "any length", "forget the language"."""
    spans: list[Span] = []
    cleared: list[Slot] = []
    for dimension, pattern in _DIMENSIONS.items():
        for found in pattern.finditer(text):
            spans.append(found.span())
            cleared.append(dimension)
    return Reading(tuple(spans), cleared=tuple(dict.fromkeys(cleared)))
