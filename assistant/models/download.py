"""Downloading a model: every file checked, resumed where it was cut off, in place whole or not.

The commit and the checksums of a model are asked of the hub once and hold for it from then on
(`Shelf.pin`); a checksum of the catalogue holds from the beginning. Files gather in a folder of
their own, which gets the model's name when all of them are right.
"""

from __future__ import annotations

import errno
import re
import shutil
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.cancel import CancelToken
from assistant.models.ahead import read_ahead
from assistant.models.catalogue import Entry, ModelKind
from assistant.models.hub import ConnectionLost, DownloadError, Hub, HubFile, Listing
from assistant.models.part import Part, part_path
from assistant.models.shelf import LOCK, Shelf
from assistant.narrator import Narrator
from store import durable
from store.locks import FileLock
from store.reporting import megabytes

WAITS_S = (1.0, 3.0, 9.0)
"""Seconds before each new try; after the last one the download fails. Progress starts them anew."""
SPARE = 64 * 1024**2
"""Bytes of the disk that a download leaves free."""
_OF_EMBEDDING = re.compile(r"(?:\d+_[A-Za-z]+/)?[\w.-]+\.(?:json|txt|model|safetensors)", re.ASCII)
"""Configuration, vocabulary and weights of sentence-transformers, in the root and in the folders
of its modules (``1_Pooling``). Weights in other formats can run code, and are never fetched."""
_LOOK_EVERY_S = 0.05
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Downloader:
    """Brings models of the hub to the shelf.

    Args:
        hub: where they come from.
        shelf: where they go.
        waits_s: seconds before each new try.
    """

    hub: Hub
    shelf: Shelf
    waits_s: Sequence[float] = WAITS_S

    def get(
        self, entry: Entry, narrator: Narrator, cancel: CancelToken, *, newest: bool = False
    ) -> Path:
        """Download a model, or what is missing of it.

        Args:
            entry: which one.
            narrator: is told of the progress, in megabytes.
            cancel: stops it at once; what is there is kept, and resumed the next time.
            newest: take what the hub has now, whatever was known of the model before.

        Returns:
            What the settings are to name: a GGUF file, or a folder.

        Raises:
            Cancelled: `cancel` was set.
            DownloadError: it cannot be had; the error says what to do.
        """
        try:
            with self._alone():
                plan = self._plan(entry, cancel, newest)
                if plan is not None:
                    self._bring(entry, plan, narrator, cancel)
        except OSError as error:
            raise _disk_error(self.shelf.folder, error) from error
        there = self.shelf.installed(entry)
        if there is None:
            raise DownloadError("The model is not where it should be.", str(self.shelf.folder))
        return there

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.shelf.make()
        lock = FileLock.take(self.shelf.folder / LOCK, purpose="a download")
        if lock is None:
            raise DownloadError(
                "Another download is going on.", str(self.shelf.folder), "Wait for its end."
            )
        try:
            yield
        finally:
            lock.release()

    # --- what is to be fetched -----------------------------------------------------------------

    def _plan(self, entry: Entry, cancel: CancelToken, newest: bool) -> Listing | None:
        """What is to be fetched, with the checksums that it is held to; None for nothing."""
        shelf = self.shelf
        there = shelf.installed(entry) is not None
        if there and not newest:
            return None
        known = shelf.pin(entry, begun=True) or shelf.pin(entry)
        if known is not None and not newest:
            return known
        found = self._patiently(lambda: self.hub.listing(entry.repo), cancel)
        plan = found.model_copy(update={"files": _wanted(entry, found, newest)})
        if there and not shelf.staging(entry).exists() and plan == shelf.pin(entry):
            return None
        if plan != known:
            shelf.forget_begun(entry)
        return plan

    def _patiently(self, source: Callable[[], Generator[_Item]], cancel: CancelToken) -> _Item:
        """The one item of `source`, tried as often as there are waits."""
        for wait in (*self.waits_s, None):
            try:
                return next(read_ahead(source, cancel))
            except ConnectionLost as error:
                if wait is None:
                    raise _unreachable(self.hub, error) from error
                _wait(wait, cancel)
        raise AssertionError("the last try returns or raises")

    # --- fetching ------------------------------------------------------------------------------

    def _bring(self, entry: Entry, plan: Listing, narrator: Narrator, cancel: CancelToken) -> None:
        staging = self.shelf.staging(entry)
        self.shelf.put_begun(entry, plan)
        staging.mkdir(mode=durable.PRIVATE_FOLDER, exist_ok=True)
        total = sum(file.size for file in plan.files)
        self._check_room(total - self.shelf.begun(entry))
        told = megabytes(narrator, f"downloading {entry.name}", total)
        before = 0
        for file in plan.files:
            target = staging / file.name
            target.parent.mkdir(mode=durable.PRIVATE_FOLDER, exist_ok=True)
            if not target.exists():
                self._fetch(plan, file, target, partial(_further, told, before), narrator, cancel)
            before += file.size
            told(before)
        self.shelf.finish(entry)

    def _check_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.shelf.folder).free
        if needed > 0 and free < needed + SPARE:
            raise DownloadError(
                "There is not enough room on the disk.",
                f"{needed / 1e6:,.0f} MB are needed, and {free / 1e6:,.0f} MB are free"
                f" ({self.shelf.folder}).",
                "Make room, remove a model (matinee models remove NAME), or name another folder"
                " with --data-dir.",
            )

    def _fetch(
        self,
        plan: Listing,
        file: HubFile,
        target: Path,
        reached: Callable[[int], None],
        narrator: Narrator,
        cancel: CancelToken,
    ) -> None:
        """Download one file to `target`, from where it was cut off before.

        One that was taken up and came out wrong may have been damaged where it lay: it is
        downloaded anew. One that came in one go is not what it should be.
        """
        path = part_path(target, file)
        taken_up = True
        while taken_up:
            with Part(path, file) as part:
                taken_up = part.size > 0
                reached(part.size)
                self._fill(plan, file, part, reached, cancel)
                right = part.is_right()
                part.sync()
            if right:
                durable.rename(path, target)
                return
            durable.remove(path)
            if taken_up:
                narrator.say(f"What was there of {file.name} was damaged: it is downloaded anew.")
        raise DownloadError(
            "What was downloaded is not what it should be, and was removed.",
            f"{plan.repo}, {file.name}: the checksum differs ({file.checksum.value}).",
            "Try again. If it happens again, something between here and the hub changes files:"
            " a proxy, a mirror (HF_ENDPOINT).",
        )

    def _fill(
        self,
        plan: Listing,
        file: HubFile,
        part: Part,
        reached: Callable[[int], None],
        cancel: CancelToken,
    ) -> None:
        """Read until the part is complete; go on from its end when the connection breaks."""
        waits = iter(self.waits_s)
        while not part.complete:
            start = part.size
            arriving = read_ahead(
                lambda: self.hub.read(plan.repo, plan.commit, file.name, part.size), cancel
            )
            try:
                with closing(arriving):
                    for offset, chunk in arriving:
                        part.write(offset, chunk)
                        reached(part.size)
                        if part.complete:
                            return
                raise ConnectionLost("the server ended before the file did")
            except ConnectionLost as error:
                if part.size > start:
                    waits = iter(self.waits_s)
                wait = next(waits, None)
                if wait is None:
                    raise _unreachable(self.hub, error) from error
                _wait(wait, cancel)


