"""Getting and measuring models, and making the vectors of another one."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.jobs.areas import works
from assistant.engine.jobs.core import JobCore
from assistant.engine.protocol import Done
from assistant.engine.protocol.models import (
    EmbedLibrary,
    GetModel,
    GpusFound,
    LookForGpus,
    MeasureModel,
)
from assistant.model_choice import (
    accelerators,
    measure_quality,
    measure_speed,
    settings_with,
    value_of,
)
from assistant.model_wording import gpu_line
from assistant.models.catalogue import find
from assistant.models.download import Downloader
from assistant.models.hub import Hub
from assistant.models.shelf import Shelf
from assistant.reembedding import embed_all


@works(GetModel)
def get_model(job: JobCore, request: GetModel, cancel: CancelToken) -> Done:
    """Download it. What is there when it is stopped is gone on with the next time."""
    downloader = Downloader(Hub.of_environment(), Shelf(job.locations.models))
    downloader.get(find(request.name), job.narrator, cancel)
    return Done()


@works(MeasureModel)
def measure_model(job: JobCore, request: MeasureModel, cancel: CancelToken) -> Done:
    """Measure it in a process of its own, which is killed when this is stopped."""
    entry = find(request.name)
    if request.quality:
        measure_quality(entry, job.locations, job.settings, job.narrator, cancel)
    else:
        measure_speed(entry, job.locations, job.settings, job.narrator, cancel)
    return Done()


@works(EmbedLibrary)
def embed_library(job: JobCore, request: EmbedLibrary, cancel: CancelToken) -> Done:
    """Embed what lacks a vector of it. The chat goes on with the present model meanwhile."""
    entry = find(request.name)
    value = value_of(entry, Shelf(job.locations.models))
    chosen = settings_with(job.settings, entry.kind, value)
    embed_all(job.locations, chosen.embedding, job.narrator, cancel)
    return Done()


@works(LookForGpus)
def look_for_gpus(_job: JobCore, _request: LookForGpus, cancel: CancelToken) -> GpusFound:
    """Ask llama.cpp and torch."""
    return GpusFound(text=gpu_line(accelerators(cancel)))
