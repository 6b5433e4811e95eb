"""What a request asks for, in the words and in the space of the library's videos.

A request in English asks an English library as it stands. In another language, the library's own
terms that mean the same stand beside its words (`store.bridge`), and what it means is what those
terms and the request itself mean (`store.alignment`). Where many titles are in other scripts, every
request is led to terms in these too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.types import Request
from store import alignment
from store.multilingual import LANGUAGES
from store.text import is_latin
from store.unit import unit

if TYPE_CHECKING:
    from assistant.retrieve.query import RetrievalStore
    from assistant.types import Vector

FEEDBACK = 8
"""Full-text hits that speak for a wish whose meaning nothing else tells."""
SAME_WORD = 0.65
"""The least cosine of a term in another script: it is found as a word, not as a subject."""
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """The wish and all that was said, as they are looked for."""

    wish: str
    wish_vector: Vector | None
    """None where nothing tells the meaning."""
    said: str
    said_vector: Vector | None


def wording(request: Request, store: RetrievalStore) -> Wording:
    """How the wish of a request, and all that was said, are looked for."""
    wish, said = request.wish.strip(), request.said
    terms = _english_terms(wish or said, request.language, store)
    if terms is None:
        wished, told = _as_written(wish, said, store)
    else:
        wished, told = _meanings(wish, said, terms, store)
    if wished is None and wish:
        wished = _by_feedback(wish, store)
    added = (*(terms or ()), *_terms_in_other_scripts(wish, store))
    return Wording(_with(wish, added), wished, _with(said, added), told)


def _english_terms(text: str, language: str, store: RetrievalStore) -> tuple[str, ...] | None:
    """The library's English terms for a text that is not English; None for one that is."""
    foreign = (language != _ENGLISH and language in LANGUAGES) or not is_latin(text)
    return store.searcher.bridge().english.meaning(text) if text and foreign else None


def _terms_in_other_scripts(wish: str, store: RetrievalStore) -> tuple[str, ...]:
    """Those that mean the wish, where many titles are in other scripts.

    Chinese finds Chinese by them, too: what is simplified there and traditional here.
    """
    bridge = store.searcher.bridge()
    if not wish or not bridge.leads_away:
        return ()
    return bridge.others.meaning(wish, near=SAME_WORD)


def _as_written(wish: str, said: str, store: RetrievalStore) -> tuple[Vector | None, Vector | None]:
    texts = [text for text in dict.fromkeys((wish, said)) if text and store.embedder.reads(text)]
    read = dict(zip(texts, store.embedder.encode_queries(texts) if texts else (), strict=True))
    return read.get(wish), read.get(said)


def _meanings(
    wish: str, said: str, terms: tuple[str, ...], store: RetrievalStore
) -> tuple[Vector | None, Vector | None]:
    """Of texts that are not English, with the English terms that stand for them.

    Another embedding model than the packaged one is taken to know its person's languages.
    """
    embedder = store.embedder
    if not alignment.applies(embedder.key):
        return _as_written(wish, said, store)
    texts = [text for text in dict.fromkeys((wish, said)) if text]
    if not texts:
        return None, None
    vectors = alignment.aligned(texts)
    if terms:
        vectors = unit(vectors + embedder.encode_queries([" ".join(terms)]))
    read = dict(zip(texts, vectors, strict=True))
    return read.get(wish), read.get(said)


def _by_feedback(wish: str, store: RetrievalStore) -> Vector | None:
    """The meaning of a wish that nothing else tells; None if nothing tells it.

    It means what its words find in the library: the mean of the best hits, weighted by their
    scores (pseudo-relevance feedback after Rocchio 1971).
    """
    scores = {hit.video_id: hit.score for hit in store.library.search(wish, limit=FEEDBACK)}
    present, vectors = store.library.vectors(store.embedder.key, scores)
    if not present:
        return None
    weights = np.array([scores[video_id] for video_id in present], np.float32)
    return unit(weights @ vectors)


def _with(text: str, terms: tuple[str, ...]) -> str:
    return " ".join(filter(None, (text, *terms))) if text else ""
