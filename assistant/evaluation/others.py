"""Other people's ratings in a benchmark, and how not to learn from whoever is asked about.

Where the file of ratings is the very file that is scored, its people are dealt into folds: what
others did is learned, for the people of a fold, from all other folds (cross-fitting; Chernozhukov
et al. 2018, section 3). So every query is answered, and none with its own answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.queries import Person, Query, Task
from assistant.evaluation.reading import digest, people_of_histories, people_of_requests
from assistant.importers.reading import lines

if TYPE_CHECKING:
    from assistant.importers.ratings import Gathered
    from store.community import CommunityKind, CommunitySource, Learned, RatedItem
    from store.library import Library

FOLDS = 10


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from others, ready to be put into a library."""

    name: str
    learned: Learned
    items: tuple[RatedItem, ...]


@dataclass(frozen=True, slots=True)
class Others:
    """A file of other people's ratings.

    Either it tells the people apart, by ids that queries may have too, or it is taken whole.
    """

    name: str
    source: str
    """The SHA-256 of the file; empty for a folder."""
    people: Mapping[str, Person]
    gathered: Gathered | None = None

    def lesson(self, without: Collection[str] = ()) -> Lesson:
        """What they teach, less these people."""
        from store.community import CommunityKind, RatedItem, learn

        if self.gathered is not None:
            kind = CommunityKind.RATINGS if self.gathered.rated else CommunityKind.LISTS
            return Lesson(self.name, learn(self.gathered.ratings, kind=kind), self.gathered.items)
        out = frozenset(without)
        kept = [one for person, one in self.people.items() if person not in out]
        learned = learn(kept, kind=_kind(kept))
        items = tuple(RatedItem(key, "", None) for key in learned.keys)
        return Lesson(self.name, learned, items)


def read_others(path: Path) -> Others:
    """Read a file or folder of ratings: histories, requests, or what ``import`` knows.

    Raises:
        MatineeError: it cannot be read.
    """
    from assistant.importers.ratings import Gathering, recognise_ratings
    from assistant.importers.ratings.jsonl import RatingLines

    known = recognise_ratings(path)
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    if isinstance(known, RatingLines):
        first = next((line.data for line in lines(path)), b"")
        people = people_of_histories if b'"history"' in first else people_of_requests
        return Others(name, digest(path), people(path))
    into = Gathering()
    for _ in known.read(path, into):
        pass
    return Others(name, "", {}, into.finish(path))


@dataclass(frozen=True, slots=True)
class Fold:
    """Queries, and what may be known of others when they are answered."""

    queries: tuple[Query, ...]
    lessons: tuple[Lesson, ...]


def folds(task: Task, others: Sequence[Others]) -> Iterator[Fold]:
    """Deal a task's queries, so that nobody's own doing is among what others did.

    Neighbours stay together: conversations are often recorded one after the other by the same
    people, who repeat themselves.
    """
    same = [one for one in others if one.source and one.source == task.source]
    if not same:
        yield Fold(task.queries, tuple(one.lesson() for one in others))
        return
    people = sorted({person for one in same for person in one.people}, key=_in_order)
    whole = {one.name: one.lesson() for one in others if one not in same}
    for number in range(FOLDS):
        ends = (number * len(people) // FOLDS, (number + 1) * len(people) // FOLDS)
        out = frozenset(people[slice(*ends)])
        queries = tuple(query for query in task.queries if query.person in out)
        if queries:
            lessons = (whole.get(one.name) or one.lesson(out) for one in others)
            yield Fold(queries, tuple(lessons))


def teach(library: Library, lessons: Iterable[Lesson]) -> tuple[CommunitySource, ...]:
    """Have a library know what others did, in place of what it knew of them.

    Returns:
        What it knows, in the order of the lessons.
    """
    known = {row.name for row in library.community_rows()}
    given = list(lessons)
    for name in known.difference(lesson.name for lesson in given):
        library.remove_community(name)
    for lesson in given:
        library.put_community(lesson.name, lesson.learned, lesson.items)
    sources = {source.name: source for source in library.community().sources}
    return tuple(sources[lesson.name] for lesson in given)


def _in_order(person: str) -> tuple[int, str]:
    """Numbers by their value."""
    return len(person), person


def _kind(people: Iterable[Person]) -> CommunityKind:
    from store.community import CommunityKind

    rated = any(rating is not None for person in people for rating in person.values())
    return CommunityKind.RATINGS if rated else CommunityKind.LISTS
