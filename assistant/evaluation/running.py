"""Running a task: every system answers every query."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation import pipeline
from assistant.evaluation.baselines import PLAIN_COSINE
from assistant.evaluation.earning import measure_model
from assistant.evaluation.lineup import Compared, line_up, reach_of
from assistant.evaluation.one_text import space_of_texts
from assistant.evaluation.others import Others, folds, teach
from assistant.evaluation.pipeline import OURS, Understanding
from assistant.evaluation.queries import Query, Task, TaskKind, spread
from assistant.evaluation.results import Latency, ModelGain, Outcome, TaskResult
from assistant.evaluation.scoring import Judge
from assistant.evaluation.space import Space
from assistant.evaluation.systems import Ranking

if TYPE_CHECKING:
    from assistant.narrator import Narrator
    from assistant.types import Dial
    from assistant.workspace import Workspace
    from store.community import CommunitySource

TURNS = 200
"""So many whole turns are timed, at most."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is made."""

    dial: Dial
    compared: Compared
    against: str = PLAIN_COSINE
    """The system to which all are compared."""
    per_query: bool = False


def run(
    task: Task,
    catalogue: str,
    workspace: Workspace,
    options: Options,
    narrator: Narrator,
    others: Sequence[Others] | None = None,
    texts: Path | None = None,
) -> TaskResult:
    """Answer all queries with all systems, and measure.

    Args:
        task: what is asked; of at least one query.
        catalogue: its name.
        workspace: over a library that holds the catalogue.
        options: how.
        narrator: is told of the progress.
        others: other people's ratings to learn from, which are put into the library in place of
            those that it has; None leaves the library as it is.
        texts: where vectors of whole texts are kept for `plain cosine, one text`, which is left
            out without it.

    Raises:
        MatineeError: the library or a model cannot be used.
    """
    library = workspace.library
    space = Space.of(library, workspace.embedding_key, task.candidates)
    judge = Judge.of(task, space, library, reach_of(workspace, space.ids))
    understanding = Understanding(workspace, options.dial)
    _warm_up(workspace)
    plain = (
        space_of_texts(library, workspace.embedder(), task.candidates, texts, narrator)
        if texts is not None and options.compared.baselines
        else None
    )
    answers: dict[str, dict[str, Ranking | None]] = {}
    dealt = 0
    for fold in folds(task, others or ()):
        sources: Sequence[CommunitySource] = library.community().sources
        if others is not None:
            sources = teach(library, fold.lessons)
        systems = line_up(
            task, workspace, space, understanding, options.dial, sources, options.compared, plain
        )
        if not dealt:
            narrator.stage(f"{task.name}: {len(systems)} systems", len(task.queries))
        dealt += 1
        for query in fold.queries:
            for system in systems:
                answers.setdefault(system.name, {})[query.id] = system.rank(query)
            narrator.advance(1)
    outcome = Outcome(task.queries, answers, judge)
    return TaskResult(
        task=task.name,
        kind=task.kind,
        catalogue=catalogue,
        videos=len(space.candidate_ids),
        queries=len(task.queries),
        relevant=sum(len(query.relevant) for query in task.queries),
        others=tuple(one.name for one in others or ()),
        folds=dealt,
        systems=outcome.results((options.against, OURS), per_query=options.per_query),
        turn=_timed_turns(task, understanding, narrator),
        model=_model_gain(task, workspace, understanding, options, narrator),
    )


def _model_gain(
    task: Task,
    workspace: Workspace,
    understanding: Understanding,
    options: Options,
    narrator: Narrator,
) -> ModelGain | None:
    from assistant.rerank import likelihood_key

    model = workspace.model()
    gain = measure_model(task, workspace, understanding, options.dial, narrator)
    if model is None or gain is None:
        return None
    told = {name: None if math.isnan(value) else value for name, value in gain.report().items()}
    return ModelGain.model_validate({"model": likelihood_key(model), **told})


def _timed_turns(task: Task, understanding: Understanding, narrator: Narrator) -> Latency | None:
    """How long a person waits, on queries from all over the task."""
    if task.kind is TaskKind.OWN_HISTORY:
        return None
    chosen = spread(task.queries, TURNS)
    narrator.stage(f"{task.name}: whole turns, timed", len(chosen))
    seconds = []
    for query in chosen:
        seconds.append(_timed_turn(understanding, query))
        narrator.advance(1)
    return Latency.of(seconds)


def _timed_turn(understanding: Understanding, query: Query) -> dict[str, float]:
    conversation, last = understanding.conversation(query)
    started = time.perf_counter()
    turn = pipeline.whole_turn(conversation, last)
    spent = time.perf_counter() - started
    between = max(spent - sum(turn.timings.values()), 0.0)
    return {**turn.timings, "between stages": between}


def _warm_up(workspace: Workspace) -> None:
    """Load what is loaded once, so that no query is timed with it."""
    workspace.searcher()
    workspace.embedder().encode_queries(["warm up"])
    workspace.model()
    names = workspace.names()
    _ = names.titles, names.people
