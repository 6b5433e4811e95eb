from __future__ import annotations

import pytest

from assistant.understand.foreign import LEXICONS, in_english
from assistant.understand.foreign.lexicon import load_lexicon


@pytest.mark.parametrize("language", LEXICONS)
def test_every_lexicon_can_be_read(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.language == language
    assert lexicon.phrases


@pytest.mark.parametrize(
    ("message", "english"),
    [
        ("algo divertido de menos de 20 minutos", "something divertido under 20 minutes"),
        ("una comedia, pero sin terror", "una comedia, without terror"),
        ("¿de qué trata la segunda?", "what is the second one about?"),
        ("tres charlas sobre educación", "three talks about educación"),
        ("películas francesas de los años 80", "French films from the 80s"),
        ("olvida la duración", "forget the length"),
        ("no más de dos horas", "at most two hours"),
    ],
)
def test_spanish(message: str, english: str) -> None:
    assert in_english(message, "es") == english


def test_titles_stay_as_they_are() -> None:
    message = "algo como Sin City"
    start = message.index("Sin City")
    assert in_english(message, "es", [(start, len(message))]) == "like Sin City"


def test_words_that_no_phrase_has_stay() -> None:
    assert in_english("ballenas azules", "es") == "ballenas azules"
