from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.settings import EmbeddingSettings
from assistant.types import Interaction, Signal, Skipped, Video
from store.embedder import SentenceEmbedder
from store.index import Index
from store.ingest import Record, Summary, add_keywords, embed_missing, ingest
from store.library import Library
from store.vectors import Searcher
from tests.toys import ToyEmbedder

if TYPE_CHECKING:
    from assistant.types import Matrix

LIKED = Interaction(video_id="t:1", signal=Signal.LIKED, at=datetime(2024, 5, 1, tzinfo=UTC))


def video(number: int, **fields: object) -> Video:
    topic = ("volcano", "opera", "sailing", "bread", "chess")[number % 5]
    return Video.model_validate({"id": f"t:{number}", "title": f"{topic} part{number}", **fields})


def videos(count: int) -> list[Video]:
    return [video(number) for number in range(count)]


class Told:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.stages: dict[str, tuple[int | None, int]] = {}
        self._stage = ""

    def stage(self, name: str, total: int | None) -> None:
        self._stage = name
        self.stages[name] = (total, 0)

    def advance(self, n: int) -> None:
        total, done = self.stages[self._stage]
        self.stages[self._stage] = (total, done + n)


def unwanted() -> ToyEmbedder:
    raise AssertionError("nothing needs embedding")


def test_every_record_is_counted_once(library: Library) -> None:
    library.put_videos([video(0), video(1, title="Old title")])
    records: list[Record] = [
        *(video(0), video(1), video(2), video(2), LIKED, LIKED),
        *(Skipped(record="line 7", reason="no title"),),
    ]
    told = Told()
    summary = ingest(records, library, reporter=told, total=len(records))
    assert summary == Summary(
        new=1,
        updated=1,
        unchanged=1,
        interactions=1,
        skipped=(
            Skipped(record="t:2", reason="listed more than once"),
            Skipped(record="line 7", reason="no title"),
        ),
        skipped_count=2,
    )
    assert told.stages == {"reading": (7, 7), "keywords": (3, 3)}
    assert library.interactions() == [LIKED]


def test_all_skipped_are_counted_and_the_first_thousand_named(library: Library) -> None:
    records = (Skipped(record=f"line {number}", reason="broken") for number in range(1_200))
    summary = ingest(records, library)
    assert (len(summary.skipped), summary.skipped_count) == (1_000, 1_200)


def test_everything_is_derived(library: Library, tmp_path: Path) -> None:
    embedder, told = ToyEmbedder(), Told()
    index = Index.open(tmp_path / "index", embedder.key)
    assert index is not None
    summary = ingest(videos(700), library, lambda: embedder, index, told)
    assert summary.embedded == library.vector_count(embedder.key) == index.count() == 700
    assert told.stages["embedding"] == (700, 700)
    assert library.missing_keywords() == []
    assert library.get(["t:1"])["t:1"].keywords[0] == "opera"
    searcher = Searcher(library, embedder.key, index)
    hits = dict(searcher.search(embedder.encode_videos([video(4)])[0], 100))
    assert hits["t:4"] == pytest.approx(1.0, abs=1e-5)
    searcher.close()


def test_an_unchanged_import_writes_and_embeds_nothing(library: Library) -> None:
    embedder = ToyEmbedder()
    ingest(videos(30), library, lambda: embedder)
    embedder.encoded_ids.clear()
    version = library.data_version()
    told = Told()
    summary = ingest(videos(30), library, lambda: embedder, reporter=told)
    assert summary == Summary(unchanged=30)
    assert embedder.encoded_ids == []
    assert library.data_version() == version
    assert list(told.stages) == ["reading"]


def test_only_what_changed_is_derived_anew(library: Library) -> None:
    embedder = ToyEmbedder()
    ingest(videos(30), library, lambda: embedder)
    embedder.encoded_ids.clear()
    changed = [video(5, description="glaciers"), *videos(30)[6:], video(31)]
    summary = ingest(changed, library, lambda: embedder)
    assert (summary.new, summary.updated, summary.unchanged) == (1, 1, 24)
    assert sorted(embedder.encoded_ids) == ["t:31", "t:5"]
    assert library.missing_vectors(embedder.key) == library.missing_keywords() == []


def test_another_model_makes_its_own_vectors_and_the_old_ones_stay(library: Library) -> None:
    ingest(videos(10), library, ToyEmbedder)
    ingest([], library, lambda: ToyEmbedder("another", 32))
    assert library.vector_count(ToyEmbedder().key) == library.vector_count("another") == 10


def test_words_can_be_found_while_the_rest_is_read(library: Library) -> None:
    def records() -> Iterator[Video]:
        yield from videos(500)
        assert [hit.video_id for hit in library.search("part7", limit=3)] == ["t:7"]
        yield video(500)

    assert ingest(records(), library).new == 501


def test_ctrl_c_while_reading_keeps_the_batches_read(library: Library) -> None:
    def records() -> Iterator[Video]:
        yield from videos(750)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(records(), library, unwanted)
    assert library.count() == 500
    summary = ingest(videos(900), library, ToyEmbedder)
    assert (summary.unchanged, summary.new, summary.embedded) == (500, 400, 900)


