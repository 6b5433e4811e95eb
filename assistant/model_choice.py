"""Choosing, measuring and removing models, whichever face a person does it with."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.cancel import CancelToken
from assistant.doctor.apart import ProbeError, ask_apart
from assistant.errors import MatineeError, ModelError
from assistant.locations import Locations
from assistant.model_overview import is_named, packaged_path
from assistant.models.accelerators import Accelerators
from assistant.models.catalogue import Entry, ModelKind, packaged
from assistant.models.shelf import Shelf
from assistant.models.speeds import Speed, parse_speed, put_speed
from assistant.narrator import Narrator
from assistant.settings import PACKAGED, Settings, variable
from assistant.settings_file import put_settings

_GROUP = {ModelKind.LANGUAGE: "language_model", ModelKind.EMBEDDING: "embedding"}
_GPUS = "assistant.models.accelerators"
_SPEED = "assistant.models.measuring"
_QUALITY = "assistant.evaluation.apart"
_GPUS_S = 60.0
_SPEED_S = 1800.0
_QUALITY_S = 6 * 3600.0
"""The longest that each may take."""


def setting_of(kind: ModelKind) -> str:
    """The name of the setting that says which model of a kind is used."""
    return f"{_GROUP[kind]}.model"


def place_of(entry: Entry, shelf: Shelf) -> Path:
    """Where a model lies that is there.

    Raises:
        ModelError: it is not there.
    """
    path = packaged_path(entry) if entry.packaged else shelf.installed(entry)
    if path is None:
        raise ModelError(
            "The model is not on this machine.", entry.name, f"matinee models get {entry.name}"
        )
    return path.absolute()


def value_of(entry: Entry, shelf: Shelf) -> str:
    """What the settings are to name for a model to be used.

    Raises:
        ModelError: it is not there.
    """
    return PACKAGED if entry.packaged else str(place_of(entry, shelf))


def choose(settings_file: Path, kind: ModelKind, value: str) -> str | None:
    """Write into the settings which model of a kind is used from now on.

    Returns:
        The variable of the environment that wins over what is written, if there is one.

    Raises:
        MatineeError: the settings cannot be written.
    """
    put_settings(settings_file, {setting_of(kind): value})
    wins = variable(setting_of(kind))
    return wins if any(name.upper() == wins for name in os.environ) else None


def settings_with(settings: Settings, kind: ModelKind, value: str) -> Settings:
    """The settings as they would be with that model."""
    group = _GROUP[kind]
    changed = getattr(settings, group).model_copy(update={"model": value})
    return settings.model_copy(update={group: changed})


def accelerators(cancel: CancelToken | None = None) -> Accelerators | None:
    """What there is of GPUs; None when the process that looks gave no answer.

    Raises:
        Cancelled: `cancel` was set.
    """
    try:
        answer = ask_apart(_GPUS, seconds=_GPUS_S, cancel=cancel)
    except (ProbeError, MatineeError):
        return None
    return Accelerators.model_validate(answer)


def remove(entry: Entry, shelf: Shelf, settings: Settings) -> int:
    """Remove a downloaded model, or what is there of it, from the disk.

    Returns:
        How many bytes that freed.

    Raises:
        ModelError: it is in use, not there, or part of the installation.
    """
    check_removable(entry, shelf, settings)
    return shelf.remove(entry)


def check_removable(entry: Entry, shelf: Shelf, settings: Settings) -> None:
    """See whether a model may be removed.

    Raises:
        ModelError: it may not.
    """
    if entry.packaged:
        raise ModelError("It comes with the installation, and stays.", entry.name)
    if is_named(entry, shelf, getattr(settings, _GROUP[entry.kind]).model):
        raise ModelError(
            "The model is in use.",
            entry.name,
            f"Use another one first, such as {packaged(entry.kind).name}:"
            f" matinee models use {packaged(entry.kind).name}",
        )
    if not shelf.size(entry):
        raise ModelError("The model is not there.", entry.name, "See what is: matinee models")


def measure_speed(
    entry: Entry, locations: Locations, settings: Settings, narrator: Narrator, cancel: CancelToken
) -> Speed:
    """See how fast a model is on this machine, and keep that.

    Raises:
        ModelError: it is not there, or cannot be used.
        Cancelled: `cancel` was set.
    """
    shelf = Shelf(locations.models)
    chosen = settings_with(settings, entry.kind, value_of(entry, shelf))
    group = getattr(chosen, _GROUP[entry.kind])
    try:
        answer = ask_apart(
            _SPEED, entry.kind.value, group.model_dump_json(),
            seconds=_SPEED_S, narrator=narrator, cancel=cancel,
        )  # fmt: skip
    except ProbeError as error:
        raise _unmeasurable(entry, error) from error
    speed = parse_speed(answer)
    put_speed(shelf.folder, entry.name, speed)
    return speed


def measure_quality(
    entry: Entry, locations: Locations, settings: Settings, narrator: Narrator, cancel: CancelToken
) -> None:
    """See what a model is worth on the person's own history, and keep that.

    Raises:
        ModelError: it is not there, or cannot be used.
        MatineeError: there is too little history.
        Cancelled: `cancel` was set.
    """
    chosen = settings_with(settings, entry.kind, value_of(entry, Shelf(locations.models)))
    folders = [str(folder) for folder in (locations.data, locations.config, locations.state)]
    try:
        ask_apart(
            _QUALITY, entry.name, chosen.model_dump_json(), *folders,
            seconds=_QUALITY_S, narrator=narrator, cancel=cancel,
        )  # fmt: skip
    except ProbeError as error:
        raise _unmeasurable(entry, error) from error


def _unmeasurable(entry: Entry, error: ProbeError) -> ModelError:
    return ModelError(
        "The model cannot be measured.", f"{entry.name}: {error}", "See more: matinee doctor"
    )
