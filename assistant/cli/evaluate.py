"""``matinee evaluate``: how good the recommendations are, with figures that can be repeated."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate
from assistant.cli.progress import ProgressBars
from assistant.types import Dial, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACE = click.Path(path_type=Path)


@click.command()
@click.option("--benchmark", type=_PLACE, metavar="DIR", help="Measure on this, not on yourself.")
@click.option("--compare", is_flag=True, help="Beside all baselines, and without each stage.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(Stage, case_sensitive=False),
    help="Also without this stage. May be repeated.",
)
@click.option(
    "--community", multiple=True, type=_PLACE, metavar="FILE", help="Others' ratings to learn from."
)
@click.option("--leave-last", type=click.IntRange(1, 100), help="Likes that each cut holds out.")
@click.option(
    "--limit", type=click.IntRange(1), help="At most so many queries of each kind, evenly spread."
)
@click.option("--task", "only", metavar="NAME", help="Only the tasks whose name has this in it.")
@click.option("--against", metavar="SYSTEM", help="What gains are counted against.")
@click.option(
    "--dial", type=click.Choice(Dial, case_sensitive=False), help="How far from the known."
)
@click.option("--llm", is_flag=True, help="Let the language model take part; keep what it earns.")
@click.option(
    "--sentences",
    is_flag=True,
    help="See whether the language model may give reasons in its own words, and keep the verdict.",
)
@click.option("--cache", type=_PLACE, metavar="DIR", help="Where imported catalogues are kept.")
@click.option("--per-query", is_flag=True, help="With --json: every single answer, too.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def evaluate(
    app: App,
    benchmark: Path | None,
    compare: bool,
    without: tuple[Stage, ...],
    community: tuple[Path, ...],
    leave_last: int | None,
    limit: int | None,
    only: str | None,
    against: str | None,
    dial: Dial | None,
    llm: bool,
    sentences: bool,
    cache: Path | None,
    per_query: bool,
    as_data: bool,
) -> None:
    """Measure the recommendations: on your own history, or on a benchmark.

    Without --benchmark your history is cut at several moments: would what you came to like have
    been recommended? Nothing of it is changed.

    With --sentences the language model writes reasons for 200 picks of your library (--limit) in
    its own words. Every claim is checked; if it keeps to what is known, it writes so from then on.

    A benchmark is a folder with catalog.jsonl and requests.jsonl or histories.jsonl in it, or
    PyVideo's data. Its catalogue is imported once and kept. Where a --community file is the one
    that is scored, nobody's own ratings are used to answer them.
    """
    if sentences:
        if benchmark is not None or compare or without:
            raise click.UsageError("--sentences is about your own library, and goes alone.")
        _evaluate_sentences(app, limit, as_data)
        return
    if per_query and not as_data:
        raise click.UsageError("--per-query goes with --json.")
    if benchmark is None and (community or cache or only or limit):
        raise click.UsageError("--community, --cache, --task and --limit belong to --benchmark.")
    if benchmark is not None and leave_last:
        raise click.UsageError("--leave-last is about your own history, not a --benchmark.")
    from assistant.cli.evaluated import show
    from assistant.cli.output import json_line
    from assistant.evaluation.baselines import PLAIN_COSINE
    from assistant.evaluation.lineup import Compared
    from assistant.evaluation.results import Report
    from assistant.evaluation.running import Options
    from assistant.evaluation.sessions import Chosen, keep_gain, on_benchmarks, on_own_history

    settings = app.settings()
    app.log_to_file()
    compared = Compared(compare, compare or benchmark is None, without, llm)
    options = Options(dial or settings.recommend.dial, compared, against or PLAIN_COSINE, per_query)
    with _bars() as bars:
        if benchmark is None:
            tasks = [on_own_history(app.locations, settings, options, bars, leave_last)]
        else:
            chosen = Chosen(benchmark, cache or app.locations.evaluation, community, limit, only)
            tasks = list(on_benchmarks(chosen, settings, options, bars))
    for task in tasks:
        if keep_gain(app.locations, task):
            narrate(f"What the model has earned on {task.task} counts from now on.")
    report = Report(
        embedding_model=settings.embedding.model,
        language_model=settings.language_model.model if llm else None,
        dial=options.dial,
        against=options.against,
        tasks=tuple(tasks),
    )
    if as_data:
        click.echo(json_line(report.model_dump(mode="json")))
    else:
        show(report)


def _evaluate_sentences(app: App, limit: int | None, as_data: bool) -> None:
    from assistant.cli.output import json_line
    from assistant.cli.written import show
    from assistant.evaluation.sentences import PICKS
    from assistant.evaluation.sessions import on_sentences

    settings = app.settings()
    app.log_to_file()
    with _bars() as bars:
        report = on_sentences(app.locations, settings, bars, limit or PICKS)
    if as_data:
        click.echo(json_line(report.model_dump(mode="json")))
    else:
        show(report)


@contextmanager
def _bars() -> Iterator[ProgressBars]:
    """Progress, and what is said when it is stopped."""
    with ProgressBars() as bars:
        try:
            yield bars
        except KeyboardInterrupt:
            bars.stop()
            narrate("Stopped. An import of a catalogue goes on from there with the same command.")
            sys.exit(INTERRUPTED)
