"""Requests in one language, videos in another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieve import RetrievalStore, retrieve
from assistant.retrieve.wording import wording
from assistant.settings import EmbeddingSettings
from assistant.types import Candidate, Request, Taste, Video
from store.embedder import SentenceEmbedder
from store.library import Library
from store.vectors import Searcher
from tests.assistant.retrieve.conftest import fill, made_video

CHINESE = {
    "cooking": ("家常菜的做法", "四川菜入门", "怎样做菜"),
    "astronomy": ("天文学入门", "望远镜与星空", "天文学家的一天"),
    "machine learning": ("機器學習入門", "機器學習與資料", "用機器學習預測"),
    "horror": ("恐怖片之夜", "最好的恐怖片", "恐怖片的历史"),
    "chess": ("国际象棋开局", "国际象棋大师", "国际象棋残局"),
}


def ask(store: RetrievalStore, text: str, language: str, limit: int = 3) -> list[Candidate]:
    request = Request(message=text, wish=text, said=text, language=language)
    return list(retrieve(request, Taste(), store, exclude=(), limit=limit))


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder.load(EmbeddingSettings())


@pytest.fixture
def chinese(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[RetrievalStore]:
    with Library.open(tmp_path / "library.db") as library:
        store = RetrievalStore(library, Searcher(library, embedder.key, None), embedder)
        fill(
            store,
            *(
                Video(id=f"t:{topic.replace(' ', '-')}-{number}", title=title, language="zh")
                for topic, titles in CHINESE.items()
                for number, title in enumerate(titles)
            ),
        )
        yield store


@pytest.mark.real_models
@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("天文学与望远镜", "zh", "astronomy"),
        ("una receta de cocina", "es", "cooking"),
        ("Schach", "de", "chess"),
        ("ジャズ", "ja", "jazz"),
        ("зомби", "ru", "zombies"),
        ("체스 시합", "ko", "chess"),
    ],
)
def test_a_foreign_request_finds_english_videos(
    store: RetrievalStore, text: str, language: str, topic: str
) -> None:
    found = ask(store, text, language)
    assert {one.video.id.removeprefix("t:").split("-")[0] for one in found} == {topic}


@pytest.mark.real_models
def test_matched_words_are_the_videos_own(store: RetrievalStore) -> None:
    best = ask(store, "天文学与望远镜", "zh")[0]
    text = f"{best.video.title} {best.video.description} {' '.join(best.video.tags)}".lower()
    assert best.matched_words
    assert all(word in text for word in best.matched_words)


@pytest.mark.real_models
@pytest.mark.parametrize("topic", CHINESE)
def test_an_english_request_finds_chinese_videos(chinese: RetrievalStore, topic: str) -> None:
    assert topic.replace(" ", "-") in ask(chinese, topic, "en", limit=1)[0].video.id


@pytest.mark.real_models
def test_simplified_finds_traditional(chinese: RetrievalStore) -> None:
    found = ask(chinese, "机器学习", "zh")
    assert all("machine-learning" in one.video.id for one in found)


def test_an_english_request_is_looked_for_as_it_stands(store: RetrievalStore) -> None:
    request = Request(message="x", wish="jazz piano", said="jazz piano, please")
    words = wording(request, store)
    assert (words.wish, words.said) == ("jazz piano", "jazz piano, please")
    assert words.wish_vector is not None
    expected = store.embedder.encode_queries(["jazz piano"])[0]
    np.testing.assert_array_equal(words.wish_vector, expected)


def test_an_english_request_needs_no_other_model(
    store: RetrievalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_texts: object) -> object:
        raise AssertionError("the multilingual model was loaded")

    monkeypatch.setattr("store.multilingual.encode", refuse)
    assert ask(store, "jazz", "en")
    assert ask(store, "", "zh")


def test_a_language_that_it_has_not_learnt_is_left_alone(store: RetrievalStore) -> None:
    words = wording(Request(message="x", wish="jazz", said="jazz", language="sv"), store)
    assert words.wish == "jazz"


@pytest.mark.real_models
def test_nothing_wished_stays_nothing(store: RetrievalStore) -> None:
    words = wording(Request(message="推荐", wish="", said="", language="zh"), store)
    assert (words.wish, words.said, words.wish_vector, words.said_vector) == ("", "", None, None)


@pytest.mark.real_models
def test_the_packaged_model_reads_other_scripts_through_the_other_space(
    embedder: SentenceEmbedder,
) -> None:
    video = [Video(id="t:1", title="恐怖片之夜"), made_video("jazz", 1)]
    horror, jazz = embedder.encode_videos(video) @ embedder.encode_queries(["a horror film"])[0]
    assert horror > jazz + 0.2
