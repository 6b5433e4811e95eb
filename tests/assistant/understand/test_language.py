from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.understand.language import message_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a short talk on testing", "en"),
        ("Hello", "en"),
        ("zombies", "en"),
        ("LIKE Jumanji (2017)", "en"),
        ("人工智能入门教程", "zh"),
        ("想看 Python 的 tutorial，20分钟以内", "zh"),
        ("something like 千与千寻", "en"),
        ("想看关于psychology和happiness的", "zh"),
        ("90年代の映画が見たい", "ja"),
        ("우주 다큐멘터리 추천해줘", "ko"),
        ("algo divertido de menos de 20 minutos", "es"),
        ("un film des années 80 avec Harrison Ford", "fr"),
        ("Dokumentationen über Vögel, nicht auf Englisch", "de"),
        ("qualcosa di divertente, meno di un'ora", "it"),
        ("um documentário sobre futebol, em português", "pt"),
        ("документальный фильм про космос", "ru"),
        ("iets grappigs, korter dan 20 minuten", "nl"),
        ("Hilfe", "de"),
        ("sin zombis", "es"),
        ("me surpreenda", "pt"),
        ("retro video games", "en"),
        ("spaghetti western", "en"),
        ("", "en"),
        ("2", "en"),
    ],
)
def test_the_language_of_a_message(text: str, language: str) -> None:
    assert message_language(text) == language


def test_a_word_that_may_be_of_any_language_is_of_the_one_spoken_before() -> None:
    assert message_language("哲学") == "zh"
    assert message_language("哲学", "ja") == "ja"
    assert message_language("otra cosa", "es") == "es"
    assert message_language("2", "fr") == "fr"
    assert message_language("show me something else", "fr") == "en"


def test_plain_english_loads_no_model() -> None:
    code = (
        "import sys; from assistant.understand.language import message_language;"
        "print(message_language('something funny and short'), 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["en", "False"]
