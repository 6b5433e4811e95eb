"""Limits in words: how a face shows what a request asks for, and an answer what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from assistant.languages import language_name
from assistant.types import Avoided, Constraints, Kind, Request, Slot, Value

FIELDS: Mapping[Slot, tuple[str, ...]] = {
    Slot.DURATION: ("min_duration_s", "max_duration_s"),
    Slot.YEAR: ("min_year", "max_year", "not_years"),
    Slot.PUBLISHED: ("published_since", "published_until"),
    Slot.LANGUAGE: ("languages", "not_languages"),
    Slot.KIND: ("kinds", "not_kinds"),
    Slot.CHANNEL: ("channels", "not_channels"),
    Slot.PEOPLE: ("people", "every_person", "not_people"),
}
"""The fields of `Constraints` that belong to a slot."""


def slots_of(constraints: Constraints) -> tuple[Slot, ...]:
    """The slots that `constraints` limit."""
    return tuple(
        slot
        for slot, fields in FIELDS.items()
        if any(_limits(getattr(constraints, name)) for name in fields)
    )


def _limits(value: object) -> bool:
    """Whether the value of a field of `Constraints` limits anything by itself."""
    return value not in (None, ()) and not isinstance(value, bool)


def only(constraints: Constraints, slot: Slot) -> Constraints:
    """The limits of one slot."""
    return Constraints.model_validate({name: getattr(constraints, name) for name in FIELDS[slot]})


def without(constraints: Constraints, slot: Slot) -> Constraints:
    """All limits but those of one slot."""
    defaults = Constraints()
    return constraints.model_copy(update={name: getattr(defaults, name) for name in FIELDS[slot]})


class Limit(Value):
    """One limit of a request: it is shown, and can be taken back, by itself."""

    slot: Slot
    item: str = ""
    """Which one, where a slot holds several that can be taken back one by one: the term that is
    avoided, ``fr``, ``not fr``."""
    text: str
    """``at most 20 min``, ``no horror``."""


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
        "not_by": "not by {names}",
        "not_years": "not {low}–{high}",
        "days": "{low} to {high}",
        "since_day": "since {low}",
        "until_day": "until {high}",
        "with": "with {names}",
        "not_with": "without {names}",
        "unless": "no {term} (except {names})",
        "less": "less {names}",
        "kids": "with the kids",
        "partner": "with your partner",
        "friends": "with friends",
        "or": " or ",
        "and": " and ",
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
        "not_by": "不要来自 {names}",
        "not_years": "不要 {low}–{high} 年",
        "days": "{low} 至 {high}",
        "since_day": "{low} 以来",
        "until_day": "{high} 以前",
        "with": "有 {names}",
        "not_with": "没有 {names}",
        "unless": "不要{term}（{names}除外）",
        "less": "少一点{names}",
        "kids": "和孩子一起",
        "partner": "和伴侣一起",
        "friends": "和朋友一起",
        "or": "或",
        "and": "和",
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


def limits(request: Request, language: str = "en") -> tuple[Limit, ...]:
    """Each limit that a request sets, in the order in which they are shown.

    Args:
        request: as understood.
        language: ``zh``, or English for every other.
    """
    spoken = language if language in _WORDS else "en"
    return tuple(_Wording(spoken).limits(request))


def describe(request: Request, language: str = "en") -> list[str]:
    """Each limit that the request sets, as a short phrase: ``at most 20 min``, ``no horror``."""
    return [limit.text for limit in limits(request, language)]


class _Wording:
    """Puts limits into words."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words = _WORDS[language]

    def limits(self, request: Request) -> Iterator[Limit]:
        wanted = request.constraints
        yield from self._length(wanted)
        yield from self._years(wanted)
        yield from self._published(wanted)
        languages = [language_name(code, self._language) for code in wanted.languages]
        yield from self._one(Slot.LANGUAGE, "in", languages)
        yield from self._each(
            Slot.LANGUAGE,
            "not_in",
            ((code, language_name(code, self._language)) for code in wanted.not_languages),
        )
        yield from self._one(Slot.KIND, None, [self.kind(kind) for kind in wanted.kinds])
        yield from self._each(
            Slot.KIND, "not", ((kind.value, self.kind(kind)) for kind in wanted.not_kinds)
        )
        yield from self._one(Slot.CHANNEL, "by", wanted.channels)
        yield from self._each(
            Slot.CHANNEL, "not_by", ((name, name) for name in wanted.not_channels)
        )
        if wanted.every_person:
            together = [names[0] for names in wanted.casts]
            yield from self._one(Slot.PEOPLE, "with", together, joint="and")
        else:
            yield from self._one(Slot.PEOPLE, "with", wanted.people)
        yield from self._each(Slot.PEOPLE, "not_with", ((name, name) for name in wanted.not_people))
        for avoided in request.avoid:
            yield Limit(slot=Slot.AVOID, item=avoided.term, text=self.avoided(avoided))
        for term in request.less:
            yield Limit(slot=Slot.LESS, item=term, text=self._words["less"].format(names=term))
        if request.company is not None:
            yield Limit(slot=Slot.COMPANY, text=self._words[request.company.value])

    def kind(self, kind: Kind) -> str:
        return _KINDS[self._language][kind]

    def avoided(self, avoided: Avoided) -> str:
        if not avoided.unless:
            return self._words["not"].format(names=avoided.term)
        exceptions = self._words["or"].join(avoided.unless)
        return self._words["unless"].format(term=avoided.term, names=exceptions)

    def _one(
        self, slot: Slot, name: str | None, values: Sequence[str], joint: str = "or"
    ) -> Iterator[Limit]:
        """One limit that any of `values` satisfies, or all together."""
        if values:
            names = self._words[joint].join(values)
            yield Limit(slot=slot, text=self._words[name].format(names=names) if name else names)

    def _each(self, slot: Slot, name: str, values: Iterable[tuple[str, str]]) -> Iterator[Limit]:
        """A limit for each of what is not wanted: its key, and what it is called."""
        for key, called in values:
            yield Limit(slot=slot, item=f"not {key}", text=self._words[name].format(names=called))

    def _length(self, wanted: Constraints) -> Iterator[Limit]:
        low, high = wanted.min_duration_s, wanted.max_duration_s
        if low is None and high is None:
            return
        name = "at_most" if low is None else "at_least" if high is None else "between"
        text = self._words[name].format(low=_minutes(low), high=_minutes(high))
        yield Limit(slot=Slot.DURATION, text=text)

    def _years(self, wanted: Constraints) -> Iterator[Limit]:
        low, high = wanted.min_year, wanted.max_year
        if low is not None and low == high:
            yield Limit(slot=Slot.YEAR, text=str(low))
        elif low is not None or high is not None:
            name = "until" if low is None else "since" if high is None else "years"
            yield Limit(slot=Slot.YEAR, text=self._words[name].format(low=low, high=high))
        for run in wanted.not_years:
            text = self._words["not_years"].format(low=run.first, high=run.last)
            yield Limit(slot=Slot.YEAR, item=f"not {run.first}–{run.last}", text=text)

    def _published(self, wanted: Constraints) -> Iterator[Limit]:
        low, high = wanted.published_since, wanted.published_until
        if low is None and high is None:
            return
        name = "until_day" if low is None else "since_day" if high is None else "days"
        text = self._words[name].format(low=_day(low), high=_day(high))
        yield Limit(slot=Slot.PUBLISHED, text=text)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _minutes(seconds: int | None) -> str:
    """Whole minutes: a limit of 3,599 seconds is one of 60 minutes to a person."""
    return "" if seconds is None else str(round(seconds / 60))


def kind_name(kind: Kind, language: str = "en") -> str:
    """What videos of a kind are called: ``documentaries``."""
    return _KINDS[language if language in _KINDS else "en"][kind]
