"""What every importer is, and what they share: records, reasons, and videos that come twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from assistant.types import Interaction, InterestSetting, Preference, Skipped, Video
from store.text import clean_text

Record = Video | Interaction | Preference | InterestSetting | Skipped
"""What a source yields: each of its records becomes exactly one of these."""

Located = tuple[str, Record]
"""A record, and where in its source it stands: a file's name, a line's number."""


class Importer(Protocol):
    """Reads one format. It holds no state: one object may read any number of sources."""

    name: str
    """A person's word for the format."""
    looks_like: str
    """What it is recognised by, for the list of what is supported."""

    def recognises(self, path: Path) -> bool:
        """Whether `path` is in this format, judged by its first bytes or its file names.

        Raises:
            ImportSourceError: `path` cannot be opened, or is damaged.
        """

    def count(self, path: Path) -> int | None:
        """How many records there are, where that is cheap to know; for a progress bar."""

    def read(self, path: Path) -> Iterator[Record]:
        """Read the source, in its own order, one record at a time.

        Raises:
            ImportSourceError: the source cannot be read at all. One broken record is yielded as
                `Skipped`.
        """


def skip(where: str, reason: str) -> Skipped:
    """A `Skipped` whose texts are fit to show: file names and values come from strangers."""
    return Skipped(
        record=clean_text(where, max_chars=200), reason=clean_text(reason, max_chars=200)
    )


def build_video(where: str, fields: Mapping[str, object]) -> Video | Skipped:
    """The video with these fields, or why there is none."""
    try:
        return Video.model_validate(fields)
    except ValidationError as error:
        return skip(where, reason_of(error))


def reason_of(error: ValidationError) -> str:
    """What is wrong with a record, in a few words: at most three fields are named."""
    problems = error.errors(include_url=False, include_context=False)
    reasons = [_reason(item["loc"], item["type"], item["msg"]) for item in problems[:3]]
    if len(problems) > 3:
        reasons.append(f"and {len(problems) - 3} more")
    return "; ".join(reasons)


_PLAIN = {
    "missing": "is missing",
    "string_type": "is not a text",
    "string_too_short": "is empty",
    "tuple_type": "is not a list",
}


def _reason(location: tuple[int | str, ...], kind: str, message: str) -> str:
    field = ".".join(str(part) for part in location)
    message = message.removeprefix("Value error, ").removeprefix("Input ")
    return f"{field}: {_PLAIN.get(kind, message)}" if field else message


def without_repeats(records: Iterable[Located]) -> Iterator[Record]:
    """Let a video through once; the same id again is skipped, saying where it came first."""
    first_seen: dict[str, str] = {}
    for where, record in records:
        if isinstance(record, Video):
            if record.id in first_seen:
                yield skip(f"{where} (as {first_seen[record.id]})", "the same video again")
                continue
            first_seen[record.id] = where
        yield record
