"""Picks pointed at: "the second one", "#3", "more like these", "the last one", 第二个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from assistant.understand.reading import Span
from assistant.understand.words import CHINESE_NUMBER, PANNED, PRAISED, number

Mood = Literal["like", "dislike", "seen", "plain"]
"""How a pick is spoken of."""

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
CARDINALS = {word: place for place, word in enumerate("one two three four five six".split(), 1)}  # noqa: SIM905
_PICK = r"(?:one|ones|pick|picks|film|movie|video|talk|suggestion|recommendation|option|result)"
_ENDS = (
    r"(?=\s*(?:$|[^\w\s]|(?:but|and|or|again|please|was|is|looks?|sounds?|in|with|from|though|"
    r"too|as|here|on|only|except|shorter|longer|older|newer|that|which)\b))"
)
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|(?P<nth>\d{{1,2}})(?:st|nd|rd|th))"
_PLACE = re.compile(
    rf"""
      \bthe[ ](?P<end>first|last)[ ](?P<many>two|three|four|[2-9])\b(?:[ ]{_PICK}\b|{_ENDS})
    | \b(?:the[ ])?(?:very[ ])?(?P<last>last|final)[ ](?:{_PICK})\b
    | \bthe[ ](?P<last_bare>last|latter){_ENDS}
    | \b(?:the[ ])?(?P<ordinal>{_ORDINAL})[ ]{_PICK}\b
    | \bthe[ ](?P<ordinal_bare>{_ORDINAL.replace("<nth>", "<nth_bare>")}){_ENDS}
    | (?:\#|\bno\.?[ ]?|\bnumbers?[ ]|\bnr\.?[ ]?|\boption[ ]|\bpick[ ])(?P<number>\d{{1,2}}|
        {"|".join(CARDINALS)})\b
    | 第(?P<zh>{CHINESE_NUMBER})(?:[个部条集首种]|(?=\W|$|那样|这样|一样))
    | 最后一?[个部条首](?P<zh_last>)
    | (?P<zh_number>\d{{1,2}})号(?!线|店|楼)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIKENESS = r"(?:\b(?:(?<!'d )(?<!would )like|similar to|unlike|than|why)|像|类似于?|为什么)"
_OPINION = r"(?:\b(?:loved|liked|hated|disliked|seen|watched|not|of|explain|as|about)|喜欢|看过)"
_NO_COUNT = "".join(rf"(?<!\b{word} )" for word in CARDINALS)
"""Not "three of them", which says how many."""
_BARE = re.compile(
    rf"(?:{_LIKENESS}|{_OPINION}|推荐)\s*(?P<digit>[1-9]|1\d|20){_ENDS}(?!\s*[:.]\d)", re.IGNORECASE
)
_NEXT = re.compile(rf"\s*(?:,|&|and|or|、|和)\s*(?P<digit>[1-9]|1\d|20){_ENDS}", re.IGNORECASE)
_WHOLE = re.compile(
    r"^\W*(?:why\s+)?(?P<digit>[1-9]|1\d|20)(?:\W*$|(?=\s+(?:looks?|sounds?|seems?)\b))",
    re.IGNORECASE,
)
_THINGS = r"(?: (?:ones|picks|films|movies|videos|talks|suggestions|recommendations|two|three))?"
_ALL = re.compile(
    rf"(?:{_LIKENESS}|{_NO_COUNT}{_OPINION})\s*(?:(?:all|any|both|either)\s+)?(?:of\s+)?"
    rf"(?P<all>(?:these|those|them|both){_THINGS}){_ENDS}"
    rf"|{_LIKENESS}\s*(?P<one>that one|this one|that|this|it){_ENDS}"
    r"|(?P<zh>这[些个几部种]|那[些个几部种]|它们?|前面的|上面的|刚才的)",
    re.IGNORECASE,
)
_SIMILAR = re.compile(
    r"\b(?:(?:something|anything|more|stuff|others?|ones?|films|movies|videos|talks)\s+)+similar\b"
    r"|\bsimilar (?:ones?|stuff|things|films|movies|videos|talks|picks)\b"
    r"|(?:来点|来些|找点|多来点)?"
    r"(?:类似|差不多)的",
    re.IGNORECASE,
)
"""Like what was just spoken of."""
_CHINESE_ONE = re.compile(r"^(?:[这那](?:个|部|种|样)|它)$")
_WHO = r"(?:\b(?:i|we)(?:'ve| have| am|'m)?\s+(?:(?:really|already|also|just)\s+)*)?"
_SPOKEN: tuple[tuple[Mood, str], ...] = (
    (
        "dislike",
        rf"{_WHO}\b(?:(?:nothing|not|less|fewer|no more) like|none of|not|nothing|unlike|hated?"
        rf"|disliked?|"
        rf"anything but|except|"
        r"didn't (?:really )?(?:like|love|enjoy)|don't (?:really )?(?:like|love|enjoy|want)|"
        r"not a fan of)|我?(?:不喜欢|讨厌)|(?:不要|别|不)再?像|不要|少来一?点(?:像)?",
    ),
    ("seen", rf"{_WHO}\b(?:seen|watched|saw|know)|我?看过了?"),
    (
        "like",
        rf"{_WHO}\b(?:love|loved|liked|enjoyed?)|(?:\b(?:more|something|anything|stuff|some|"
        rf"just)\s+)*"
        r"\b(?:like|similar to|more of|along the lines of|in the style of|shorter than|"
        r"longer than|older than|newer than|than|as|more)|(?:再来|来|找)?(?:一?[点些个])?(?:更多)?"
        r"(?:像|类似于?|跟|和)|我?喜欢|更多",
    ),
)
_MOODS = tuple(
    (mood, re.compile(rf"(?:{words})\s*(?:the\s+)?$", re.IGNORECASE)) for mood, words in _SPOKEN
)
_UNLIKE = re.compile(
    r"\b(?:(?:nothing|not|less|fewer|no more) like|unlike)\b|(?:不要|别|不)再?像|少来"
)
_JOINT = re.compile(r"\s*(?:,|&|and|or|、|和)*\s*", re.IGNORECASE)


