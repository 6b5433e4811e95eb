"""The lists that are reordered: the best candidates that Matinee finds, and what is right."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.gain import JudgedList
from assistant.evaluation.topics import read_topics
from assistant.importers import recognise
from assistant.names import Names
from assistant.retrieve import RetrievalStore, retrieve
from assistant.types import DialogueState, NamedTitle, Request, Shortlisted, Taste
from assistant.understand import understand
from store.embedder import SentenceEmbedder
from store.ingest import ingest
from store.library import Library
from store.vectors import Searcher

CANDIDATES = 200


def film_turns(
    folder: Path, embedder: SentenceEmbedder, cache: Path, size: int
) -> list[JudgedList]:
    """Every moment of the conversations, in random order, with its `size` best candidates."""
    library = Library.open(cache / "films.db")
    catalogue = folder / "catalog.jsonl.gz"
    ingest(recognise(catalogue).read(catalogue), library, lambda: embedder)
    store, names = _store(library, embedder), Names(library)
    moments = list(_lines(folder / "requests-dev.jsonl.gz"))
    random.Random(1).shuffle(moments)
    turns = []
    for moment in moments:
        request = _understood(moment["messages"], names)
        if request is not None:
            listed = _listed(request, store, moment["mentioned"], size)
            turns.append(JudgedList(request, (), listed, frozenset(moment["relevant"])))
    return turns


def _understood(messages: Sequence[dict[str, str]], names: Names) -> Request | None:
    """The last message of the person, with all that was named before it by either side."""
    state, named = DialogueState(), dict[str, NamedTitle]()
    for message in messages:
        if message["role"] == "user":
            standing = understand(message["text"], state, names)
            state = DialogueState(standing=standing)
            found = standing.named
        else:
            mentions = names.titles.find(message["text"])
            found = tuple(NamedTitle.model_validate(m, from_attributes=True) for m in mentions)
        named.update({title.video_id: title for title in found})
    if state.standing is None:
        return None
    return state.standing.model_copy(update={"named": tuple(named.values())})


def topic_turns(data: Path, embedder: SentenceEmbedder, cache: Path, size: int) -> list[JudgedList]:
    """A subject asked for in a sentence, among talks from which its words were taken out."""
    benchmark = read_topics(data)
    library = Library.open(cache / "topics.db")
    ingest(benchmark.videos, library, lambda: embedder)
    store, names = _store(library, embedder), Names(library)
    return [
        JudgedList(request, (), _listed(request, store, (), size), topic.relevant)
        for topic in benchmark.topics
        for request in [understand(topic.request, DialogueState(), names)]
    ]


def _store(library: Library, embedder: SentenceEmbedder) -> RetrievalStore:
    searcher = Searcher(library, embedder.key, None)
    searcher.refresh()
    return RetrievalStore(library, searcher, embedder)


def _listed(
    request: Request, store: RetrievalStore, exclude: Collection[str], size: int
) -> tuple[Shortlisted, ...]:
    candidates = retrieve(request, Taste(), store, exclude=exclude, limit=CANDIDATES)
    return tuple(Shortlisted(candidate, cluster="") for candidate in candidates[:size])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
