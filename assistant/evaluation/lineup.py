"""Which systems take part in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.evaluation import one_text
from assistant.evaluation.baselines import Baselines
from assistant.evaluation.pipeline import BEARING, OURS, Pipeline, Understanding
from assistant.evaluation.queries import Task, TaskKind
from assistant.evaluation.systems import System
from assistant.types import Dial, Stage

if TYPE_CHECKING:
    from assistant.evaluation.space import Space
    from assistant.workspace import Workspace
    from store.community import CommunitySource

WITHOUT = f"{OURS} without "
"""How the names of ours without a stage begin."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared to the whole pipeline."""

    baselines: bool = False
    """All of them; else plain cosine alone."""
    ablations: bool = False
    """The pipeline without each stage that bears on the task, in turn."""
    without: tuple[Stage, ...] = ()
    """Stages that are left out in turn, whether or not they should matter."""
    llm: bool = False


def line_up(
    task: Task,
    workspace: Workspace,
    space: Space,
    understanding: Understanding,
    dial: Dial,
    sources: Sequence[CommunitySource],
    compared: Compared,
    plain: Space | None = None,
) -> list[System]:
    """The systems, in the order of the table: baselines, ours, ours without a stage.

    Args:
        task: what is asked.
        workspace: what is open.
        space: the videos that may be ranked.
        understanding: of the conversations.
        dial: how far from the known.
        sources: what others did, less whoever is asked about.
        compared: what is wanted.
        plain: the videos in vectors of whole texts, where they are compared to, too.
    """
    baselines = Baselines(workspace.library, workspace.embedder(), space)
    systems: list[System] = []
    if compared.baselines:
        systems += _by_popularity(baselines, workspace, sources)
        if task.kind in (TaskKind.REQUESTS, TaskKind.TOPICS):
            systems.append(baselines.words())
    systems.append(baselines.cosine())
    if plain is not None:
        systems.append(replace(baselines, space=plain).cosine(one_text.NAME))
    if compared.baselines:
        systems += baselines.diverse()
        systems += [baselines.ease(one, f"EASE, {one.name}") for one in sources]
    leaks = _leaks(task.kind)
    barred = _barred(space, workspace)

    def ours(without: frozenset[Stage], name: str) -> Pipeline:
        return Pipeline(
            workspace, understanding, dial, barred=barred, without=without | leaks, name=name
        )

    systems.append(ours(frozenset(), OURS))
    systems += [ours(frozenset({one}), without(one)) for one in _off(task, sources, compared)]
    return systems


def without(stage: Stage) -> str:
    """The name of ours without a stage."""
    return WITHOUT + stage.value.replace("_", " ")


def _leaks(kind: TaskKind) -> frozenset[Stage]:
    """Stages that know the answers: the stored relevance model has seen the whole history."""
    return frozenset({Stage.RELEVANCE}) if kind is TaskKind.OWN_HISTORY else frozenset()


def _off(task: Task, sources: Sequence[CommunitySource], compared: Compared) -> list[Stage]:
    stages = set(compared.without)
    if compared.ablations:
        stages |= BEARING[task.kind]
        stages |= {Stage.COMMUNITY} if sources else set()
        stages |= {Stage.MODEL} if compared.llm else set()
    return [stage for stage in Stage if stage in stages]


def _by_popularity(
    baselines: Baselines, workspace: Workspace, sources: Sequence[CommunitySource]
) -> list[System]:
    """By each source of others' ratings; without any, by what the library knows of reach."""
    ids = baselines.space.ids
    if sources:
        return [
            baselines.popularity(
                dict(zip(ids, one.popularity(ids).tolist(), strict=True)), f"popularity, {one.name}"
            )
            for one in sources
        ]
    reach = reach_of(workspace, ids)
    return [baselines.popularity(reach, "popularity")] if reach else []


def reach_of(workspace: Workspace, ids: Sequence[str]) -> Mapping[str, float]:
    """How many people each video reached, where that is known."""
    videos = workspace.library.get(ids).values()
    return {video.id: float(video.reach) for video in videos if video.reach is not None}


def _barred(space: Space, workspace: Workspace) -> frozenset[str]:
    if space.candidates is None:
        return frozenset()
    return frozenset(workspace.library.ids()) - space.candidates
