"""Constraints in words: how a face shows what a request asks for, and an answer what it lacks."""

from __future__ import annotations

from assistant.languages import language_name
from assistant.types import Constraints, Kind, Request

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "between": "{low}–{high} min",
        "at_most": "at most {high} min",
        "at_least": "at least {low} min",
        "years": "{low}–{high}",
        "since": "from {low} on",
        "until": "until {high}",
        "in": "in {names}",
        "not_in": "not in {names}",
        "not": "no {names}",
        "by": "by {names}",
        "or": " or ",
    },
    "zh": {
        "between": "{low}–{high} 分钟",
        "at_most": "不超过 {high} 分钟",
        "at_least": "至少 {low} 分钟",
        "years": "{low}–{high} 年",
        "since": "{low} 年以来",
        "until": "{high} 年以前",
        "in": "{names}",
        "not_in": "非{names}",
        "not": "不要{names}",
        "by": "来自 {names}",
        "or": "或",
    },
}

_KINDS: dict[str, dict[Kind, str]] = {
    "en": {
        Kind.FILM: "films",
        Kind.SERIES: "series",
        Kind.EPISODE: "episodes",
        Kind.DOCUMENTARY: "documentaries",
        Kind.TALK: "talks",
        Kind.LECTURE: "lectures",
        Kind.COURSE: "courses",
        Kind.TUTORIAL: "tutorials",
        Kind.MUSIC: "music",
        Kind.COMEDY: "comedy",
        Kind.SHORT: "short films",
        Kind.VIDEO: "videos",
    },
    "zh": {
        Kind.FILM: "电影",
        Kind.SERIES: "剧集",
        Kind.EPISODE: "单集",
        Kind.DOCUMENTARY: "纪录片",
        Kind.TALK: "演讲",
        Kind.LECTURE: "讲座",
        Kind.COURSE: "课程",
        Kind.TUTORIAL: "教程",
        Kind.MUSIC: "音乐",
        Kind.COMEDY: "喜剧",
        Kind.SHORT: "短片",
        Kind.VIDEO: "视频",
    },
}


def describe(request: Request, language: str = "en") -> list[str]:
    """Each limit that the request sets, as a short phrase: ``at most 20 min``, ``no horror``."""
    spoken = language if language in _WORDS else "en"
    words, kinds = _WORDS[spoken], _KINDS[spoken]
    limits = request.constraints

    def names(values: list[str]) -> str:
        return words["or"].join(values)

    phrases = [*_length(limits, words), *_years(limits, words)]
    if limits.languages:
        phrases.append(
            words["in"].format(names=names([language_name(c, spoken) for c in limits.languages]))
        )
    if limits.not_languages:
        unwanted = names([language_name(code, spoken) for code in limits.not_languages])
        phrases.append(words["not_in"].format(names=unwanted))
    if limits.kinds:
        phrases.append(names([kinds[kind] for kind in limits.kinds]))
    phrases.extend(words["not"].format(names=kinds[kind]) for kind in limits.not_kinds)
    if limits.channels:
        phrases.append(words["by"].format(names=names(list(limits.channels))))
    phrases.extend(words["not"].format(names=term) for term in request.avoid)
    return phrases


def _length(limits: Constraints, words: dict[str, str]) -> list[str]:
    low, high = limits.min_duration_s, limits.max_duration_s
    if low is None and high is None:
        return []
    name = "at_most" if low is None else "at_least" if high is None else "between"
    return [words[name].format(low=_minutes(low), high=_minutes(high))]


def _years(limits: Constraints, words: dict[str, str]) -> list[str]:
    low, high = limits.min_year, limits.max_year
    if low is None and high is None:
        return []
    if low == high:
        return [str(low)]
    name = "until" if low is None else "since" if high is None else "years"
    return [words[name].format(low=low, high=high)]


def _minutes(seconds: int | None) -> str:
    """Whole minutes: a limit of 3,599 seconds is one of 60 minutes to a person."""
    return "" if seconds is None else str(round(seconds / 60))
