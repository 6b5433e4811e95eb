"""Reading recorded requests and histories: see docs/evaluation.md for the formats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import ConfigDict, ValidationError

from assistant.batch import Message, Rated
from assistant.errors import MatineeError, problems_of
from assistant.evaluation.queries import Person, Query, Task, TaskKind, spread
from assistant.importers.reading import lines
from assistant.types import Value

_Line = TypeVar("_Line", bound=Value)


class RequestLine(Value):
    """A moment of a recorded conversation, and what was recommended next."""

    model_config = ConfigDict(extra="ignore")

    id: str
    """Moments of one conversation differ behind a slash."""
    messages: tuple[Message, ...]
    mentioned: tuple[str, ...] = ()
    relevant: tuple[str, ...]

    @property
    def conversation(self) -> str:
        """Which conversation it is of."""
        return self.id.split("/", 1)[0]


class HistoryLine(Value):
    """A viewer's ratings in the order of time, and what they liked afterwards."""

    model_config = ConfigDict(extra="ignore")

    user: int | str
    history: tuple[Rated, ...]
    relevant: tuple[str, ...]


def read_requests(path: Path) -> tuple[RequestLine, ...]:
    """All of a file of requests.

    Raises:
        MatineeError: it cannot be read.
    """
    return tuple(_read(path, RequestLine))


def read_histories(path: Path) -> tuple[HistoryLine, ...]:
    """All of a file of histories.

    Raises:
        MatineeError: it cannot be read.
    """
    return tuple(_read(path, HistoryLine))


def requests_task(path: Path, limit: int | None = None) -> Task:
    """Rank the whole catalogue less what was mentioned, for at most `limit` requests.

    Raises:
        MatineeError: the file cannot be read.
    """
    queries = tuple(
        Query(
            id=line.id,
            person=line.conversation,
            relevant=frozenset(line.relevant),
            messages=line.messages,
            exclude=frozenset(line.mentioned),
            named=line.mentioned,
        )
        for line in spread(read_requests(path), limit)
    )
    return Task(_name(path), TaskKind.REQUESTS, queries, source=digest(path))


def histories_task(path: Path, limit: int | None = None) -> Task:
    """Rank the rated films less the viewer's own, for at most `limit` viewers.

    Rated are those that occur anywhere in the file, also with viewers that are left out.

    Raises:
        MatineeError: the file cannot be read.
    """
    everybody = read_histories(path)
    rated = frozenset(id_ for line in everybody for id_ in (*_ids(line), *line.relevant))
    queries = tuple(
        Query(
            id=str(line.user),
            person=str(line.user),
            relevant=frozenset(line.relevant),
            history=tuple(item.interaction() for item in line.history),
            exclude=frozenset(_ids(line)),
        )
        for line in spread(everybody, limit)
    )
    return Task(_name(path), TaskKind.HISTORIES, queries, rated, digest(path))


def people_of_requests(path: Path) -> dict[str, Person]:
    """Each conversation as a person, who names what it mentions and what it recommends."""
    people: dict[str, dict[str, float | None]] = {}
    for line in read_requests(path):
        named = people.setdefault(line.conversation, {})
        named.update(dict.fromkeys((*line.mentioned, *line.relevant)))
    return dict(people)


def people_of_histories(path: Path) -> dict[str, Person]:
    """Each viewer's ratings. What they liked later is liked, by how much is not known."""
    return {
        str(line.user): dict.fromkeys(line.relevant)
        | {item.id: item.rating for item in line.history}
        for line in read_histories(path)
    }


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path, model: type[_Line]) -> Iterator[_Line]:
    for line in lines(path):
        where = f"{path}, line {line.number}"
        if line.problem:
            raise _unreadable(where, line.problem)
        try:
            yield model.model_validate_json(line.data)
        except ValidationError as error:
            raise _unreadable(where, "; ".join(problems_of(error)[:3])) from error


def _unreadable(where: str, why: str) -> MatineeError:
    return MatineeError(
        "The benchmark cannot be read.",
        f"{where}: {why}",
        "Its formats are in docs/evaluation.md.",
    )


def _ids(line: HistoryLine) -> list[str]:
    return [item.id for item in line.history]


def _name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")
