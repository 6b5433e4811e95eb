"""A named title corrected: "no, I meant the series", "I meant the 1982 one"."""

from __future__ import annotations

from typing import NamedTuple

from assistant.constraints import only, without
from assistant.types import Constraints, NamedTitle, Request, Slot
from assistant.understand.vocabulary import Vocabulary

_TOLD_BY = (Slot.KIND, Slot.YEAR)
"""What tells videos of one name apart."""


class Renamed(NamedTuple):
    """What stands with its titles put right, and what the correction limits beside that."""

    standing: Request
    constraints: Constraints


def rename(standing: Request, constraints: Constraints, names: Vocabulary) -> Renamed:
    """Take titles of `standing` for the videos of their names that `constraints` are true of.

    Args:
        standing: what stands.
        constraints: what the correction says: a kind, a year.
        names: of the library.
    """
    told = Constraints.model_validate(
        {
            field: value
            for slot in _TOLD_BY
            for field, value in only(constraints, slot).model_dump(exclude_defaults=True).items()
        }
    )
    named = tuple(_renamed(title, told, names) for title in standing.named)
    if told.empty or named == standing.named:
        return Renamed(standing, constraints)
    for slot in _TOLD_BY:
        constraints = without(constraints, slot)
    return Renamed(standing.model_copy(update={"named": named}), constraints)


def _renamed(title: NamedTitle, told: Constraints, names: Vocabulary) -> NamedTitle:
    if told.empty:
        return title
    called = names.titles.called(title.mention)
    videos = names.videos([one.video_id for one in called])
    for one in called:
        video = videos.get(one.video_id)
        if video is not None and video.id != title.video_id and told.admits(video):
            update = {"video_id": one.video_id, "title": one.title, "year": one.year}
            return title.model_copy(update=update)
    return title
