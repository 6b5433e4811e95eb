"""The models, from the catalogue and the disk: no model is loaded for it, and no network asked."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore, answers
from assistant.engine.protocol.models import (
    Fit,
    ListModels,
    ModelChosen,
    ModelLine,
    ModelRemoved,
    ModelsListed,
    ModelState,
    ModelUse,
    PlanUse,
    RemoveModel,
    UseModel,
    UsePlanned,
)
from assistant.errors import StoreError
from assistant.model_choice import choose, remove, settings_with, value_of
from assistant.model_overview import ModelRow, overview
from assistant.model_wording import (
    machine_line,
    memory,
    per_second,
    quality,
    quality_in_full,
    size,
    speed_in_full,
)
from assistant.model_worth import Worth
from assistant.models import machine
from assistant.models.catalogue import ModelKind, find
from assistant.models.hub import DownloadError, Hub
from assistant.models.known import NO_MODEL
from assistant.models.machine import Machine
from assistant.models.shelf import Shelf
from assistant.models.speeds import EmbeddingSpeed, speeds
from assistant.reembedding import unembedded


@answers(ListModels)
def list_models(desk: DeskCore, _request: ListModels, _cancel: CancelToken) -> ModelsListed:
    """All models, as they are now."""
    settings, here = desk.settings, machine.look()
    rows = tuple(_line(row, here) for row in overview(settings, _shelf(desk), _worth(desk)))
    return ModelsListed(
        rows=rows,
        machine=machine_line(here),
        silent=settings.language_model.model == NO_MODEL,
    )


@answers(PlanUse)
def plan_use(desk: DeskCore, request: PlanUse, _cancel: CancelToken) -> UsePlanned:
    """Another embedding model needs vectors of its own; a language model needs nothing."""
    entry = find(request.name)
    value = value_of(entry, _shelf(desk))
    if entry.kind is ModelKind.LANGUAGE or not desk.locations.library.exists():
        return UsePlanned()
    chosen = settings_with(desk.settings, entry.kind, value)
    count = unembedded(desk.library, chosen.embedding)
    speed = speeds(desk.locations.models).get(entry.name)
    if isinstance(speed, EmbeddingSpeed) and speed.videos_per_s > 0:
        return UsePlanned(unembedded=count, seconds=count / speed.videos_per_s)
    return UsePlanned(unembedded=count)


@answers(UseModel)
def use_model(desk: DeskCore, request: UseModel, _cancel: CancelToken) -> ModelChosen:
    """Write it into the settings."""
    kind, value = ModelKind.LANGUAGE, NO_MODEL
    if request.name:
        entry = find(request.name)
        kind, value = entry.kind, value_of(entry, _shelf(desk))
    wins = choose(desk.locations.settings, kind, value)
    return ModelChosen(use=ModelUse(kind.value), settings=desk.settings, wins=wins or "")


@answers(RemoveModel)
def remove_model(desk: DeskCore, request: RemoveModel, _cancel: CancelToken) -> ModelRemoved:
    """Remove it from the disk, unless it is in use."""
    entry = find(request.name)
    freed = remove(entry, _shelf(desk), desk.settings)
    return ModelRemoved(name=entry.name, freed=size(freed))


def _shelf(desk: DeskCore) -> Shelf:
    return Shelf(desk.locations.models)


def _worth(desk: DeskCore) -> Worth:
    """What the library says of models; nothing where there is none, or none that can be read."""
    if not desk.locations.library.exists():
        return Worth()
    try:
        return Worth.of(desk.library)
    except StoreError as error:
        desk.narrator.say(f"What was measured of quality cannot be read: {error.title}")
        return Worth()


def _line(row: ModelRow, here: Machine) -> ModelLine:
    return ModelLine(
        name=row.name,
        use=ModelUse(row.kind.value),
        state=ModelState(row.state.value),
        share=row.share,
        packaged=row.packaged,
        own=row.page is None,
        size=size(row.size),
        memory=memory(row),
        fit=_fit(row, here),
        speed=per_second(row),
        quality=quality(row),
        licence=row.licence or "",
        languages=row.languages or "",
        good_for=row.good_for or "",
        page=_page(row),
        path=str(row.path or ""),
        speed_in_full=speed_in_full(row.speed) if row.speed else "",
        quality_in_full=quality_in_full(row),
    )


def _page(row: ModelRow) -> str:
    """Its address at the hub; empty where there is none, or the environment names no hub."""
    try:
        return f"{Hub.of_environment().endpoint}/{row.page}" if row.page else ""
    except DownloadError:  # a download says it
        return ""


def _fit(row: ModelRow, here: Machine) -> Fit:
    """Whether its memory is there; one that is in use has its own already."""
    needed = row.memory or 0
    if here.memory and needed > here.memory:
        return Fit.TOO_LARGE
    in_use = row.state.value == ModelState.IN_USE.value
    if here.free is not None and needed > here.free and not in_use:
        return Fit.TIGHT
    return Fit.FITS
