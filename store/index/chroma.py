"""Chroma, behind a guard: whatever it raises becomes a `ChromaFailure`.

It has errors of its own, and passes on those of SQLite, of HTTP and of its native code: ValueError,
plain Exception, and pyo3's PanicException, which is none at all. Importing it takes 0.5 to 1 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.config import Settings

    from assistant.types import Matrix, Vector

CONNECT_S = 3.0
ANSWER_S = 10.0
"""Chroma itself would wait for its server without end."""
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_search": 400}}
"""Recall of the 300 nearest among 20,000: .967 (.949 with the default of 100), 0.3 ms more."""
_PAGE = 2_000
_REVISION = "revision"
_LONGEST_REASON = 200


class ChromaFailure(Exception):  # noqa: N818 - what it means depends on who asked
    """Chroma did not do what it was asked; the message says why."""


class ChromaUnavailable(ChromaFailure):
    """Nothing is known of the collection: Chroma cannot be loaded, or its server not reached."""


class ChromaTimeout(ChromaUnavailable):
    """The server was waited for in vain."""


class Collection:
    """One Chroma collection, and the client through which it is reached.

    Every method raises ChromaFailure when Chroma does not do what it is asked.
    """

    def __init__(self, client: Client, name: str, *, create: bool = False) -> None:
        self._client = client
        find = client.get_or_create_collection if create else client.get_collection
        options: dict[str, Any] = {"configuration": _CONFIGURATION} if create else {}
        try:
            with guarded():
                self._inner: Any = find(name, embedding_function=None, **options)
        except ChromaFailure:
            self.abandon()
            raise

    @classmethod
    def in_folder(cls, folder: Path, name: str, *, create: bool = False) -> Self:
        """Open the collection that lies in `folder`."""
        with guarded(ChromaUnavailable):
            from chromadb import PersistentClient
        with guarded():
            client: Any = PersistentClient(str(folder), settings=_settings())
        return cls(client, name, create=create)

    @property
    def revision(self) -> int:
        """The last revision that was noted in it, when it was opened."""
        return int((self._inner.metadata or {}).get(_REVISION, 0))

    def note_revision(self, revision: int) -> None:
        """Note in the collection itself what it has seen: an older copy of it has not."""
        with guarded():
            self._inner.modify(metadata={_REVISION: revision})

    def count(self) -> int:
        """How many vectors it counts, which does not say that it has them all."""
        with guarded():
            return int(self._inner.count())

    def query(self, vectors: Matrix, k: int) -> list[list[tuple[str, float]]]:
        """For each row the ids and cosine similarities of the `k` nearest, best first."""
        with guarded():
            found = self._inner.query(query_embeddings=vectors, n_results=k, include=["distances"])
            return [
                [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
                for ids, distances in zip(found["ids"], found["distances"], strict=True)
            ]

    def oldest(self) -> Vector:
        """The vector that was put in first: with the HNSW files gone, there is none."""
        with guarded():
            vector: Vector = self._inner.get(limit=1, include=["embeddings"])["embeddings"][0]
            return vector

    def pages(self) -> Iterator[tuple[list[str], Matrix]]:
        """All ids with their vectors, as far as Chroma has them."""
        start = 0
        while True:
            with guarded():
                page = self._inner.get(limit=_PAGE, offset=start, include=["embeddings"])
            if not page["ids"]:
                return
            yield page["ids"], page["embeddings"]
            start += _PAGE

    def put(self, ids: Sequence[str], vectors: Matrix) -> None:
        """Put vectors in, in place of earlier ones with those ids."""
        with guarded():
            self._inner.upsert(ids=list(ids), embeddings=vectors)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove vectors, if they are there."""
        with guarded():
            self._inner.delete(ids=list(ids))

    def close(self) -> None:
        """Let its files, or the connection, go."""
        with guarded():
            self._client.close()

    def abandon(self) -> None:
        """Let them go, whatever comes of it."""
        with suppress(ChromaFailure):
            self.close()


class Server:
    """A Chroma server.

    Args:
        address: ``http://host:port``.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def collection(self, name: str, *, create: bool = False) -> Collection:
        """Open a collection of it."""
        return Collection(self._client(), name, create=create)

    def drop(self, names: str) -> None:
        """Remove the collections whose names match a regular expression."""
        client = self._client()
        with guarded():
            for collection in client.list_collections():
                if re.fullmatch(names, collection.name):
                    client.delete_collection(collection.name)
            client.close()

    def _client(self) -> Client:
        with guarded(ChromaUnavailable):
            import httpx
            from chromadb import HttpClient

            # What Chroma's client sends while it is made would be waited for without end.
            beat = httpx.get(f"{self.address}/api/v2/heartbeat", timeout=CONNECT_S)
            if beat.status_code != httpx.codes.OK:
                raise ChromaUnavailable(f"it answers with HTTP status {beat.status_code}")
            parts = urlsplit(self.address)
            secure = parts.scheme == "https"
            client: Any = HttpClient(
                parts.hostname or "",
                parts.port or (443 if secure else 80),
                ssl=secure,
                settings=_settings(),
            )
            client._server._session.timeout = httpx.Timeout(ANSWER_S, connect=CONNECT_S)
            made: Client = client
            return made


@contextmanager
def guarded(kind: type[ChromaFailure] = ChromaFailure) -> Iterator[None]:
    """Turn whatever Chroma raises in the block into a ChromaFailure, of that kind or a worse."""
    try:
        yield
    except ChromaFailure:
        raise
    except BaseException as error:
        if not _is_of_chroma(error):
            raise
        kind = _of_transport(error) or kind
        raise kind(_first_line(error)) from error


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return re.sub(r"^\[Errno \d+\] ", "", lines[0])[:_LONGEST_REASON]


def _is_of_chroma(error: BaseException) -> bool:
    """Whether Chroma raised it: not Ctrl-C, nor what ends this process."""
    panic = type(error).__name__ == "PanicException"  # pyo3 lets nobody import it
    return panic or (isinstance(error, Exception) and not isinstance(error, MemoryError))


def _of_transport(error: BaseException | None) -> type[ChromaUnavailable] | None:
    """What it means if it is an error of the connection, or was raised on account of one."""
    import httpx

    while error is not None:
        if isinstance(error, httpx.TransportError):
            timed_out = isinstance(error, httpx.TimeoutException)
            return ChromaTimeout if timed_out else ChromaUnavailable
        error = error.__context__
    return None


def _settings() -> Settings:
    """Chroma's settings. Of its own accord it reads its environment, and any .env beside it."""
    from chromadb.config import Settings

    return Settings(_env_file=None, _env_prefix="read none:", anonymized_telemetry=False)
