"""What the model's opinion adds to a ranking, and what it costs.

usage: python -m benchmarks.rerank FOLDER [--turns N] [--talks ZIP] [--cache FOLDER]

FOLDER holds ``catalog.jsonl.gz`` and ``requests-dev.jsonl.gz``: recorded conversations about
films, and what was recommended next. The list that is reordered is the real one, the 20 best
candidates for the conversation so far. Turns without a relevant film among these are left out,
for no order helps them. With ZIP (the PyVideo data) also talks: a tag is asked for in a sentence,
the 20 nearest titles that do not hold its words are reordered, and those are relevant that carry
the tag; this list is made from the titles alone, so there is more to gain.

Nothing is inserted and nothing is sampled: a gain here is one that a person would see.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.cancel import CancelToken
from assistant.importers import recognise
from assistant.models.base import LanguageModel, Likelihood
from assistant.models.local import LocalModel
from assistant.rerank import Reranked, rerank
from assistant.retrieve import RetrievalStore, retrieve
from assistant.settings import EmbeddingSettings, LanguageModelSettings
from assistant.titles import TitleIndex
from assistant.types import (
    Candidate,
    DialogueState,
    NamedTitle,
    Part,
    Request,
    Shortlisted,
    Taste,
    Video,
)
from assistant.understand import understand
from store.embedder import SentenceEmbedder
from store.ingest import ingest
from store.library import Library
from store.vectors import Searcher

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.types import Matrix

LIST = 20
WEIGHTS = (0.15, 0.25, 0.35, 0.5, 1.0)


@dataclass(frozen=True)
class Turn:
    """A list to be reordered, and what is right."""

    request: Request
    shortlist: tuple[Shortlisted, ...]
    relevant: frozenset[str]


def main() -> None:
    """Measure on both kinds, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--talks", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps the vectors for the next time")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    model = LocalModel.load(LanguageModelSettings(threads=options.threads))
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        films = film_turns(options.folder, embedder, cache)
        report("films", list(islice(films, options.turns)), model)
        if options.talks:
            talks = talk_turns(options.talks, embedder, cache)
            report("talks", list(islice(talks, options.turns)), model)


# --- the turns ---------------------------------------------------------------------------------


def film_turns(folder: Path, embedder: SentenceEmbedder, cache: Path) -> Iterator[Turn]:
    """Moments of conversations, in random order, with the candidates that Matinee finds."""
    library = Library.open(cache / "films.db")
    catalogue = folder / "catalog.jsonl.gz"
    ingest(recognise(catalogue).read(catalogue), library, lambda: embedder)
    searcher = Searcher(library, embedder.key, None)
    searcher.refresh()
    store, titles = RetrievalStore(library, searcher, embedder), TitleIndex(library.titles())
    moments = list(_lines(folder / "requests-dev.jsonl.gz"))
    random.Random(1).shuffle(moments)
    for moment in moments:
        request = _understood(moment["messages"], titles)
        if request is not None:
            exclude = moment["mentioned"]
            candidates = retrieve(request, Taste(), store, exclude=exclude, limit=LIST * 10)[:LIST]
            yield from _turn(request, candidates, set(moment["relevant"]))


def _understood(messages: Sequence[dict[str, str]], titles: TitleIndex) -> Request | None:
    """The last message of the person, with all that was named before it by either side."""
    state, named = DialogueState(), dict[str, NamedTitle]()
    for message in messages:
        if message["role"] == "user":
            standing = understand(message["text"], state, titles)
            state = DialogueState(standing=standing)
            found = standing.named
        else:
            mentions = titles.find(message["text"])
            found = tuple(NamedTitle.model_validate(m, from_attributes=True) for m in mentions)
        named.update({title.video_id: title for title in found})
    if state.standing is None:
        return None
    return state.standing.model_copy(update={"named": tuple(named.values())})


def talk_turns(archive: Path, embedder: SentenceEmbedder, cache: Path) -> Iterator[Turn]:
    """Requests for what a tag names, among English titles that do not hold its words."""
    videos = _talks(archive)
    vectors = _vectors(videos, embedder, cache / "talks.npy")
    counts = Counter(tag for video in videos for tag in video.tags)
    tags = sorted(tag for tag, count in counts.items() if 4 <= count <= 400 and _topical(tag))
    random.Random(1).shuffle(tags)
    for tag in tags:
        words = tag.replace("-", " ")
        message = f"I would like to watch something about {words}"
        scores = vectors @ embedder.encode_queries([message])[0]
        holding = [row for row, video in enumerate(videos) if words in video.title.casefold()]
        scores[holding] = -1.0
        nearest = np.argsort(-scores)[:LIST]
        candidates = [_candidate(videos[row], float(scores[row])) for row in nearest]
        carrying = {video.id for video in videos if tag in video.tags}
        yield from _turn(Request(message=message, wish=words), candidates, carrying)


