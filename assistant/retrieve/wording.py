"""What a request asks for, in the words and in the space of the library's videos.

A request in English asks an English library as it stands. In another language, the library's own
terms that mean the same stand beside its words (`store.bridge`), and what it means is what those
terms and the request itself mean (`store.alignment`). An English request is led to terms in other
scripts where many titles are in them.
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
SAME_WORD = 0.75
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
        others = _terms_in_other_scripts(wish, store)
    else:
        wished, told = _meaning(wish, terms, store), _meaning(said, terms, store)
        others = ()
    if wished is None and wish:
        wished = _by_feedback(wish, store)
    added = (*(terms or ()), *others)
    return Wording(_with(wish, added), wished, _with(said, added), told)


def _english_terms(text: str, language: str, store: RetrievalStore) -> tuple[str, ...] | None:
    """The library's English terms for a text that is not English; None for one that is."""
    foreign = language in LANGUAGES - {_ENGLISH} or not is_latin(text)
    return store.searcher.bridge().english.meaning(text) if text and foreign else None


def _terms_in_other_scripts(wish: str, store: RetrievalStore) -> tuple[str, ...]:
    """Those for an English wish, where many titles are in other scripts."""
    bridge = store.searcher.bridge()
    if not wish or not bridge.leads_away:
        return ()
    return bridge.others.meaning(wish, near=SAME_WORD)


def _as_written(wish: str, said: str, store: RetrievalStore) -> tuple[Vector | None, Vector | None]:
    texts = [text for text in dict.fromkeys((wish, said)) if text and store.embedder.reads(text)]
    read = dict(zip(texts, store.embedder.encode_queries(texts) if texts else (), strict=True))
    return read.get(wish), read.get(said)


def _meaning(text: str, terms: tuple[str, ...], store: RetrievalStore) -> Vector | None:
    """Of a text that is not English, with the English terms that stand for it.

    Another embedding model than the packaged one is taken to know its person's languages.
    """
    embedder = store.embedder
    if not text:
        return None
    if not alignment.applies(embedder.key) and embedder.reads(text):
        own: Vector = embedder.encode_queries([text])[0]
        return own
    known = [*embedder.encode_queries([" ".join(terms)])] if terms else []
    if alignment.applies(embedder.key):
        known += [*alignment.aligned([text])]
    return unit(np.sum(known, axis=0)) if known else None


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
