from __future__ import annotations

import pytest

from assistant.understand.counts import read_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("just one", 1),
        ("one film", 1),
        ("three films", 3),
        ("show me 2 short documentaries", 2),
        ("three thrillers", 3),
        ("a couple of films", 2),
        ("give me 10", 10),
        ("I'd like 3 films", 3),
        ("top 5", 5),
        ("top 10 python talks", 10),
        ("two more", 2),
        ("give me 500", 100),
        ("一个", 1),
        ("只要一个", 1),
        ("一个就行", 1),
        ("三部", 3),
        ("推荐三部电影", 3),
        ("来10个", 10),
        ("just a couple", 2),
        ("two or three films", 3),
        ("2-3 films", 3),
        ("give me two or three", 3),
        ("a dozen films", 12),
        ("one film and one series", 2),
        ("two films and a series", 2),
        ("推荐三部科幻电影", 3),
        ("来两三部喜剧电影", 3),
        ("三五部电影", 5),
    ],
)
def test_count(text: str, count: int) -> None:
    found = read_count(text)

    assert found is not None
    assert found.value == count


@pytest.mark.parametrize(
    "text",
    [
        "a film",
        "one of those films",
        "films about three brothers",
        "a film about 12 angry men",
        "seven samurai",
        "8 bit art",
        "推荐一部电影",
        "一个人的旅行",
        "三个火枪手",
        "想看三个男人的电影",
        "20-30 minutes",
        "those two movies are slow",
        "any good 2017 movies",
    ],
)
def test_no_count(text: str) -> None:
    assert read_count(text) is None
