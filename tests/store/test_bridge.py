from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.types import Video
from store import multilingual
from store.bridge import Bridge, Terms
from store.library import Library
from store.vectors import Searcher

COUNTS = {
    "data visualization": 20,
    "machine learning": 90,
    "horror": 12,
    "cooking": 8,
    "security": 30,
    "maps": 5,
    "music": 40,
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as library:
        yield library


def videos(*titles: str, tags: tuple[str, ...] = (), language: str | None = "en") -> list[Video]:
    return [
        Video(id=f"t:{title.replace(' ', '-')}", title=title, tags=tags, language=language)
        for title in titles
    ]


@pytest.mark.real_models
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("机器学习入门", "machine learning"),
        ("una película de terror", "horror"),
        ("料理とレシピ", "cooking"),
        ("Computersicherheit", "security"),
        ("карты и географические данные", "maps"),
    ],
)
def test_the_first_term_means_the_text(text: str, meant: str) -> None:
    assert Terms(COUNTS, {}).meaning(text)[0] == meant


@pytest.mark.real_models
def test_function_words_stand_for_nothing() -> None:
    with_them = Terms(COUNTS, {}).meaning("el terror de la cocina para nosotros y con ellos")
    assert set(with_them) <= {"horror", "cooking"}


@pytest.mark.real_models
def test_what_the_library_has_no_word_for_means_nothing() -> None:
    assert Terms({"compost": 3}, {}).meaning("区块链") == ()
    assert Terms({}, {}).meaning("机器学习") == ()
    assert Terms(COUNTS, {}).meaning("  ") == ()


@pytest.mark.real_models
def test_terms_that_are_known_are_not_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Terms(COUNTS, {})
    encoded: list[str] = []

    def recording(texts: list[str]) -> object:
        encoded.extend(texts)
        return encode(texts)

    encode = multilingual.encode
    monkeypatch.setattr(multilingual, "encode", recording)
    Terms(COUNTS | {"jazz": 2}, before.vectors)
    assert encoded == ["jazz"]


def test_the_vocabulary_is_english_words_and_words_in_other_scripts(library: Library) -> None:
    library.put_videos(
        [
            *videos("Cooking one", "Cooking two", tags=("Slow-Food", "year 7")),
            *videos("Cocina uno", "Cocina dos", language="es"),
            *videos("深度学习一", "深度学习二", language="zh"),
            *videos("Only once"),
        ]
    )
    english, others = library.vocabulary()
    assert english == {"cooking": 2, "slow food": 2, "year 7": 2}
    assert others["深度"] == 2
    assert "cocina" not in {**english, **others}


def test_keywords_count_as_tags_do(library: Library) -> None:
    library.put_videos(videos("First", "Second"))
    library.put_keywords({"t:First": ("deep sea",), "t:Second": ("deep sea",)})
    assert library.vocabulary().english["deep sea"] == 2


def test_it_leads_away_where_many_titles_are_in_other_scripts(library: Library) -> None:
    library.put_videos(videos("One", "Two", "Three", "Four", "Five", "Café crème"))
    assert not Bridge(library).leads_away
    library.put_videos(videos("深度学习", "Введение"))
    assert Bridge(library).leads_away


def test_an_empty_library_has_no_bridge(library: Library) -> None:
    assert not Bridge(library).leads_away
    assert len(Bridge(library).english) == 0


@pytest.mark.real_models
def test_the_searchers_bridge_follows_the_library(library: Library) -> None:
    searcher = Searcher(library, "toy", None)
    library.put_videos(videos("Horror night", "Horror day"))
    first = searcher.bridge()
    assert first.english.meaning("恐怖片") == ("horror",)
    assert searcher.bridge() is first
    library.put_videos(videos("Cooking today", "Cooking tomorrow"))
    assert searcher.bridge().english.meaning("烹饪") == ("cooking",)
