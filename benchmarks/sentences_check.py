# ruff: noqa: E501 - rules are easier to check against sentences when they are not broken
"""Reads a sentence about a pick by rules of its own, and says what in it nothing supports.

It knows the words that sentences state relations with, not how sentences are made: quoted words,
numbers, names, kinds and languages are looked up in the record, in the request, in the history and
among the reasons given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.languages import LANGUAGE_NAMES
from assistant.types import EvidenceKind, Kind, Pick, Request


@dataclass(frozen=True)
class Viewer:
    """What the viewer of the benchmark did."""

    liked: frozenset[str]
    """Titles."""
    watched: frozenset[str]


class About(Protocol):
    """What a sentence is about."""

    @property
    def request(self) -> Request:
        """What was asked."""

    @property
    def pick(self) -> Pick:
        """What is told of."""


_QUOTE = re.compile("“([^“”]*)”|《([^《》]*)》")
_LIKED = re.compile(
    r"you liked|your (?:likes?|liking)\b|liking “|你喜欢|你对《[^》]*》的喜欢|喜欢《[^》]*》的你",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:people|those|others?) who like|others? (?:often )?like|other people|what others like|别人|的人往往|的观众|不少人|的人，他们",
    re.IGNORECASE,
)
_HISTORY = re.compile(r"history|历史", re.IGNORECASE)
_NAMED = re.compile(
    r"you named|[Nn]aming “|starting (?:from|point)|[Ss]peaking of|not named|你提到|你说的《|以《|从《|说到《",
    re.IGNORECASE,
)
_INTEREST = re.compile(r"interest|兴趣", re.IGNORECASE)
_ASKED = re.compile(
    r"you (?:asked|said|wanted|say)\b|so did you|like you\b|as you|your “|[Aa]sking for|你要|你说|要“|正如",
    re.IGNORECASE,
)
_MENTIONS = re.compile(
    r"mention|among its words|written about it|brings? up|speaks of|comes? up|in it|提到|文字|出现",
    re.IGNORECASE,
)
_TOLD = re.compile(r"you told|you said about yourself|in mind|你说过|告诉过我", re.IGNORECASE)
_OF_RECORD = re.compile(
    r"(?:tagged|tags include|(?:talk|tutorial|lecture|course|film|video|series|documentary|comedy|episode|short|one) (?:for|from) $|标签有)[^,，;:；：]*$"
)
"""What follows says what the record has, whatever the rest of the clause is about."""
_LISTED = r"“[^”]*”(?:(?:, | and |、|和)“[^”]*”)*"
_FACT = re.compile(
    rf"that mentions ({_LISTED})|where ({_LISTED}) come up|提到({_LISTED})的|(?:^|[：，；。试找了看])({_LISTED})的(?:[^“”]*)(?:演讲|教程|讲座|课程|作品|视频|电影|剧集|纪录片)"
)
"""The same, for what follows and precedes it."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LETTER = "A-Za-zÀ-ɏ"
_NAME = re.compile(
    rf"(?<!^)(?<![.?!] )(?<![{_LETTER}.'’-])[A-ZÀ-Þ][{_LETTER}'’.-]*(?: [A-ZÀ-Þ][{_LETTER}'’.-]*)*"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "万": 1e4, "亿": 1e8}
_KINDS = {
    "film": Kind.FILM, "series": Kind.SERIES, "episode": Kind.EPISODE, "talk": Kind.TALK,
    "documentary": Kind.DOCUMENTARY, "lecture": Kind.LECTURE, "course": Kind.COURSE,
    "tutorial": Kind.TUTORIAL, "music video": Kind.MUSIC, "comedy": Kind.COMEDY,
    "电影": Kind.FILM, "剧集": Kind.SERIES, "单集": Kind.EPISODE, "纪录片": Kind.DOCUMENTARY,
    "演讲": Kind.TALK, "讲座": Kind.LECTURE, "课程": Kind.COURSE, "教程": Kind.TUTORIAL,
    "音乐视频": Kind.MUSIC, "喜剧": Kind.COMEDY, "短片": Kind.SHORT,
}  # fmt: skip


