"""``matinee like``, ``dislike``, ``watched``, ``hide``, ``save``: what a person did with videos."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from assistant.cli.context import App
from assistant.cli.narration import tell
from assistant.types import VERBS, Interaction, Signal

_WORDS: dict[str, tuple[str, str]] = {
    "like": ("Liked", "Say that you like videos: more of their sort will come."),
    "dislike": ("Disliked", "Say that you dislike videos: less of their sort."),
    "watched": ("Marked as watched", "Mark videos as watched."),
    "finished": ("Marked as finished", "Mark videos as watched to their end."),
    "hide": ("Hidden", "Never show these videos again."),
    "save": ("Saved", "Save videos for later."),
}


def _command(verb: str, signal: Signal, done: str, text: str) -> click.Command:
    @click.command(name=verb, help=f"{text} IDs are shown by `ask` and `library search`.")
    @click.argument("ids", nargs=-1, required=True)
    @click.pass_obj
    def act(app: App, ids: tuple[str, ...]) -> None:
        with app.library() as library:
            videos = library.get(ids)
            if missing := [video_id for video_id in ids if video_id not in videos]:
                raise click.ClickException(
                    f"Not in your library: {', '.join(missing)}\n"
                    "Find an id with: matinee library search WORDS"
                )
            now = datetime.now(UTC)
            library.add_interactions(
                Interaction(video_id=video_id, signal=signal, at=now) for video_id in ids
            )
        for video_id in ids:
            tell(f"{done}: {videos[video_id].title}")

    return act


COMMANDS = tuple(_command(verb, signal, *_WORDS[verb]) for verb, signal in VERBS.items())
