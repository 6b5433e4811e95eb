"""Language of the video: "in French or Spanish", "Korean thrillers", "not in English", 法语的.

A bare adjective is a language only before something that one watches. "French cooking", "Chinese
food" and "learn Spanish" are subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.languages import LANGUAGE_NAMES
from assistant.types import Constraints
from assistant.understand.reading import Reading, Span, inside, subjects
from assistant.understand.words import CHINESE_MEDIA, GENRE, GENRE_NOUN

_CODES: dict[str, tuple[str, ...]] = {
    **{names[0].casefold(): (code,) for code, names in LANGUAGE_NAMES.items()},
    "mandarin": ("zh",),
    "cantonese": ("yue", "zh"),  # most catalogues file it under Chinese
    "farsi": ("fa",),
    "brazilian": ("pt",),
    "flemish": ("nl",),
    "castilian": ("es",),
    "scandinavian": ("da", "no", "sv"),
    "nordic": ("da", "fi", "no", "sv"),
}
"""What an English speaker calls a language → its codes."""

_CHINESE_CODES: dict[str, tuple[str, ...]] = {
    **{
        stem + ending: (code,)
        for code, (_, name) in LANGUAGE_NAMES.items()
        for stem in (name.removesuffix("语"),)
        for ending in ("语", "文")
        if name.endswith("语")
    },
    "中文": ("zh",), "汉语": ("zh",), "华语": ("zh",), "国语": ("zh",), "普通话": ("zh",),
    "粤语": ("yue", "zh"), "广东话": ("yue", "zh"), "西语": ("es",), "葡语": ("pt",),
    "阿语": ("ar",), "韩文": ("ko",), "日文": ("ja",),
}  # fmt: skip
_COUNTRIES: dict[str, str] = {
    "法国": "fr", "日本": "ja", "韩国": "ko", "德国": "de", "意大利": "it", "西班牙": "es",
    "俄罗斯": "ru", "俄国": "ru", "葡萄牙": "pt", "巴西": "pt", "泰国": "th", "越南": "vi",
    "土耳其": "tr", "伊朗": "fa", "瑞典": "sv", "丹麦": "da", "挪威": "no", "芬兰": "fi",
    "荷兰": "nl", "波兰": "pl", "希腊": "el", "美国": "en", "英国": "en", "中国": "zh",
    "国产": "zh", "香港": "zh", "台湾": "zh", "墨西哥": "es", "阿根廷": "es",
}  # fmt: skip
_COUNTRIES_IN_SHORT = {"韩": "ko", "日": "ja", "美": "en", "英": "en", "泰": "th", "港": "zh"}
"""Before 剧 or 片: 韩剧."""


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_NAME = rf"(?:{_any_of(_CODES)})"
_LIST = rf"{_NAME}(?:(?:\s*,\s*(?:or |and )?|\s*/\s*|\s+or\s+|\s+and\s+){_NAME})*"
_WATCHED = (
    r"(?:films?|movies?|flicks?|series|shows?|sitcoms?|dubs?|documentar(?:y|ies)|talks?|videos?|"
    r"shorts?|cartoons?|anime|episodes?|ones?|speakers?|productions?|language)"
)
"""Not courses, lessons and tutorials: "Spanish lessons" teach it."""
_NEGATION = (
    r"(?:(?:(?:in )?any(?: other)? language (?:but|except(?: for)?|other than)|not|no|nothing|none|"
    r"isn't|aren't|anything but|except(?: for)?|other than|without|avoid)"
    r"(?: any(?:thing)?)?(?: that(?:'s| is| are))?|non-?)\s*"
)
_GOES_ON = (
    r"(?=\s*(?:$|[^\w\s]|(?:or|and|but|with|please|about|from|under|that|which|on|for|only|if|"
    r"not|no|by|instead|shorter|longer|less|more|between|after|before|since|at|over|up)\b))"
)
_IN = re.compile(
    rf"(?P<not>\b{_NEGATION})?\bin\s+(?:the\s+)?(?P<names>{_LIST})(?:\s+language)?"
    rf"{_GOES_ON}(?!\s*(?:subtitles|subs)\b)",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    r"\b(?:speak|speaking|talk|talking|write|writing|count|counting|say|sing|read|reading|fluent|"
    r"subtitles|subtitled|subs|words|conversation|conversations|converse)\s+$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"(?P<not>\b{_NEGATION})?\b(?!greek (?:tragedy|comedy|drama)\b)(?P<names>{_LIST})"
    rf"(?:[- ](?:language|speaking|spoken|dubbed))?"
    rf"(?=\s+(?:(?:{GENRE})\s+){{0,2}}(?:{_WATCHED}|{GENRE_NOUN})\b)",
    re.IGNORECASE,
)
_SOMETHING = re.compile(rf"\b(?:something|anything)\s+(?P<names>{_LIST}){_GOES_ON}", re.IGNORECASE)
_HYPHENATED = re.compile(
    rf"(?P<not>\b{_NEGATION})?\b(?P<names>{_NAME})[- ](?:language|speaking|spoken)\b", re.IGNORECASE
)
_DENIED = re.compile(rf"(?P<not>\b{_NEGATION})(?P<names>{_LIST}){_GOES_ON}", re.IGNORECASE)
_WHOLE = re.compile(
    rf"^\W*(?:(?:only|just|but|and|or|either|maybe|actually|make it)\s+)*(?P<names>{_LIST})"
    r"(?:\s+(?:please|only|instead))*\W*$",
    re.IGNORECASE,
)
_CHINESE_NAMES = _any_of(_CHINESE_CODES)
_CHINESE_NOT = r"(?:不要|不想看|不是|不看|别|除了|非|没有)"
_CHINESE = re.compile(
    rf"(?P<not>{_CHINESE_NOT})?(?:用|讲|说|是|要|看)?"
    rf"(?P<names>(?:{_CHINESE_NAMES})(?:(?:或者|或|和|、)(?:{_CHINESE_NAMES}))*)"
    rf"(?!教程|课|入门|学习|语法|单词|词汇|听力|口语|考试|老师|字幕|歌词)"
    rf"(?:(?:的|版)?(?P<but>以外|之外|除外)的?|的|对白|配音|发音|版|(?={CHINESE_MEDIA})"
    r"|(?=\W|$|但|吗|吧))?"
)
_KNOWN_NAMES = re.compile(_any_of(_CODES | _CHINESE_CODES))
_KNOWN_COUNTRIES = re.compile(_any_of(_COUNTRIES))
_LEARNED = re.compile(r"(?:学|学习|教|练|练习|自学|怎么说|讲解|精通)$")
_COUNTRY = re.compile(
    rf"(?P<not>{_CHINESE_NOT})?(?:(?P<country>(?:{_any_of(_COUNTRIES)})"
    rf"(?:(?:或者|或|和|、)(?:{_any_of(_COUNTRIES)}))*)的?(?={CHINESE_MEDIA})"
    rf"|(?:最好)?[是要](?P<origin>{_any_of(_COUNTRIES)})的(?=\W|$)"
    rf"|(?P<short>{_any_of(_COUNTRIES_IN_SHORT)})(?=[剧片]))"
)


def read_languages(text: str) -> Reading:
    """Read the languages that `text` asks for or declines."""
    spans: list[Span] = []
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _matches(text):
        if any(start < found.end() and end > found.start() for start, end in spans):
            continue
        spans.append(found.span())
        groups = found.groupdict()
        denied = groups.get("not") or groups.get("but")
        (unwanted if denied else wanted).extend(_codes(found))
    limits = Constraints(
        languages=tuple(dict.fromkeys(wanted)), not_languages=tuple(dict.fromkeys(unwanted))
    )
    return Reading(tuple(spans), limits)


def _matches(text: str) -> list[re.Match[str]]:
    about = subjects(text)
    found = [m for m in _IN.finditer(text) if not _SPOKEN_OF.search(text[: m.start()])]
    found += [
        match
        for pattern in (_ADJECTIVE, _HYPHENATED)
        for match in pattern.finditer(text)
        if not inside(match.start(), about)
    ]
    found += [m for p in (_SOMETHING, _DENIED, _WHOLE) for m in p.finditer(text)]
    found += [m for m in _CHINESE.finditer(text) if not _LEARNED.search(text[: m.start()])]
    found += [m for m in _COUNTRY.finditer(text) if not inside(m.start(), about)]
    return found


def _codes(found: re.Match[str]) -> list[str]:
    groups = found.groupdict()
    if country := groups.get("country") or groups.get("origin"):
        return [_COUNTRIES[name] for name in _KNOWN_COUNTRIES.findall(country)]
    if short := groups.get("short"):
        return [_COUNTRIES_IN_SHORT[short]]
    names = _KNOWN_NAMES.findall(found["names"].casefold())
    return [code for name in names for code in (_CODES | _CHINESE_CODES)[name]]
