"""``matinee run``: hold scripted conversations and report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App
from assistant.cli.narration import tell

if TYPE_CHECKING:
    from assistant.scripts import ScriptReport


@click.command()
@click.argument("scripts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Show every turn's picks and sentences.")
@click.pass_obj
def run(app: App, scripts: tuple[Path, ...], verbose: bool) -> None:
    """Hold the scripted conversations of the YAML files SCRIPTS, and say what did not hold.

    Ends with status 1 when an expectation fails. Your own library is not touched.
    """
    from assistant import scripts as scripted

    app.log_to_file()
    failed = 0
    for path in scripts:
        report = scripted.run(path)
        failed += not report.passed
        tell(f"{'passed' if report.passed else 'FAILED'}  {report.name}  ({path})")
        _show(report, verbose=verbose)
    tell(f"{len(scripts) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _show(report: ScriptReport, *, verbose: bool) -> None:
    for step in report.steps:
        if not step.failures and not verbose:
            continue
        tell(f"  {'x' if step.failures else '·'} {step.label}")
        for failure in step.failures:
            tell(f"      {failure}")
        if verbose and step.turn is not None:
            for pick in step.turn.picks:
                tell(f"      {pick.rank}. {pick.video.title} [{pick.cluster}]")
                tell(f"         {pick.sentence}")
            if step.turn.answer:
                tell(f"      {step.turn.answer}")
