"""The commands. Each loads what it needs when it runs: ``--help`` loads no model and no index."""

from __future__ import annotations

import io
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import click

from assistant.cli import (
    ask,
    chat,
    doctor,
    evaluate,
    importing,
    keeping,
    library,
    memory,
    models,
    record,
    scripts,
    sessions,
    signals,
    taste,
    train,
)
from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate
from assistant.errors import MatineeError
from assistant.startup import prepare_process


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep everything in this folder (or in that of MATINEE_DATA_DIR).",
)
@click.version_option(version("matinee"), message="matinee %(version)s")
@click.pass_context
def matinee(context: click.Context, data_dir: Path | None) -> None:
    """Talk about what to watch tonight. Without a command: matinee chat."""
    context.obj = App(data_dir)
    if context.invoked_subcommand is None:
        context.invoke(chat.chat)


for command in (
    chat.chat,
    ask.ask,
    importing.import_,
    library.library,
    library.history,
    library.where,
    scripts.run,
    record.record,
    train.train,
    models.models,
    memory.memory,
    sessions.sessions,
    taste.taste,
    *signals.COMMANDS,
    *keeping.COMMANDS,
    doctor.doctor,
    evaluate.evaluate,
):
    matinee.add_command(command)


def main() -> None:
    """Run the command line; an error that a person can act on is three lines, not a traceback."""
    prepare_process()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what is piped in may be no text
    try:
        status = matinee.main(standalone_mode=False)
    except MatineeError as error:
        narrate(f"matinee: {error}")
        status = 1
    except click.ClickException as error:
        # What was typed is quoted in it; a usage error shows the usage, too.
        context = getattr(error, "ctx", None)
        if context is not None:
            narrate(context.get_usage())
        narrate(f"Error: {error.format_message()}")
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        narrate("Stopped.")
        status = INTERRUPTED
    except BrokenPipeError:  # the reader of standard output has gone: nothing more to say
        sys.stderr.close()
        status = 1
    logging.shutdown()
    sys.exit(status if isinstance(status, int) else 0)
