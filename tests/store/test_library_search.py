from __future__ import annotations

import random

import pytest

from assistant.types import Video
from store.library import Library

TALKS = [
    Video(id="t:ml", title="Machine learning with pandas", description="Training your model."),
    Video(id="t:test", title="Testing with pytest", description="And a little machine, too."),
    Video(id="t:cafe", title="Le café noir", people=("Zoë Müller",), channel="Ciné-club"),
    Video(id="t:zh", title="深度学习入门", tags=("人工智能",), description="机器学习的基础"),
    Video(id="t:ja", title="千と千尋の神隠し", other_titles=("Spirited Away",)),
    Video(id="t:ko", title="파이썬으로 배우는 프로그래밍"),
]


@pytest.fixture
def talks(library: Library) -> Library:
    library.put_videos(TALKS)
    return library


def found(library: Library, query: str, **options: bool) -> list[str]:
    return [hit.video_id for hit in library.search(query, limit=10, **options)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("machine", ["t:ml", "t:test"]),  # the title counts more
        ("MACHINES", ["t:ml", "t:test"]),
        ("train a model", ["t:ml"]),
        ("cafe", ["t:cafe"]),
        ("CAFÉ", ["t:cafe"]),
        ("zoe muller", ["t:cafe"]),
        ("cine club", ["t:cafe"]),
        ("spirited away", ["t:ja"]),
        ("学习", ["t:zh"]),
        ("智能", ["t:zh"]),  # a part of a longer word
        ("机器学习", ["t:zh"]),
        ("神隠し", ["t:ja"]),
        ("千尋", ["t:ja"]),
        ("파이썬", ["t:ko"]),  # inside a word with its particle
        ("プログラミング", []),
        ("nothing of the kind", []),
    ],
)
def test_found_by_words(talks: Library, query: str, ids: list[str]) -> None:
    assert found(talks, query) == ids


def test_one_word_is_enough_unless_all_are_wanted(talks: Library) -> None:
    assert set(found(talks, "pandas pytest")) == {"t:ml", "t:test"}
    assert found(talks, "pandas pytest", any_word=False) == []
    assert found(talks, "machine learning", any_word=False) == ["t:ml"]


def test_stop_words_count_only_where_there_is_nothing_else(talks: Library) -> None:
    assert found(talks, "something with pandas for me") == ["t:ml"]
    assert set(found(talks, "with")) == {"t:ml", "t:test"}


def test_scores_fall_and_limits_hold(talks: Library) -> None:
    hits = talks.search("machine learning pytest", limit=10)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert talks.search("machine learning pytest", limit=1) == hits[:1]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        '""pandas""',
        "'; DROP TABLE videos; --",
        "title: pandas",
        "NEAR(pandas machine)",
        "pandas* OR AND NOT",
        "(((",
        "^pandas",
        "a\x00b",
        "-pandas",
        "{title}: x",
        "\ud800 lone",
        "𝕡𝕒𝕟𝕕𝕒𝕤",
        "神",
        "ー",
        "word " * 5_000,
    ],
)
@pytest.mark.parametrize("any_word", [True, False])
def test_no_text_is_read_as_syntax(talks: Library, query: str, any_word: bool) -> None:
    talks.search(query, limit=5, any_word=any_word)
    assert talks.count() == len(TALKS)


def test_random_text_never_raises(talks: Library) -> None:
    random_ = random.Random(3)
    for _ in range(500):
        text = "".join(
            chr(random_.choice((34, 39, 42, 58, 94, 45, 40, 41, 0, 26085, 97, 32)))
            for _ in range(random_.randrange(12))
        )
        talks.search(text, limit=3)


def test_a_word_is_known_in_any_form(talks: Library) -> None:
    (term, *_) = talks.document_frequencies()

    assert talks.has_word(term.upper())
    assert not talks.has_word("matrx")


def test_document_frequencies_count_videos_by_stem(talks: Library) -> None:
    frequencies = talks.document_frequencies()
    assert frequencies["machin"] == 2
    assert frequencies["cafe"] == 1
    assert frequencies["学习"] == 1


def test_a_changed_video_is_found_by_its_new_words_alone(talks: Library) -> None:
    talks.put_videos([Video(id="t:ja", title="My Neighbor Totoro", other_titles=("龙猫",))])
    assert found(talks, "spirited") == found(talks, "神隠し") == []
    assert found(talks, "totoro") == found(talks, "龙猫") == ["t:ja"]
