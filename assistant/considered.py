"""What the picks of an answer were chosen among."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.diversify import Group, groups_of
from assistant.types import Candidate


@dataclass(frozen=True)
class Considered:
    """The candidates of an answer, with their final scores."""

    candidates: tuple[Candidate, ...]
    """By falling score."""
    picks: int
    """How many were to be chosen."""

    @classmethod
    def of(cls, candidates: Sequence[Candidate], picks: int) -> Considered:
        """The candidates in any order."""
        return cls(tuple(sorted(candidates, key=lambda one: -one.score)), picks)

    def place(self, video_id: str) -> int | None:
        """Where a video stands by score, from 1; None where it is no candidate."""
        return self._places.get(video_id)

    def candidate(self, video_id: str) -> Candidate | None:
        """A video as a candidate; None where it is none."""
        place = self.place(video_id)
        return None if place is None else self.candidates[place - 1]

    def group(self, video_id: str) -> Group | None:
        """The group of candidates that a video is of; None where it is of none."""
        return self._groups.get(video_id)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.video.id: place for place, one in enumerate(self.candidates, 1)}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {
            member.video.id: group
            for group in groups_of(self.candidates, self.picks)
            for member in group.members
        }
