"""A Chroma server instead of a folder: a real one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.index import Index, IndexUnusableError, ServerUnreachableError, remove_index
from store.index import chroma as chroma_module
from store.index.chroma import Server
from store.library import Library
from store.vectors import Searcher
from tests.store.index.making import MODEL, Stages, fill, nearest, opened, state_of, units, video
from tests.store.index.serving import ChromaServer

ROOT = Path(__file__).parents[3]


def method(searcher: Searcher) -> str:
    return searcher.method


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path_factory.mktemp("server") / "data")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def index(folder: Path, server: ChromaServer) -> Iterator[Index]:
    index = opened(folder, server.address)
    yield index
    index.close()
    remove_index(folder)


def test_it_finds_what_the_library_holds(
    library: Library, index: Index, folder: Path, server: ChromaServer
) -> None:
    vectors, stages = fill(library, 600), Stages()
    assert index.sync(library, stages) == 600
    assert stages.seen == [("indexing", 600)]
    hits = index.query(vectors[7], 5)
    assert hits[0][0] == "t:7"
    assert hits[0][1] == pytest.approx(1, abs=1e-5)
    library.remove_videos(["t:7"])
    library.put_vectors(MODEL, ["t:8"], units(1, seed=9))
    assert index.sync(library) == 2
    assert index.count() == 599
    assert nearest(index, units(1, seed=9)[0]) == "t:8"
    assert "t:7" not in {id_ for id_, _ in index.query(vectors[7], 599)}
    assert server.collections() == [state_of(folder)["collection"]]
    assert sorted(path.name for path in folder.iterdir()) == ["lock", f"{MODEL}.json"]
    assert (index.problem, index.news()) == (None, [])


def test_it_goes_on_where_it_was(library: Library, index: Index, server: ChromaServer) -> None:
    vectors = fill(library, 300)
    index.sync(library)
    index.close()
    before = server.collections()
    library.put_videos([video(301)])
    library.put_vectors(MODEL, ["t:301"], units(1, seed=9))
    again = opened(index._folder, server.address)
    assert again.sync(library) == 1
    assert nearest(again, vectors[5]) == "t:5"
    assert server.collections() == before
    again.close()


def test_what_lacks_something_is_made_anew_there(
    library: Library, index: Index, server: ChromaServer
) -> None:
    vectors = fill(library, 300)
    index.sync(library)
    [before] = server.collections()
    client = index._holding.collection()._client
    client.delete_collection(before)
    searcher = Searcher(library, MODEL, index)
    assert searcher.search(vectors[3], 1)[0][0] == "t:3"
    assert method(searcher) == "scan"
    searcher.refresh()
    assert searcher.search(vectors[3], 1)[0][0] == "t:3"
    assert method(searcher) == "index"
    assert searcher.news() == ["The index was damaged: made anew from the library (300 videos)."]
    [after] = server.collections()
    assert after != before


def test_an_older_copy_is_noticed(library: Library, index: Index) -> None:
    fill(library, 20)
    index.sync(library)
    index._holding.collection().note_revision(1)
    index.close()
    again = opened(index._folder, index._place.server)
    again.sync(library)
    assert again.news() == ["The index was damaged: made anew from the library (20 videos)."]
    again.close()


def test_old_collections_of_ours_go_and_no_others(
    library: Library, index: Index, server: ChromaServer, tmp_path: Path
) -> None:
    fill(library, 20)
    somebody_else = opened(tmp_path / "elsewhere", server.address)
    somebody_else.sync(library)
    [theirs] = server.collections()
    index.sync(library)
    index.rebuild(library)
    assert len(server.collections()) == 2
    assert theirs in server.collections()
    somebody_else.close()
    remove_index(tmp_path / "elsewhere")
    assert theirs not in server.collections()


def test_from_a_folder_to_a_server_and_back(
    library: Library, folder: Path, server: ChromaServer
) -> None:
    vectors = fill(library, 50)
    for address in (None, server.address, None):
        index = opened(folder, address)
        index.sync(library)
        assert nearest(index, vectors[4]) == "t:4"
        assert index.news() == []
        index.close()
        folders = [entry for entry in folder.iterdir() if entry.is_dir()]
        assert len(folders) == (0 if address else 1)
        assert len(server.collections()) == (1 if address else 0)


KILLED = """
import os, signal, sys
from pathlib import Path
from store.index import Index
from store.library import Library

class Killer:
    def stage(self, name, total): pass
    def advance(self, n): os.kill(os.getpid(), signal.SIGKILL)

with Library.open(Path(sys.argv[1])) as library:
    Index.open(Path(sys.argv[2]), sys.argv[3], server=sys.argv[4]).sync(library, Killer())
