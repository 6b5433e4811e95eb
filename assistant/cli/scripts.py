"""``matinee run``: hold scripted conversations and report."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate, shown, tell

if TYPE_CHECKING:
    from assistant.cancel import CancelToken
    from assistant.scripts import Script, ScriptReport
    from assistant.types import Turn

FAILED = 1
"""The exit status when an expectation does not hold."""
WRONG = 2
"""The exit status when a script is not as it should be."""
_LINE = 78


def _print_schema(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from assistant.scripts.schema import schema

        click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
        context.exit()


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--var",
    "variables",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a variable of the scripts a value. May be repeated.",
)
@click.option("-k", "words", metavar="WORDS", help="Only scripts with WORDS in name or file.")
@click.option("-x", "--fail-fast", is_flag=True, help="Stop at the first script that fails.")
@click.option(
    "--junit", metavar="FILE", type=click.Path(path_type=Path), help="Write JUnit XML, too."
)
@click.option("-v", "--verbose", is_flag=True, help="Show every turn's picks and sentences.")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of scripts, for editors, and do nothing else.",
)
@click.pass_obj
def run(
    app: App,
    paths: tuple[Path, ...],
    variables: tuple[str, ...],
    words: str | None,
    fail_fast: bool,
    junit: Path | None,
    verbose: bool,
) -> None:
    """Hold the scripted conversations of PATHS, files or folders, and say what does not hold.

    Ends with status 1 when something does not, with 2 when a script is wrong: all are checked
    before the first is run. Your own library is not touched. See docs/scripts.md.
    """
    from assistant.errors import ScriptError
    from assistant.scripts import load

    try:
        scripts = load(paths, _given(variables))
    except ScriptError as error:
        narrate(f"matinee: {error}")
        sys.exit(WRONG)
    chosen = [script for script in scripts if _is_meant(script, words)]
    if not chosen:
        narrate(f"matinee: none of {len(scripts)} scripts has {words!r} in its name or file.")
        sys.exit(WRONG)
    app.log_to_file()
    reports: list[ScriptReport] = []
    for report in _reports(chosen):
        reports.append(report)
        _show(report, verbose=verbose)
        if fail_fast and not report.passed:
            break
    if junit is not None:
        from assistant.scripts.junit import write

        write(reports, junit)
    sys.exit(_conclude(reports, len(chosen), stopped=fail_fast))


def _given(variables: Sequence[str]) -> dict[str, Any]:
    from assistant.scripts.variables import NAME, parsed

    given = {}
    for text in variables:
        name, equals, value = text.partition("=")
        if not equals or not NAME.fullmatch(name):
            raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--var")
        given[name] = parsed(value)
    return given


def _is_meant(script: Script, words: str | None) -> bool:
    return words is None or words.casefold() in f"{script.name}\n{script.path}".casefold()


def _reports(scripts: Sequence[Script]) -> Iterator[ScriptReport]:
    """Hold the scripts in turn, telling of each; Ctrl-C ends it with what was held until then."""
    from assistant.cancel import CancelToken
    from assistant.errors import Cancelled
    from assistant.scripts import Runner

    live = sys.stderr.isatty()
    cancel = CancelToken()
    with _stopped_by_key(cancel), Runner(cancel) as runner:
        for number, script in enumerate(scripts, 1):
            if live:
                line = shown(f"{number} of {len(scripts)}: {script.name}")[:_LINE]
                click.echo(f"\r{line}", nl=False, err=True)
            try:
                report = runner.run(script)
            except Cancelled:
                return
            finally:
                if live:
                    click.echo("\r\x1b[K", nl=False, err=True)
            yield report


@contextmanager
def _stopped_by_key(cancel: CancelToken) -> Iterator[None]:
    """Have Ctrl-C set `cancel`: an exception would be lost where a model calls back into Python.

    The second time it is an exception all the same.
    """

    def stop(*_: object) -> None:
        cancel.cancel()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _conclude(reports: Sequence[ScriptReport], wanted: int, *, stopped: bool) -> int:
    """Say how it went, and return the exit status."""
    failed = sum(not report.passed for report in reports)
    left = wanted - len(reports)
    tell(
        f"{len(reports) - failed} passed, {failed} failed"
        + (f", {left} not run" if left else "")
        + f" in {sum(report.seconds for report in reports):.1f} s"
    )
    if left and not (stopped and failed):
        narrate("Stopped.")
        return INTERRUPTED
    return FAILED if failed else 0


def _show(report: ScriptReport, *, verbose: bool) -> None:
    passed = "passed" if report.passed else "FAILED"
    tell(f"{passed}  {report.name}  ({report.script.path}, {report.seconds:.1f} s)")
    for step in report.steps:
        if not step.failures and not verbose:
            continue
        tell(f"  {'x' if step.failures else '·'} {step.label}")
        for failure in step.failures:
            tell(f"      {failure}")
        if verbose and step.turn is not None:
            for line in _turn(step.turn):
                tell(f"      {line}")
    if report.error:
        tell(f"  x {report.error}")


def _turn(turn: Turn) -> Iterator[str]:
    """A turn as lines."""
    if turn.summary:
        yield turn.summary
    for pick in turn.picks:
        yield f"{pick.rank}. {pick.video.title} [{pick.cluster}]  {pick.video.id}"
        yield f"   {pick.sentence}"
    if turn.answer:
        yield turn.answer
