"""Measures what a model is worth on the person's own history, in a process of its own.

``python -P -m assistant.evaluation.apart NAME SETTINGS DATA CONFIG STATE`` prints how far it is and
one JSON object, as `assistant.doctor.apart` reads it. What was measured is kept in the library.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.evaluation.lineup import Compared
from assistant.evaluation.pipeline import OURS
from assistant.evaluation.running import Options
from assistant.evaluation.scoring import NDCG
from assistant.evaluation.sessions import keep_gain, on_own_history
from assistant.locations import Locations
from assistant.logs import LogFile, log_to
from assistant.model_worth import Ranked, put_ranked
from assistant.models.catalogue import Entry, ModelKind, find
from assistant.reembedding import embed_all
from assistant.settings import Settings
from assistant.startup import prepare_process

if TYPE_CHECKING:
    from assistant.evaluation.results import TaskResult
    from assistant.narrator import Narrator


def measure(entry: Entry, settings: Settings, locations: Locations, narrator: Narrator) -> None:
    """Recommend with the model at several moments of the history, and keep how well that went.

    Args:
        entry: the model.
        settings: that name it.
        locations: of the library; the videos that have no vector of an embedding model get one.
        narrator: is told of the progress.

    Raises:
        TooLittleHistory: there are too few likes to say anything.
        MatineeError: a model or the library cannot be used.
    """
    language = entry.kind is ModelKind.LANGUAGE
    if not language:
        embed_all(locations, settings.embedding, narrator)
    options = Options(settings.recommend.dial, Compared(llm=language))
    result = on_own_history(locations, settings, options, narrator)
    if language:
        keep_gain(locations, result)
    else:
        from store.recovery import open_library

        with open_library(locations.library) as library:
            put_ranked(library, entry.name, ranked(result))


def ranked(result: TaskResult) -> Ranked:
    """How good the whole pipeline was."""
    ours = next(one for one in result.systems if one.system == OURS)
    figure = ours.measures[NDCG]
    return Ranked(
        ndcg=figure.value,
        low=figure.low,
        high=figure.high,
        likes=result.relevant,
    )


class _Printing:
    """A narrator that prints for `assistant.doctor.apart`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def say(self, text: str) -> None:
        """Leave it: what is said here is of the library, and it is said again by the next turn."""

    def stage(self, name: str, total: int | None) -> None:
        """Print the stage."""
        self.print(stage=name, total=total)

    def advance(self, n: int) -> None:
        """Print that so many steps are done."""
        self.print(advance=n)

    def print(self, **said: object) -> None:
        """Print one JSON object."""
        os.write(self._descriptor, f"{json.dumps(said)}\n".encode())


def main() -> None:
    """Measure what the command line names. What libraries print goes to standard error."""
    prepare_process()
    narrator = _Printing(os.dup(1))
    os.dup2(2, 1)
    name, settings, data, config, state = sys.argv[1:]
    locations = Locations(data=Path(data), config=Path(config), state=Path(state))
    in_force = Settings.model_validate_json(settings)
    log_to(LogFile(locations.log), content=in_force.privacy.log_content)
    try:
        measure(find(name), in_force, locations, narrator)
    except MatineeError as error:
        narrator.print(error=[error.title, error.detail, error.hint])
    else:
        narrator.print(done=True)


if __name__ == "__main__":
    main()
