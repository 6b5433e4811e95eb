"""Holding a scripted conversation, over a library of its own in a temporary folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import MatineeError
from assistant.locations import Locations
from assistant.scripts.checks import check
from assistant.scripts.format import Script, Step, read
from assistant.settings import Settings
from assistant.types import VERBS, Interaction, Turn, TurnFailed, TurnFinished

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.models.base import LanguageModel
    from assistant.workspace import Workspace


@dataclass(frozen=True)
class StepReport:
    """What came of one step: what it was, and what did not hold."""

    label: str
    failures: tuple[str, ...]
    turn: Turn | None


@dataclass(frozen=True)
class ScriptReport:
    """What came of a script."""

    name: str
    path: Path
    steps: tuple[StepReport, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation held."""
        return not any(step.failures for step in self.steps)


def run(path: Path) -> ScriptReport:
    """Hold the conversation of the script at `path` and check what it expects.

    Raises:
        ScriptError: the script cannot be read, or its library cannot be made.
    """
    from assistant.conversation import Conversation
    from assistant.workspace import Workspace

    script = read(path)
    settings = Settings.model_validate(
        {"recommend": {"picks": script.picks, "dial": script.dial, "seed": script.seed}}
    )
    with tempfile.TemporaryDirectory(prefix="matinee-script-") as folder:
        locations = Locations(Path(folder), Path(folder), Path(folder))
        with Workspace(
            locations, settings, llm=script.model != "none", model=_model(script)
        ) as workspace:
            _fill(script, path, workspace)
            conversation = Conversation(workspace)
            steps = tuple(_steps(script, conversation))
    return ScriptReport(script.name, path, steps)


def _model(script: Script) -> LanguageModel | None:
    if script.model != "scripted":
        return None
    from assistant.models.scripted import ScriptedModel

    return ScriptedModel()


def _fill(script: Script, path: Path, workspace: Workspace) -> None:
    """Make the script's library. The starter library comes by itself where there is none."""
    if script.library != "starter":
        from store.ingest import ingest
        from store.library import Library

        with Library.open(workspace.locations.library) as library:
            ingest(_records(script, path), library, workspace.embedder)
    workspace.library.add_interactions(
        Interaction(video_id=entry.id, signal=entry.signal, rating=entry.rating, at=entry.at)
        for entry in script.history
    )


def _records(script: Script, path: Path) -> Iterator[Any]:
    if script.library == "inline":
        yield from script.videos
        return
    from assistant.importers import recognise

    source = path.parent / script.library
    yield from recognise(source).read(source)


def _steps(script: Script, conversation: Conversation) -> Iterator[StepReport]:
    for step in script.turns:
        if step.say is None:
            yield _act(step, conversation)
            continue
        turn: Turn | None = None
        failure: TurnFailed | None = None
        shown_before = conversation.state.shown_ids
        for event in conversation.turn(step.say):
            if isinstance(event, TurnFinished):
                turn = event.turn
            elif isinstance(event, TurnFailed):
                failure = event
        problems = tuple(check(step.expect, turn, failure, shown_before))
        yield StepReport(f"say: {step.say}", problems, turn)


def _act(step: Step, conversation: Conversation) -> StepReport:
    if step.signal is not None:
        video_id, signal = step.signal.video_id, step.signal.signal
        label = f"signal: {signal} {video_id}"
    else:
        verb, number = (step.press or "").split()
        label = f"press: {step.press}"
        signal = VERBS[verb]
        shown = conversation.state.last_pick_ids
        if int(number) > len(shown):
            return StepReport(label, (f"there is no pick {number}",), None)
        video_id = shown[int(number) - 1]
    try:
        conversation.signal(video_id, signal)
    except MatineeError as error:
        return StepReport(label, (str(error),), None)
    return StepReport(label, (), None)
