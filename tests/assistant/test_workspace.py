"""What a process has open follows what others change."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import Video
from assistant.workspace import EMBED_IN_PASSING, Workspace
from store.library import Library
from tests.toys import ToyEmbedder

VIDEOS = [Video(id=f"t:{n}", title=f"Video {n}") for n in range(30)]


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> ToyEmbedder:
    toy = ToyEmbedder()
    monkeypatch.setattr("store.embedder.SentenceEmbedder.load", lambda *_: toy)
    return toy


def test_a_video_whose_tags_another_process_edits_is_embedded_by_the_next_search(
    tmp_path: Path, embedder: ToyEmbedder
) -> None:
    with Library.open(tmp_path / "library.db") as other:
        other.put_videos(VIDEOS)
        with Workspace(Locations(tmp_path, tmp_path, tmp_path), Settings(), llm=False) as workspace:
            workspace.searcher()
            assert other.missing_vectors(embedder.key) == []
            embedder.encoded_ids.clear()
            other.edit_tags("t:3", ["volcano"])
            searcher = workspace.searcher()
            assert embedder.encoded_ids == ["t:3"]
            query = embedder.encode_videos([Video(id="t:x", title="volcano")])[0]
            assert searcher.search(query, 1)[0][0] == "t:3"


def test_more_than_a_few_keep_nobody_waiting(tmp_path: Path, embedder: ToyEmbedder) -> None:
    with Library.open(tmp_path / "library.db") as other:
        other.put_videos(VIDEOS)
        with Workspace(Locations(tmp_path, tmp_path, tmp_path), Settings(), llm=False) as workspace:
            workspace.searcher()
            new = [Video(id=f"n:{n}", title=f"New {n}") for n in range(EMBED_IN_PASSING + 1)]
            other.put_videos(new)
            workspace.searcher()
            assert workspace.unembedded == len(new)
            other.remove_videos([new[0].id])
            workspace.searcher()
            assert (workspace.unembedded, other.missing_vectors(embedder.key)) == (0, [])
