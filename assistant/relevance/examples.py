"""From a history to examples, none of which has seen itself.

The history is cut into blocks of neighbours in time. The features of the videos in a block are
computed for the viewer as known from the other blocks alone, so that no example's label is in its
own features, and what was watched on the same evening is not either. Videos without an opinion are
drawn into each block as negatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from assistant.relevance.features import NAMES, Facts, Viewer, compute
from assistant.relevance.opinions import Opinion
from assistant.retrieve import RetrievalStore, appraise
from assistant.settings import RecommendSettings
from assistant.taste import build_taste
from assistant.types import Candidate, Interaction, Request, Signal, Taste, Video

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.relevance.features import Features
    from assistant.types import Vector

BLOCKS = 8
"""As many parts of a history take turns in being left out."""
DRAWN_FOR_EACH = 4
"""Videos drawn without an opinion for each one with an opinion."""
LEAST_DRAWN = 50
"""And at least so many for a block, or whoever has no dislikes would have no negatives."""
NO_REQUEST = Request(message="")


@dataclass(frozen=True, slots=True)
class Examples:
    """What is learned from, and measured on; arrays of one row a video."""

    features: Features
    """Shape (n, features)."""
    fusion: NDArray[np.float64]
    """The fusion's score, without the model."""
    relevant: NDArray[np.bool_]
    weights: NDArray[np.float64]
    drawn: NDArray[np.bool_]
    """Which have no opinion and were drawn as negatives."""

    def __len__(self) -> int:
        return len(self.fusion)


def joined(several: Sequence[Examples]) -> Examples:
    """All examples in one."""
    if not several:
        none = np.zeros(0)
        return Examples(np.zeros((0, len(NAMES))), none, none > 0, none, none > 0)
    return Examples(
        np.concatenate([one.features for one in several]),
        np.concatenate([one.fusion for one in several]),
        np.concatenate([one.relevant for one in several]),
        np.concatenate([one.weights for one in several]),
        np.concatenate([one.drawn for one in several]),
    )


def blocks_of(opinions: Sequence[Opinion], number: int = BLOCKS) -> list[Sequence[Opinion]]:
    """Neighbours in time, in blocks of one size but for one video."""
    edges = np.linspace(0, len(opinions), min(number, len(opinions)) + 1).round().astype(int)
    return [opinions[low:high] for low, high in pairwise(edges)]


class Past:
    """A history, and the library in which it happened, read once.

    Args:
        interactions: the history; what is shown alone does not matter.
        store: the library and its vectors; it belongs to the calling thread.
        settings: how a taste is made.
        seed: for the draws.
    """

    def __init__(
        self,
        interactions: Sequence[Interaction],
        store: RetrievalStore,
        settings: RecommendSettings,
        seed: int = 0,
    ) -> None:
        self._interactions = [one for one in interactions if one.signal is not Signal.SHOWN]
        self._store = store
        self._settings = settings
        self._random = np.random.default_rng(seed)
        ids = list(dict.fromkeys(one.video_id for one in self._interactions))
        found, matrix = store.library.vectors(store.embedder.key, ids)
        self._vectors: dict[str, Vector] = dict(zip(found, matrix, strict=True))
        self._videos: Mapping[str, Video] = store.library.get(ids)
        known = set(ids)
        self._unlabelled = [
            one for one in store.library.vector_ids(store.embedder.key) if one not in known
        ]

    def usable(self, opinions: Sequence[Opinion]) -> list[Opinion]:
        """The opinions on videos that the library has, with a vector."""
        return [
            one
            for one in opinions
            if one.video_id in self._vectors and one.video_id in self._videos
        ]

    def crossed(self, opinions: Sequence[Opinion]) -> list[Examples]:
        """Examples of all `opinions`, in blocks: of each as the other blocks have it."""
        blocks = blocks_of(opinions)
        return [
            self.examples(block, [one for other in blocks if other is not block for one in other])
            for block in blocks
        ]

    def examples(
        self, opinions: Sequence[Opinion], history: Sequence[Opinion], drawn: int | None = None
    ) -> Examples:
        """Examples of `opinions`, and of videos drawn, for the viewer known from `history` alone.

        Drawn videos come from all of the library alike: drawn by popularity they would teach that
        what everybody watches is not relevant, and few libraries know what is popular. Together
        they weigh as much as the relevant ones.

        Args:
            opinions: none of which is in `history`.
            history: what is known of the viewer.
            drawn: how many videos to draw; in proportion to the opinions by default.
        """
        if drawn is None:
            drawn = max(DRAWN_FOR_EACH * len(opinions), LEAST_DRAWN)
        drawn = min(drawn, len(self._unlabelled))
        rows = self._random.choice(len(self._unlabelled), size=drawn, replace=False)
        negatives = dict.fromkeys(self._unlabelled[row] for row in rows)
        said = {one.video_id: one for one in opinions}
        viewer = self.viewer(history)
        candidates = appraise(NO_REQUEST, viewer.taste, self._store, [*said, *negatives])
        relevant = np.array([_is_relevant(one, said) for one in candidates], bool)
        is_drawn = np.array([one.video.id in negatives for one in candidates], bool)
        weights = np.array(
            [said[one.video.id].strength if one.video.id in said else 1.0 for one in candidates]
        )
        if is_drawn.any():
            weights[is_drawn] = max(weights[relevant].sum(), 1.0) / is_drawn.sum()
        return Examples(
            features_of(viewer, candidates, self._store),
            np.array([one.score for one in candidates]),
            relevant,
            weights,
            is_drawn,
        )

    def viewer(self, history: Sequence[Opinion]) -> Viewer:
        """The viewer as known from some opinions alone."""
        ids = {one.video_id for one in history}
        taste = self._taste([one for one in self._interactions if one.video_id in ids])
        return viewer_of(history, taste, self._videos, self._vectors)

    def _taste(self, interactions: Sequence[Interaction]) -> Taste:
        keywords = {video_id: video.keywords for video_id, video in self._videos.items()}
        return build_taste(
            interactions,
            self._vectors,
            keywords,
            now=self._interactions[-1].at,
            settings=self._settings,
        )


def viewer_of(
    opinions: Sequence[Opinion],
    taste: Taste,
    videos: Mapping[str, Video],
    vectors: Mapping[str, Vector],
) -> Viewer:
    """A viewer by their opinions, their taste, and the videos that these are about."""
    known = [one for one in opinions if one.video_id in videos]
    return Viewer(
        taste=taste,
        liked=tuple(videos[one.video_id] for one in known if one.relevant),
        disliked=tuple(videos[one.video_id] for one in known if not one.relevant),
        disliked_vectors=tuple(
            vectors[one.video_id] for one in known if not one.relevant and one.video_id in vectors
        ),
    )


def features_of(viewer: Viewer, candidates: Sequence[Candidate], store: RetrievalStore) -> Features:
    """The features of candidates that were appraised without a request."""
    ids = [one.video.id for one in candidates]
    found, matrix = store.library.vectors(store.embedder.key, ids)
    rows = {video_id: row for row, video_id in enumerate(ids)}
    vectors = np.zeros((len(ids), store.embedder.dimension), np.float32)
    vectors[[rows[video_id] for video_id in found]] = matrix
    return compute(viewer, Facts(candidates, vectors))


def _is_relevant(candidate: Candidate, said: Mapping[str, Opinion]) -> bool:
    opinion = said.get(candidate.video.id)
    return opinion is not None and opinion.relevant
