"""Import speed beside a bare encoder, an unchanged import, and a kill in the middle.

usage: python -m benchmarks.importing DATA [LIMIT]

DATA is any source that `matinee import` reads; LIMIT takes its first so many videos alone (they
are written to a JSON Lines file first).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from assistant.importers import recognise
from assistant.settings import EmbeddingSettings
from assistant.types import Video
from store.embedder import SentenceEmbedder, model_key, video_fields
from store.library import Library

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the seconds that it took."""
    started = time.perf_counter()
    return work(), time.perf_counter() - started


def import_into(folder: Path, source: Path) -> str:
    """Run `matinee import` and return what it reports."""
    command = [sys.executable, "-m", "assistant", "--data-dir", str(folder), "import", str(source)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.decode().splitlines()[0]


def killed_import(folder: Path, source: Path, after_vectors: int) -> int:
    """Start an import, kill it once that many vectors are stored, return how many there are."""
    command = [sys.executable, "-m", "assistant", "--data-dir", str(folder), "import", str(source)]
    key = model_key(EmbeddingSettings())
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        stored = 0
        while process.poll() is None and stored < after_vectors:
            time.sleep(0.5)
            if (folder / "library.db").exists():
                with Library.open(folder / "library.db") as library:
                    stored = library.vector_count(key)
        os.kill(process.pid, signal.SIGKILL)
    return stored


def bare_encode(videos: list[Video]) -> float:
    """Seconds for a bare encode of every field text, handed to the encoder in one call."""
    texts = [text for video in videos for text in video_fields(video)]
    encoder = SentenceEmbedder.load(EmbeddingSettings()).encoder
    encoder.encode(texts[:64])  # its first call is slower
    _, seconds = timed(lambda: encoder.encode(texts, show_progress_bar=False))
    print(f"  ({len(texts)} texts)")
    return seconds


def main(source: Path, limit: int | None) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if limit is not None:
            videos = (item for item in recognise(source).read(source) if isinstance(item, Video))
            source = folder / "part.jsonl"
            source.write_text(
                "\n".join(
                    video.model_dump_json(exclude_defaults=True) for video in islice(videos, limit)
                )
            )
        importer = recognise(source)
        read, reading = timed(lambda: list(importer.read(source)))
        videos_read = [item for item in read if isinstance(item, Video)]
        print(f"{len(videos_read)} videos; reading them alone: {reading:.1f} s")

        report, whole = timed(lambda: import_into(folder / "whole", source))
        print(f"matinee import:          {whole:8.1f} s  {len(videos_read) / whole:7.1f} videos/s")
        print(f"  ({report})")
        bare = bare_encode(videos_read)
        print(f"bare encode, same texts: {bare:8.1f} s  {len(videos_read) / bare:7.1f} videos/s")
        print(f"ratio of the rates:      {bare / whole:8.2f}")

        report, again = timed(lambda: import_into(folder / "whole", source))
        print(f"the same again:          {again:8.1f} s  ({report})")

        stored = killed_import(folder / "killed", source, len(videos_read) // 3)
        report, rest = timed(lambda: import_into(folder / "killed", source))
        with Library.open(folder / "killed" / "library.db") as library:
            vectors = library.vector_count(model_key(EmbeddingSettings()))
        print(f"killed with {stored} vectors stored; the same command then took {rest:.1f} s")
        print(f"  ({report}; {vectors} vectors in all)")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
