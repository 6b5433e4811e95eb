"""Measures a model, in a process of its own: what it takes is the model's, what it breaks nobody's.

``python -P -m assistant.models.measuring language|embedding SETTINGS`` prints how far it is, and
one JSON object, as `assistant.doctor.apart` reads it.
The texts are the starter library's, so that the figures of two machines, and of two models on one
machine, can be compared.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.models.catalogue import ModelKind
from assistant.models.machine import usable_cores
from assistant.models.speeds import EmbeddingSpeed, LanguageSpeed, Speed
from assistant.settings import EmbeddingSettings, LanguageModelSettings
from assistant.startup import prepare_process

if TYPE_CHECKING:
    from assistant.cancel import CancelToken
    from assistant.models.local import LocalModel

TITLES = 24
"""About as many as a model is asked for its opinion on; twice as many make up the prompt."""
WRITTEN_TOKENS = 48
VIDEOS = 64
"""Of three texts or so each: more than are embedded without torch."""
QUERIES = 10
STEPS = {ModelKind.LANGUAGE: 4, ModelKind.EMBEDDING: 3}
"""Of a measurement, which are told of as they are done."""
Step = Callable[[], None]
_PROMPT = "Films that go together: {titles}. Another one is"
_KILOBYTE = 1024


def _untold() -> None:
    """For who watches nothing."""


def measure_language(settings: LanguageModelSettings, step: Step = _untold) -> LanguageSpeed:
    """Load the model, and let it read a prompt, judge titles and write: four steps.

    Raises:
        ModelError: it cannot be loaded, or fails.
    """
    import llama_cpp

    from assistant.cancel import CancelToken
    from assistant.models.local import LocalModel
    from store import starter

    titles = [video.title for video in islice(starter.videos(), 3 * TITLES)]
    cancel = CancelToken()
    started = time.perf_counter()
    model = LocalModel.load(settings)
    loaded = time.perf_counter()
    step()
    try:
        prompt = _PROMPT.format(titles=", ".join(titles[TITLES:]))
        tokens = model.likelihoods("", [prompt], cancel)[0].tokens  # which warms it up, too
        read_s = _seconds(lambda: model.likelihoods(prompt, [" The"], cancel))
        step()
        titled_s = _seconds(
            lambda: model.likelihoods(prompt, [f" {title}" for title in titles[:TITLES]], cancel)
        )
        step()
        write_s, written = _writing(model, cancel)
        step()
    finally:
        model.close()
    return LanguageSpeed(
        measured_at=datetime.now(UTC),
        load_s=round(loaded - started, 3),
        read_per_s=round(tokens / read_s, 1),
        titles_per_s=round(TITLES / titled_s, 1),
        written_per_s=round(written / write_s, 1),
        memory=_largest(),
        threads=settings.threads or usable_cores(),
        gpu=bool(llama_cpp.llama_supports_gpu_offload()) and settings.gpu_layers != 0,
    )


def _writing(model: LocalModel, cancel: CancelToken) -> tuple[float, int]:
    """Seconds and tokens of writing, after the first token: before it the prompt is read."""
    pieces = model.write(
        "You tell of films.", "Tell the story of a long journey in many sentences.", cancel,
        max_tokens=WRITTEN_TOKENS, temperature=1.0, seed=0,
    )  # fmt: skip
    next(pieces, None)
    started = time.perf_counter()
    written = sum(1 for _ in pieces)
    return max(time.perf_counter() - started, 1e-6), written


def measure_embedding(settings: EmbeddingSettings, step: Step = _untold) -> EmbeddingSpeed:
    """Load the model, and let it embed requests and videos: three steps.

    Raises:
        ModelError: it cannot be loaded.
    """
    from store import starter
    from store.embedder import SentenceEmbedder

    videos = list(islice(starter.videos(), VIDEOS + 1))
    started = time.perf_counter()
    model = SentenceEmbedder.load(settings)
    model.encode_queries([videos[0].title])
    device = str(model.encoder.device)  # loads torch, which videos by the hundred are embedded with
    model.encode_videos(videos[-1:])
    loaded = time.perf_counter()
    step()
    query_s = _seconds(lambda: [model.encode_queries([one.title]) for one in videos[:QUERIES]])
    step()
    videos_s = _seconds(lambda: model.encode_videos(videos[:VIDEOS]))
    step()
    return EmbeddingSpeed(
        measured_at=datetime.now(UTC),
        load_s=round(loaded - started, 3),
        query_ms=round(query_s / QUERIES * 1000, 1),
        videos_per_s=round(VIDEOS / videos_s, 1),
        memory=_largest(),
        device=device,
    )


def measure(kind: ModelKind, settings: str, step: Step = _untold) -> Speed:
    """Measure the model that settings in JSON name, in as many steps as `STEPS` says.

    Raises:
        ModelError: it cannot be loaded, or fails.
    """
    if kind is ModelKind.LANGUAGE:
        return measure_language(LanguageModelSettings.model_validate_json(settings), step)
    return measure_embedding(EmbeddingSettings.model_validate_json(settings), step)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return max(time.perf_counter() - started, 1e-6)


def _largest() -> int:
    """Bytes that this process took at its largest.

    Linux counts into ``getrusage`` what the process was that started this one; the high-water mark
    of its own memory is told elsewhere.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KILOBYTE
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * _KILOBYTE


def main() -> None:
    """Measure what the command line names. What libraries print goes to standard error."""
    prepare_process()
    answers = os.dup(1)
    os.dup2(2, 1)

    def tell(**said: object) -> None:
        os.write(answers, f"{json.dumps(said)}\n".encode())

    kind, settings = ModelKind(sys.argv[1]), sys.argv[2]
    tell(stage="measuring", total=STEPS[kind])
    try:
        speed = measure(kind, settings, lambda: tell(advance=1))
    except MatineeError as error:
        tell(error=[error.title, error.detail, error.hint])
    else:
        tell(**speed.model_dump(mode="json"))


if __name__ == "__main__":
    main()
