"""What was measured of models on this machine: how fast they are, and what memory they take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from store import durable

_FILE = "speeds.json"


class LanguageSpeed(BaseModel):
    """Of a language model."""

    model_config = ConfigDict(frozen=True)

    measured_at: AwareDatetime
    load_s: float
    read_per_s: float
    """Tokens of a prompt that it reads in a second."""
    titles_per_s: float
    """Titles that it gives its opinion on in a second, after a prompt that it has read."""
    written_per_s: float
    """Tokens that it writes in a second."""
    memory: int
    """Bytes of the process at its largest."""
    threads: int
    gpu: bool
    """Whether llama.cpp could use one."""


class EmbeddingSpeed(BaseModel):
    """Of an embedding model."""

    model_config = ConfigDict(frozen=True)

    measured_at: AwareDatetime
    load_s: float
    query_ms: float
    """Milliseconds for the vector of one request."""
    videos_per_s: float
    """Videos that it embeds in a second, hundreds at once."""
    memory: int
    """Bytes of the process at its largest."""
    device: str


Speed = LanguageSpeed | EmbeddingSpeed
_ALL: TypeAdapter[dict[str, Speed]] = TypeAdapter(dict[str, Speed])


def speeds(folder: Path) -> Mapping[str, Speed]:
    """What was measured, by the name of the model. What cannot be read is measured again.

    Args:
        folder: that of the models.
    """
    try:
        return _ALL.validate_json((folder / _FILE).read_bytes())
    except (OSError, ValidationError):
        return {}


def put_speed(folder: Path, name: str, speed: Speed) -> None:
    """Store what was measured of a model, in place of what was measured before."""
    known = {**speeds(folder), name: speed}
    folder.mkdir(mode=durable.PRIVATE_FOLDER, parents=True, exist_ok=True)
    durable.write(folder / _FILE, _ALL.dump_json(known, indent=1))


def parse_speed(answer: object) -> Speed:
    """What `assistant.models.measuring` printed.

    Raises:
        pydantic.ValidationError: it is something else.
    """
    return TypeAdapter[Speed](Speed).validate_python(answer)
