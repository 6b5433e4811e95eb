"""``matinee import``: bring one's own videos and history."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.community import import_community
from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate, tell
from assistant.cli.progress import ProgressBars

if TYPE_CHECKING:
    from assistant.importing import Imported

SHOWN_SKIPS = 5


@click.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--no-embed", is_flag=True, help="Read only; vectors are made at a later import.")
@click.option("--bring-back", is_flag=True, help="Also videos that you removed from the library.")
@click.option("--community", is_flag=True, help="SOURCE holds other people's ratings.")
@click.pass_obj
def import_(app: App, source: Path, no_embed: bool, bring_back: bool, community: bool) -> None:
    """Import videos and history from SOURCE: a file, a folder or a zip.

    Recognised are YouTube's Takeout, a Letterboxd export, the .nfo files of Kodi and Jellyfin, a
    folder of yt-dlp .info.json files, a yt-dlp flat playlist, a pyvideo data folder or zip, and
    Matinee's own JSONL and CSV (also .gz). Importing again costs next to nothing; Ctrl-C stops, and
    the same command goes on from there.

    With --community, SOURCE is other people's ratings, and what they like together counts for you
    too: a MovieLens folder or zip, a CSV of user, item and rating, or JSON lines. They are joined
    to your videos by IMDb id, else by title and year. Only what they say of the items is kept. The
    same source again takes the place of what it brought before.
    """
    if community:
        import_community(app, source)
        return
    from assistant.importers import recognise
    from assistant.importing import bring_in
    from store.embedder import SentenceEmbedder

    importer = recognise(source)  # first: for what is no source, nothing else need be opened
    settings = app.settings()
    app.log_to_file()

    def load_embedder() -> SentenceEmbedder:
        return SentenceEmbedder.load(settings.embedding)

    with ProgressBars() as bars, app.writing("an import", bars) as library:
        index = None if no_embed else app.index()
        try:
            imported = bring_in(
                source,
                library,
                bars,
                importer=importer,
                embedder=None if no_embed else load_embedder,
                index=index,
                bring_back=bring_back,
            )
        except KeyboardInterrupt:
            bars.stop()
            narrate(f"Stopped; nothing is lost. To go on: matinee import {source}")
            sys.exit(INTERRUPTED)
        finally:
            if index is not None:
                index.close()
        for notice in index.news() if index is not None else ():
            bars.say(notice)
    tell(_report(imported))


def _report(imported: Imported) -> str:
    lines = [str(imported)]
    lines.extend(
        f"  skipped {skip.record}: {skip.reason}" for skip in imported.skipped[:SHOWN_SKIPS]
    )
    if (more := imported.skipped_count - SHOWN_SKIPS) > 0:
        lines.append(f"  … and {more} more")
    if imported.removed:
        lines.append("To have what you removed again, import it with --bring-back.")
    return "\n".join(lines)
