"""How a message speaks of the titles it names: wanted, unwanted, or just mentioned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from assistant.titles import TitleMention
from assistant.types import NamedTitle
from assistant.understand.reading import Span, subjects
from assistant.understand.words import PANNED, PRAISED

Manner = Literal["likeness", "opinion", "mention", "subject"]
"""A request for what is like it; a liking or disliking; a question or a bare name; or a title that
the videos wanted are about, and which stays in the wish."""

Liking = Literal[-1, 0, 1]

_THING = r"(?:movies?|films?|series|shows?|talks?|videos?|documentar(?:y|ies)|lectures?)"
_ADVERB = r"(?:(?:really|also|just|absolutely|both|totally|recently|quite|already|ever|even)\s+)*"
_LINK = (
    rf"\s*(?:(?:the|that|this|both)\s+)?(?:{_THING}\s+)?(?:(?:called|named|like)\s+)?"
    r"(?:(?:the|a|an|both|either)\s+)?[\"“‘'(《「『〈*_]*$"
)
_WHO = rf"(?:\b(?:i|we)(?:'ve| have|'d)?\s+{_ADVERB})?"


class _Cue(NamedTuple):
    pattern: re.Pattern[str]
    manner: Manner
    liking: Liking


def _cue(words: str, manner: Manner, liking: Liking) -> _Cue:
    return _Cue(re.compile(rf"(?:{words}){_LINK}", re.IGNORECASE), manner, liking)


_CUES = (
    _cue(
        rf"{_WHO}\b(?:hated?|disliked?|can't stand|(?:did(?:n't| not)|don't|do not) {_ADVERB}"
        r"(?:much )?(?:like|love|want|recommend|enjoy|care for)|couldn't finish|"
        r"(?:(?:am|'m|was|were) )?(?:not|wasn't|weren't|isn't)(?: a)? (?:(?:big|huge|great) )?"
        r"(?:fan of|into|impressed by)|tired of|bored by|bored with)"
        r"|我?(?:不喜欢|讨厌|不爱看)",
        "opinion",
        -1,
    ),
    _cue(
        r"\b(?:not|nothing|isn't|unlike|never)(?: too| so| anything)?(?: like| similar to)?"
        r"|\b(?:no more|no|anything but|except(?: for)?|other than|instead of|rather than|"
        r"don't (?:show|suggest|recommend)(?: me)?)|(?:不要|别|不)(?:像|类似于?|推荐|再)+|除了|"
        r"不要",
        "likeness",
        -1,
    ),
    _cue(
        rf"\b(?:have|did) (?:you|u) {_ADVERB}(?:seen?|watch(?:ed)?|heard? of|like)|\bdo (?:you|u) "
        rf"(?:know|have|like)|{_WHO}\b(?:haven't|have not|havent|hasn't|never) {_ADVERB}"
        rf"(?:seen|watched|saw)|{_WHO}\b(?:seen|know|heard of)|\bwhat is|\bwho(?:'s| is) in"
        r"|我?看过了?|有没有|知道",
        "mention",
        0,
    ),
    _cue(
        rf"{_WHO}\b(?:loved?|liked|enjoyed?|adored?|watched|saw|finished|rewatched)"
        rf"|\b(?:i|we)(?:'d)? {_ADVERB}(?:like|prefer)|\b(?:my |our )?(?:all[- ]time )?favou?rites?"
        rf"(?: {_THING})?(?: of all time)?(?: is| are| was| were| include|:)"
        rf"|{_WHO}\b(?:am |'m )?(?:a )?(?:(?:big|huge|great) )?(?:fans? of|obsessed with|into)"
        r"|我?(?:很|非常|超|最|特别)?(?:喜欢过?|爱看|喜爱)|我?刚?看完了?|我?刚看了",
        "opinion",
        1,
    ),
    _cue(
        r"\b(?:(?:just|more|something|anything|stuff|a bit|much) )*(?:(?:a )?(?:mix|mixture|cross|"
        r"combination|blend|mashup) (?:of|between)|like|similar(?:ly)? to|"
        r"in the (?:style|vein|spirit|mood|manner) of|reminiscent of|akin to|along the lines of|"
        r"such as|[àa] la|(?:with )?(?:the )?same (?:vibe|feel|style|kind|type) (?:as|of)|"
        r"(?:the )?vibes? of|close to|reminds? me of|(?:but )?(?:shorter|longer|older|newer|better|"
        r"lighter|funnier|darker) than|as \w+ as|sequels? (?:to|of)|compared? (?:to|with))"
        r"|(?:(?:再来|来)(?:一?[些点个部几])?)?(?:像|类似于?|如同|跟|和|同|比)",
        "likeness",
        1,
    ),
)
_AFTER = re.compile(
    r"[\"”’'*_)》」』]*\s*(?:那样的?|这样的?|那种的?|这种的?|一样的?|之类的?|一类的?|的风格|"
    r"那类的?|这类的?|差不多的?|类似的?|的)?"
)
_LIST = re.compile(
    r"[\s\"”’'*_)》」』]*(?:[,;/&、]|\b(?:and|or|nor)\b|[和跟或与])*[\s\"“‘'(*_《「『]*"
    r"(?:(?:and|or|also|the|a|an|maybe|even|both)\s+)*[\s\"“‘'(*_《「『]*",
    re.IGNORECASE,
)
_REACH = 80
"""Characters before a title in which the words that speak of it must stand."""


class Naming(NamedTuple):
    """A title that a message names, and how."""

    title: NamedTitle
    span: Span
    """The title with the words that speak of it."""
    manner: Manner


def read_titles(
    text: str, mentions: Sequence[TitleMention], liked: Mapping[str, Liking] = MappingProxyType({})
) -> list[Naming]:
    """Read how `text` speaks of the titles that it names.

    Args:
        text: the message.
        mentions: the titles found in it.
        liked: what it says elsewhere of videos, by their ids: "I saw Alien, and hated it".
    """
    namings: list[Naming] = []
    about = subjects(text)
    previous_end = 0
    for mention in mentions:
        between = text[previous_end : mention.start]
        start, manner, liking = _spoken_of(text, mention, previous_end)
        if namings and manner == "mention" and liking == 1 and _LIST.fullmatch(between):
            last = namings[-1]
            start, manner, liking = previous_end, last.manner, last.title.liking
        if manner == "mention" and any(low <= mention.start < high for low, high in about):
            manner, liking = "subject", 0
        span, liking = _with_verdict(text, mention, start, liking)
        if mention.video_id in liked:
            manner, liking = "opinion", liked[mention.video_id]
        title = NamedTitle(
            video_id=mention.video_id,
            title=mention.title,
            mention=mention.mention,
            match=mention.match,
            liking=liking,
            year=mention.year,
            others=mention.others,
        )
        namings.append(Naming(title, span, manner))
        previous_end = mention.end
    return namings


def _spoken_of(text: str, mention: TitleMention, since: int) -> tuple[int, Manner, Liking]:
    """Where the words that lead to a title begin, and what they say; a bare title is wanted."""
    low = max(since, mention.start - _REACH)
    before = text[low : mention.start]
    for cue in _CUES:
        if found := cue.pattern.search(before):
            return low + found.start(), cue.manner, cue.liking
    return mention.start, "mention", 1


def _with_verdict(
    text: str, mention: TitleMention, start: int, liking: Liking
) -> tuple[Span, Liking]:
    if panned := PANNED.match(text, mention.end):
        return (start, panned.end()), -1
    if praised := PRAISED.match(text, mention.end):
        return (start, praised.end()), liking or 1
    after = _AFTER.match(text, mention.end)
    return (start, after.end() if after else mention.end), liking
