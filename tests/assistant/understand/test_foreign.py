from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.types import Facet, Intent, Kind
from assistant.understand.foreign import LEXICONS, in_english
from assistant.understand.foreign.lexicon import load_lexicon
from assistant.understand.language import SERVED, message_language
from assistant.understand.message import tidy
from tests.assistant.understand.dialogue import TITLES, avoided, hear, talk

TABLE: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("foreign.yaml").read_text("utf-8")
)
MESSAGES = [
    (language, message, english)
    for language, messages in TABLE.items()
    for message, english in messages.items()
]
THOROUGH = ("es", "fr", "de", "it", "pt", "ru", "ja", "ko")


@pytest.mark.parametrize("language", LEXICONS)
def test_every_lexicon_can_be_read(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.language == language
    assert lexicon.phrases


def test_every_language_that_is_told_apart_has_a_lexicon() -> None:
    assert {*LEXICONS} == {*SERVED, "ja", "ko"} - {"en"}


@pytest.mark.parametrize(("language", "message", "english"), MESSAGES)
def test_a_message_is_put_into_english(language: str, message: str, english: str) -> None:
    text = tidy(message)
    titles = [(title.start, title.end) for title in TITLES.find(text)]
    assert in_english(text, language, titles) == english


@pytest.mark.parametrize("language", THOROUGH)
def test_the_languages_of_whole_messages_are_told_apart(language: str) -> None:
    messages = [message for message in TABLE[language] if len(message) > 25]
    right = sum(message_language(tidy(message)) == language for message in messages)
    assert right >= 0.9 * len(messages)


@pytest.mark.parametrize("language", THOROUGH)
def test_short_messages_are_of_the_language_spoken_before(language: str) -> None:
    messages = list(TABLE[language])
    right = sum(message_language(tidy(message), language) == language for message in messages)
    assert right >= 0.95 * len(messages)


def test_titles_stay_as_they_are() -> None:
    message = "algo como Sin City"
    start = message.index("Sin City")
    assert in_english(message, "es", [(start, len(message))]) == "like Sin City"


@pytest.mark.parametrize(
    ("message", "language", "title"),
    [
        ("un film comme « Un homme et une femme », plus court", "fr", "Un homme et une femme"),
        ("so etwas wie Das Boot ist voll", "de", "Das Boot ist voll"),
        ("qualcosa come La vita è bella", "it", "La vita è bella"),
        ("algo como O que é isso, companheiro?", "pt", "O que é isso, companheiro?"),
        ("что-нибудь вроде Иди и смотри", "ru", "Иди и смотри"),
    ],
)
def test_words_in_titles_are_not_phrases(message: str, language: str, title: str) -> None:
    start = message.index(title)
    assert title in in_english(message, language, [(start, start + len(title))])


def test_words_that_no_phrase_has_stay() -> None:
    assert in_english("ballenas azules", "es") == "ballenas azules"


def test_small_words_between_words_that_stay_stay_too() -> None:
    assert in_english("la historia de los gatos y los perros", "es") == (
        "the historia de los gatos y los perros"
    )


@pytest.mark.parametrize(
    ("message", "wish", "kinds", "most_minutes", "terms"),
    [
        ("una película de guerra de menos de 90 minutos, sin sangre", "guerra", 1, 90, ("sangre",)),
        ("un film sur la mer, moins de deux heures, sans requins", "mer", 1, 120, ("requins",)),
        ("ein Film über das Meer, höchstens zwei Stunden, ohne Haie", "Meer", 1, 120, ("haie",)),
        ("un film sul mare, meno di due ore, senza squali", "mare", 1, 120, ("squali",)),
        ("um filme sobre o mar, menos de duas horas, sem sangue", "mar", 1, 120, ("sangue",)),
        ("фильм про море, до двух часов, без акул", "море", 1, 120, ("акул",)),
        ("海についての映画、120分以内、サメなしで", "海", 1, 120, ("サメ",)),
        ("바다에 대한 영화, 120분 이내, 상어 없는", "바다", 1, 120, ("상어",)),
    ],
)
def test_what_it_means(
    message: str, wish: str, kinds: int, most_minutes: int, terms: tuple[str, ...]
) -> None:
    request = hear(message)
    assert request.wish == wish
    assert request.constraints.kinds[:kinds] == (Kind.FILM,)
    assert request.constraints.max_duration_s == 60 * most_minutes
    assert [term.rstrip("s") for term in avoided(request)] == [one.rstrip("s") for one in terms]


def test_a_dialogue_in_french() -> None:
    first, second, third, fourth = talk(
        "un film sur la mer", "plus court", "de quoi parle la deuxième ?", "autre chose"
    )
    assert (first.wish, first.language) == ("mer", "fr")
    assert second.wish == "mer"
    assert second.relative
    assert third.intent is Intent.ABOUT
    assert third.references == ("b:2",)
    assert third.facets == (Facet.SUBJECT,)
    assert fourth.intent is Intent.SOMETHING_ELSE


def test_a_dialogue_may_change_its_language() -> None:
    first, second = talk("ein Film über den Krieg", "show me something shorter than an hour")
    assert (first.language, second.language) == ("de", "en")
