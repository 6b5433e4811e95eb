"""The index: derived from this library, in step with it, and finding what it holds."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.doctor.apart import ProbeError, ask_apart
from assistant.doctor.findings import Finding, Repair, failed, ok, skipped, warning
from assistant.doctor.locks import who_holds
from assistant.doctor.wording import counted
from store.index.lock import LOCK
from store.locks import FileLock

if TYPE_CHECKING:
    from assistant.doctor.context import Context
    from store.index import IndexState

_SERVER_S = 60.0
_NOBODYS = "matinee-nobody"
"""A collection that is not there, so that the server has to say so."""
_ANEW = "the next start makes it anew"


def index(context: Context) -> Iterator[Finding]:
    """Whether the index is the one that the library would make, and finds what it holds."""
    from store.index import read_state

    key = context.embedding_key
    vectors = context.inspection.vector_counts().get(key, 0)
    state = read_state(context.locations.index, key)
    if state is None and not vectors:
        yield ok("there is nothing to index yet")
    elif state is None:
        yield warning(f"there is none of {key}: {_ANEW}", repair=Repair.INDEX)
    elif state.server != context.settings.index:
        yield warning(f"it lies elsewhere than the settings say: {_ANEW}", repair=Repair.INDEX)
    elif user := who_holds(context.locations.index / LOCK):
        yield ok(f"{counted(state.count, 'vector')}; in use ({user}), so not looked into")
    else:
        yield _out_of_step(state, context, vectors) or _looked_into(state, context)


def _out_of_step(state: IndexState, context: Context, vectors: int) -> Finding | None:
    """How what is noted of the index differs from the library, where it does."""
    from store.index import Mark

    inspection = context.inspection
    if state.library != inspection.identity():
        return failed(f"it is that of another library: {_ANEW}", repair=Repair.INDEX)
    if state.revision > inspection.revision():
        return failed(f"it has seen more than the library has: {_ANEW}", repair=Repair.INDEX)
    if state.mark is not Mark.CLEAN:
        return warning(
            "a process that had it open was killed: the next start looks into it",
            repair=Repair.INDEX,
        )
    if state.revision < inspection.vector_revision(context.embedding_key):
        return warning(
            f"it holds {counted(state.count, 'vector')}, the library {vectors:,}: the next start"
            " catches up",
            repair=Repair.INDEX,
        )
    if state.count != vectors:
        return failed(
            f"it holds {counted(state.count, 'vector')}, the library {vectors:,}: {_ANEW}",
            repair=Repair.INDEX,
        )
    return None


def _looked_into(state: IndexState, context: Context) -> Finding:
    if state.server is not None:
        return ok(f"{counted(state.count, 'vector')} on {state.server}, as many as in the library")
    from store.index.folder import FolderPlace
    from store.index.probe import probe

    places = context.locations
    if flaw := FolderPlace(places.index, context.embedding_key).flaw(state):
        return failed(f"{flaw}: {_ANEW}", repair=Repair.INDEX)
    folder = places.index / state.collection
    # Chroma writes when it opens: a copy is looked into, and the index stays as it was left.
    try:
        with context.scratch() as place:
            copy = place / folder.name
            _copy(folder, copy, places.index / LOCK)
            report = probe(copy, state.collection, count=state.count)
    except OSError as error:
        return skipped(f"it cannot be copied, so it is not looked into: {error}")
    if report.problem:
        return failed(f"{report.problem}: {_ANEW}", repair=Repair.INDEX)
    return ok(
        f"{counted(report.count, 'vector')}, as many as in the library;"
        f" {report.hits} of {report.sample} find themselves"
    )


def _copy(folder: Path, copy: Path, lock_file: Path) -> None:
    """Copy the files of an index that nobody opens meanwhile.

    Raises:
        OSError: there is no room, or somebody has it open.
    """
    with ExitStack() as stack:
        if os.access(lock_file, os.W_OK):  # who may only read has to do without
            lock = FileLock.take(lock_file)
            if lock is None:
                raise BlockingIOError("another process has just opened it")
            stack.callback(lock.release)
        for file in folder.rglob("*"):
            if file.is_file():
                target = copy / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)  # without its mode: the copy is written to


def index_server(context: Context) -> Iterator[Finding]:
    """Whether the Chroma server that the settings name answers, and has what is noted of it."""
    from store.index import read_state

    address = context.settings.index
    if address is None:
        yield ok("none is set: the index is in a folder")
        return
    hint = f"Start it (chroma run), or take index = {address!r} out of the settings"
    state = read_state(context.locations.index, context.embedding_key)
    name = state.collection if state is not None and state.server == address else ""
    request = json.dumps({"address": address, "collection": name or _NOBODYS})
    try:
        answer = ask_apart("assistant.doctor.probes", "server", request, seconds=_SERVER_S)
    except ProbeError as error:
        yield failed(f"{address} does not answer: {error}", hint)
        return
    if answer["unreachable"]:
        yield failed(f"{address} does not answer: {answer['unreachable']}", hint)
    elif not name:
        yield ok(f"{address} answers; nothing was put there yet")
    elif answer["problem"]:
        yield failed(f"{address}: {answer['problem']}: {_ANEW}", repair=Repair.INDEX)
    else:
        yield ok(
            f"{address} answers; {answer['hits']} of {answer['sample']} vectors find themselves"
        )
