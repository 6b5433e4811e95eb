from __future__ import annotations

import pytest

from assistant.explain.facts import count, length, popularity, record_slots, shorten
from assistant.types import Kind, Video
from prompts import load_grammar

EN, ZH = load_grammar("en"), load_grammar("zh")


@pytest.mark.parametrize(
    ("seconds", "noun", "adjective"),
    [
        (45, "45 seconds", "45-second"),
        (1, "1 second", "1-second"),
        (60, "1 minute", "1-minute"),
        (90, "90 seconds", "90-second"),
        (120, "2 minutes", "2-minute"),
        (1180, "20 minutes", "20-minute"),
        (7200, "120 minutes", "120-minute"),
    ],
)
def test_length(seconds: int, noun: str, adjective: str) -> None:
    assert length(seconds, EN) == noun
    assert length(seconds, EN, adjective=True) == adjective


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (312, "312", "312"),
        (9_512, "9,512", "9,512"),
        (35_123, "about 35 thousand", "约3.5万"),
        (999_960, "about 1 million", "约100万"),
        (1_204_551, "about 1.2 million", "约120万"),
        (2_000_000, "about 2 million", "约200万"),
        (99_600_000, "about 100 million", "约9960万"),
        (8_100_000_000, "about 8.1 billion", "约81亿"),
    ],
)
def test_count(number: int, english: str, chinese: str) -> None:
    assert count(number, EN) == english
    assert count(number, ZH) == chinese


def test_popularity_is_views_else_likes_else_nothing() -> None:
    video = Video(id="a:1", title="T", views=5, likes=7)
    assert popularity(video, EN) == "5 views"
    assert popularity(video.model_copy(update={"views": None}), EN) == "7 likes"
    assert popularity(video.model_copy(update={"views": None, "likes": 0}), EN) is None


def test_shorten() -> None:
    assert shorten("Heat") == "Heat"
    long = "A very long title that goes on and on, and then some more of it follows"
    assert shorten(long) == "A very long title that goes on and on, and then some more…"
    assert len(shorten("x" * 200)) == 60
    assert shorten("很" * 100, 10) == "很" * 9 + "…"


def test_people_are_speakers_only_where_they_must_be() -> None:
    talk = Video(id="a:1", title="T", kind=Kind.TALK, people=("Ada", "Grace"))
    assert record_slots(talk, EN)["speaker"] == "Ada and Grace"
    assert "credit" not in record_slots(talk, EN)
    film = talk.model_copy(update={"kind": Kind.FILM})
    assert record_slots(film, EN)["credit"] == "Ada"
    assert "speaker" not in record_slots(film, EN)
    crowd = talk.model_copy(update={"people": ("Ada", "Grace", "Edsger")})
    assert "speaker" not in record_slots(crowd, EN)


def test_a_language_is_a_fact_where_it_is_another() -> None:
    video = Video(id="a:1", title="T", language="ja")
    assert record_slots(video, EN)["foreign"] == "Japanese"
    assert record_slots(video, ZH)["foreign"] == "日语"
    assert "foreign" not in record_slots(video.model_copy(update={"language": "en"}), EN)
    assert "foreign" not in record_slots(video.model_copy(update={"language": "xx"}), EN)


def test_what_is_not_known_fills_nothing() -> None:
    assert record_slots(Video(id="a:1", title="T"), EN) == {"kind": "video"}
