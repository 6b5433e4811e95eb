"""``matinee library``, ``history`` and ``where``: what is kept, and where."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from assistant.cli.community import joined
from assistant.cli.context import App
from assistant.cli.narration import narrate, tell
from assistant.cli.output import json_line
from assistant.errors import MatineeError

if TYPE_CHECKING:
    from store.library import Library

EMPTY = "No videos yet. Import some: matinee import FOLDER"


@click.group(invoke_without_command=True)
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_context
def library(context: click.Context, as_data: bool) -> None:
    """Say what the library holds; search it, show a video, remove a source, rebuild the index."""
    if context.invoked_subcommand is not None:
        return
    app: App = context.obj
    with app.library() as opened:
        counts = {
            "videos": opened.count(),
            "sources": opened.counts_by("source"),
            "kinds": opened.counts_by("kind"),
            "languages": opened.counts_by("language"),
            "vectors": {model: opened.vector_count(model) for model in opened.vector_models()},
            "signals": len(opened.interactions()),
            "sessions": opened.session_count(),
        }
        community = opened.community_rows()
    if as_data:
        rows = [row._asdict() | {"imported_at": row.imported_at.isoformat()} for row in community]
        click.echo(json_line(counts | {"community": rows}))
        return
    if counts["videos"]:
        for name, value in counts.items():
            tell(f"{name:<10} {_spread(value) if isinstance(value, dict) else value}")
    else:
        tell(EMPTY)
    for row in community:
        people = f"{row.kind} of {row.people:,} people"
        tell(f"{'community':<10} {row.name}: {people}; {joined(row)}")


def _spread(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{name} {count}" for name, count in ordered[:12])
    return shown + (f", … {len(ordered) - 12} more" if len(ordered) > 12 else "")


@library.command()
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_data", is_flag=True, help="Print JSON lines.")
@click.pass_obj
def search(app: App, words: tuple[str, ...], limit: int, as_data: bool) -> None:
    """Find videos by WORDS of their title, description, tags or people."""
    with app.library() as opened:
        hits = opened.search(" ".join(words), limit=limit)
        videos = opened.get([hit.video_id for hit in hits])
    for hit in hits:
        video = videos[hit.video_id]
        if as_data:
            click.echo(json_line(video.model_dump(mode="json", exclude_defaults=True)))
        else:
            tell(f"{video.id}  {video.title}{f' ({video.year})' if video.year else ''}")
    if not hits:
        narrate("Nothing found.")


@library.command()
@click.argument("video_id", metavar="ID")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(app: App, video_id: str, as_data: bool) -> None:
    """Show everything that is known of one video."""
    from assistant.wording import facts

    with app.library() as opened:
        video = opened.get([video_id]).get(video_id)
        signals = [item for item in opened.interactions() if item.video_id == video_id]
    if video is None:
        raise click.ClickException(f"Not in your library: {video_id}")
    if as_data:
        click.echo(json_line(video.model_dump(mode="json")))
        return
    rows = {
        "": facts(video),
        "also": ", ".join(video.other_titles),
        "people": ", ".join(video.people),
        "tags": ", ".join(video.tags),
        "keywords": ", ".join(video.keywords),
        "link": video.url or "",
        "signals": ", ".join(f"{item.signal} {item.at:%Y-%m-%d}" for item in signals),
    }
    tell(video.title)
    for name, value in rows.items():
        if value:
            tell(f"  {name:<9}{value}")
    if video.description:
        tell(f"\n{video.description}")


@library.command()
@click.argument("source")
@click.option("--community", is_flag=True, help="SOURCE names other people's ratings.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def drop(app: App, source: str, community: bool, yes: bool) -> None:
    """Remove the videos of one SOURCE (the part of an id before the colon), e.g. starter.

    Your signals are kept, for when they come again. To leave no trace: matinee forget videos.
    With --community, remove what an import of other people's ratings brought, by its name.
    """
    with app.library() as opened:
        if community:
            _drop_community(opened, source, yes=yes)
            return
        ids = [video_id for video_id in opened.ids() if video_id.split(":", 1)[0] == source]
        if not ids:
            raise click.ClickException(f"No videos of the source {source!r}.")
        if not yes:
            click.confirm(f"Remove {len(ids)} videos of {source!r}?", abort=True)
        tell(f"Removed {opened.remove_videos(ids)} videos. Your signals are kept.")


def _drop_community(opened: Library, name: str, *, yes: bool) -> None:
    names = [row.name for row in opened.community_rows()]
    if name not in names:
        known = f" There are: {', '.join(names)}." if names else ""
        raise click.ClickException(f"No ratings of other people are called {name!r}.{known}")
    if not yes:
        click.confirm(f"Remove other people's ratings {name!r}?", abort=True)
    opened.remove_community(name)
    tell(f"Removed other people's ratings {name!r}. Your videos and signals are kept.")


@library.command()
@click.pass_obj
def reindex(app: App) -> None:
    """Embed what has no vector yet, and make the index anew from the library.

    This is what a change of the embedding model calls for. The vectors of the model before are
    kept. Ctrl-C stops it, and the same command goes on from there.
    """
    from assistant.cli.progress import ProgressBars
    from store.embedder import SentenceEmbedder
    from store.ingest import embed_missing

    app.log_to_file()
    embedder = SentenceEmbedder.load(app.settings().embedding)
    with ProgressBars() as bars, app.writing("a rebuild of the index", bars) as opened:
        index = app.index()
        if index is None:
            raise MatineeError(
                "Another Matinee holds the index.",
                str(app.locations.index),
                "End it (a chat, an import), then try again.",
            )
        with closing(index):
            embedded = embed_missing(opened, embedder, None, bars)
            bars.stage("indexing", opened.vector_count(embedder.key))
            index.rebuild(opened, bars.advance)
    tell(f"{embedded} embedded; {index.count()} vectors in the index.")


@click.command()
@click.option("-n", "limit", default=30, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_data", is_flag=True, help="Print JSON lines.")
@click.pass_obj
def history(app: App, limit: int, as_data: bool) -> None:
    """Show what you did with videos, the latest first."""
    from assistant.types import Signal

    with app.library() as opened:
        signals = [item for item in opened.interactions() if item.signal is not Signal.SHOWN]
        latest = signals[::-1][:limit]
        videos = opened.get([item.video_id for item in latest])
    for item in latest:
        if as_data:
            click.echo(json_line(item.model_dump(mode="json", exclude_defaults=True)))
            continue
        video = videos.get(item.video_id)
        rating = f" {item.rating:g}" if item.rating is not None else ""
        tell(
            f"{item.at:%Y-%m-%d}  {item.signal + rating:<10} "
            f"{video.title if video else item.video_id}"
        )
    if not latest:
        narrate("No history yet. Like something: matinee like ID")


@click.command()
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def where(app: App, as_data: bool) -> None:
    """Show all paths and settings in force, and where each setting comes from."""
    from assistant.settings import Origin, explained, variable

    locations = app.locations
    paths = {
        "library": locations.library,
        "index": locations.index,
        "models": locations.models,
        "settings": locations.settings,
        "log": locations.log,
    }
    settings = [
        (
            one.name,
            "" if one.value is None else str(one.value),
            {
                Origin.DEFAULT: "default",
                Origin.FILE: str(locations.settings),
                Origin.ENVIRONMENT: variable(one.name),
            }[one.origin],
        )
        for one in explained(locations.settings)
    ]
    if as_data:
        rows = {name: {"value": value, "from": origin} for name, value, origin in settings}
        texts = {name: str(path) for name, path in paths.items()}
        click.echo(json_line({"paths": texts, "settings": rows}))
        return
    for name, path in paths.items():
        tell(f"{name:<28} {path}{'' if path.exists() else '  (not there yet)'}")
    for name, value, origin in settings:
        tell(f"{name:<28} {value}  ({origin})")
