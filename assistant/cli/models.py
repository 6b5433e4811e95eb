"""``matinee models``: which models there are, what they are worth here, getting and choosing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.context import INTERRUPTED, App
from assistant.cli.narration import narrate, tell
from assistant.cli.output import json_line
from assistant.errors import ModelError, StoreError

if TYPE_CHECKING:
    from assistant.model_overview import ModelRow
    from assistant.model_worth import Worth
    from assistant.models.accelerators import Accelerators
    from assistant.models.catalogue import Entry, ModelKind
    from assistant.models.shelf import Shelf

_WORTH_TELLING = 1_000_000
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
_ON_RANKING = (
    "It words the reasons. In the ranking it takes part once it was measured to help:"
    " matinee evaluate --llm"
)
_REINDEX = (
    "Until they are embedded with it, your videos are found by words alone ({count:,} of them):"
    " matinee library reindex"
)


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
    from assistant.cli.models_shown import show_tables
    from assistant.model_wording import gpu_line, machine_line
    from assistant.models import machine

    app: App = context.obj
    rows = _rows(app)
    if as_data:
        gpu = _accelerators()
        shelf = _shelf(app)
        data = {
            "models": [row.model_dump(mode="json") for row in rows],
            "machine": machine.look().model_dump(),
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
    tell(f"Machine: {machine_line(machine.look())}")
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
    from assistant.model_choice import place_of
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
    path = place_of(entry, _shelf(app))
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
    from assistant.model_choice import value_of
    from assistant.models.catalogue import ModelKind

    _put(app, entry.kind, value_of(entry, _shelf(app)))
    tell(f"From now on: {entry.name}")
    if entry.kind is ModelKind.EMBEDDING:
        _tell_unembedded(app)
    elif not entry.packaged:
        narrate(_ON_RANKING)


def _tell_unembedded(app: App) -> None:
    """Say how many videos are found by words alone until they have vectors of the new model."""
    if not app.locations.library.exists():
        return
    from assistant.reembedding import unembedded

    with app.library() as library:
        missing = unembedded(library, app.settings().embedding)
    if missing:
        narrate(_REINDEX.format(count=missing))


def _put(app: App, kind: ModelKind, value: str) -> None:
    """Write which model is used, and say when that has no effect."""
    from assistant.model_choice import choose

    if wins := choose(app.locations.settings, kind, value):
        narrate(f"The environment wins over the settings: unset {wins}.")


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_as_data
@click.pass_obj
def remove(app: App, name: str, yes: bool, as_data: bool) -> None:
    """Remove a downloaded model, or what is there of it, from the disk."""
    from assistant.model_choice import check_removable
    from assistant.models.catalogue import find

    entry, shelf = find(name), _shelf(app)
    check_removable(entry, shelf, app.settings())
    if not yes:
        click.confirm(
            f"Remove {entry.name} ({shelf.size(entry) / 1e6:,.0f} MB)?", err=True, abort=True
        )
    freed = shelf.remove(entry)
    if as_data:
        tell(json_line({"name": entry.name, "bytes": freed}))
    else:
        tell(f"Removed: {entry.name}, {freed / 1e6:,.0f} MB.")


@models.command()
@click.argument("name")
@click.option("--quality", is_flag=True, help="What it is worth on your own history.")
@_as_data
@click.pass_obj
def measure(app: App, name: str, quality: bool, as_data: bool) -> None:
    """See how fast a model that is there is on this machine, and what memory it takes.

    It takes some seconds to minutes. With --quality your history is cut at several moments, and
    recommendations are made with the model: what its opinion adds is measured of a language model,
    and how well they are made of an embedding model. That can take long; videos that have no vector
    of that model get one first. Ctrl-C stops it.
    """
    from assistant.cancel import CancelToken
    from assistant.cli.progress import ProgressBars
    from assistant.model_choice import measure_quality, measure_speed
    from assistant.model_wording import quality_in_full, speed_in_full
    from assistant.models.catalogue import find

    entry, settings = find(name), app.settings()
    app.locations.make()
    narrate(f"Measuring {entry.name}…")
    with ProgressBars() as bars:
        if not quality:
            speed = measure_speed(entry, app.locations, settings, bars, CancelToken())
        else:
            measure_quality(entry, app.locations, settings, bars, CancelToken())
    if not quality:
        tell(json_line(speed.model_dump(mode="json")) if as_data else speed_in_full(speed))
        return
    row = next(row for row in _rows(app) if row.name == entry.name)
    found = row.quality.model_dump(mode="json") if row.quality else None
    tell(json_line(found) if as_data else quality_in_full(row))


# --- what is there -----------------------------------------------------------------------------


def _shelf(app: App) -> Shelf:
    from assistant.models.shelf import Shelf

    return Shelf(app.locations.models)


def _rows(app: App) -> list[ModelRow]:
    from assistant.model_overview import overview

    with _worth(app) as worth:
        return list(overview(app.settings(), _shelf(app), worth))


@contextmanager
def _worth(app: App) -> Iterator[Worth]:
    """What the library says of models; nothing where there is none, or none that can be read."""
    from contextlib import ExitStack

    from assistant.model_worth import Worth

    with ExitStack() as stack:
        worth = Worth()
        if app.locations.library.exists():
            try:
                worth = Worth.of(stack.enter_context(app.library()))
            except StoreError as error:
                narrate(f"What was measured of quality cannot be read: {error.title}")
        yield worth


def _accelerators() -> Accelerators | None:
    from assistant.model_choice import accelerators

    return accelerators()
