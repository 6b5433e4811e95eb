"""``matinee chat``: the conversation, on a screen or, without one, in plain text."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from assistant.cli.context import App, on_terminal, warn
from assistant.cli.narration import narrate, tell
from assistant.errors import MatineeError
from assistant.types import Dial

SAMPLE_REQUEST = "something warm and funny for tonight, under two hours"


@click.command()
@click.option("--no-llm", is_flag=True, help="Work without a language model.")
@click.option(
    "--dial", type=click.Choice(Dial, case_sensitive=False), help="How far from the known."
)
@click.option("--plain", is_flag=True, help="Plain text, also on a terminal.")
@click.pass_obj
def chat(app: App, no_llm: bool = False, dial: Dial | None = None, plain: bool = False) -> None:
    """Talk about what to watch.

    Without a terminal each line of standard input is a turn; with no input at all one sample
    request is answered.
    """
    if on_terminal() and not plain:
        from assistant.tui import run_app

        app.log_to_file()
        run_app(app.locations, app.settings(), llm=not no_llm, dial=dial)
        return
    _plain_chat(app, llm=not no_llm, dial=dial)


def _plain_chat(app: App, *, llm: bool, dial: Dial | None) -> None:
    from assistant.cli.output import as_text
    from assistant.conversation import Conversation

    with app.workspace(llm=llm) as workspace:
        narrate(f"{workspace.library.count()} videos in your library.")
        conversation = Conversation(workspace, dial=dial)
        for message in _messages():
            try:
                for piece in as_text(conversation.turn(message)):
                    click.echo(piece, nl=False)
            except MatineeError as error:
                narrate(f"matinee: {error}")
        warn(workspace, llm=llm)


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
