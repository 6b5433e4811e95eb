"""``matinee record``: a session becomes a scripted conversation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App
from assistant.cli.narration import narrate
from assistant.cli.output import json_line
from assistant.cli.sessions import NOTHING, as_json, tell_rows
from assistant.errors import MatineeError

if TYPE_CHECKING:
    from store.library import Library

LAST = "last"


@click.command()
@click.argument("session", required=False)
@click.option("--list", "listing", is_flag=True, help="List the sessions, the newest first.")
@click.option("--json", "as_data", is_flag=True, help="With --list: print JSON lines.")
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the script into FILE.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--picks", is_flag=True, help="Expect what was picked, too.")
@click.option(
    "--library",
    "source",
    metavar="SOURCE",
    type=click.Path(exists=True, path_type=Path),
    help="Have the script import SOURCE, such as the videos.jsonl of an export.",
)
@click.pass_obj
def record(
    app: App,
    session: str | None,
    listing: bool,
    as_data: bool,
    target: Path | None,
    force: bool,
    picks: bool,
    source: Path | None,
) -> None:
    """Write what was said in SESSION (an id, or "last") as a script for matinee run.

    What was understood is expected of each message. The script has a library of its own: the
    starter library where yours is that, else the videos that were shown or spoken of.
    """  # fmt: skip
    from assistant.scripts.recording import record as recorded

    if listing:
        _list(app, as_data=as_data)
        return
    if session is None:
        raise click.UsageError("Say which session, or --list.", click.get_current_context())
    if target is not None and target.exists() and not force:
        raise MatineeError("This file is there already.", str(target), "Replace it with --force.")
    app.log_to_file()
    with app.library() as library:
        chosen = _last(library) if session == LAST else session
        place = target or Path("script.yaml")
        text = recorded(
            library, chosen, app.settings().recommend, place, picks=picks, source=source
        )
    if target is None:
        click.echo(text, nl=False)
        return
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        title = "The script cannot be written."
        raise MatineeError(title, f"{target}: {error.strerror}") from error
    narrate(f"Written. Hold it with: matinee run {target}")


def _last(library: Library) -> str:
    from assistant.sessions.held import find_session

    return find_session(library).id


def _list(app: App, *, as_data: bool) -> None:
    with app.library() as library:
        sessions = library.sessions()
    if as_data:
        for one in sessions:
            click.echo(json_line(as_json(one)))
    else:
        tell_rows(sessions)
    if not sessions:
        narrate(NOTHING)
