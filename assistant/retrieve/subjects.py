"""Subjects that count for or against a video beside the request: what is remembered, and less of.

Each is a few words: "Ghibli", "sports". How far a video is about one is what its meaning or its
words (title, tags, people, channel) say, whichever says more, beyond what says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.scale import RELATED, full_text
from assistant.types import Preference

if TYPE_CHECKING:
    from assistant.retrieve.query import RetrievalStore
    from assistant.retrieve.scale import Columns, Scale
    from assistant.types import Matrix, Vector

MOST_SUBJECTS = 12
"""Of more, the last ones count."""
MOST_BY_WORDS = 4.0
"""As much as the nearest in meaning of a few thousand: a rare word is no stronger."""
MOST_CACHED = 256
_vectors: dict[tuple[str, str], Vector] = {}
"""Of subjects, by embedding model and text: they are the same in every turn."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Some subjects, looked up."""

    texts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """Of each, what the person said about themselves."""
    vectors: Matrix | None = None
    """Shape (texts, dimension); a row of 0 for what the embedding model cannot read."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.texts)


NO_SUBJECTS = Subjects()


def liked_subjects(preferences: Iterable[Preference], store: RetrievalStore) -> Subjects:
    """What the person said that they like."""
    return _looked_up([(text, one.said) for one in preferences for text in one.likes], store)


def disliked_subjects(preferences: Iterable[Preference], store: RetrievalStore) -> Subjects:
    """What they said that they like less."""
    return _looked_up([(text, one.said) for one in preferences for text in one.dislikes], store)


def plain_subjects(texts: Iterable[str], store: RetrievalStore) -> Subjects:
    """Subjects that stand for themselves."""
    return _looked_up([(text, text) for text in texts], store)


def nearness(
    subjects: Subjects,
    hits: Sequence[Mapping[str, float]],
    scale: Scale,
    ids: Sequence[str],
    videos: int,
    *,
    beyond: float = RELATED,
) -> Columns | None:
    """How far each video is about each subject, beyond `beyond` deviations, (n, subjects).

    Args:
        subjects: looked up.
        hits: of each, the full-text scores by id.
        scale: of the videos.
        ids: of the videos.
        videos: how many the library has.
        beyond: up to there nearness means nothing.

    Returns:
        None without subjects.
    """
    if not subjects:
        return None
    found = np.zeros((len(ids), len(subjects.texts)))
    similar = scale.similarities(subjects.vectors)
    if similar is not None:
        found[scale.rows] = similar.z
    for column, of in enumerate(hits):
        words = full_text(of, ids, videos)
        if words is not None:
            np.maximum(found[:, column], np.minimum(words, MOST_BY_WORDS), out=found[:, column])
    return np.asarray(np.maximum(found - beyond, 0.0))


def _looked_up(pairs: Sequence[tuple[str, str]], store: RetrievalStore) -> Subjects:
    told = {text.strip(): said for text, said in pairs if text.strip()}
    texts = tuple(told)[-MOST_SUBJECTS:]
    if not texts:
        return NO_SUBJECTS
    return Subjects(texts, tuple(told[text] for text in texts), _encoded(texts, store))


def _encoded(texts: Sequence[str], store: RetrievalStore) -> Matrix:
    embedder = store.embedder
    new = [one for one in texts if (embedder.key, one) not in _vectors and embedder.reads(one)]
    if len(_vectors) + len(new) > MOST_CACHED:
        _vectors.clear()
        new = [one for one in texts if embedder.reads(one)]
    if new:
        for text, vector in zip(new, embedder.encode_queries(new), strict=True):
            _vectors[embedder.key, text] = vector
    nothing = np.zeros(embedder.dimension, np.float32)
    return np.stack([_vectors.get((embedder.key, one), nothing) for one in texts])
