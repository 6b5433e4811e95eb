"""The process that trains in the background: ``python -m assistant.engine.trainer``.

It is told what to open in one line of its input, and ends when its input does.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import BinaryIO

from assistant.engine.protocol import Start, decode_request
from assistant.errors import MatineeError
from assistant.logs import LogFile, log_to, log_uncaught
from assistant.startup import prepare_process

log = logging.getLogger("assistant.engine.trainer")  # also when it is run as a program

LEAST_PRIORITY = 19


def main() -> None:
    """Train once, on what is read from standard input."""
    prepare_process()
    os.nice(LEAST_PRIORITY)
    os.environ["OMP_NUM_THREADS"] = "1"  # the other cores are for the turns
    log_uncaught()
    start = decode_request(sys.stdin.buffer.readline())
    if not isinstance(start, Start):
        raise SystemExit(f"the only request must be a start, not a {type(start).__name__}")
    log_to(LogFile(start.locations.log), content=start.settings.privacy.log_content)
    threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    try:
        train(start)
    except MatineeError as error:
        log.warning("the training failed: %s", error)


def train(start: Start) -> None:
    """Train on the library's signals and store the model, if there is one to be had.

    Raises:
        MatineeError: the library or the embedding model cannot be used.
    """
    from assistant.relevance.kept import NAME, keep
    from assistant.relevance.training import TooFew
    from assistant.relevance.training import train as train_on
    from assistant.retrieve import RetrievalStore
    from store.embedder import SentenceEmbedder
    from store.library import Library
    from store.vectors import Searcher

    embedder = SentenceEmbedder.load(start.settings.embedding)
    with Library.open(start.locations.library) as library:
        searcher = Searcher(library, embedder.key, None)
        searcher.refresh()
        store = RetrievalStore(library, searcher, embedder, library.community())
        trained = train_on(library.interactions(), store, start.settings.recommend)
        if isinstance(trained, TooFew):
            library.remove_trained_model(NAME)
        else:
            keep(library, embedder.key, trained.model, trained.report)


def _end_with(requests: BinaryIO) -> None:
    """End this process when its parent closes the pipe or is gone: SQLite stores all or nothing."""
    requests.read()
    os._exit(0)


if __name__ == "__main__":
    main()
