"""The models that there are to choose from, with what is known of each on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.errors import ModelError
from assistant.model_worth import Ranked, Worth
from assistant.models.catalogue import Entry, ModelKind, catalogue
from assistant.models.known import NO_MODEL, locate, model_name
from assistant.models.local import model_fingerprint
from assistant.models.shelf import Shelf
from assistant.models.speeds import Speed, speeds
from assistant.rerank.asking import key_of_fingerprint
from assistant.settings import PACKAGED, Settings
from store.embedder import PACKAGED_DISTRIBUTION, PACKAGED_FOLDER


class State(StrEnum):
    """Whether a model is there."""

    IN_USE = "in use"
    INSTALLED = "installed"
    BEGUN = "begun"
    AVAILABLE = "available"


class Quality(BaseModel):
    """What a language model's opinion was measured to add to the ranking of this library."""

    model_config = ConfigDict(frozen=True)

    weight: float
    """By which it takes part; 0 for not at all."""
    gain: float | None = None
    """Of nDCG@10, with its 95 % interval; None where the report does not say."""
    low: float | None = None
    high: float | None = None


class ModelRow(BaseModel):
    """A model, and what is known of it here."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: ModelKind
    state: State
    packaged: bool = False
    size: int
    """Bytes to download, or on the disk."""
    begun: int = 0
    """Bytes that are there of one that was begun."""
    memory: int | None = None
    """Bytes that it takes when it is used: measured here, if `speed` is; else an estimate."""
    licence: str | None = None
    languages: str | None = None
    good_for: str | None = None
    page: str | None = None
    """The repository at the hub, without the hub's address."""
    path: Path | None = None
    speed: Speed | None = None
    quality: Quality | Ranked | None = None

    @property
    def share(self) -> float:
        """How much of it is there of a download that was begun."""
        return min(self.begun / max(self.size, 1), 0.99)


def overview(settings: Settings, shelf: Shelf, worth: Worth) -> Iterator[ModelRow]:
    """Every model of the catalogue, and those in use that are not in it.

    Args:
        settings: say which are in use, and how much context is wanted.
        shelf: where downloaded ones lie.
        worth: what was measured of them on the history of a library.
    """
    measured = speeds(shelf.folder)
    named = {
        ModelKind.LANGUAGE: settings.language_model.model,
        ModelKind.EMBEDDING: settings.embedding.model,
    }
    met = set()
    for entry in catalogue():
        path = packaged_path(entry) if entry.packaged else shelf.installed(entry)
        used = is_named(entry, shelf, named[entry.kind])
        if used:
            met.add(entry.kind)
        speed = measured.get(entry.name)
        begun = shelf.begun(entry)
        yield ModelRow(
            name=entry.name,
            kind=entry.kind,
            state=_state(used=used, there=path is not None, begun=begun > 0),
            packaged=entry.packaged,
            size=entry.size,
            begun=begun,
            memory=speed.memory if speed else entry.memory(settings.language_model.context),
            licence=entry.licence,
            languages=entry.languages,
            good_for=entry.good_for,
            page=entry.repo,
            path=path,
            speed=speed,
            quality=_gain(path, worth)
            if entry.kind is ModelKind.LANGUAGE
            else worth.ranked(entry.name),
        )
    for kind, name in named.items():
        if kind not in met and name != NO_MODEL:
            yield _of_their_own(kind, name, worth)


def is_named(entry: Entry, shelf: Shelf, setting: str) -> bool:
    """Whether a setting names this model."""
    if setting == PACKAGED:
        return entry.packaged
    if entry.kind is ModelKind.EMBEDDING and setting in (entry.repo, entry.repo.split("/")[1]):
        return not entry.packaged  # one in the cache of the Hugging Face libraries
    installed = shelf.installed(entry)
    return installed is not None and Path(setting).expanduser() == installed


def packaged_path(entry: Entry) -> Path | None:
    """Where a model of the installation lies; None if it is missing: the doctor says more."""
    try:
        if entry.kind is ModelKind.LANGUAGE:
            return locate(PACKAGED)
        return Path(str(distribution(PACKAGED_DISTRIBUTION).locate_file(PACKAGED_FOLDER)))
    except (ModelError, PackageNotFoundError):
        return None


def _state(*, used: bool, there: bool, begun: bool) -> State:
    if used:
        return State.IN_USE
    if there:
        return State.INSTALLED
    return State.BEGUN if begun else State.AVAILABLE


def _gain(path: Path | None, worth: Worth) -> Quality | None:
    found = worth.gain(key_of_fingerprint(model_fingerprint(path))) if path is not None else None
    if found is None:
        return None
    figures = {name: found.report.get(name) for name in ("gain", "low", "high")}
    return Quality(weight=found.weight, **figures)


def _of_their_own(kind: ModelKind, name: str, worth: Worth) -> ModelRow:
    """A model that the person has found themselves."""
    path = Path(name).expanduser()
    there = path if path.exists() else None
    language = kind is ModelKind.LANGUAGE
    return ModelRow(
        name=model_name(path) if language else path.name,
        kind=kind,
        state=State.IN_USE,
        size=_size(path),
        path=there,
        quality=_gain(there, worth) if language else None,
    )


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.is_file() else 0
