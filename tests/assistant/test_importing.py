from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, ImportSourceError
from assistant.importing import SKIPPED_TOLD, bring_in, path_of
from assistant.narrator import Silent
from store.library import Library
from tests.toys import ToyEmbedder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        yield opened


def source(folder: Path, count: int, broken: int = 0) -> Path:
    """A file of our own format with so many videos, and so many lines that are none."""
    path = folder / "videos.jsonl"
    lines = [json.dumps({"id": f"file:{n}", "title": f"Volcano {n}"}) for n in range(count)]
    path.write_text("\n".join([*lines, *('{"id": "file:x"}' for _ in range(broken))]))
    return path


class StopsAt(Silent):
    """A narrator that asks to stop when it is told of a stage."""

    def __init__(self, stage: str, cancel: CancelToken) -> None:
        self._stage, self._cancel = stage, cancel

    def stage(self, name: str, total: int | None) -> None:
        """Ask to stop."""
        if name == self._stage:
            self._cancel.cancel()


def test_what_became_of_a_source_is_told(library: Library, tmp_path: Path) -> None:
    path = source(tmp_path, 5, broken=SKIPPED_TOLD + 10)
    done = bring_in(path, library, Silent(), embedder=ToyEmbedder)
    assert (done.new, done.embedded, done.skipped_count) == (5, 5, SKIPPED_TOLD + 10)
    assert len(done.skipped) == SKIPPED_TOLD
    assert "title" in done.skipped[0].reason
    assert str(done) == ("5 new, 0 updated, 0 unchanged, 210 skipped; 0 signals; 5 embedded.")


def test_what_was_removed_stays_so_unless_it_is_to_come_back(
    library: Library, tmp_path: Path
) -> None:
    path = source(tmp_path, 3)
    bring_in(path, library, Silent(), embedder=None)
    library.discard_videos(["file:1"])
    again = bring_in(path, library, Silent(), embedder=None)
    assert (again.unchanged, again.removed) == (2, 1)
    assert "1 video that you removed stays removed." in str(again)
    assert bring_in(path, library, Silent(), embedder=None, bring_back=True).new == 1


@pytest.mark.parametrize("stage", ["reading", "keywords", "embedding"])
def test_it_is_stopped_and_goes_on(library: Library, tmp_path: Path, stage: str) -> None:
    path, cancel = source(tmp_path, 30), CancelToken()
    with pytest.raises(Cancelled):
        bring_in(path, library, StopsAt(stage, cancel), embedder=ToyEmbedder, cancel=cancel)
    assert library.vector_count(ToyEmbedder().key) == 0
    done = bring_in(path, library, Silent(), embedder=ToyEmbedder)
    assert (library.count(), done.embedded) == (30, 30)


def test_a_source_of_no_known_format_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("bread, milk")
    with pytest.raises(ImportSourceError):
        bring_in(tmp_path / "notes.txt", library, Silent(), embedder=None)


def test_a_path_is_taken_as_people_give_it(tmp_path: Path) -> None:
    file = tmp_path / "my list.csv"
    file.write_text("")
    escaped = str(file).replace(" ", "\\ ")  # as a terminal writes what is dropped onto it
    for typed in (str(file), f"'{file}'", f" {file} ", f"file://{file}", escaped):
        assert path_of(typed) == file
    assert path_of("~") == Path.home()
    with pytest.raises(ImportSourceError, match="Which file"):
        path_of("  ")