"""


def test_a_killed_sync_is_finished(folder: Path, tmp_path: Path, server: ChromaServer) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        vectors = fill(library, 600)
        command = [sys.executable, "-c", KILLED, str(path), str(folder), MODEL, server.address]
        assert subprocess.run(command, check=False, cwd=ROOT).returncode == -signal.SIGKILL
        assert state_of(folder)["mark"] == "writing"
        before = server.collections()
        index = opened(folder, server.address)
        index.sync(library)
        assert index.count() == 600
        assert nearest(index, vectors[599]) == "t:599"
        assert server.collections() == before
        index.close()
    remove_index(folder)


# --- two at once -------------------------------------------------------------------------------


def test_another_process_reads_along(
    library: Library, index: Index, folder: Path, server: ChromaServer
) -> None:
    vectors = fill(library, 300)
    index.sync(library)
    other = Searcher(library, MODEL, opened(folder, server.address))
    other.refresh()
    assert other.search(vectors[3], 1)[0][0] == "t:3"
    assert method(other) == "index"

    library.put_videos([video(301)])
    library.put_vectors(MODEL, ["t:301"], units(1, seed=9))
    other.refresh()
    assert other.search(units(1, seed=9)[0], 1)[0][0] == "t:301"
    assert method(other) == "scan"  # the index does not know it yet
    index.sync(library)
    other.refresh()
    assert other.search(units(1, seed=9)[0], 1)[0][0] == "t:301"
    assert method(other) == "index"

    index.rebuild(library)
    other.refresh()
    assert other.search(vectors[3], 1)[0][0] == "t:3"
    assert method(other) == "index"
    assert other.problem is None
    other.close()


def test_who_reads_along_writes_nothing(
    library: Library, index: Index, folder: Path, server: ChromaServer
) -> None:
    fill(library, 20)
    reading = opened(folder, server.address)
    assert reading.sync(library) == 0
    assert server.collections() == []
    with pytest.raises(IndexUnusableError, match="Another Matinee"):
        reading.rebuild(library)
    reading.close()
    assert index.sync(library) == 20


# --- gone --------------------------------------------------------------------------------------


def test_a_server_that_goes_and_comes_back(
    library: Library, folder: Path, server: ChromaServer
) -> None:
    try:
        vectors = fill(library, 300)
        searcher = Searcher(library, MODEL, opened(folder, server.address))
        searcher.refresh()
        searcher.search(vectors[3], 1)
        assert (method(searcher), searcher.problem) == ("index", None)

        server.kill()
        for _ in range(2):
            assert searcher.search(vectors[3], 1)[0][0] == "t:3"
            assert method(searcher) == "scan"
            problem = searcher.problem
            assert isinstance(problem, ServerUnreachableError)
            assert server.address in problem.detail
            assert "chroma run" in problem.hint
            searcher.refresh()
        [told] = searcher.news()
        assert told.startswith(
            f"The Chroma server does not answer ({server.address}: Connection refused). Start it"
        )

        library.put_videos([video(301)])
        library.put_vectors(MODEL, ["t:301"], units(1, seed=9))
        server.start()
        searcher.refresh()
        assert searcher.search(units(1, seed=9)[0], 1)[0][0] == "t:301"
        assert (method(searcher), searcher.problem) == ("index", None)
        assert searcher.news() == [f"The Chroma server at {server.address} answers again."]
        searcher.close()
    finally:
        server.start()
    remove_index(folder)


def test_a_server_that_goes_in_the_middle_of_a_sync(
    library: Library, folder: Path, server: ChromaServer
) -> None:
    try:

        class Killer(Stages):
            def advance(self, n: int) -> None:
                server.kill()

        vectors = fill(library, 600)
        searcher = Searcher(library, MODEL, opened(folder, server.address))
        searcher.refresh(Killer())
        assert searcher.search(vectors[3], 1)[0][0] == "t:3"
        assert method(searcher) == "scan"
        server.start()
        searcher.refresh()
        for row in (3, 599):
            assert searcher.search(vectors[row], 1)[0][0] == f"t:{row}"
            assert method(searcher) == "index"
        assert len(server.collections()) == 1
        searcher.close()
    finally:
        server.start()
    remove_index(folder)


def test_nobody_there_from_the_start(library: Library, folder: Path, tmp_path: Path) -> None:
    vectors = fill(library, 20)
    server = ChromaServer(tmp_path / "data")  # not started
    searcher = Searcher(library, MODEL, opened(folder, server.address))
    searcher.refresh()
    assert searcher.search(vectors[3], 1)[0][0] == "t:3"
    assert method(searcher) == "scan"
    assert isinstance(searcher.problem, ServerUnreachableError)
    searcher.close()
    remove_index(folder)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where connections are taken, and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def test_one_that_says_nothing_is_not_waited_for_long_nor_often(
    library: Library, folder: Path, silent_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_module, "CONNECT_S", 0.3)
    fill(library, 20)
    index = opened(folder, f"http://127.0.0.1:{silent_port}")
    with pytest.raises(ServerUnreachableError) as caught:
        index.sync(library)
    assert "timed out" in caught.value.detail
    monkeypatch.setattr(Server, "collection", None)  # it is not asked again at once
    with pytest.raises(ServerUnreachableError):
        index.sync(library)
    index.close()


def test_another_kind_of_server(library: Library, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4_096)
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")

        thread = threading.Thread(target=answer)
        thread.start()
        fill(library, 20)
        index = opened(folder, f"http://127.0.0.1:{listening.getsockname()[1]}")
        with pytest.raises(ServerUnreachableError, match="does not answer") as caught:
            index.sync(library)
        assert "HTTP status 404" in caught.value.detail
        index.close()
        thread.join()


def test_chroma_listens_to_nobody_but_us(
    library: Library, index: Index, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(library, 20)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CHROMA_SERVER_HOST=example.org\n")
    monkeypatch.setitem(os.environ, "CHROMA_SERVER_HOST", "example.org")
    monkeypatch.setitem(os.environ, "CHROMA_OTEL_COLLECTION_ENDPOINT", "http://example.org")
    assert index.sync(library) == 20


def test_what_a_server_keeps_cannot_be_removed_while_it_is_gone(
    library: Library, folder: Path, server: ChromaServer
) -> None:
    fill(library, 20)
    index = opened(folder, server.address)
    index.sync(library)
    index.close()
    server.kill()
    with pytest.raises(IndexUnusableError) as caught:
        remove_index(folder)
    assert caught.value.title == "The Chroma server still has an index of ours."
    assert [path.name for path in folder.iterdir()] == ["lock"]
    assert caught.value.hint.startswith("Remove the collection matinee-")
