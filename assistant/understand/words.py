"""Words that several rules share, as parts of regular expressions, and numbers written out."""

from __future__ import annotations

import re

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

_DIGITS = {
    "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "twenty-five": 25, "twenty five": 25, "thirty": 30, "thirty-five": 35,
    "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
    "half": 0.5, "half a": 0.5, "half an": 0.5, "couple": 2, "couple of": 2, "a couple": 2,
    "a couple of": 2, "hundred": 100, "a hundred": 100,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,4}(?:[.,]\d{1,2})?|"
    + "|".join(sorted(map(re.escape, _DIGITS), key=len, reverse=True))
    + ")"
)
"""A number, in digits or in words."""

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
CHINESE_NUMBER = r"(?:\d{1,4}(?:\.\d{1,2})?|[零一二两三四五六七八九十百]{1,5})"
"""A number, in digits or in Chinese characters."""


def number(text: str) -> float:
    """The value of what `NUMBER` or `CHINESE_NUMBER` matched."""
    text = text.casefold().strip()
    if text[0].isdigit():
        return float(text.replace(",", "."))
    if text in _DIGITS:
        return _DIGITS[text]
    return _chinese_number(text)


def _chinese_number(text: str) -> int:
    """一百二十 → 120; 九零 → 90, digit by digit, where there is neither 十 nor 百."""
    if not set(text) & set("十百"):
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in text))
    total, digit = 0, 0
    for character in text:
        if character == "百":
            total, digit = total + 100 * (digit or 1), 0
        elif character == "十":
            total, digit = total + 10 * (digit or 1), 0
        else:
            digit = _CHINESE_DIGITS[character]
    return total + digit
