from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import MatineeError
from assistant.relevance.pairs import (
    PairModel,
    is_saved_model,
    learn,
    measure_file,
    recommend_videos,
)
from assistant.relevance.pairs.model import pair_features
from assistant.relevance.pairs.reading import Pair, read_pairs
from assistant.relevance.pairs.training import split
from assistant.retrieve import RetrievalStore
from store.unit import unit
from tests.assistant.retrieve.conftest import TOPICS
from tests.toys import ToyEmbedder

NAMES = list(TOPICS)


def labelled(count: int, first: int = 0) -> list[Pair]:
    """A viewer asks for a topic; a video is of it, or of another."""
    pairs = []
    for number in range(first, first + count):
        asked = number // 2
        topic, other = NAMES[asked % 10], NAMES[(asked + 1 + asked // 10 % 9) % 10]
        relevant = number % 2 == 0
        video = f"{topic if relevant else other}: {TOPICS[topic if relevant else other]} {number}"
        pairs.append(Pair(f"something about {topic}, please {asked}", video, relevant))
    return pairs


def as_csv(path: Path, pairs: list[Pair]) -> Path:
    rows = [f'"{one.viewer}","{one.video}",{int(one.relevant)}' for one in pairs]
    path.write_text("\n".join(["user_text,video_text,is_relevant", *rows]), "utf-8")
    return path


def as_jsonl(path: Path, pairs: list[Pair]) -> Path:
    rows = [
        json.dumps({"query": one.viewer, "title": one.video, "label": one.relevant})
        for one in pairs
    ]
    path.write_text("\n".join(rows), "utf-8")
    return path


@pytest.fixture
def embedder() -> ToyEmbedder:
    return ToyEmbedder(dimension=256)


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    pairs = tuple(labelled(20))
    assert read_pairs(as_csv(tmp_path / "pairs.csv", labelled(20))).pairs == pairs
    path = as_jsonl(tmp_path / "pairs.jsonl", labelled(20))
    assert read_pairs(path).pairs == pairs
    packed = tmp_path / "pairs.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read_pairs(packed).pairs == pairs


def test_lines_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    lines = [
        '{"query": "a", "title": "b", "label": 1}',
        "{broken",
        '{"query": "a", "title": "c", "label": 0}',
        '{"query": "a", "title": "d", "label": "perhaps"}',
        '{"query": "a", "label": 1}',
    ]
    path.write_text("\n".join(lines), "utf-8")
    read = read_pairs(path)
    assert len(read.pairs) == 2
    assert [skip.record for skip in read.skipped] == ["line 2", "line 4", "line 5"]
    assert "is_relevant of 0 or 1" in read.skipped[1].reason


@pytest.mark.parametrize("content", ["", "user_text,video_text,is_relevant\na,b,1\n", "x,y\n1,2\n"])
def test_a_file_without_pairs_of_both_sorts_says_what_it_needs(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(MatineeError, match="nothing to learn") as caught:
        read_pairs(path)
    assert "user_text, video_text, is_relevant" in caught.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MatineeError, match="cannot be opened"):
        read_pairs(tmp_path / "nothing.csv")


def test_no_text_of_a_viewer_is_on_both_sides() -> None:
    first, second = split(labelled(100), 0.2)
    assert len(first) + len(second) == 100
    assert len(second) == pytest.approx(20, abs=2)
    assert not {one.viewer for one in first} & {one.viewer for one in second}


def test_features_are_those_of_the_formula() -> None:
    random = np.random.default_rng(0)
    one, other = (unit(random.normal(size=(3, 4)).astype(np.float32)) for _ in range(2))
    found = pair_features(one, other)
    assert found.shape == (3, 9)
    np.testing.assert_allclose(found[:, :4], 2 * np.abs(one - other), rtol=1e-5)
    np.testing.assert_allclose(found[:, 4:8], 2 * one * other, rtol=1e-5)
    np.testing.assert_allclose(found[:, 8], np.sum(one * other, axis=1), rtol=1e-5)


def test_it_learns_what_belongs_together(tmp_path: Path, embedder: ToyEmbedder) -> None:
    file = as_csv(tmp_path / "train.csv", labelled(400))
    test = as_jsonl(tmp_path / "test.jsonl", labelled(100, first=1000))
    learned = learn(file, embedder, test=test)
    report = learned.report
    assert (report.pairs, report.tested_on, report.test.pairs) == (400, "file", 100)
    assert report.losses[-1] < report.losses[0]
    assert report.test.accuracy > 0.8 > report.test.most_frequent
    assert report.test.auc is not None
    assert report.test.auc > 0.9
    assert report.test.log_loss < 0.55
    assert measure_file(learned.model, test, embedder) == report.test


def test_without_a_test_file_a_part_is_held_out(tmp_path: Path, embedder: ToyEmbedder) -> None:
    learned = learn(as_csv(tmp_path / "train.csv", labelled(200)), embedder)
    assert learned.report.tested_on == "held_out"
    assert learned.report.pairs + learned.report.test.pairs == 200


def test_too_few_viewers_to_hold_any_out(tmp_path: Path, embedder: ToyEmbedder) -> None:
    pairs = [Pair("the same", f"video {number}", number % 2 == 0) for number in range(20)]
    with pytest.raises(MatineeError, match="too few pairs"):
        learn(as_csv(tmp_path / "train.csv", pairs), embedder)


def test_a_model_survives_being_saved(tmp_path: Path, embedder: ToyEmbedder) -> None:
    file = as_csv(tmp_path / "train.csv", labelled(100))
    model = learn(file, embedder).model
    model.save(tmp_path / "model.json")
    assert PairModel.load(tmp_path / "model.json") == model
    assert is_saved_model(tmp_path / "model.json")
    assert not is_saved_model(file)
    with pytest.raises(MatineeError, match="no saved model"):
        PairModel.load(file)


def test_it_recommends_videos_of_the_library(
    tmp_path: Path, store: RetrievalStore, embedder: ToyEmbedder
) -> None:
    model = learn(as_csv(tmp_path / "train.csv", labelled(400)), embedder).model
    found = recommend_videos(model, "something about sailing", 10, store)
    assert len(found) == 10
    judged = [probability for _, probability in found]
    assert judged == sorted(judged, reverse=True)
    assert sum("sailing" in video_id for video_id, _ in found) >= 8


def test_a_model_of_another_encoder_is_refused(store: RetrievalStore) -> None:
    model = PairModel("another", (0.0,) * 513, 0.0)
    with pytest.raises(MatineeError, match="another embedding model"):
        recommend_videos(model, "sailing", 3, store)
