"""``matinee backup``, ``restore``, ``export``, ``forget``: what is yours, kept, moved or gone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App, on_terminal
from assistant.cli.narration import LineNarrator, narrate

if TYPE_CHECKING:
    from store.backup import Offer, Restored
    from store.forget import Forgotten, Selection

SHOWN_SKIPS = 5
_DAY = click.DateTime(["%Y-%m-%d"])
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
_yes = click.option("--yes", is_flag=True, help="Do not ask.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@_as_data
@click.pass_obj
def backup(app: App, file: Path, force: bool, as_data: bool) -> None:
    """Write videos, history, sessions and memory into FILE, as they are at this moment.

    A chat or an import may go on meanwhile. Where FILE is a folder, matinee-YEAR-MONTH-DAY.zip in
    it is written. The file can be read by you alone; it is not encrypted. Not in it: the index,
    which is made anew, and the settings, which name paths of this machine.
    """
    from store.backup import back_up

    target = file / f"matinee-{date.today():%Y-%m-%d}.zip" if file.is_dir() else file
    if target.exists() and not force and on_terminal():
        click.confirm(f"{_shown(target)} is there already. Replace it?", abort=True)
        force = True
    narrator = LineNarrator()
    with app.library(narrator) as library:
        manifest = back_up(library, target, overwrite=force, reporter=narrator)
    if as_data:
        click.echo(json.dumps({"file": str(target)} | manifest.model_dump(mode="json")))
    else:
        size = target.stat().st_size / 1e6
        click.echo(f"{_shown(target)}: {manifest.counts}; {size:,.1f} MB.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_yes
@_as_data
@click.pass_obj
def restore(app: App, file: Path, yes: bool, as_data: bool) -> None:
    """Put what the backup FILE holds in the place of your library, which is kept aside.

    Everything is checked first, and cleaned like whatever is imported. Nothing may have the
    library open meanwhile: end the chat. The last two libraries that were replaced stay in the
    folder `aside` of the data folder.
    """
    from assistant.importers.stored import StoredRows
    from store.backup import restore as put_in_place

    def confirm(offer: Offer) -> bool:
        narrate(_told_offer(offer))
        return yes or click.confirm("Restore it?", err=True, abort=True)

    app.locations.make()
    done = put_in_place(
        file, app.locations.library, StoredRows(), confirm=confirm, reporter=LineNarrator()
    )
    if done is not None:
        click.echo(_restored_as_json(done) if as_data else _told_restored(done))


def _told_offer(offer: Offer) -> str:
    lines = [f"A backup of {offer.made.astimezone():%Y-%m-%d %H:%M}: {offer.backup}."]
    if offer.there is not None:
        lines.append(f"It takes the place of {offer.there}, which are kept aside.")
    elif offer.replaces:
        lines.append("It takes the place of a library that cannot be read, which is kept aside.")
    return "\n".join(lines)


def _told_restored(done: Restored) -> str:
    lines = [f"Restored: {done.counts}. The index is made anew at the next start."]
    if done.aside is not None:
        lines.append(f"The library before is kept in {_shown(done.aside)}")
    lines.extend(f"  left out {skip.record}: {skip.reason}" for skip in done.skipped[:SHOWN_SKIPS])
    if (more := done.skipped_count - SHOWN_SKIPS) > 0:
        lines.append(f"  … and {more} more")
    return "\n".join(lines)


def _restored_as_json(done: Restored) -> str:
    return json.dumps(
        {
            "made": done.made.isoformat(),
            "aside": str(done.aside) if done.aside is not None else None,
            "left_out": done.skipped_count,
            **done.counts.model_dump(),
        }
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv", "both"]),
    default="both",
    show_default=True,
    help="JSON lines for programs, tables for spreadsheets.",
)
@_as_data
@click.pass_obj
def export(app: App, folder: Path, format_: str, as_data: bool) -> None:
    """Write videos, history, ratings, saved list, sessions and memory as files into FOLDER.

    `matinee import FOLDER` reads videos, history and memory back without loss; sessions are for
    reading.
    FOLDER must be new, empty or an earlier export, which is replaced.
    """
    from store.export import Format, export_library

    formats = tuple(Format) if format_ == "both" else (Format(format_),)
    narrator = LineNarrator()
    with app.library(narrator) as library:
        manifest = export_library(library, folder, formats=formats, reporter=narrator)
    if as_data:
        click.echo(json.dumps({"folder": str(folder)} | manifest.model_dump(mode="json")))
    else:
        told = ", ".join(f"{table} {count:,}" for table, count in manifest.counts.items())
        shown = _shown(folder)
        click.echo(f"{shown}: {told}.\nRead it back with: matinee import {shown}")


@click.command()
@click.argument("what", type=click.Choice(["videos", "history", "sessions", "memory", "all"]))
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--source", help="Videos, or history, of one source: the id before the colon.")
@click.option("--since", type=_DAY, help="History, or sessions, from this day on.")
@click.option("--until", type=_DAY, help="History, or sessions, up to this day and with it.")
@_yes
@_as_data
@click.pass_obj
def forget(
    app: App,
    what: str,
    ids: tuple[str, ...],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    yes: bool,
    as_data: bool,
) -> None:
    """Remove videos, history, sessions, memory, or all, so that no file of Matinee's names them.

    Without more, all of WHAT goes. IDs (of videos; of sessions for sessions) and the options
    narrow it, and all of them must hold. With videos go the signals on them and the sessions in
    which they came up; to remove videos and keep those: matinee library drop. With memory, which
    is what you said about yourself, go the sessions in which it came up.

    What was there is overwritten with zeros. Snapshots, libraries kept aside, the index and the
    log go too. Nothing may have the library open meanwhile: end the chat.
    """
    from store.forget import Forgotten, find, unfinished
    from store.forget import forget as carry_out

    selection = _selection(what, ids, source, since, until)
    narrator = LineNarrator()
    path, log = app.locations.library, app.locations.log
    with app.library(narrator) as library:
        found = find(library, selection)
    if found:
        narrate(f"To be forgotten: {found.counts}. This cannot be undone.")
    elif unfinished(path):
        narrate("An earlier removal was stopped on the way. What it left is to be removed.")
    else:
        narrate("Nothing of that is in your library.")
        if as_data:
            click.echo(_forgotten_as_json(Forgotten(found.counts)))
        return
    if not yes:
        click.confirm("Forget it?", err=True, abort=True)
    logs = sorted(log.parent.glob(f"{log.name}*"))
    forgotten = carry_out(path, selection, index=app.locations.index, logs=logs, reporter=narrator)
    click.echo(_forgotten_as_json(forgotten) if as_data else _told_forgotten(forgotten))


def _selection(
    what: str,
    ids: tuple[str, ...],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Selection:
    from store.forget import ASPECTS, Selection, What

    given = {"ids": ids, "source": source, "since": since, "until": until}
    words = {"ids": "IDs", "source": "--source", "since": "--since", "until": "--until"}
    allowed = ASPECTS[What(what)]
    if strange := [words[name] for name, value in given.items() if value and name not in allowed]:
        known = [words[name] for name in given if name in allowed]
        by = f"goes by {', '.join(known)}" if known else "takes nothing else"
        raise click.UsageError(f"forget {what} {by}; not by {', '.join(strange)}.")
    return Selection(
        What(what),
        ids=ids,
        source=source,
        since=since.astimezone() if since else None,
        until=(until + timedelta(days=1)).astimezone() if until else None,
    )


def _told_forgotten(forgotten: Forgotten) -> str:
    copies = [
        "the snapshots (a new one is taken)" if forgotten.snapshots else "",
        *(f"the folder {name}" for name in forgotten.folders),
        "the index (it is made anew at the next start)" if forgotten.index else "",
        "the map (it is made anew when you look at it)" if forgotten.map else "",
        "the log" if forgotten.log else "",
    ]
    lines = [f"Forgotten: {forgotten.counts}."]
    if gone := ", ".join(filter(None, copies)):
        lines.append(f"Removed with it: {gone}.")
    lines.append("Backups and exports that you have made are yours to delete.")
    return "\n".join(lines)


def _forgotten_as_json(forgotten: Forgotten) -> str:
    return json.dumps(
        {
            **forgotten.counts.model_dump(),
            "snapshots": forgotten.snapshots,
            "folders": forgotten.folders,
            "index": forgotten.index,
            "map": forgotten.map,
            "log": forgotten.log,
        }
    )


def _shown(path: Path) -> str:
    """The name of a file, also of one that somebody named with more than letters."""
    from store.cleaning import printable

    return printable(str(path))


COMMANDS = (backup, restore, export, forget)