def problems(sentence: str, about: About, viewer: Viewer) -> list[str]:
    """What `sentence` claims and nothing supports."""
    return [
        *_quotes(sentence, about, viewer),
        *_numbers(sentence, about),
        *_names(sentence, about),
        *_kinds_and_languages(sentence, about),
        *_statements(sentence, about),
    ]


# --- quotations ------------------------------------------------------------------------------------


def _quotes(sentence: str, about: About, viewer: Viewer) -> Iterator[str]:
    """Each quotation must be what the clause that it stands in says it is."""
    for clause in _clauses(sentence):
        for match in _QUOTE.finditer(clause):
            said = match[1] or match[2] or ""
            facts = [m.span(m.lastindex or 0) for m in _FACT.finditer(clause)]
            of_record = any(a <= match.start() < b for a, b in facts)
            if of_record or _OF_RECORD.search(clause[: match.start()]):
                true = _written(said, _record(about.pick))
            else:
                true = _quote_holds(said, _blank(clause), about, viewer)
            if not true:
                yield f"“{said}” in “{clause.strip()}”"


def _clauses(sentence: str) -> list[str]:
    """The sentence cut where a new statement begins; never inside a quotation."""
    blanked = _QUOTE.sub(lambda match: "q" * len(match[0]), sentence)
    cuts = [0]
    cut = re.compile(
        r"[;:?.；：？。]|, and |，而且|，再说|，二来| and besides|，(?=它|你|关于|按)|, (?=it\b|it's|one\b|you\b|others|people|your|by meaning)"
    )
    cuts += [match.end() for match in cut.finditer(blanked)]
    return [sentence[a:b] for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True) if b > a]


def _quote_holds(said: str, clause: str, about: About, viewer: Viewer) -> bool:
    pick, request = about.pick, about.request
    reasons = {
        kind: [one.text for one in pick.evidence if one.kind is kind] for kind in EvidenceKind
    }
    record = _record(pick)
    message = f"{request.message} {request.said} {request.wish}"
    if _OTHERS.search(clause):
        return _same_as_one(said, reasons[EvidenceKind.COMMUNITY])
    if _INTEREST.search(clause):
        return _same_as_one(
            said, [*reasons[EvidenceKind.INTEREST], *reasons[EvidenceKind.EXPLORATION]]
        )
    if _TOLD.search(clause) and reasons[EvidenceKind.MEMORY]:
        return _same_as_one(said, reasons[EvidenceKind.MEMORY])
    if _LIKED.search(clause):
        return _same_as_one(said, viewer.liked)
    if _HISTORY.search(clause):
        return _same_as_one(said, viewer.watched | viewer.liked)
    if _NAMED.search(clause) and ("《" in clause or not _ASKED.search(clause)):
        named = [text for one in request.named for text in (one.title, one.mention)]
        return _same_as_one(said, named)
    if _ASKED.search(clause) or _MENTIONS.search(clause):
        asked = _written(said, message) or not _ASKED.search(clause)
        in_record = _written(said, record) or not _MENTIONS.search(clause)
        whole = _same_as_one(said, [request.wish])
        return whole or (asked and in_record)
    return (
        _written(said, record)
        or _same_as_one(said, [request.wish, pick.cluster, *viewer.liked, *viewer.watched])
        or _same_as_one(said, [one.text for one in pick.evidence])
    )


def _record(pick: Pick) -> str:
    video = pick.video
    texts = [video.title, video.description, video.channel or "", *video.tags, *video.keywords]
    return " ".join([*texts, *video.people])


def _blank(clause: str) -> str:
    """A clause without what its quotation marks hold."""
    return re.sub("《[^《》]*》", "《》", re.sub("“[^“”]*”", "“”", clause))


def _same_as_one(said: str, texts: object) -> bool:
    return any(_alike(said, text) for text in texts)  # type: ignore[attr-defined]


def _alike(said: str, text: str) -> bool:
    """The same letters and digits; or the beginning of them, where it was cut short."""
    mine, theirs = (re.sub(r"[\W_]", "", one).casefold() for one in (said, text))
    return theirs.startswith(mine) if said.endswith("…") and mine else mine == theirs


def _written(said: str, text: str) -> bool:
    """Whether its letters stand in the text."""
    mine, theirs = (re.sub(r"[\W_]", "", one).casefold() for one in (said, text))
    return bool(mine) and mine in theirs