def _further(told: Callable[[int], None], before: int, size: int) -> None:
    """Tell of `size` bytes of a file, which come after those of the files before it."""
    told(before + size)


def _wanted(entry: Entry, found: Listing, newest: bool) -> tuple[HubFile, ...]:
    """The files of a repository that make up the model.

    Raises:
        DownloadError: it is not there, or is another one than is known.
    """
    if entry.kind is ModelKind.EMBEDDING:
        files = tuple(file for file in found.files if _OF_EMBEDDING.fullmatch(file.name))
        complete = any(file.name.endswith(".safetensors") for file in files)
    else:
        files = tuple(file for file in found.files if file.name == entry.file)
        complete = bool(files)
    if not complete:
        raise DownloadError(
            "The hub has no such model any more.",
            f"{entry.repo}: {entry.file or 'no weights in safetensors files'}",
            "Choose another one: matinee models",
        )
    if entry.sha256 and not newest and files[0].checksum.value != entry.sha256:
        raise DownloadError(
            "The hub has another file under this name than is known here.",
            f"{entry.repo}, {entry.file}: {files[0].checksum.value} instead of {entry.sha256}",
            f"To take it all the same: matinee models get {entry.name} --newest",
        )
    return files


def _wait(seconds: float, cancel: CancelToken) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        cancel.check()
        time.sleep(min(_LOOK_EVERY_S, seconds))


def _unreachable(hub: Hub, error: ConnectionLost) -> DownloadError:
    return DownloadError(
        "The hub cannot be reached.",
        f"{hub.endpoint}: {error}",
        "What is there is kept: the same command goes on from it. Look at the connection; behind a"
        " proxy set HTTPS_PROXY, for a mirror HF_ENDPOINT.",
    )


def _disk_error(folder: Path, error: OSError) -> DownloadError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DownloadError(
            "The disk is full.",
            str(folder),
            "What is there is kept: make room, and the same command goes on from it.",
        )
    return DownloadError("The model cannot be stored.", f"{folder}: {error.strerror or error}")
