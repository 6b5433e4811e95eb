"""``matinee chat``: the conversation, on a screen or, without one, in plain text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App, on_terminal, warn
from assistant.cli.narration import narrate, tell
from assistant.errors import MatineeError
from assistant.types import Dial

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from store.library import Library

SAMPLE_REQUEST = "something warm and funny for tonight, under two hours"


@click.command()
@click.option("--no-llm", is_flag=True, help="Work without a language model.")
@click.option(
    "--dial", type=click.Choice(Dial, case_sensitive=False), help="How far from the known."
)
@click.option("--plain", is_flag=True, help="Plain text, also on a terminal.")
@click.option(
    "--resume",
    metavar="[ID]",
    is_flag=False,
    flag_value="",
    help="Go on with an earlier conversation; without an ID, with the last one.",
)
@click.pass_obj
def chat(
    app: App,
    no_llm: bool = False,
    dial: Dial | None = None,
    plain: bool = False,
    resume: str | None = None,
) -> None:
    """Talk about what to watch.

    Without a terminal each line of standard input is a turn; with no input at all one sample
    request is answered. Earlier conversations: matinee sessions.
    """
    session = _session_meant(app, resume) if resume is not None else None
    if on_terminal() and not plain:
        from assistant.tui import run_app

        app.log_to_file()
        ended = run_app(app.locations, app.settings(), llm=not no_llm, dial=dial, session=session)
    else:
        ended = _plain_chat(app, llm=not no_llm, dial=dial, session=session)
    if ended is not None:
        narrate(f"Go on with this conversation: matinee chat --resume {ended}")


def _session_meant(app: App, beginning: str) -> str:
    """The id of the session to go on with.

    Raises:
        MatineeError: there is none, or more than one.
    """
    from assistant.sessions.held import find_session

    with app.library() as library:
        return find_session(library, beginning).id


def _plain_chat(app: App, *, llm: bool, dial: Dial | None, session: str | None) -> str | None:
    """Answer the lines of standard input; the session in which something was, if any was."""
    from assistant.cli.output import as_text
    from assistant.conversation import Conversation

    with app.workspace(llm=llm) as workspace:
        narrate(f"{workspace.library.count()} videos in your library.")
        conversation = Conversation(workspace, dial=dial)
        if session is not None:
            _resume(conversation, workspace.library, session)
        for message in _messages():
            try:
                for piece in as_text(conversation.turn(message)):
                    click.echo(piece, nl=False)
            except MatineeError as error:
                narrate(f"matinee: {error}")
        warn(workspace, llm=llm)
        return conversation.session_id


def _resume(conversation: Conversation, library: Library, session: str) -> None:
    """Take up a session, and say which."""
    from assistant.sessions.resuming import held_before
    from assistant.sessions.titles import short_title

    before = held_before(library, session)
    conversation.resume(before.turns, session_id=session, shown_before=before.shown_before)
    if (row := library.session(session)) is not None:
        narrate(f"Going on with: {short_title(row.title)}")


def _messages() -> Iterator[str]:
    interactive = sys.stdin.isatty()
    heard = False
    while True:
        if interactive:
            click.echo("\n> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            break
        if message := line.strip():
            heard = True
            if not interactive:
                tell(f"\n> {message}")
            yield message
    if not heard and not interactive:
        click.echo(f"> {SAMPLE_REQUEST}")
        yield SAMPLE_REQUEST
