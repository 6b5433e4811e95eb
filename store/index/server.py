"""A collection on a Chroma server."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from store.index.chroma import ChromaFailure, ChromaUnavailable, Collection, Server
from store.index.errors import IndexUnusableError, damaged, still_there, unreachable
from store.index.files import FileNote
from store.index.folder import HEX, remove_folders, token
from store.index.probe import ProbeReport, open_and_look
from store.index.state import IndexState, Mark


class ServerPlace:
    """A collection on a server, named so that it can be told whose it is.

    There nothing is probed or kept aside: what lacks something is deleted and made anew.
    """

    def __init__(self, folder: Path, model: str, address: str) -> None:
        self.server = address
        self._server = Server(address)
        self._folder = folder
        self._model = model
        user = f"{os.uname().nodename}:{folder.absolute()}"
        self._user = _eight_digits(user)
        """Two machines may use one server for copies of one library."""

    def new_name(self, library: str) -> str:
        """The library, who uses it, the model, and something that no other collection has."""
        return f"matinee-{self._user}-{_eight_digits(library)}-{self._model}.{token()}"

    def prepare(self, name: str) -> None:  # noqa: ARG002 - made when it is first opened
        """Remove what this user has of this model, there and in the folder."""
        self._server.drop(rf"matinee-{self._user}-{HEX}-{re.escape(self._model)}\.{HEX}")
        remove_folders(self._folder, self._model)

    def open(self, state: IndexState) -> Collection:
        """Open the collection on the server."""
        return self._server.collection(state.collection, create=state.revision == 0)

    def flaw(self, state: IndexState) -> str:  # noqa: ARG002 - the server looks after its files
        """None can be told from here."""
        return ""

    def is_doubtful(self, state: IndexState) -> bool:
        """After a write that was cut off it is not known how many vectors there are."""
        return state.mark is Mark.WRITING

    def look(self, state: IndexState, lock: int) -> ProbeReport:  # noqa: ARG002
        """Look from here: it is the server that opens it."""
        return open_and_look(lambda: self.open(state))

    def set_aside(self, name: str) -> None:
        """Leave it: it is removed when the new one is made."""

    def flush(self, name: str) -> None:
        """The server sees to it."""

    def files(self, state: IndexState) -> dict[str, FileNote]:  # noqa: ARG002
        """None of ours."""
        return {}

    def explain(self, failure: ChromaFailure) -> IndexUnusableError:
        """Tell a server that does not answer from one that lacks something."""
        if isinstance(failure, ChromaUnavailable):
            return unreachable(self.server, str(failure))
        return damaged(str(failure))


def remove_from_server(state: IndexState) -> None:
    """Remove a collection that is no longer wanted from the server that has it, if one has.

    Raises:
        IndexUnusableError: the server does not do it.
    """
    if state.server is None:
        return
    try:
        Server(state.server).drop(re.escape(state.collection))
    except ChromaFailure as failure:
        raise still_there(state.server, state.collection, str(failure)) from failure


def _eight_digits(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
