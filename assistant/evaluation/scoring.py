"""The measures of each answer to a task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.evaluation import metrics
from assistant.evaluation.baselines import liked
from assistant.evaluation.queries import Query, Task, TaskKind

if TYPE_CHECKING:
    from assistant.evaluation.space import Space
    from store.library import Library

TOP = 10
NDCG = f"nDCG@{TOP}"
"""The measure by which systems are compared."""
MEASURES = (
    "recall@1",
    "recall@10",
    "recall@50",
    NDCG,
    "RR",
    f"α-nDCG@{TOP}",
    f"subtopic recall@{TOP}",
    f"ILD@{TOP}",
    f"popularity@{TOP}",
    f"calibration@{TOP}",
)
"""What is measured of each query, in the order of the table. RR is the reciprocal rank, ILD the
intra-list distance, popularity a place from 0 to 1 (.5 is a random video's), calibration a
divergence: 0 is best."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Measures answers.

    Args:
        kind: of the task.
        space: the videos, and their vectors.
        popularity: of each video its place, from 0 to 1; none where nothing tells it.
        tags: of each video.
    """

    kind: TaskKind
    space: Space
    popularity: Mapping[str, float]
    tags: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, task: Task, space: Space, library: Library, reach: Mapping[str, float]) -> Judge:
        """The judge of a task.

        Args:
            task: where no reach is known, popular is what many of its queries name or want.
            space: the videos that may be ranked.
            library: has their tags.
            reach: how many people a video reached, by id, where that is known.
        """
        counts = reach or _wanted(task)
        ranks = metrics.popularity_ranks(counts, space.candidate_ids) if counts else {}
        asks_for_mix = task.kind in (TaskKind.HISTORIES, TaskKind.OWN_HISTORY)
        videos = library.get(space.ids).values() if asks_for_mix else ()
        return cls(task.kind, space, ranks, {video.id: video.tags for video in videos})

    def measures(self, query: Query, ids: tuple[str, ...]) -> dict[str, float]:
        """Each of `MEASURES`; NaN for one that says nothing of this query."""
        top = ids[:TOP]
        values = {f"recall@{k}": metrics.recall(ids, query.relevant, k) for k in (1, 10, 50)}
        values[NDCG] = metrics.ndcg(ids, query.relevant, TOP)
        values["RR"] = metrics.reciprocal_rank(ids, query.relevant)
        values[f"ILD@{TOP}"] = metrics.intra_list_distance(self.space.vectors[self.space.rows(top)])
        if any(query.subtopics.values()):
            values[f"α-nDCG@{TOP}"] = metrics.alpha_ndcg(ids, query.subtopics, TOP)
            values[f"subtopic recall@{TOP}"] = metrics.subtopic_recall(ids, query.subtopics, TOP)
        if self.popularity:
            values[f"popularity@{TOP}"] = metrics.mean_popularity(ids, self.popularity, TOP)
        if aim := self._mix(liked(query)):
            values[f"calibration@{TOP}"] = metrics.calibration(aim, self._mix(top))
        return {name: values.get(name, np.nan) for name in MEASURES}

    def _mix(self, ids: Iterable[str]) -> dict[str, float]:
        """How much of each tag is in some videos; each video counts as much as any other."""
        mix: dict[str, float] = {}
        for id_ in ids:
            tags = self.tags.get(id_, ())
            for tag in tags:
                mix[tag] = mix.get(tag, 0.0) + 1 / len(tags)
        return mix


def _wanted(task: Task) -> dict[str, float]:
    """How many queries have each video among what they name, like or want."""
    counts = Counter(
        id_
        for query in task.queries
        for id_ in {*query.named, *(one.video_id for one in query.history), *query.relevant}
    )
    one_for_all = task.kind is TaskKind.OWN_HISTORY or not any(
        query.named or query.history for query in task.queries
    )
    return {} if one_for_all else {id_: float(count) for id_, count in counts.items()}
