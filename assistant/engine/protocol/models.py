"""The models: which there are, what is known of each here, getting, measuring, choosing them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from assistant.engine.protocol.base import EngineEvent, EngineRequest, JobRequest
from assistant.settings import Settings
from assistant.types import Value


class ModelUse(StrEnum):
    """What a model is for."""

    LANGUAGE = "language"
    EMBEDDING = "embedding"


class ModelState(StrEnum):
    """Whether a model is there."""

    IN_USE = "in use"
    INSTALLED = "installed"
    BEGUN = "begun"
    AVAILABLE = "available"


class Fit(StrEnum):
    """Whether a model fits into the memory of this machine."""

    FITS = "fits"
    TIGHT = "tight"
    """Into all of it, but not into what is free now."""
    TOO_LARGE = "too large"


class ModelLine(Value):
    """A model. What is known of it is in words."""

    name: str
    use: ModelUse
    state: ModelState
    share: float = 0.0
    """How much is there of a download that was begun."""
    packaged: bool = False
    own: bool = False
    """Whether it is a file of the person's own, which the catalogue does not know."""
    size: str
    memory: str
    fit: Fit = Fit.FITS
    speed: str
    """What it does in a second: titles judged, videos embedded."""
    quality: str
    licence: str
    languages: str = ""
    good_for: str = ""
    page: str = ""
    """Its address at the hub."""
    path: str = ""
    speed_in_full: str = ""
    quality_in_full: str = ""


class ListModels(EngineRequest):
    """Which models are there?"""


class ModelsListed(EngineEvent):
    """The models, and the machine they would run on."""

    rows: tuple[ModelLine, ...]
    machine: str
    """Cores and memory."""
    silent: bool = False
    """Whether no language model takes part, because the settings say so."""


class PlanUse(EngineRequest):
    """What would it take to use this model?"""

    name: str


class UsePlanned(EngineEvent):
    """What has to be done first."""

    unembedded: int = 0
    """Videos that have no vector of it."""
    seconds: float | None = None
    """That embedding them takes, about; None where nobody has measured it."""


class UseModel(EngineRequest):
    """Use this model from now on; no name: no language model."""

    name: str = ""


class ModelChosen(EngineEvent):
    """It is in the settings."""

    use: ModelUse
    settings: Settings
    wins: str = ""
    """The variable of the environment that names another one, and holds."""


class RemoveModel(EngineRequest):
    """Remove a downloaded model, or what is there of it."""

    name: str


class ModelRemoved(EngineEvent):
    """It is gone."""

    name: str
    freed: str
    """How much room that made."""


class LookForGpus(JobRequest):
    """What is there of GPUs, and what can use them? Loads what would."""

    title: ClassVar[str] = "looking for a GPU"


class GpusFound(EngineEvent):
    """In a sentence."""

    text: str


class GetModel(JobRequest):
    """Download a model, or what is missing of it."""

    title: ClassVar[str] = "downloading"
    name: str


class MeasureModel(JobRequest):
    """See how fast a model is here; or what it is worth on the person's own history."""

    title: ClassVar[str] = "measuring"
    name: str
    quality: bool = False


class EmbedLibrary(JobRequest):
    """Make the vectors of an embedding model that the videos lack."""

    title: ClassVar[str] = "embedding"
    name: str
