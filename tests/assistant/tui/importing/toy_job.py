"""The jobs' core with an embedder that is there at once."""

from __future__ import annotations

import time

from assistant.engine.jobs.core import JobCore
from assistant.engine.protocol import Start
from assistant.narrator import Narrator
from store import embedder
from tests.toys import ToyEmbedder

CORE = "tests.assistant.tui.importing.toy_job:ToyJobCore"
SLOW = "tests.assistant.tui.importing.toy_job:SlowJobCore"


class ToyJobCore(JobCore):
    """Embeds bags of words."""

    def __init__(self, start: Start, narrator: Narrator) -> None:
        super().__init__(start, narrator)
        embedder.SentenceEmbedder.load = lambda *_: ToyEmbedder()  # type: ignore[method-assign, assignment]


class _Slow(ToyEmbedder):
    def encode_videos(self, videos, *, progress=None):  # type: ignore[no-untyped-def]
        """Take long over each."""
        for _video in videos:
            time.sleep(0.05)
            if progress:
                progress(1)
        return super().encode_videos(videos)


class SlowJobCore(JobCore):
    """Embeds one video after the other, so that it can be watched and stopped."""

    def __init__(self, start: Start, narrator: Narrator) -> None:
        super().__init__(start, narrator)
        embedder.SentenceEmbedder.load = lambda *_: _Slow()  # type: ignore[method-assign, assignment]
