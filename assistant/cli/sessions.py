"""``matinee sessions``: earlier conversations listed, searched, renamed, exported, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.context import App
from assistant.cli.narration import LineNarrator, narrate, tell
from assistant.cli.output import json_line

if TYPE_CHECKING:
    from store.library import Library, SessionRow

NOTHING = "There is no session yet. Begin one: matinee chat"
_SHOWN = 20
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
_limit = click.option(
    "-n", "limit", default=_SHOWN, show_default=True, type=click.IntRange(1, 100_000)
)


@click.group(invoke_without_command=True)
@_limit
@_as_data
@click.pass_context
def sessions(context: click.Context, limit: int, as_data: bool) -> None:
    """List earlier conversations, the one with the newest turn first; resume, search, export them.

    An ID can be cut short as long as it is the only one that begins so. To go on with one:
    matinee chat --resume ID.
    """
    if context.invoked_subcommand is None:
        _list(context.obj, "", limit, as_data)


@sessions.command()
@click.argument("words", nargs=-1, required=True)
@_limit
@_as_data
@click.pass_obj
def search(app: App, words: tuple[str, ...], limit: int, as_data: bool) -> None:
    """Find conversations by WORDS of titles, messages, answers, and titles of picks."""
    _list(app, " ".join(words), limit, as_data)


@sessions.command()
@click.argument("session", metavar="[ID]", default="")
@_as_data
@click.pass_obj
def show(app: App, session: str, as_data: bool) -> None:
    """Print a conversation as Markdown, or as JSON with all that is kept of it.

    Without an ID that is the last one.
    """
    from assistant.sessions.files import Format

    with app.library() as library:
        _, text = _written(library, session, Format.JSON if as_data else Format.MARKDOWN)
    tell(text, nl=False)


@sessions.command()
@click.argument("session", metavar="ID")
@click.argument("title", nargs=-1)
@click.pass_obj
def rename(app: App, session: str, title: tuple[str, ...]) -> None:
    """Give a conversation a TITLE; without one it goes by its first request again."""
    from assistant.sessions.held import find_session
    from assistant.sessions.titles import clean_title

    with app.library() as library:
        row = find_session(library, session)
        library.rename_session(row.id, clean_title(" ".join(title)))
        renamed = library.session(row.id)
    if renamed is not None:
        tell(_line(renamed, datetime.now(UTC)))


@sessions.command()
@click.argument("session", metavar="ID")
@click.argument("target", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["md", "json"]),
    help="md for people (the default), json without loss; else as the FILE ends.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def export(app: App, session: str, target: Path | None, format_: str | None, force: bool) -> None:
    """Write a conversation into FILE: what was asked, understood, picked and why, what you marked.

    Without FILE, or where it is a folder, the file is called as the conversation is.
    """
    from assistant.sessions.files import Format, file_name, write_new

    ending = format_ or (target.suffix.removeprefix(".") if target else "")
    chosen = Format(ending) if ending in list(Format) else Format.MARKDOWN
    with app.library() as library:
        row, text = _written(library, session, chosen)
    if target is None or target.is_dir():
        target = (target or Path()) / file_name(row.title, row.id, chosen)
    write_new(target, text, overwrite=force)
    narrate(f"Written: {target}")


@sessions.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete(app: App, ids: tuple[str, ...], yes: bool) -> None:
    """Delete conversations so that no file of Matinee's holds them. This cannot be undone.

    What you liked or watched stays in your history. Snapshots, libraries kept aside, the index and
    the log go too, as with matinee forget. Nothing may have the library open: end the chat.
    """
    from assistant.sessions.held import find_session
    from store.forget import Selection, What, forget

    with app.library() as library:
        rows = {row.id: row for row in (find_session(library, id_) for id_ in ids)}
    now = datetime.now(UTC)
    for row in rows.values():
        narrate(_line(row, now))
    if not yes:
        click.confirm("Delete it?" if len(rows) == 1 else "Delete them?", err=True, abort=True)
    log = app.locations.log
    forget(
        app.locations.library,
        Selection(What.SESSIONS, ids=tuple(rows)),
        index=app.locations.index,
        logs=sorted(log.parent.glob(f"{log.name}*")),
        reporter=LineNarrator(),
    )
    deleted = "1 session" if len(rows) == 1 else f"{len(rows)} sessions"
    tell(f"Deleted: {deleted}. Exports and backups that you have made are yours to delete.")


# --- wording --------------------------------------------------------------------------------------


def _list(app: App, words: str, limit: int, as_data: bool) -> None:
    with app.library() as library:
        rows = library.find_sessions(words, limit=limit)
        there = library.session_count()
    if as_data:
        for row in rows:
            click.echo(json_line(as_json(row)))
        return
    tell_rows(rows)
    if not rows:
        narrate("Nothing found." if there else NOTHING)
    elif not words and there > len(rows):
        narrate(f"… {there - len(rows)} more: matinee sessions -n {there}")


def tell_rows(rows: Sequence[SessionRow]) -> None:
    """Print sessions, a line each."""
    now = datetime.now(UTC)
    for row in rows:
        tell(_line(row, now))


def as_json(row: SessionRow) -> dict[str, Any]:
    """A session as it is listed, as data."""
    return {
        "id": row.id,
        "title": row.title,
        "named": row.name is not None,
        "language": row.language,
        "started_at": row.started_at.isoformat(),
        "last_at": row.last_at.isoformat(),
        "turns": row.turns,
        "liked": row.liked,
    }


def _line(row: SessionRow, now: datetime) -> str:
    from assistant.sessions.moments import in_words
    from assistant.sessions.titles import short_title

    turns = f"{row.turns} turn{' ' if row.turns == 1 else 's'}"
    liked = f"{row.liked} liked" if row.liked else ""
    when = in_words(row.last_at, now)
    return f"{row.id}  {when:<15} {turns:>9}  {liked:>8}  {short_title(row.title)}"


def _written(library: Library, session: str, format_: str) -> tuple[SessionRow, str]:
    """A session, and the text of its file."""
    from assistant.sessions.document import as_document
    from assistant.sessions.files import Format
    from assistant.sessions.held import find_session, gather
    from assistant.sessions.markdown import as_markdown

    row = find_session(library, session)
    held = gather(library, row)
    if format_ == Format.JSON:
        return row, as_document(held, datetime.now(UTC))
    return row, as_markdown(held, row.title)
