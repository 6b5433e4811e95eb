"""Kind: "documentaries", "a TED talk", "no series", 纪录片, 不要电视剧.

A limit wrongly read is worse than none, so:

- a noun inside the subject is none: "a film about a talk show" asks for films;
- "video" is none, for everything is one;
- tutorial, course, lesson and 教程 say what is wanted in meaning, and often a lecture or a talk
  serves as well: they stay in the wish, and are limits only when said to be ("only tutorials") or
  when declined ("no tutorials").
"""

from __future__ import annotations

import re

from assistant.types import Constraints, Kind
from assistant.understand.reading import MASK, Reading, Span, inside, subjects

_NO_SERIES = (
    r"(?<!time )(?<!fourier )(?<!taylor )(?<!power )(?<!infinite )(?<!lecture )(?<!talk )"
    r"(?<!video )(?<!world )(?<!in )"
)
_SAYS = (
    r"(?<!to )(?<!can )(?<!we )(?<!let's )(?<!\bi )(?<!they )(?<!you )(?<!people )(?<!who )"
    r"(?<!give a )(?<!giving a )(?<!giving )"
)
_FILM_OF = (
    r"(?!\s*-?(?:noir|festivals?|schools?|making|makers?|theory|scores?|industry|history|studies|"
    r"photography|cameras?|criticism|crew|sets?(?! in| during| on)|directors?|directing|editing|"
    r"nights?|theat|stars?|trailers?|soundtracks?|music))"
)
_DOCS = (
    r"(?:(?:\b(?:an?|some|any|good|great|short|nature|music|film|crime|history|science|space|"
    r"more|no|only|just|or|and)|^\W*)\s*)\b(docs?)\b(?=\s*(?:$|[^\w\s'’-]|(?:about|on|and|or|from|under|in|"
    r"with|by|please)\b))"
)
"""Documentaries; "writing docs" and "Python docs" are documentation."""
_HARD: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        r"\b(?:short (?:films?|movies?)|animated shorts?|(?<!in )(?<!of )shorts)\b|短片",
        (Kind.SHORT,),
    ),
    (
        r"\b(?:documentar(?:y|ies)(?: (?:films?|movies?|series))?|docuseries|docos?)\b|[纪记]录片"
        rf"|{_DOCS}",
        (Kind.DOCUMENTARY,),
    ),
    (
        r"\bstand[- ]?ups?\b(?! (?:meetings?|desks?|for|to|paddle))(?: comed(?:y|ians?))?"
        r"(?: (?:specials?|shows?|sets?))?|\bcomedy specials?\b|脱口秀|单口喜剧|相声",
        (Kind.COMEDY,),
    ),
    (
        r"\b(?:concerts?(?: films?)?(?! halls?)|live (?:music|performances?|sessions?)|"
        r"music videos?)\b|\b(?:some|only|just|play(?: me)?|listen to) (?:\w+ )?(music)\b"
        r"(?! (?:theory|industry|production|history|business|education|documentar))"
        r"|演唱会|音乐会|音乐视频",
        (Kind.MUSIC,),
    ),
    (
        r"\b(?:(?:tv|television|web|limited)[- ](?:shows?|series|dramas?)|mini-?series|sitcoms?|"
        rf"{_NO_SERIES}series(?! of\b))\b"
        r"|\b(?:an?|any|some|good|great|best|no|more|other|new|"
        r"funny) (?:(?!talk )\w+ ){0,2}(shows?)\b"
        r"(?! (?:me|us|how|that)\b)"
        r"|(?<!talk )(?<!it )(?<!that )\bshows(?= (?:about|with|from|like|on|in)\b|$|[,.!?])"
        r"|\b(?:films?|movies?|documentaries) (?:or|and|&) ((?:tv )?shows?|tv)\b"
        r"|\b(?:shows?|tv)(?= (?:or|and|&) (?:films?|movies?|documentaries)\b)"
        rf"|电视剧|连续剧|剧集|网剧|(?<={MASK})剧",
        (Kind.SERIES, Kind.EPISODE),
    ),
    (r"\bepisodes?\b", (Kind.EPISODE,)),
    (
        rf"\b{_SAYS}talks?\b(?! (?:to|with|me|back|shows?)\b)|(?:主题)?演讲",
        (Kind.TALK,),
    ),
    (r"\blectures?(?: series)?\b(?! (?:halls?|notes))", (Kind.LECTURE, Kind.COURSE)),
    (r"讲座", (Kind.TALK, Kind.LECTURE)),
    (r"公开课", (Kind.COURSE, Kind.LECTURE)),
    (
        rf"\b(?:feature[- ])?(?:films?|movies?|flicks?)\b{_FILM_OF}|电影|影片|(?<={MASK})片",
        (Kind.FILM,),
    ),
)
_SOFT: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"\btutorials?\b|教程", (Kind.TUTORIAL,)),
    (r"(?<!of )\bcourses?\b|\blessons?\b|课程", (Kind.COURSE,)),
)
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds, soft)
    for group, soft in ((_HARD, False), (_SOFT, True))
    for pattern, kinds in group
)
_NOT = re.compile(
    r"(?:\b(?:no|not|without|except(?: for)?|excluding|avoid|skip|(?:don't|do not|didn't) "
    r"(?:want|like|need)|anything but|other than|instead of|rather than|tired of|enough)"
    r"(?: any| a| an| another| more| the| to (?:watch|see))*\s+"
    r"|(?:不要|不看|不想看|别推荐|别给我|别|不是|除了|不需要)(?:任何|推荐|看)?)$",
    re.IGNORECASE,
)
_NOT_SOME = re.compile(
    rf"(?:\b(?:no|not|without|don't want|do not want|avoid)\s+(?:\w+\s+){{1,3}}"
    rf"|(?:不要|不看|不想看|别推荐)[^\s，。,.的{MASK}]{{1,4}})$",
    re.IGNORECASE,
)
"""Only some of a kind are declined: "no horror movies" neither asks for films nor declines them."""
_ALSO_NOT = re.compile(
    r"\s*(?:,\s*)?(?:or|nor|and|、|和|或者?|以及)\s*(?:any |no )?", re.IGNORECASE
)
_ONLY_BEFORE = re.compile(
    r"(?:\b(?:only|just|nothing but|exclusively)\s+(?:the\s+)?|只要|只看|仅)$"
)
_ONLY_AFTER = re.compile(r"\s+only\b", re.IGNORECASE)