def test_ctrl_c_while_embedding_keeps_the_vectors_made(library: Library) -> None:
    class Interrupted(ToyEmbedder):
        def encode_videos(
            self, videos: Sequence[Video], *, progress: Callable[[int], None] | None = None
        ) -> Matrix:
            if self.encoded_ids:
                raise KeyboardInterrupt
            return super().encode_videos(videos, progress=progress)

    with pytest.raises(KeyboardInterrupt):
        ingest(videos(600), library, Interrupted)
    kept = library.vector_count(ToyEmbedder().key)
    assert 0 < kept < 600
    embedder = ToyEmbedder()
    assert ingest(videos(600), library, lambda: embedder).embedded == 600 - kept
    assert len(embedder.encoded_ids) == 600 - kept


def test_a_video_that_changes_while_it_is_embedded_keeps_no_outdated_vector(
    tmp_path: Path,
) -> None:
    path = tmp_path / "library.db"

    class Overtaken(ToyEmbedder):
        def encode_videos(
            self, videos: Sequence[Video], *, progress: Callable[[int], None] | None = None
        ) -> Matrix:
            with Library.open(path) as other:
                other.put_videos([video(1, title="Quite another thing")])
            return super().encode_videos(videos, progress=progress)

    with Library.open(path) as library:
        library.put_videos(videos(3))
        assert embed_missing(library, Overtaken()) == 2
        assert library.missing_vectors(ToyEmbedder().key) == ["t:1"]
        embed_missing(library, ToyEmbedder())
        expected = ToyEmbedder().encode_videos([video(1, title="Quite another thing")])
        np.testing.assert_array_equal(library.vectors(ToyEmbedder().key, ["t:1"])[1], expected)


def test_a_broken_index_does_not_stop_an_import(library: Library, tmp_path: Path) -> None:
    embedder = ToyEmbedder()
    index = Index.open(tmp_path / "index", embedder.key)
    assert index is not None
    ingest(videos(5), library, lambda: embedder, index)
    index.close()
    [collection] = [entry for entry in (tmp_path / "index").iterdir() if entry.is_dir()]
    (collection / "chroma.sqlite3").write_bytes(b"broken" * 1_000)
    index = Index.open(tmp_path / "index", embedder.key)
    assert index is not None
    assert ingest(videos(8), library, lambda: embedder, index).embedded == 3
    index.sync(library)
    assert index.count() == 8
    index.close()


def test_keywords_know_the_phrases_of_the_tags(library: Library) -> None:
    tagged = [video(n, title=f"Talk {n}", tags=["machine learning"]) for n in range(2)]
    library.put_videos([*tagged, video(2, title="An evening of machine learning")])
    assert add_keywords(library) == 3
    assert "machine learning" in library.get(["t:2"])["t:2"].keywords
    assert add_keywords(library) == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.types import Video
from store.index import Index
from store.ingest import ingest
from store.library import Library
from tests.toys import ToyEmbedder

class Killer(ToyEmbedder):
    def encode_videos(self, videos, *, progress=None):
        if len(self.encoded_ids) > 500:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode_videos(videos, progress=progress)

folder = Path(sys.argv[1])
with Library.open(folder / "library.db") as library:
    index = Index.open(folder / "index", ToyEmbedder().key)
    videos = (Video(id=f"t:{n}", title=f"opera part{n}") for n in range(900))
    ingest(videos, library, Killer, index)
"""


def test_a_killed_import_is_finished_by_the_next(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        check=False,
        cwd=root,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert killed.returncode == -signal.SIGKILL
    embedder = ToyEmbedder()
    with Library.open(tmp_path / "library.db") as library:
        assert library.count() == 900
        kept = library.vector_count(embedder.key)
        assert 0 < kept < 900
        index = Index.open(tmp_path / "index", embedder.key)
        assert index is not None
        again = [Video(id=f"t:{n}", title=f"opera part{n}") for n in range(900)]
        summary = ingest(again, library, lambda: embedder, index)
        assert summary == Summary(unchanged=900, embedded=900 - kept)
        assert index.count() == 900
        assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        index.close()


@pytest.mark.real_models
def test_with_the_real_model_meaning_finds_what_words_do_not(library: Library) -> None:
    films = [
        Video(id="t:jaws", title="Jaws", description="A shark terrorises a beach resort."),
        Video(id="t:rocky", title="Rocky", description="A boxer gets his chance at the title."),
        Video(id="t:alien", title="Alien", description="A crew is hunted on a spaceship."),
    ]
    embedder = SentenceEmbedder.load(EmbeddingSettings(device="cpu"))
    ingest(films, library, lambda: embedder)
    searcher = Searcher(library, embedder.key, None)
    query = embedder.encode_queries(["a man-eating fish in the sea"])[0]
    assert library.search("a man-eating fish in the sea", limit=3) == []
    assert searcher.search(query, 1)[0][0] == "t:jaws"
