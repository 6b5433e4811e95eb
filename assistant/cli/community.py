"""``matinee import --community``: what other people like, and what of it is in the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate, tell
from assistant.cli.progress import ProgressBars

if TYPE_CHECKING:
    from assistant.importers.ratings import Gathered, RatingsFormat
    from store.library import CommunityRow

SHOWN_SKIPS = 5
_ENDINGS = frozenset({".zip", ".gz", ".csv", ".jsonl", ".json"})
_TOLD_EVERY = 10_000


def import_community(app: App, source: Path) -> None:
    """Import other people's ratings; nothing is stored before all is read and learned."""
    from assistant.importers.ratings import recognise_ratings
    from store.community import CommunityKind, learn

    format_ = recognise_ratings(source)
    narrate(f"{source}: {format_.name}")
    app.log_to_file()
    name = source_name(source)
    with ProgressBars() as bars, app.writing("an import", bars) as library:
        try:
            gathered = _gathered(source, format_, bars)
            bars.stage("learning", None)
            kind = CommunityKind.RATINGS if gathered.rated else CommunityKind.LISTS
            learned = learn(gathered.ratings, kind=kind)
            library.put_community(name, learned, gathered.items)
        except KeyboardInterrupt:
            bars.stop()
            narrate("Stopped; nothing was stored.")
            sys.exit(INTERRUPTED)
        [row] = [row for row in library.community_rows() if row.name == name]
    tell(_report(row, gathered))


def source_name(source: Path) -> str:
    """The name of a file or a folder without its endings: by it, it is replaced and removed."""
    from store.text import clean_text

    path = Path(source.resolve().name)
    while path.suffix.lower() in _ENDINGS:
        path = path.with_suffix("")
    return clean_text(path.name, max_chars=100) or "ratings"


def _gathered(source: Path, format_: RatingsFormat, bars: ProgressBars) -> Gathered:
    from assistant.importers.ratings import Gathering

    into = Gathering()
    bars.stage("reading", None)
    done = told = 0
    for done in format_.read(source, into):
        if done - told >= _TOLD_EVERY:
            bars.advance(done - told)
            told = done
    bars.advance(done - told)
    return into.finish(source)


def _report(row: CommunityRow, gathered: Gathered) -> str:
    what = "ratings" if gathered.rated else "namings"
    lines = [
        f"{row.name}: {row.ratings:,} {what} by {row.people:,} people; "
        f"{gathered.skipped_count:,} skipped. {joined(row)}."
    ]
    lines.extend(
        f"  skipped {skip.record}: {skip.reason}" for skip in gathered.skipped[:SHOWN_SKIPS]
    )
    if (more := gathered.skipped_count - SHOWN_SKIPS) > 0:
        lines.append(f"  … and {more:,} more")
    return "\n".join(lines)


def joined(row: CommunityRow) -> str:
    """How much of an import the library has."""
    return f"{row.joined:,} of {row.items:,} titles are in your library"
