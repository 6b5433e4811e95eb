"""``matinee models``: which models there are, what they are worth here, getting and choosing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate, tell
from assistant.cli.output import json_line
from assistant.errors import MatineeError, ModelError, StoreError

if TYPE_CHECKING:
    from assistant.model_overview import Gains, ModelRow
    from assistant.models.accelerators import Accelerators
    from assistant.models.catalogue import Entry
    from assistant.models.shelf import Shelf

_PROBE_S = 60.0
_WORTH_TELLING = 1_000_000
_MEASURE_S = 1800.0
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
_SETTING = {"language": "language_model.model", "embedding": "embedding.model"}
_ON_RANKING = (
    "It words the reasons. In the ranking it takes part once it was measured to help:"
    " matinee evaluate --llm"
)
_REINDEX = "Your videos are to be embedded with it: matinee library reindex"


@click.group(invoke_without_command=True)
@_as_data
@click.pass_context
def models(context: click.Context, as_data: bool) -> None:
    """List the models to choose from: size, memory, licence, and how they do on this machine.

    Memory with a ~ is reckoned; speed and the gain in the ranking are shown once they were
    measured here. All of one model: matinee models show NAME.

    Downloading one (matinee models get NAME) is the one time that Matinee goes on the network.
    """
    if context.invoked_subcommand is not None:
        return
    from assistant.cli.models_shown import gpu_line, show_tables

    app: App = context.obj
    rows = _rows(app)
    if as_data:
        gpu = _accelerators()
        shelf = _shelf(app)
        data = {
            "models": [row.model_dump(mode="json") for row in rows],
            "gpu": gpu.model_dump() if gpu else None,
            "folder": str(shelf.folder),
            "bytes": shelf.total(),
        }
        tell(json_line(data))
        return
    show_tables(rows)
    taken = _shelf(app).total()
    if taken >= _WORTH_TELLING:
        tell(f"Downloaded models take {taken / 1e6:,.0f} MB in {app.locations.models}")
    tell(gpu_line(_accelerators()))


@models.command()
@click.argument("name")
@_as_data
@click.pass_obj
def show(app: App, name: str, as_data: bool) -> None:
    """Tell all that is known of one model."""
    from assistant.cli.models_shown import as_text

    row = next((row for row in _rows(app) if row.name.casefold() == name.casefold()), None)
    if row is None:
        raise ModelError("There is no such model.", name, "See what there is: matinee models")
    tell(json_line(row.model_dump(mode="json")) if as_data else as_text(row))


@models.command()
@click.argument("name")
@click.option("--use", "then_use", is_flag=True, help="Use it from then on.")
@click.option("--newest", is_flag=True, help="What the hub has now, whatever was known of it.")
@_as_data
@click.pass_obj
def get(app: App, name: str, then_use: bool, newest: bool, as_data: bool) -> None:
    """Download a model from the Hugging Face hub.

    What was cut off or stopped (Ctrl-C) goes on with the same command. Every file is checked
    against its checksum before it counts. HF_ENDPOINT names a mirror, HF_TOKEN a token.
    """
    from assistant.cancel import CancelToken
    from assistant.cli.progress import ProgressBars
    from assistant.models.catalogue import find
    from assistant.models.download import Downloader
    from assistant.models.hub import Hub

    entry = find(name)
    if entry.packaged:
        narrate(f"{entry.name} comes with the installation.")
    else:
        app.locations.make()
        hub = Hub.of_environment()
        narrate(f"{entry.name}, licence: {entry.licence}. See {hub.endpoint}/{entry.repo}")
        with _going_on_later(), ProgressBars() as bars:
            Downloader(hub, _shelf(app)).get(entry, bars, CancelToken(), newest=newest)
    path = _place(app, entry)
    if as_data:
        tell(json_line({"name": entry.name, "path": str(path)}))
    else:
        tell(f"{entry.name} is there: {path}")
    if then_use:
        _use(app, entry)
    elif not entry.packaged:
        narrate(
            f"To see how fast it is here: matinee models measure {entry.name}\n"
            f"To use it: matinee models use {entry.name}"
        )


@contextmanager
def _going_on_later() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        narrate("Stopped. The same command goes on from there.")
        sys.exit(INTERRUPTED)


@models.command()
@click.argument("name")
@click.pass_obj
def use(app: App, name: str) -> None:
    """Use a model from now on: NAME, a GGUF file, `packaged`, or `none` for no language model.

    That is written to the settings file. It counts from the next start of a chat on.
    """
    from assistant.models.catalogue import ModelKind, find, packaged
    from assistant.models.known import NO_MODEL
    from assistant.settings import PACKAGED

    if name == NO_MODEL:
        _put(app, ModelKind.LANGUAGE, NO_MODEL)
        tell("No language model takes part from now on.")
    elif name == PACKAGED:
        _use(app, packaged(ModelKind.LANGUAGE))
    elif (file := Path(name).expanduser()).is_file():
        _put(app, ModelKind.LANGUAGE, str(file.absolute()))
        tell(f"From now on: {file.absolute()}")
        narrate(_ON_RANKING)
    else:
        _use(app, find(name))


def _use(app: App, entry: Entry) -> None:
    from assistant.models.catalogue import ModelKind
    from assistant.settings import PACKAGED

    _put(app, entry.kind, PACKAGED if entry.packaged else str(_place(app, entry)))
    tell(f"From now on: {entry.name}")
    if entry.kind is ModelKind.EMBEDDING:
        if app.locations.library.exists():
            narrate(_REINDEX)
    elif not entry.packaged:
        narrate(_ON_RANKING)


def _put(app: App, kind: str, value: str) -> None:
    """Write which model is used, and say when that has no effect."""
    from assistant.settings_file import put_settings

    setting = _SETTING[kind]
    put_settings(app.locations.settings, {setting: value})
    variable = "MATINEE_" + setting.replace(".", "__").upper()
    if any(name.upper() == variable for name in os.environ):
        narrate(f"The environment wins over the settings: unset {variable}.")


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_as_data
@click.pass_obj
def remove(app: App, name: str, yes: bool, as_data: bool) -> None:
    """Remove a downloaded model, or what is there of it, from the disk."""
    from assistant.model_overview import is_named
    from assistant.models.catalogue import find

    entry, shelf = find(name), _shelf(app)
    if entry.packaged:
        raise ModelError("It comes with the installation, and stays.", entry.name)
    settings = app.settings()
    if is_named(entry, shelf, getattr(settings, _SETTING[entry.kind].split(".")[0]).model):
        other = "packaged" if entry.kind == "language" else "all-MiniLM-L6-v2"
        raise ModelError(
            "The model is in use.", entry.name, f"Use another one first: matinee models use {other}"
        )
    size = shelf.size(entry)
    if not size:
        raise ModelError("The model is not there.", entry.name, "See what is: matinee models")
    if not yes:
        click.confirm(f"Remove {entry.name} ({size / 1e6:,.0f} MB)?", err=True, abort=True)
    freed = shelf.remove(entry)
    if as_data:
        tell(json_line({"name": entry.name, "bytes": freed}))
    else:
        tell(f"Removed: {entry.name}, {freed / 1e6:,.0f} MB.")


@models.command()
@click.argument("name")
@_as_data
@click.pass_obj
def measure(app: App, name: str, as_data: bool) -> None:
    """See how fast a model that is there is on this machine, and what memory it takes.

    It takes some seconds to minutes. What a language model's opinion is worth to you says
    matinee evaluate --llm.
    """
    from assistant.cli.models_shown import speed_as_text
    from assistant.doctor.apart import ProbeError, ask_apart
    from assistant.models.catalogue import find
    from assistant.models.speeds import parse_speed, put_speed

    entry = find(name)
    value = "packaged" if entry.packaged else str(_place(app, entry))
    group = getattr(app.settings(), _SETTING[entry.kind].split(".")[0])
    narrate(f"Measuring {entry.name}…")
    try:
        answer = ask_apart(
            "assistant.models.measuring",
            entry.kind.value,
            group.model_copy(update={"model": value}).model_dump_json(),
            seconds=_MEASURE_S,
        )
    except ProbeError as error:
        raise ModelError(
            "The model cannot be measured.", f"{entry.name}: {error}", "See more: matinee doctor"
        ) from error
    speed = parse_speed(answer)
    app.locations.make()
    put_speed(app.locations.models, entry.name, speed)
    tell(json_line(speed.model_dump(mode="json")) if as_data else speed_as_text(speed))


# --- what is there -----------------------------------------------------------------------------


def _shelf(app: App) -> Shelf:
    from assistant.models.shelf import Shelf

    return Shelf(app.locations.models)


def _place(app: App, entry: Entry) -> Path:
    """Where a model that is there lies.

    Raises:
        ModelError: it is not there.
    """
    from assistant.model_overview import packaged_path

    path = packaged_path(entry) if entry.packaged else _shelf(app).installed(entry)
    if path is None:
        raise ModelError(
            "The model is not on this machine.", entry.name, f"matinee models get {entry.name}"
        )
    return path.absolute()


def _rows(app: App) -> list[ModelRow]:
    from assistant.model_overview import overview

    with _gains(app) as gains:
        return list(overview(app.settings(), _shelf(app), gains))


@contextmanager
def _gains(app: App) -> Iterator[Gains]:
    """What the library says of models; nothing where there is none, or none that can be read."""
    if not app.locations.library.exists():
        yield lambda _: None
        return
    from contextlib import ExitStack

    with ExitStack() as stack:
        look: Gains = lambda _: None  # noqa: E731
        try:
            look = stack.enter_context(app.library()).language_model_gain
        except StoreError as error:
            narrate(f"What was measured of quality cannot be read: {error.title}")
        yield look


def _accelerators() -> Accelerators | None:
    """What there is of GPUs; None when the process that looks gave no answer."""
    from assistant.doctor.apart import ProbeError, ask_apart
    from assistant.models.accelerators import Accelerators

    try:
        answer = ask_apart("assistant.models.accelerators", seconds=_PROBE_S)
    except (ProbeError, MatineeError):
        return None
    return Accelerators.model_validate(answer)