# --- numbers, names, kinds, languages --------------------------------------------------------------


def _numbers(sentence: str, about: About) -> Iterator[str]:
    """Each number outside quotations must be the record's, a limit's, or a fall's."""
    video, limits = about.pick.video, about.request.constraints
    minutes = {
        round(one / 60)
        for one in (video.duration_s, limits.min_duration_s, limits.max_duration_s)
        if one
    }
    seconds = {one for one in (video.duration_s,) if one and one < 120}
    years = {one for one in (video.year, limits.min_year, limits.max_year) if one}
    falls = {one.fall for one in about.pick.evidence}
    text = _QUOTE.sub(" ", sentence)
    for person in video.people:
        text = text.replace(person, " ")
    for match in _NUMBER.finditer(text):
        number = float(match[0].replace(",", ""))
        after = text[match.end() : match.end() + 12].lstrip(" -")
        if after.startswith(("minute", "分钟")):
            true = number in minutes
        elif after.startswith(("second", "秒")):
            true = number in seconds
        elif after.startswith(("place", "位")):
            true = number in falls
        elif after.startswith(("view", "like", "次观看", "个赞", *_SCALES)):
            true = _counted(number, after, about)
        else:
            true = number in years
        if not true:
            yield f"the number {match[0]} {after.split(' ')[0]}"


def _counted(number: float, after: str, about: About) -> bool:
    scale = next((value for name, value in _SCALES.items() if after.startswith(name)), 1.0)
    video = about.pick.video
    known = (
        video.views
        if re.search("view|观看", after)
        else video.likes
        if re.search("like|赞", after)
        else None
    )
    return known is not None and abs(number * scale - known) <= 0.051 * known


def _names(sentence: str, about: About) -> Iterator[str]:
    """Runs of capitalised words outside quotations must be people of the record, or languages."""
    people = " ".join(about.pick.video.people)
    text = _QUOTE.sub(" q ", sentence)
    languages = {names[0] for names in LANGUAGE_NAMES.values()}
    for match in _NAME.finditer(text):
        name = re.sub(r"['’]s$|-language$|[.,]$", "", match[0])
        if (
            name not in people
            and name not in languages
            and name != "I"
            and name not in about.request.message
        ):
            yield f"the name {name}"
    for match in re.finditer(r"\bby ([A-ZÀ-Þ][^,;:.?“]*?)(?= from|[,;:.?“]|$)", text):
        if not all(name.strip() in people for name in re.split(", | and ", match[1])):
            yield f"by {match[1]}"


def _kinds_and_languages(sentence: str, about: About) -> Iterator[str]:
    text = _QUOTE.sub(" ", sentence)
    video = about.pick.video
    for word, kind in _KINDS.items():
        pattern = word if not word.isascii() else rf"\b{word}\b"
        if re.search(pattern, text) and video.kind is not kind:
            yield f"the kind {word}"
    for code, (english, chinese) in LANGUAGE_NAMES.items():
        if (
            re.search(rf"\b{english}\b(?=-language|\b)", text) or chinese in text
        ) and video.language != code:
            yield f"the language {english}"


def _statements(sentence: str, about: About) -> Iterator[str]:
    """Statements that name nothing: each asks for a reason of its kind."""
    kinds = {one.kind for one in about.pick.evidence}
    text = _QUOTE.sub("q", sentence)
    wanted = {
        r"outside your interests|兴趣之外": {EvidenceKind.EXPLORATION},
        r"people who like|别人|不少人": {EvidenceKind.COMMUNITY},
        r"whom you mentioned|you mentioned|名单里有你提到": {EvidenceKind.PERSON},
        r"as you asked|you asked for|正如你所要": {
            EvidenceKind.REQUEST_WORDS, EvidenceKind.REQUEST_MEANING, EvidenceKind.CONSTRAINT,
        },
    }  # fmt: skip
    for pattern, needed in wanted.items():
        if re.search(pattern, text) and not kinds & needed:
            yield f"nothing for “{pattern}”"
    if re.search(
        r"would stand lower|came up because|further down|会更靠后|靠后\d|是因为", text
    ) and not any(one.fall > 0 for one in about.pick.evidence):
        yield "a cause without a fall"