def read_kinds(text: str) -> Reading:
    """Read the kinds of video that `text` asks for or declines."""
    about = subjects(text)
    wanted: list[Kind] = []
    unwanted: list[Kind] = []
    spans: list[Span] = []
    declined_until = -1
    for start, end, kinds, soft in _nouns(text):
        before = text[:start]
        denial = _NOT.search(before)
        continued = 0 <= declined_until < start and _ALSO_NOT.fullmatch(text, declined_until, start)
        if denial or continued:
            unwanted += kinds
            spans.append((denial.start() if denial else start, end))
            declined_until = end
        elif inside(start, about) or _NOT_SOME.search(before):
            continue
        elif not soft:
            wanted += kinds
            spans.append((start, end))
        elif only := _only(text, start, end):
            wanted += kinds
            spans.append(only)
    limits = Constraints(
        kinds=tuple(dict.fromkeys(wanted)), not_kinds=tuple(dict.fromkeys(unwanted))
    )
    return Reading(tuple(spans), limits)


def _nouns(text: str) -> list[tuple[int, int, tuple[Kind, ...], bool]]:
    """The nouns that name kinds, in order; of two in one place the one that comes first above."""
    found: list[tuple[int, int, tuple[Kind, ...], bool]] = []
    for pattern, kinds, soft in _PATTERNS:
        for match in pattern.finditer(text):
            first, last = match.span(match.lastindex or 0)
            if not any(first < end and last > start for start, end, *_ in found):
                found.append((first, last, kinds, soft))
    return sorted(found, key=lambda noun: noun[0])


def _only(text: str, start: int, end: int) -> Span | None:
    before, after = _ONLY_BEFORE.search(text[:start]), _ONLY_AFTER.match(text, end)
    if before or after:
        return before.start() if before else start, after.end() if after else end
    return None
