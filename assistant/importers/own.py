"""Records of our own format, whichever way they are written down: see docs/import-format.md.

The fields are those of `Video` and `Interaction`, by their names. Here a wrong value is worth
telling, as the one who wrote it can mend it: the record is skipped, with the reason.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

from pydantic import ConfigDict, ValidationError, ValidationInfo, field_validator, model_validator

from assistant.importers import fields
from assistant.importers.base import Record, reason_of, skip
from assistant.importers.languages import NO_LANGUAGE, language_code
from assistant.importers.links import safe_link
from assistant.importers.prose import MAX_DESCRIPTION
from assistant.types import VIDEO_ID, Interaction, Signal, Video
from store.export.notation import NO_YEAR, without_year
from store.text import clean_text

VIDEO_LISTS = frozenset({"other_titles", "tags", "keywords", "people"})
_FOR_READING = frozenset({"title"})
"""Fields that may stand beside those of an interaction; the id says of what it is."""
_MAX_NAMED_FIELDS = 20
_MAX_UNKNOWN = 1_000
_FIRST_MOMENT = 1970


class Row(NamedTuple):
    """One record as its file holds it."""

    where: str
    values: Mapping[str, object]
    """Empty if there is a problem."""
    problem: str = ""


class _VideoRecord(Video):
    """A `Video` whose values are cleaned before they are judged."""

    model_config = ConfigDict(extra="ignore")

    @field_validator("id", "title", "description", "channel", mode="before")
    @classmethod
    def _clean(cls, value: object, info: ValidationInfo) -> object:
        limit = MAX_DESCRIPTION if info.field_name == "description" else fields.MAX_TITLE
        return clean_text(value, max_chars=limit) if isinstance(value, str) else value

    @field_validator(*VIDEO_LISTS, mode="before")
    @classmethod
    def _clean_each(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        value = value[: fields.MAX_LOOKED_AT]  # no more is kept of a longer list
        return fields.names(value) if all(isinstance(item, str) for item in value) else value

    @field_validator("language", mode="before")
    @classmethod
    def _one_code(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        code = language_code(value)
        if code is None and value not in NO_LANGUAGE:
            raise ValueError(f"is not a language code such as en: {value!r:.40}")
        return code

    @field_validator("url", mode="before")
    @classmethod
    def _safe(cls, value: object) -> str:
        link = safe_link(value)
        if link is None:
            raise ValueError("is not an address that begins with http:// or https://")
        return link

    @field_validator("duration_s", mode="before")
    @classmethod
    def _whole_seconds(cls, value: object) -> object:
        return round(value) if isinstance(value, float) and math.isfinite(value) else value

    @field_validator("year", mode="before")
    @classmethod
    def _year_or_none(cls, value: object) -> object:
        is_none = value == str(NO_YEAR) or (type(value) is int and value == NO_YEAR)
        return None if is_none else value

    @field_validator("published", mode="before")
    @classmethod
    def _day(cls, value: object) -> date:
        found = fields.day(value)
        if found is None:
            raise ValueError("is not a day such as 2024-05-31")
        return found

    def video(self) -> Video:
        """The video, its year taken out of its title: "Pari (1995)" is "Pari", of 1995."""
        values = {name: getattr(self, name) for name in Video.model_fields}
        if "year" not in self.model_fields_set and self.published is not None:
            values["year"] = self.published.year
        values["title"] = without_year(self.title, values["year"])
        return Video.model_validate(values)


class _InteractionRecord(Interaction):
    """An `Interaction` whose values are cleaned before they are judged."""

    model_config = ConfigDict(extra="ignore")

    @field_validator("video_id", mode="after")
    @classmethod
    def _namespaced(cls, value: str) -> str:
        value = clean_text(value)
        if not VIDEO_ID.match(value):
            raise ValueError(f"is not a video id (source:key): {value!r:.40}")
        return value

    @field_validator("at", mode="after")
    @classmethod
    def _with_zone(cls, value: datetime) -> datetime:
        if not _FIRST_MOMENT <= value.year <= fields.LAST_YEAR:
            raise ValueError("is not a moment since 1970")
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @model_validator(mode="after")
    def _rating_where_rated(self) -> Self:
        if (self.rating is None) == (self.signal is Signal.RATED):
            raise ValueError("a rating belongs to the signal rated, and to it alone")
        return self

    def interaction(self) -> Interaction:
        """The interaction."""
        return Interaction.model_validate(self.model_dump())


def is_own(values: Mapping[str, object]) -> bool:
    """Whether a record, or the header of a table, is of this format."""
    return {"id", "title"} <= values.keys() or {"video_id", "signal"} <= values.keys()


def read_rows(name: str, rows: Callable[[], Iterable[Row]]) -> Iterator[Record]:
    """The records of a file.

    A video that comes several times is made one: the first record is right, the later ones fill
    its gaps, add their titles to the other titles, and are skipped with that reason. To hold no
    more than those videos, the file is read twice.

    Args:
        name: of the file; it stands for the fields that are not ours, which are told at the end.
        rows: reads the file from its start.
    """
    repeated = _repeated_ids(rows())
    held: dict[str, tuple[str, Video]] = {}
    unknown: Counter[str] = Counter()
    for row in rows():
        if row.problem:
            yield skip(row.where, row.problem)
            continue
        record, strange = _record(row)
        for field in strange:  # a stranger's file may have another name in every record
            if field in unknown or len(unknown) < _MAX_UNKNOWN:
                unknown[field] += 1
        if not isinstance(record, Video) or record.id not in repeated:
            yield record
        elif record.id not in held:
            held[record.id] = row.where, record
        else:
            where, first = held[record.id]
            held[record.id] = where, merged(first, record)
            yield skip(f"{row.where} (as {where})", "the same video again, merged into the first")
    yield from (video for _, video in held.values())
    if unknown:
        yield skip(name, _told(unknown))


def merged(first: Video, later: Video) -> Video:
    """One video from two records of it: the first is right, the later one fills its gaps."""
    titles = fields.each_once([first.title, *first.other_titles, later.title, *later.other_titles])
    gaps = {
        name: getattr(later, name)
        for name, field in Video.model_fields.items()
        if getattr(first, name) == field.default
    }
    lists = {
        name: fields.names([*getattr(first, name), *getattr(later, name)]) for name in VIDEO_LISTS
    }
    return first.model_copy(update=gaps | lists | {"other_titles": fields.names([*titles[1:]])})


def _repeated_ids(rows: Iterable[Row]) -> frozenset[str]:
    seen: set[str] = set()
    repeated: set[str] = set()
    for row in rows:
        video_id = fields.text(row.values.get("id"))
        (repeated if video_id in seen else seen).add(video_id)
    return frozenset(repeated)


def _record(row: Row) -> tuple[Record, set[str]]:
    """The record of a row, and the names of its fields that are not ours."""
    is_interaction = "video_id" in row.values
    model = _InteractionRecord if is_interaction else _VideoRecord
    values = {name: value for name, value in row.values.items() if value not in (None, "")}
    ours = model.model_fields.keys() | (_FOR_READING if is_interaction else set())
    strange = values.keys() - ours
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        return skip(row.where, reason_of(error)), strange
    told = record.video() if isinstance(record, _VideoRecord) else record.interaction()
    return told, strange


def _told(unknown: Mapping[str, int]) -> str:
    names = [f"{name!r:.40} ({unknown[name]})" for name in sorted(unknown)[:_MAX_NAMED_FIELDS]]
    return f"fields that Matinee does not have, ignored: {', '.join(names)}"
