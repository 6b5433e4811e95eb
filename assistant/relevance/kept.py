"""The trained model in the library: filed under what it reads, used where it has earned it."""

from __future__ import annotations

import hashlib
import logging
from importlib import resources
from importlib.metadata import version
from typing import TYPE_CHECKING

from assistant.relevance.features import NAMES
from assistant.relevance.model import RelevanceModel

if TYPE_CHECKING:
    from assistant.relevance.report import Report
    from assistant.retrieve import RetrievalStore
    from store.library import Library

log = logging.getLogger(__name__)

NAME = "relevance"


def key(library: Library, embedder_key: str) -> str:
    """What a model is filed under: it changes with all that makes up the scores that it corrects.

    That is the vectors, the features, the weights of the fusion, others' ratings, and the release.
    """
    weights = resources.files("assistant.retrieve").joinpath("weights.toml").read_bytes()
    digest = hashlib.sha256(weights)
    digest.update("\n".join((*NAMES, *library.community_version()[1:])).encode())
    return f"{embedder_key}-{version('matinee')}-{digest.hexdigest()[:12]}"


def load(store: RetrievalStore) -> RelevanceModel | None:
    """The model that takes part; None when there is none, or it did not beat the fusion."""
    kept = store.library.trained_model(NAME, key(store.library, store.embedder.key))
    if kept is None or kept.report.get("verdict") != "takes_part":
        return None
    try:
        return RelevanceModel.from_bytes(kept.model)
    except ValueError as error:
        log.warning("the trained model is passed over: %s", error)
        return None


def keep(library: Library, embedder_key: str, model: RelevanceModel, report: Report) -> None:
    """Store a model with what was measured of it, whether or not it takes part."""
    library.put_trained_model(
        NAME, key(library, embedder_key), model.to_bytes(), report.model_dump(mode="json")
    )


def signals_at_training(library: Library, embedder_key: str) -> int | None:
    """How many signals there were when the model was trained; None when there is none."""
    kept = library.trained_model(NAME, key(library, embedder_key))
    return None if kept is None else int(kept.report.get("signals", 0))
