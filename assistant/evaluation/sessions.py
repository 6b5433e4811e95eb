"""A run from its beginning to its end: what is measured, opened and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import MatineeError
from assistant.evaluation.benchmark import Benchmark, find_benchmarks
from assistant.evaluation.catalogue import ONE_TEXT, prepared
from assistant.evaluation.others import Others, read_others
from assistant.evaluation.own_history import own_task, too_little
from assistant.evaluation.results import TaskResult
from assistant.evaluation.running import Options, run
from assistant.evaluation.sentences import SentenceReport, measure_sentences, sample_picks
from assistant.locations import Locations
from assistant.models import open_model
from assistant.narrator import Narrator
from assistant.settings import Settings
from assistant.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which benchmark is run."""

    place: Path
    cache: Path
    """Where imported catalogues are kept."""
    community: tuple[Path, ...] = ()
    """Other people's ratings."""
    limit: int | None = None
    """Of each kind of query at most so many, evenly from all over."""
    only: str | None = None
    """Only tasks whose name has this in it."""


def on_benchmarks(
    chosen: Chosen, settings: Settings, options: Options, narrator: Narrator
) -> Iterator[TaskResult]:
    """Run each task of each benchmark that is chosen.

    Raises:
        MatineeError: there is nothing to measure with, it cannot be read, or a model or a library
            cannot be used.
    """
    others = tuple(read_others(path) for path in chosen.community)
    found = False
    for benchmark in find_benchmarks(chosen.place, chosen.limit):
        tasks = [task for task in benchmark.tasks if (chosen.only or "") in task.name]
        if tasks:
            found = True
            wanted = Benchmark(benchmark.catalogue, tuple(tasks))
            yield from _run(wanted, chosen.cache, settings, options, narrator, others)
    if not found:
        raise MatineeError(
            "The benchmark has no such task.",
            f"{chosen.only} is in no name of a task of {chosen.place}.",
            "Leave out --task to run all of them.",
        )


def on_own_history(
    locations: Locations,
    settings: Settings,
    options: Options,
    narrator: Narrator,
    leave_last: int | None = None,
) -> TaskResult:
    """Measure on the history of a library, which stays as it is.

    Raises:
        TooLittleHistory: there are too few likes to say anything.
        MatineeError: a model or the library cannot be used.
    """
    if not locations.library.exists():
        raise too_little(0)
    llm = options.compared.llm
    with Workspace(locations, settings, llm=llm, narrator=narrator) as workspace:
        library = workspace.library
        task = own_task(library.interactions(), frozenset(library.ids()), leave_last)
        return run(task, "your library", workspace, options, narrator)


def on_sentences(
    locations: Locations, settings: Settings, narrator: Narrator, picks: int
) -> SentenceReport:
    """Judge the language model as a writer on picks of a library, and keep the verdict there.

    Raises:
        MatineeError: there is no language model, or it or the library cannot be used.
    """
    with Workspace(locations, settings, llm=False, narrator=narrator) as workspace:
        narrator.stage("picks", None)
        asked = list(sample_picks(workspace, picks))
        model = open_model(settings.language_model)
        if model is None:
            raise MatineeError(
                "There is no language model to be judged.",
                'language_model.model is "none".',
                "Name a GGUF file: MATINEE_LANGUAGE_MODEL__MODEL=FILE",
            )
        try:
            report = measure_sentences(asked, model, narrator)
        finally:
            model.close()
        kept = report.model_dump(mode="json", exclude={"examples"})
        workspace.library.put_sentence_writer(report.key, report.passed, kept)
        return report


def keep_gain(locations: Locations, result: TaskResult) -> bool:
    """Keep in the viewer's library what the language model has earned; whether there is one.

    Raises:
        StoreError: the library cannot be written to.
    """
    from store.recovery import open_library

    gain = result.model
    if gain is None or not gain.turns or not locations.library.exists():
        return False
    with open_library(locations.library) as library:
        report = gain.model_dump(exclude={"model"}) | {"task": result.task}
        library.put_language_model_gain(gain.model, gain.weight, report)
    return True


def _run(
    benchmark: Benchmark,
    cache: Path,
    settings: Settings,
    options: Options,
    narrator: Narrator,
    others: tuple[Others, ...],
) -> Iterator[TaskResult]:
    name, llm = benchmark.catalogue.name, options.compared.llm
    with (
        prepared(benchmark.catalogue, cache, settings, narrator) as catalogue,
        Workspace(catalogue.locations, settings, llm=llm, narrator=narrator) as workspace,
    ):
        for task in benchmark.tasks:
            if not task.queries:
                raise MatineeError("A file of the benchmark is empty.", f"{name}: {task.name}")
            yield run(task, name, workspace, options, narrator, others, catalogue.kept / ONE_TEXT)
