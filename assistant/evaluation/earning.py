"""What the language model's opinion earns on a task: the shortlists that it may reorder, judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.evaluation.gain import Gain, JudgedList, measure_gain
from assistant.evaluation.pipeline import Pipeline, Understanding
from assistant.evaluation.queries import Query, Task
from assistant.recommend import LIKES_FOR_MODEL, SHORTLIST
from assistant.taste import read_taste
from assistant.types import Candidate, Dial, Pick, Shortlisted, Signal, Stage

if TYPE_CHECKING:
    from assistant.narrator import Narrator
    from assistant.workspace import Workspace


def measure_model(
    task: Task, workspace: Workspace, understanding: Understanding, dial: Dial, narrator: Narrator
) -> Gain | None:
    """Ask the model about every shortlist that an order can be right or wrong about.

    Args:
        task: whose queries are asked.
        workspace: what is open, the language model among it.
        understanding: of the conversations.
        dial: how far from the known.
        narrator: is told of the progress.

    Returns:
        What its opinion is worth, and the weight that it has earned; None without a model.

    Raises:
        ModelError: the model failed.
    """
    model = workspace.model()
    if model is None:
        return None
    narrator.stage(f"{task.name}: shortlists", len(task.queries))
    pipeline = Pipeline(workspace, understanding, dial, without=frozenset({Stage.MODEL}))
    judged = list(_judged(task, workspace, understanding, pipeline, narrator))
    narrator.stage(f"{task.name}: the model's opinions", None)
    return measure_gain(
        judged, model, cancel=CancelToken(), progress=lambda *_: narrator.advance(1)
    )


def _judged(
    task: Task,
    workspace: Workspace,
    understanding: Understanding,
    pipeline: Pipeline,
    narrator: Narrator,
) -> Iterator[JudgedList]:
    for query in task.queries:
        request, _ = understanding.of(query)
        picks = pipeline.picks(query, SHORTLIST)
        narrator.advance(1)
        if query.relevant.isdisjoint(pick.video.id for pick in picks):
            continue  # no order of these finds anything
        titles = _titles_liked(query, workspace)
        yield JudgedList(request, titles, [_shortlisted(pick) for pick in picks], query.relevant)


def _shortlisted(pick: Pick) -> Shortlisted:
    return Shortlisted(
        Candidate(video=pick.video, score=pick.score, parts=pick.parts), pick.cluster
    )


def _titles_liked(query: Query, workspace: Workspace) -> list[str]:
    """The titles that the model is told of, as in a turn: the strongest likes of the history."""
    if not query.history:
        return []
    library = workspace.library
    signals = [one for one in query.history if one.signal is not Signal.SHOWN]
    taste = read_taste(
        signals,
        library,
        workspace.embedding_key,
        now=signals[-1].at if signals else datetime.now(UTC),
        settings=workspace.settings.recommend,
    )
    return [video.title for video in library.get(taste.liked_ids[:LIKES_FOR_MODEL]).values()]