def _candidate(video: Video, score: float) -> Candidate:
    return Candidate(video=video, score=score, parts={Part.REQUEST: score})


def _turn(request: Request, candidates: Sequence[Candidate], relevant: set[str]) -> Iterator[Turn]:
    found = relevant & {candidate.video.id for candidate in candidates}
    if len(candidates) == LIST and 0 < len(found) < LIST:
        shortlist = tuple(Shortlisted(candidate, cluster="") for candidate in candidates)
        yield Turn(request, shortlist, frozenset(found))


def _talks(archive: Path) -> list[Video]:
    videos: dict[str, Video] = {}
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            if "/videos/" in name and name.endswith(".json"):
                talk = json.loads(file.read(name))
                title = talk["title"].strip()
                if title and talk.get("language", "eng") in (None, "eng"):
                    tags = tuple(tag.casefold() for tag in talk.get("tags") or ())
                    videos[title.casefold()] = Video(
                        id=f"talk:{len(videos)}", title=title, tags=tags
                    )
    return list(videos.values())


def _topical(tag: str) -> bool:
    """Not an event, a format, a year or a room."""
    shapeless = ("py", "conf", "talk", "keynote", "tutorial", "track", "session", "room", "panel")
    return (
        3 < len(tag) < 30
        and not any(part in tag for part in shapeless)
        and not any(character.isdigit() for character in tag)
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _vectors(videos: Sequence[Video], embedder: SentenceEmbedder, file: Path) -> Matrix:
    """Of the titles alone, for the tags are the answer."""
    if file.exists():
        return np.asarray(np.load(file), np.float32)
    bare = [video.model_copy(update={"tags": ()}) for video in videos]
    vectors = embedder.encode_videos(bare)
    np.save(file, vectors)
    return vectors


# --- the figures -------------------------------------------------------------------------------


def report(name: str, turns: Sequence[Turn], model: LanguageModel) -> None:
    """Print nDCG@10 of the list as it was, of the opinions alone, and of both."""
    known: dict[str, Likelihood] = {}
    opinions = []
    for turn in turns:
        result = _opinion(turn, model, known)
        known |= result.new_likelihoods
        added = {i.candidate.video.id: i.candidate.parts[Part.MODEL] for i in result.shortlist}
        opinions.append(np.array([added[i.candidate.video.id] for i in turn.shortlist]))
    scores = [np.array([i.candidate.score for i in turn.shortlist]) for turn in turns]
    base = _ndcgs(turns, scores)
    draw = np.random.default_rng(0)
    chance = np.mean([_ndcgs(turns, [draw.random(LIST) for _ in turns]) for _ in range(20)])
    print(f"{name}: {len(turns)} turns, chance {chance:.3f}, the list {base.mean():.3f}, "
          f"the opinion alone {_ndcgs(turns, opinions).mean():.3f}")  # fmt: skip
    for weight in WEIGHTS:
        both = [score + weight * added for score, added in zip(scores, opinions, strict=True)]
        low, high = _interval(gain := _ndcgs(turns, both) - base)
        print(f"  weight {weight:<4} {gain.mean() + base.mean():.3f}  "
              f"gain {gain.mean():+.3f} [{low:+.3f}, {high:+.3f}]")  # fmt: skip
    print(f"  seconds for {LIST} titles: {_seconds(turns, model, {}):.2f} when never seen, "
          f"{_seconds(turns, model, known):.2f} when seen before")  # fmt: skip


def _opinion(turn: Turn, model: LanguageModel, known: Mapping[str, Likelihood]) -> Reranked:
    return rerank(turn.request, (), turn.shortlist, model, known, weight=1.0, cancel=CancelToken())


def _seconds(turns: Sequence[Turn], model: LanguageModel, known: Mapping[str, Likelihood]) -> float:
    """The median of ten turns."""
    seconds = []
    for turn in turns[:10]:
        started = time.perf_counter()
        _opinion(turn, model, known)
        seconds.append(time.perf_counter() - started)
    return float(np.median(seconds))


def _ndcgs(turns: Sequence[Turn], scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Binary nDCG at 10 of each turn (Järvelin & Kekäläinen 2002)."""
    discounts = 1 / np.log2(np.arange(2, 12))
    values = []
    for turn, of_list in zip(turns, scores, strict=True):
        ranked = [turn.shortlist[row].candidate.video.id for row in np.argsort(-of_list)[:10]]
        gains = np.array([video_id in turn.relevant for video_id in ranked])
        values.append((gains @ discounts) / discounts[: len(turn.relevant)].sum())
    return np.array(values)


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % by bootstrap over the turns."""
    draws = np.random.default_rng(0).integers(0, len(values), (2000, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
