"""Make the vectors that are shipped with the starter library: ``python -m store.starter.build``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.settings import EmbeddingSettings
from store import starter
from store.embedder import SentenceEmbedder
from store.library import content_hash


def main() -> None:
    """Embed the starter videos with the packaged model and write the file."""
    videos = list(starter.videos())
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    target = Path(__file__).with_name(starter.VECTORS)
    np.savez_compressed(
        target,
        model=np.array(embedder.key),
        ids=np.array([video.id for video in videos]),
        hashes=np.array([content_hash(video) for video in videos]),
        vectors=embedder.encode_videos(videos).astype(np.float16),
    )
    print(f"{target}: {len(videos)} vectors of {embedder.key}")


if __name__ == "__main__":
    main()
