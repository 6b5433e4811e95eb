"""The picks of a turn with the reasons for each: what moved it, put in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.explain import Known, gather_evidence
from assistant.falls import Fall, SourceKind
from assistant.memory import Remembered
from assistant.retrieve import Found, RetrievalStore
from assistant.retrieve.without import falls
from assistant.types import Candidate, Pick, Shortlisted, Slot, Taste
from store.community import CommunityKind


@dataclass(frozen=True, slots=True)
class Chosen:
    """What came of a turn before its reasons."""

    found: Found
    candidates: Sequence[Candidate]
    """All of them, with their final scores."""
    shortlist: Sequence[Shortlisted]
    """Of these the picks, in order."""


def with_reasons(
    chosen: Chosen, asked: Remembered, taste: Taste, store: RetrievalStore
) -> list[Pick]:
    """The picks, each with its evidence.

    Args:
        chosen: what was found and chosen.
        asked: the request, what is remembered merged into it.
        taste: that it was found by.
        store: the library, and what other people rated.
    """
    candidates = [item.candidate for item in chosen.shortlist]
    moved: Mapping[str, Sequence[Fall]] = {}
    if chosen.found.scored is not None:
        ids = {one.video.id for one in candidates}
        moved = falls(chosen.found.scored, asked.request, chosen.candidates, ids)
    known = Known(
        _titles(candidates, moved, asked, store), _ratings(candidates, store), _remembered(asked)
    )
    return [
        Pick(
            video=item.candidate.video,
            rank=rank,
            score=item.candidate.score,
            parts=item.candidate.parts,
            cluster=item.cluster,
            evidence=gather_evidence(
                item.candidate,
                item.cluster,
                asked.request,
                taste,
                moved.get(item.candidate.video.id, ()),
                known,
            ),
        )
        for rank, item in enumerate(chosen.shortlist, 1)
    ]


def _titles(
    candidates: Sequence[Candidate],
    moved: Mapping[str, Sequence[Fall]],
    asked: Remembered,
    store: RetrievalStore,
) -> dict[str, str]:
    """The titles, by id, of the videos that a reason may name."""
    ids = {named.video_id for named in asked.request.named} | set(asked.request.references)
    ids.update(near for one in candidates if (near := one.nearest_community_id))
    for some in moved.values():
        ids.update(fall.source.key for fall in some if fall.source.kind is SourceKind.LIKED)
    return {video_id: video.title for video_id, video in store.library.get(ids).items()}


def _ratings(candidates: Sequence[Candidate], store: RetrievalStore) -> dict[str, int]:
    """How many people rated each, over all sources of ratings."""
    total: dict[str, int] = {}
    for source in store.community.of(CommunityKind.RATINGS):
        for one in candidates:
            place = source.positions.get(one.video.id)
            if place is not None:
                total[one.video.id] = total.get(one.video.id, 0) + int(source.counts[place])
    return total


def _remembered(asked: Remembered) -> dict[Slot, str]:
    """The limits that come from memory alone, and what was said."""
    said = {slot: preference.said for slot, preference in asked.limits.items()}
    return said | dict(_avoided(asked))


def _avoided(asked: Remembered) -> Iterator[tuple[Slot, str]]:
    """What is avoided, where all of it comes from one thing that the person said."""
    by = [asked.avoided.get(one.term) for one in asked.request.avoid]
    said = {None if one is None else one.said for one in by}
    if len(said) == 1 and (only := said.pop()) is not None:
        yield Slot.AVOID, only