class Reference(NamedTuple):
    """A place of a message that points at picks."""

    ids: tuple[str, ...]
    """Of the picks; none where there is no such pick."""
    span: Span
    """The expression with the words that speak of the pick."""
    mood: Mood
    unlike: bool = False
    """Whether picks less like it are asked for: "nothing like 3"."""


def read_references(text: str, picks: Sequence[str], it: Sequence[str] = ()) -> list[Reference]:
    """Read which of the last picks `text` points at.

    Args:
        text: the message.
        picks: ids of the last picks, in the order in which they were shown.
        it: ids of the videos that "it" and "that one" stand for.
    """
    places = [(match.span(), _places(match, len(picks))) for match in _PLACE.finditer(text)]
    places += [
        (match.span("digit"), [int(match["digit"])])
        for pattern in (_BARE, _WHOLE)
        for match in pattern.finditer(text)
    ]
    for span, _ in places:  # grows: "1, 2 and 3"
        if following := _NEXT.match(text, span[1]):
            places.append((following.span("digit"), [int(following["digit"])]))
    found = [
        (span, tuple(picks[place - 1] for place in numbers if 1 <= place <= len(picks)))
        for span, numbers in places
    ]
    for match in _ALL.finditer(text) if picks or it else ():
        ids = tuple(it if _of_one(match) else picks)
        if ids:
            found.append((match.span(match.lastgroup or 0), ids))
    if it:
        found += [(match.span(), tuple(it)) for match in _SIMILAR.finditer(text)]
    references: list[Reference] = []
    for span, ids in sorted(found):
        if not references or span[0] >= references[-1].span[1]:
            start, mood = _mood(text, span[0], references)
            if _SIMILAR.fullmatch(text, *span):
                mood = "like"
            end = span[1]
            if panned := PANNED.match(text, end):
                mood, end = "dislike", panned.end()
            elif praised := PRAISED.match(text, end):
                mood, end = "like", praised.end()
            unlike = mood == "dislike" and bool(_UNLIKE.search(text, start, span[0]))
            references.append(Reference(ids, (start, end), mood, unlike))
    return references


def unclear(text: str) -> list[Span]:
    """Where `text` speaks of "that" where it is not clear of what."""
    return [match.span() for match in _ALL.finditer(text) if _of_one(match)]


def _of_one(match: re.Match[str]) -> bool:
    return bool(match["one"] or (match["zh"] and _CHINESE_ONE.search(match["zh"])))


def _places(match: re.Match[str], picks: int) -> list[int]:
    """The places in the list of picks, from 1, that an expression means."""
    if match["end"]:
        many = match["many"].casefold()
        wanted = int(many) if many.isdigit() else CARDINALS[many]
        first = 1 if match["end"].casefold() == "first" else picks - wanted + 1
        return list(range(first, first + wanted))
    if match["last"] or match["last_bare"] or match["zh_last"] is not None:
        return [picks]
    if nth := match["nth"] or match["nth_bare"] or match["zh_number"]:
        return [int(nth)]
    if name := match["ordinal"] or match["ordinal_bare"]:
        return [ORDINALS[name.casefold()]]
    if chinese := match["zh"]:
        return [int(number(chinese))]
    value = match["number"].casefold()
    return [int(value) if value.isdigit() else CARDINALS[value]]


def _mood(text: str, start: int, before: Sequence[Reference]) -> tuple[int, Mood]:
    """How a pick that is pointed at from `start` on is spoken of, and where that begins."""
    since = before[-1].span[1] if before else 0
    lead = text[since:start]
    for mood, pattern in _MOODS:
        if found := pattern.search(lead):
            return since + found.start(), mood
    if before and _JOINT.fullmatch(lead):
        return start, before[-1].mood
    return start, "plain"
