"""What is known of a model, in words: the cells of a table, and a line about each thing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model_overview import ModelRow, State
from assistant.model_worth import Ranked
from assistant.models.accelerators import Accelerators, Gpu
from assistant.models.catalogue import ModelKind
from assistant.models.known import PACKAGED_NAME
from assistant.models.machine import Machine
from assistant.models.speeds import EmbeddingSpeed, LanguageSpeed, Speed

UNKNOWN = "–"
_GIGABYTE = 1e9
_MARKS = {
    State.IN_USE: "in use",
    State.INSTALLED: "there",
    State.AVAILABLE: "",
}


def size(count: int | None) -> str:
    """A number of bytes."""
    if count is None:
        return UNKNOWN
    return f"{count / 1e9:.1f} GB" if count >= _GIGABYTE else f"{count / 1e6:.0f} MB"


def mark(row: ModelRow) -> str:
    """Whether it is there."""
    if row.state is State.BEGUN:
        return f"{row.share:.0%}"
    return _MARKS[row.state]


def memory(row: ModelRow) -> str:
    """As measured; with a ``~`` as reckoned."""
    if row.memory is None:
        return UNKNOWN
    return size(row.memory) if row.speed else f"~{size(row.memory)}"


def per_second(row: ModelRow) -> str:
    """Titles judged, or videos embedded."""
    if row.speed is None:
        return UNKNOWN
    if isinstance(row.speed, LanguageSpeed):
        return f"{row.speed.titles_per_s:,.0f}"
    return f"{row.speed.videos_per_s:,.0f}"


def quality(row: ModelRow) -> str:
    """Of a language model what its opinion adds to nDCG@10; of an embedding model nDCG@10."""
    found = row.quality
    if found is None:
        return "films" if row.name == PACKAGED_NAME else UNKNOWN
    if isinstance(found, Ranked):
        return f"{found.ndcg:.3f}"
    if not found.weight:
        return "none"
    return "some" if found.gain is None else f"{found.gain:+.3f}"


def quality_in_full(row: ModelRow) -> str:
    """The same with the 95 % interval; empty where nothing was measured."""
    found = row.quality
    if found is None:
        return "helps with films" if row.name == PACKAGED_NAME else ""
    if isinstance(found, Ranked):
        within = f" ({found.low:.3f} … {found.high:.3f})" if found.low is not None else ""
        return f"nDCG@10 {found.ndcg:.3f}{within} on {found.likes:,} likes of your history"
    takes_part = f"weight {found.weight:g}" if found.weight else "takes no part"
    if found.gain is None or found.low is None or found.high is None:
        return takes_part
    return f"nDCG@10 {found.gain:+.3f} ({found.low:+.3f} … {found.high:+.3f}), {takes_part}"


def speed_in_full(speed: Speed) -> str:
    """What was measured, in a sentence."""
    taken, day = size(speed.memory), f"{speed.measured_at:%Y-%m-%d}"
    if isinstance(speed, EmbeddingSpeed):
        return (
            f"loads in {speed.load_s:.1f} s; a request {speed.query_ms:.0f} ms;"
            f" {speed.videos_per_s:,.0f} videos/s; {taken} of memory ({speed.device}, {day})"
        )
    where = "GPU" if speed.gpu else f"{speed.threads} threads"
    return (
        f"loads in {speed.load_s:.1f} s; reads {speed.read_per_s:,.0f} tokens/s; judges"
        f" {speed.titles_per_s:,.0f} titles/s; writes {speed.written_per_s:,.0f} tokens/s;"
        f" {taken} of memory ({where}, {day})"
    )


def machine_line(found: Machine) -> str:
    """Cores and memory, in a few words."""
    parts = [f"{found.cores} {'core' if found.cores == 1 else 'cores'}"]
    if found.memory:
        free = f", {size(found.free)} free" if found.free is not None else ""
        parts.append(f"{size(found.memory)} of memory{free}")
    return " · ".join(parts)


def gpu_line(found: Accelerators | None) -> str:
    """What there is of GPUs, and what can use them."""
    if found is None:
        return "GPU: nothing could be found out. See more: matinee doctor"
    llama = "can use one" if found.llama else "was built for the CPU alone"
    torch = f"sees {_named(found.gpus)}" if found.torch else "sees none"
    unseen = f" There is {_named(found.gpus)}." if found.gpus and not found.torch else ""
    return f"GPU: llama.cpp (language models) {llama}; torch (embedding models) {torch}.{unseen}"


def _named(gpus: Sequence[Gpu]) -> str:
    return ", ".join(
        gpu.name + (f" ({size(gpu.memory)})" if gpu.memory is not None else "") for gpu in gpus
    )


def measured_by(row: ModelRow) -> str:
    """What is measured of quality for a model of this kind: the title of a column."""
    return "ranking" if row.kind is ModelKind.LANGUAGE else "nDCG@10"
