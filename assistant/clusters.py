"""Clusters of videos by the keywords that they share, each with a name that can be shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.linkage import silhouette, ward_linkage
from assistant.naming import distinctive_keywords, label
from assistant.types import Video
from store.text import STOP_WORDS, stem, tokens
from store.unit import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_CLUSTERS = 8
VIDEOS_PER_CLUSTER = 4
"""No more clusters than let each have so many videos."""
WORD_WEIGHT = 0.5
"""Of a word in a keyword against the keyword: "deep learning" is near "machine learning"."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Some of the videos given, by their positions in ascending order, under one name."""

    name: str
    members: tuple[int, ...]


def cluster_by_keywords(videos: Sequence[Video]) -> list[Cluster]:
    """Group videos by their keywords (their tags where they have none).

    Agglomerative clustering of softened keyword vectors. Videos without any keyword are grouped
    by their channel, else by their kind; a cluster that no keyword stands for has its name from
    there too.

    Returns:
        At most `MAX_CLUSTERS` clusters of videos with keywords, and the others; every position
        is in exactly one. Ordered by their first member.
    """
    described = [number for number, video in enumerate(videos) if keywords_of(video)]
    keywords = [keywords_of(videos[number]) for number in described]
    groups = [[described[row] for row in rows] for rows in _grouped(_labels(keywords))]
    words = distinctive_keywords([[keywords_of(videos[one]) for one in group] for group in groups])
    clusters = [
        Cluster(label(names) or _commonest_place(videos, group), tuple(group))
        for names, group in zip(words, groups, strict=True)
    ]
    bare = [number for number, video in enumerate(videos) if not keywords_of(video)]
    places = [place_of(videos[number]) for number in bare]
    for place in dict.fromkeys(places):
        members = tuple(n for n, where in zip(bare, places, strict=True) if where == place)
        clusters.append(Cluster(place, members))
    return sorted(clusters, key=lambda cluster: cluster.members)


def place_of(video: Video) -> str:
    """What stands for a video that has no keywords: its channel, else its kind."""
    return video.channel or video.kind.value


def _commonest_place(videos: Sequence[Video], group: Sequence[int]) -> str:
    """The channel that most of `group` are from, else the kind that most are of."""
    place, count = Counter(place_of(videos[number]) for number in group).most_common(1)[0]
    if 2 * count > len(group):
        return place
    return Counter(videos[number].kind.value for number in group).most_common(1)[0][0]


def keywords_of(video: Video) -> tuple[str, ...]:
    """The keywords of a video, its tags where it has none."""
    return video.keywords or video.tags


def _grouped(labels: Iterable[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for row, number in enumerate(labels):
        groups.setdefault(int(number), []).append(row)
    return list(groups.values())


def _labels(keywords: Sequence[tuple[str, ...]]) -> NDArray[np.intp]:
    """A cluster number for each row; how many clusters is left to the silhouette.

    Ward's linkage, because average linkage on film and talk keywords leaves one cluster with most
    of the videos beside many with one.
    """
    most = min(MAX_CLUSTERS, len(keywords) // VIDEOS_PER_CLUSTER)
    if most < 2:
        return np.zeros(len(keywords), np.intp)
    vectors = _vectors(keywords)
    sharing = vectors.any(axis=1)
    labels = np.full(len(keywords), -1, np.intp)  # those that share no keyword stay together
    if sharing.any():
        distances = 1.0 - _similarities(vectors[sharing])
        tree = ward_linkage(2.0 * distances)  # the squared distance of unit vectors
        counts = range(max(2, most // 2), most + 1)
        partitions = [tree.cut(count) for count in counts if count <= tree.size]
        if partitions:
            labels[sharing] = max(partitions, key=lambda found: silhouette(distances, found))
    return labels


def _vectors(keywords: Sequence[tuple[str, ...]]) -> NDArray[np.float64]:
    """Unit rows over keywords and their words, weighted by inverse document frequency."""
    rows = [terms_of(words) for words in keywords]
    frequencies = Counter(term for row in rows for term in row)
    shared = [term for term, count in frequencies.items() if count > 1]
    columns = {term: column for column, term in enumerate(shared)}
    matrix = np.zeros((len(rows), len(columns)))
    for number, row in enumerate(rows):
        for term in row.keys() & columns.keys():
            idf = math.log((1 + len(rows)) / frequencies[term])
            matrix[number, columns[term]] = row[term] * idf
    return unit(matrix)


def terms_of(keywords: Iterable[str]) -> dict[tuple[str, ...], float]:
    """Keywords as stems, each with the weight 1, and their words, with `WORD_WEIGHT`."""
    terms: dict[tuple[str, ...], float] = {}
    for keyword in keywords:
        words = tuple(stem(token) for token in tokens(keyword)) or (keyword.casefold(),)
        for word in words:
            if word not in STOP_WORDS:
                terms.setdefault((word,), WORD_WEIGHT)
        terms[words] = 1.0
    return terms


def _similarities(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of two cosines: of the vectors, and of their rows of similarities to all others.

    Two videos with no keyword in common are alike when they are like the same others: the
    keywords are softened by their co-occurrence (second-order vectors, Schütze 1998).
    """
    direct = vectors @ vectors.T
    rows = unit(direct)
    similarities = np.clip((direct + rows @ rows.T) / 2, 0.0, 1.0)
    np.fill_diagonal(similarities, 1.0)
    return np.asarray(similarities)
