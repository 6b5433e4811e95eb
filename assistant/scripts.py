"""Scripted conversations: a YAML file of turns and of what must hold after each.

Written by users and by our own tests alike; see the README for the format. A script runs over a
library of its own in a temporary folder, with the models that it names.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from assistant.errors import MatineeError, ScriptError
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import (
    Constraints,
    Dial,
    EvidenceKind,
    Intent,
    Interaction,
    Kind,
    Pick,
    Signal,
    Turn,
    TurnFailed,
    TurnFinished,
    Value,
    Video,
)

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.models.base import LanguageModel
    from assistant.workspace import Workspace


class PicksExpectation(Value):
    """What must hold of the picks of a turn."""

    count: int | None = None
    at_least: int | None = None
    include: tuple[str, ...] = ()
    """Ids that must all be among the picks."""
    include_any: tuple[str, ...] = ()
    """Ids of which one at least must be among the picks."""
    exclude: tuple[str, ...] = ()
    first: str | None = None
    all: Constraints | None = None
    """What every pick must satisfy."""
    kinds_among: tuple[Kind, ...] = ()
    no_repeats: bool = False
    """Whether no pick of an earlier turn may return."""


class SentencesExpectation(Value):
    """What must hold of the sentences of a turn."""

    name_only: tuple[str, ...] | None = None
    """Titles in quotation marks may be these, the pick's own, or its evidence's; no others."""
    evidence_any: tuple[EvidenceKind, ...] = ()
    """Kinds of evidence of which one at least must appear in the turn."""
    distinct: bool = False
    """Whether no two sentences may be the same."""


class Expectation(Value):
    """What must hold after a turn. Time is no expectation: machines differ."""

    intent: Intent | None = None
    language: str | None = None
    constraints: Constraints | None = None
    """The hard constraints in force, exactly."""
    avoid: tuple[str, ...] | None = None
    wish: str | None = None
    named: tuple[str, ...] | None = None
    """Ids of the titles named, in any order."""
    references: tuple[str, ...] | None = None
    picks: PicksExpectation | None = None
    clusters_at_least: int | None = None
    sentences: SentencesExpectation | None = None
    answer_contains: tuple[str, ...] = ()
    model: str | None = None
    """The model that took part; ``none`` for an answer without one."""
    fails_with: str | None = None
    """Words of the error that the turn must end with."""


class Step(Value):
    """One thing that the person does: say something, or act on a pick or a video."""

    say: str | None = None
    press: Annotated[str, Field(pattern=r"^(like|dislike|watched|hide|save) \d+$")] | None = None
    """``like 2``: act on a pick of the last answer."""
    signal: Interaction | None = None
    """A signal on any video of the library."""
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        if sum(item is not None for item in (self.say, self.press, self.signal)) != 1:
            raise ValueError("a turn has exactly one of: say, press, signal")
        return self


class HistoryEntry(Value):
    """A signal given before the conversation begins."""

    id: str
    signal: Signal = Signal.LIKED
    rating: float | None = None
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


class Script(Value):
    """A scripted conversation."""

    name: str
    library: Literal["starter", "inline"] | str = "starter"
    """``starter``, ``inline`` (see `videos`), or a source to import, relative to the script."""
    videos: tuple[Video, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    model: Literal["packaged", "scripted", "none"] = "scripted"
    picks: int = 5
    dial: Dial = Dial.BALANCED
    seed: int = 0
    turns: Annotated[tuple[Step, ...], Field(min_length=1)]


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


def read(path: Path) -> Script:
    """Read a script.

    Raises:
        ScriptError: the file cannot be read, is not YAML, or is not a script.
    """
    import yaml

    try:
        return Script.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise ScriptError("The script cannot be read.", f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScriptError("The script is not valid YAML.", f"{path}: {error}") from error
    except ValidationError as error:
        problems = "\n".join(
            f"  {'.'.join(str(part) for part in item['loc'])}: {item['msg']}"
            for item in error.errors()
        )
        raise ScriptError("The script is not as it should be.", f"{path}:\n{problems}") from error


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

        workspace.locations.make()
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
        signals = {"like": Signal.LIKED, "dislike": Signal.DISLIKED, "hide": Signal.HIDDEN}
        signal = signals.get(verb) or {"watched": Signal.WATCHED, "save": Signal.SAVED}[verb]
        shown = conversation.state.last_pick_ids
        if int(number) > len(shown):
            return StepReport(label, (f"there is no pick {number}",), None)
        video_id = shown[int(number) - 1]
    try:
        conversation.signal(video_id, signal)
    except MatineeError as error:
        return StepReport(label, (str(error),), None)
    return StepReport(label, (), None)


# --- checking ----------------------------------------------------------------------------------


def check(
    expected: Expectation, turn: Turn | None, failure: TurnFailed | None, shown: Sequence[str]
) -> Iterator[str]:
    """What does not hold of a turn, a sentence each."""
    if turn is None:
        said = f"{failure.title} {failure.detail} {failure.hint}" if failure else "nothing"
        if expected.fails_with is None or expected.fails_with not in said:
            yield f"the turn failed: {said}"
        return
    if expected.fails_with is not None:
        yield f"the turn should have failed with {expected.fails_with!r}"
    yield from _check_request(expected, turn)
    if expected.picks is not None:
        yield from _check_picks(expected.picks, turn.picks, shown)
    clusters = {pick.cluster for pick in turn.picks}
    if expected.clusters_at_least is not None and len(clusters) < expected.clusters_at_least:
        yield f"{len(clusters)} clusters, not {expected.clusters_at_least}: {sorted(clusters)}"
    if expected.sentences is not None:
        yield from _check_sentences(expected.sentences, turn.picks)
    for words in expected.answer_contains:
        if words not in turn.answer:
            yield f"the answer does not say {words!r}: {turn.answer!r}"
    if expected.model is not None and (turn.model or "none") != expected.model:
        yield f"model {turn.model or 'none'}, not {expected.model}"


def _check_request(expected: Expectation, turn: Turn) -> Iterator[str]:
    request = turn.request
    for name in ("intent", "language", "constraints", "wish"):
        wanted, got = getattr(expected, name), getattr(request, name)
        if wanted is not None and wanted != got:
            yield f"{name} {_short(got)}, not {_short(wanted)}"
    got_sets = {
        "avoid": request.avoid,
        "named": tuple(title.video_id for title in request.named),
        "references": request.references,
    }
    for name, got in got_sets.items():
        wanted = getattr(expected, name)
        if wanted is not None and set(wanted) != set(got):
            yield f"{name} {sorted(got)}, not {sorted(wanted)}"


def _short(value: object) -> str:
    return str(value.model_dump(exclude_defaults=True) if isinstance(value, Value) else value)


def _check_picks(
    expected: PicksExpectation, picks: Sequence[Pick], shown: Sequence[str]
) -> Iterator[str]:
    ids = [pick.video.id for pick in picks]
    if expected.count is not None and len(ids) != expected.count:
        yield f"{len(ids)} picks, not {expected.count}"
    if expected.at_least is not None and len(ids) < expected.at_least:
        yield f"{len(ids)} picks, not at least {expected.at_least}"
    if missing := set(expected.include) - set(ids):
        yield f"not among the picks {ids}: {sorted(missing)}"
    if expected.include_any and not set(expected.include_any) & set(ids):
        yield f"none of {sorted(expected.include_any)} among the picks {ids}"
    if unwanted := set(expected.exclude) & set(ids):
        yield f"among the picks: {sorted(unwanted)}"
    if expected.first is not None and ids[:1] != [expected.first]:
        yield f"first is {ids[:1]}, not {expected.first}"
    for pick in picks:
        if expected.all is not None and not expected.all.admits(pick.video):
            yield f"{pick.video.id} does not satisfy {_short(expected.all)}"
        if expected.kinds_among and pick.video.kind not in expected.kinds_among:
            yield f"{pick.video.id} is a {pick.video.kind}"
    if expected.no_repeats and (again := set(ids) & set(shown)):
        yield f"shown before: {sorted(again)}"


_QUOTED = re.compile(r"[“《]([^”》]+)[”》]")


def _check_sentences(expected: SentencesExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    for pick in picks:
        if not pick.sentence:
            yield f"{pick.video.id} has no sentence"
        if expected.name_only is not None:
            video = pick.video
            known = {video.title, video.channel or "", *video.other_titles, *video.people}
            known.update(expected.name_only, (item.text for item in pick.evidence))
            for quoted in _QUOTED.findall(pick.sentence):
                if not any(quoted.rstrip("….") in text for text in known):
                    yield f"{pick.video.id} names {quoted!r}, which is no evidence of it"
    kinds = {item.kind for pick in picks for item in pick.evidence}
    if expected.evidence_any and not kinds & set(expected.evidence_any):
        yield f"evidence {sorted(kinds)}, none of {sorted(expected.evidence_any)}"
    sentences = [pick.sentence for pick in picks]
    if expected.distinct and len(set(sentences)) < len(sentences):
        yield f"the same sentence twice: {sentences}"
