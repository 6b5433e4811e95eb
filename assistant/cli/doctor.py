"""``matinee doctor``: look at everything, say what is wrong, and mend it if asked to."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from assistant.cli.context import App
from assistant.cli.narration import narrate
from assistant.errors import MatineeError
from assistant.logs import LogFile, log_to

if TYPE_CHECKING:
    from assistant.doctor import Row

_STATE_WIDTH, _CHECK_WIDTH = 8, 15
_INDENT = " " * (_STATE_WIDTH + _CHECK_WIDTH + 4)
_STYLES = {
    "ok": "green",
    "warning": "yellow",
    "failed": "bold red",
    "repaired": "bold green",
    "skipped": "dim",
}


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended, and look again.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(app: App, repair: bool, as_data: bool) -> None:
    """Look at everything: settings, folders, library, index, models.

    Says what to do about whatever is not well. Changes nothing without --repair; with it, what can
    be mended is, and what cannot be made again is kept aside. The exit status is 1 when something
    failed.
    """
    from assistant.doctor import CHECKS, MENDERS, Context, State, examine

    _log(app, to_file=repair)
    rows = []
    with Screen(as_data=as_data) as screen:
        context = Context(app.locations, narrator=screen)
        for row in examine(context, CHECKS, MENDERS if repair else None, screen.started):
            rows.append(row)
            screen.show(row)
    if as_data:
        click.echo(json.dumps([row.model_dump(mode="json") for row in rows]))
    else:
        counts = Counter(row.state for row in rows)
        click.echo("\n" + ", ".join(f"{counts[state]} {state}" for state in State if counts[state]))
    sys.exit(any(row.state is State.FAILED for row in rows))


def _log(app: App, *, to_file: bool) -> None:
    """Log what a repair does, as far as there is a place for that; else leave no trace."""
    if not (to_file and app.locations.state.is_dir()):
        log_to(logging.NullHandler())
        return
    try:
        content = app.settings().privacy.log_content
    except MatineeError:  # that is told by its check
        content = False
    log_to(LogFile(app.locations.log), content=content)


class Screen:
    """Shows the rows as they come and, on a terminal, what is being done: it is a `Narrator`.

    Args:
        as_data: show no rows; whoever reads them takes JSON.
    """

    def __init__(self, *, as_data: bool) -> None:
        from rich.console import Console

        self._as_data = as_data
        self._table = sys.stdout.isatty() and not as_data
        self._console = Console(stderr=not self._table, highlight=False)
        self._status = self._console.status("") if self._console.is_terminal else None
        self._check = self._stage = ""
        self._total: int | None = None
        self._done = 0

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def show(self, row: Row) -> None:
        """Show one row."""
        if self._table:
            self._show_in_table(row)
        elif not self._as_data:
            click.echo(f"{row.state:<{_STATE_WIDTH}}  {row.check:<{_CHECK_WIDTH}}  {row.detail}")
            if row.hint:
                click.echo(f"{_INDENT}→ {row.hint}")

    def _show_in_table(self, row: Row) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2))
        table.add_column(width=_STATE_WIDTH)
        table.add_column(width=_CHECK_WIDTH)
        table.add_column(overflow="fold")
        style = _STYLES[row.state]
        detail = Text(row.detail, style="dim" if row.state == "skipped" else "")
        if row.hint:
            detail.append(f"\n→ {row.hint}", style="cyan")
        table.add_row(Text(row.state, style=style), Text(row.check), detail)
        self._console.print(table)

    # --- what is being done --------------------------------------------------------------------

    def started(self, check: str) -> None:
        """A check begins."""
        self._check, self._stage, self._total = check, "", None
        self._tell()

    def say(self, text: str) -> None:
        """Say what a repair does, above what is being done."""
        if self._status is not None:
            self._console.print(text, markup=False)
        else:
            narrate(text)

    def stage(self, name: str, total: int | None) -> None:
        """Long work of a repair begins."""
        self._stage, self._total, self._done = f": {name}", total, 0
        self._tell()

    def advance(self, n: int) -> None:
        """So much more of it is done."""
        self._done += n
        self._tell()

    def _tell(self) -> None:
        if self._status is None:
            return
        of = f" {self._done:,} of {self._total:,}" if self._total else ""
        self._status.update(f"[dim]{self._check}{self._stage}{of} …")
