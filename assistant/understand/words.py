"""Words that several rules share, as parts of regular expressions, and numbers written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.languages import LANGUAGE_NAMES

MEDIA = (
    r"(?:films?|movies?|flicks?|videos?|clips?|vids?|documentar(?:y|ies)|docs?|docuseries|talks?|"
    r"lectures?|presentations?|speech(?:es)?|keynotes?|courses?|tutorials?|series|shows?|sitcoms?|"
    r"episodes?|concerts?|shorts?|cartoons?|anime|releases?|picks?|suggestions?|recommendations?|"
    r"ones?|things?|stuff|titles?|options?|works?)"
)
"""What one may ask for."""

CHINESE_MEDIA = (
    r"(?:电影|影片|片子|片|视频|短片|纪录片|记录片|演讲|讲座|课程|教程|剧集|电视剧|连续剧|剧|节目|"
    r"动画片|动画|动漫|综艺|演唱会|音乐会|作品|内容)"
)

GENRE = (
    r"(?:action|adventure|animated|animation|art|black and white|comedy|comedic|crime|cult|dark|"
    r"drama|dramatic|family|fantasy|feature|feature-length|funny|gangster|ghost|good|great|heist|"
    r"historical|horror|indie|kids|mystery|new|noir|nice|old|police|romance|romantic|science|"
    r"sci-fi|scifi|science fiction|short|silent|spy|thriller|war|western|zombie)"
)
"""What may stand between "French" and "films"."""

LANGUAGE = "(?:" + "|".join(english for english, _ in LANGUAGE_NAMES.values()) + ")"
"""The English name of a language, which is an adjective as well."""

GENRE_NOUN = (
    r"(?:thrillers?|comed(?:y|ies)|dramas?|musicals?|westerns?|sitcoms?|rom-?coms?|romances?|"
    r"horror|blockbusters?|tv|television|soaps?|hits)"
)
"""A genre that stands for what is of it: "Korean thrillers"."""

_DEGREE = r"(?:a (?:bit|little)|much|way|even|something|anything|make it|but|slightly|somewhat)"
_PHRASE_END = rf"(?=\s*(?:$|[^\w\s]|(?:{MEDIA}|than|please|and|but|or|in|from)\b))"


def comparative(word: str) -> str:
    """A pattern for `word` ("shorter") where it compares videos: not for "a shorter history"."""
    return rf"\b(?:{_DEGREE}\s+)*(?<!no ){word}\b{_PHRASE_END}"


_CLOSING = r"[\"”’'*_)》」』]*\s*"
PRAISED = re.compile(
    rf"{_CLOSING}(?:(?:(?:is|was|were|are)|looks?|sounds?)\s+(?:\w+\s+){{0,2}}?(?:great|good|"
    rf"awesome|amazing|fun|funny|"
    r"favou?rites?|excellent|fantastic|brilliant|hilarious|wonderful|perfect|beautiful)\b"
    r"|很好看|真好看|太好看了?|不错)",
    re.IGNORECASE,
)
"""After what one liked: "… was great"."""
PANNED = re.compile(
    rf"{_CLOSING}(?:(?:(?:is|was|were|are)|looks?|sounds?)\s+(?:\w+\s+){{0,2}}?(?:boring|bad|"
    rf"terrible|"
    r"awful|overrated|disappointing|dull|horrible|meh|not (?:\w+ )?(?:good|great|fun|my \w+|"
    r"for me))\b"
    r"|(?:wasn't|weren't|isn't|aren't|was not|were not) (?:\w+ )?(?:good|great|fun|funny|my \w+|"
    r"for me)\b|sucked\b|bored me\b|很?无聊|不好看|难看|太无聊了?)",
    re.IGNORECASE,
)
"""After what one did not like: "… was boring"."""

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_WHOLE = _ONES | _TENS | {
    "zero": 0, "a": 1, "an": 1, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_PHRASES = {
    "half": 0.5, "half a": 0.5, "half an": 0.5, "couple": 2, "couple of": 2, "a couple": 2,
    "a couple of": 2, "dozen": 12, "a dozen": 12,
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(longest_first).replace(" ", "[ ]") + ")"


_BELOW_HUNDRED = (
    rf"(?:{_any_of(_TENS)}[ -]{_any_of(_ONES)}\b|{_any_of(_WHOLE.keys() - {'a', 'an'})})"
)
NUMBER = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?"
    rf"|(?:(?:{_any_of(_ONES)}|a)[ ])?hundred(?:(?:[ ]and)?[ ]{_BELOW_HUNDRED}\b)?"
    rf"|{_BELOW_HUNDRED}|{_any_of((*_PHRASES, 'a', 'an'))})"
)
"""A number, in digits or in words; also where a pattern is verbose."""

CHINESE_NUMBER = r"(?:\d{1,4}(?:\.\d{1,2})?|[零〇一二两三四五六七八九十百千]{1,7})"
"""A number, in digits or in Chinese characters."""


def number(text: str) -> float:
    """The value of what `NUMBER` or `CHINESE_NUMBER` matched."""
    text = text.casefold().strip()
    if text[0].isdecimal():
        return float(text.replace(",", "."))
    if text in _PHRASES:
        return _PHRASES[text]
    return _english_number(text) if text.isascii() else _chinese_number(text)


def _english_number(text: str) -> int:
    """One hundred and twenty → 120."""
    total = 0
    for word in re.findall("[a-z]+", text):
        if word == "hundred":
            total = 100 * (total or 1)
        elif word != "and":
            total += _WHOLE[word]
    return total


def _chinese_number(text: str) -> int:
    """一百二十 → 120; 九零 → 90, digit by digit, where there is neither 十, 百 nor 千."""
    values = [int(unicodedata.numeric(character)) for character in text.replace("两", "二")]
    if max(values) < 10:
        return int("".join(map(str, values)))
    total, digit = 0, 0
    for value in values:
        if value < 10:
            digit = value
        else:
            total, digit = total + value * (digit or 1), 0
    return total + digit
