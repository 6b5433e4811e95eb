from __future__ import annotations

import pytest

from assistant.understand.typo_words import SHORTHAND, VOCABULARY
from assistant.understand.typos import correct, nearest
from tests.assistant.understand.dialogue import hear


def knows_nothing(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("somthing funy under 20 mintes", "something funny under 20 minutes"),
        ("Somthing funny", "Something funny"),
        ("sci fi muvies in frensh", "sci fi movies in french"),
        ("in itallian", "in italian"),
        ("forgt the lenght", "forget the length"),
        ("a flim wiht robots", "a film with robots"),
        ("films frm the 70s", "films from the 70s"),
        ("documentrys abuot food", "documentary about food"),
        ("less tecnical", "less technical"),
        ("thnaks", "thanks"),
        ("under20minutes", "under 20 minutes"),
        ("under20", "under 20"),
        ("under 20mintes", "under 20 minutes"),
        ("lessthan an hour", "less than an hour"),
        ("whats 2 abuot", "what's 2 about"),
        ("想看搞笑的20分种以内", "想看搞笑的20分钟以内"),
        ("在短一点", "再短一点"),
        ("要90分钟以内滴电影", "要90分钟以内的电影"),
    ],
)
def test_errors(text: str, right: str) -> None:
    assert correct(text, (), knows_nothing) == right


@pytest.mark.parametrize(
    "text",
    [
        "something funny under 20 minutes",
        "a tale of horses and sports",
        "walks in the house",
        "moths and horses",
        "films with Tom Hnaks",
        "Filme",
        "a FLIM",
        "mp3 and python3",
        "Yeah, hello",
        "20min",
        "90s",
        "2h",
        "don't",
        "e-mial",
        "学分种类",
        "在法国",
        "水滴",
        "",
    ],
)
def test_what_is_right_or_a_name_stays(text: str) -> None:
    assert correct(text, (), knows_nothing) == text


def test_what_the_library_holds_stays() -> None:
    assert correct("talks on flim", (), lambda word: word == "flim") == "talks on flim"


def test_a_word_that_the_library_holds_in_another_form_alone_is_an_error() -> None:
    assert correct("20 mintes", (), lambda word: word == "mintes") == "20 minutes"


def test_titles_and_names_stay() -> None:
    text = "like flim but funy"

    assert correct(text, [(5, 9)], knows_nothing) == "like flim but funny"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("shor", None),  # short, show
        ("fil", None),
        ("ocmedy", "comedy"),
        ("tomedy", None),
        ("recommender", None),
        ("dcumentry", "documentary"),
    ],
)
def test_the_nearest_word(word: str, meant: str | None) -> None:
    assert nearest(word) == meant


def test_the_words_of_the_rules_are_no_errors() -> None:
    for word in VOCABULARY:
        assert correct(word, (), knows_nothing) == word
    assert not SHORTHAND.keys() & VOCABULARY


def test_a_message_full_of_errors_is_understood() -> None:
    request = hear("somthing funy under 20 mintes in frensh")

    assert request.message == "somthing funy under 20 mintes in frensh"
    assert request.wish == "funny"
    assert request.constraints.max_duration_s == 1200
    assert request.constraints.languages == ("fr",)
