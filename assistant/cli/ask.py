"""``matinee ask``: one request, or a file of them, answered without a screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click
from pydantic import ValidationError

from assistant.batch import OPEN_REQUEST, BatchLine
from assistant.cli.context import App, warn
from assistant.errors import MatineeError
from assistant.types import Dial, Turn, TurnEvent, TurnFailed, TurnFinished


@click.command()
@click.argument("text", required=False)
@click.option("-k", "picks", type=click.IntRange(1, 1000), help="How many to recommend.")
@click.option("--json", "as_data", is_flag=True, help="Print the result as one line of JSON.")
@click.option("--no-llm", is_flag=True, help="Work without a language model.")
@click.option(
    "--dial", type=click.Choice(Dial, case_sensitive=False), help="How far from the known."
)
@click.option(
    "--batch",
    type=click.File(encoding="utf-8", errors="replace"),
    help="A file of JSON lines to answer one by one; - is standard input. Wants --json.",
)
@click.pass_obj
def ask(
    app: App,
    text: str | None,
    picks: int | None,
    as_data: bool,
    no_llm: bool,
    dial: Dial | None,
    batch: TextIO | None,
) -> None:
    """Recommend for one request, given as TEXT or on standard input.

    A line of a --batch file: {"id": …, "messages": [{"role": "user", "text": …}], "history":
    [{"id": …, "rating": 4.5, "at": …}], "exclude": [id, …]}; history and exclude may be left out.
    """
    if batch is not None:
        if not as_data or text is not None:
            raise click.UsageError("--batch goes with --json, and without TEXT.")
        _answer_all(app, batch, picks=picks, llm=not no_llm, dial=dial)
        return
    message = text if text is not None else _standard_input()
    _answer_one(app, message, picks=picks, llm=not no_llm, dial=dial, as_data=as_data)


def _standard_input() -> str:
    if sys.stdin.isatty():
        raise click.UsageError('Say what you want: matinee ask "a short talk on testing"')
    return sys.stdin.read().strip()


def _answer_one(
    app: App, message: str, *, picks: int | None, llm: bool, dial: Dial | None, as_data: bool
) -> None:
    from assistant.cli.output import as_json, as_text, json_line
    from assistant.conversation import Conversation

    with app.workspace(llm=llm) as workspace:
        events = Conversation(workspace, picks=picks, dial=dial, keep=False).turn(message)
        if as_data:
            click.echo(json_line(as_json(_finished(events))))
            return
        for piece in as_text(events):
            click.echo(piece, nl=False)
        warn(workspace, llm=llm)


def _answer_all(
    app: App, lines: TextIO, *, picks: int | None, llm: bool, dial: Dial | None
) -> None:
    from assistant.cli.output import as_json, json_line
    from assistant.conversation import Conversation

    failures = 0
    with app.workspace(llm=llm) as workspace:
        for number, line in _numbered(lines):
            result: dict[str, Any]
            try:
                asked = BatchLine.model_validate_json(line)
                *earlier, last = asked.messages or (OPEN_REQUEST,)
                conversation = Conversation(
                    workspace,
                    picks=picks,
                    dial=dial,
                    history=asked.interactions(),
                    exclude=asked.exclude,
                    keep=False,
                    insist=True,
                )
                for message in earlier:
                    conversation.hear(message.role, message.text)
                result = as_json(_finished(conversation.turn(last.text)), asked.id)
            except (ValidationError, MatineeError) as error:
                failures += 1
                result = {"id": None, "line": number, "error": str(error)}
            click.echo(json_line(result))
    if failures:
        raise MatineeError(f"{failures} lines could not be answered.", "Each says why.")


def _numbered(lines: TextIO) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _finished(events: Iterator[TurnEvent]) -> Turn:
    for event in events:
        if isinstance(event, TurnFinished):
            return event.turn
        if isinstance(event, TurnFailed):
            raise MatineeError(event.title, event.detail, event.hint)
    raise AssertionError("a turn ends with TurnFinished or TurnFailed")
