"""What is asked before something that takes long, or takes something away."""

from __future__ import annotations

from assistant.engine.protocol.models import ModelLine, UsePlanned
from assistant.pace import duration
from assistant.tui.question import Question

USE = "use"
GET = "get"
AFTER = "after"
NOW = "now"
REMOVE = "remove"
_BACK = ("", "Back")


def before_download(model: ModelLine) -> Question:
    """Answered with `USE` or `GET`."""
    return Question(
        f"Download {model.name} ({model.size})?",
        f"Licence: {model.licence}. See {model.page}",
        [(USE, "Download it, then use it"), (GET, "Download it"), _BACK],
    )


def before_vectors(model: ModelLine, planned: UsePlanned) -> Question:
    """Answered with `AFTER` or `NOW`."""
    takes = f", about {duration(planned.seconds)}" if planned.seconds else ""
    return Question(
        f"{planned.unembedded:,} videos have no vector of {model.name} yet.",
        f"They are made in the background{takes}; what is there when it is stopped is kept."
        " Without, videos are found by words alone.",
        [
            (AFTER, "Make them, and use the model when they are there"),
            (NOW, "Use the model now (later: matinee library reindex)"),
            _BACK,
        ],
    )


def before_removal(model: ModelLine) -> Question:
    """Answered with `REMOVE`."""
    return Question(
        f"Remove {model.name} ({model.size})?",
        "It can be downloaded again.",
        [(REMOVE, "Remove it"), ("", "Keep it")],
    )
