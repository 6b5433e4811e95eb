"""When to train again: after enough signals, and then as they grow by a quarter."""

from __future__ import annotations

from assistant.relevance.kept import signals_at_training
from store.library import Library

FIRST = 20
GROWTH = 1.25


def due(library: Library, embedder_key: str, tried: int | None = None) -> int | None:
    """How many signals there are, if that is enough to train now; else None.

    Args:
        library: the viewer's.
        embedder_key: of the model in force.
        tried: how many there were when training was last begun here, whatever came of it.
    """
    signals = library.signal_count()
    if signals < FIRST:
        return None
    before = max(signals_at_training(library, embedder_key) or 0, tried or 0)
    return signals if signals >= GROWTH * before else None
