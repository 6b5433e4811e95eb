from __future__ import annotations

import pytest

from assistant.retrieve.terms import AvoidedTerms, WishWords
from assistant.types import Avoided, Video


def video(title: str, **fields: object) -> Video:
    return Video.model_validate({"id": "v:1", "title": title} | fields)


@pytest.mark.parametrize(
    ("term", "text", "carried"),
    [
        ("zombie", "Zombies in the attic", True),
        ("zombies", "A zombie's life", True),
        ("comedy", "Two comedies", True),
        ("cat", "Concatenation", False),
        ("cat", "Category theory", False),
        ("art", "The party", False),
        ("Python 2", "From Python 2 to Python 3", True),
        ("Python 2", "Python 2.7 at its end", True),
        ("Python 2", "Python 27", False),
        ("Python 2", "2 talks on Python", False),
        ("machine learning", "Machines that learn", False),
        ("machine learning", "machine-learning", True),
        ("C++", "Modern C++ in an hour", True),
        ("C++", "The C language", False),
        ("c#", "C# for games", True),
        (".net", "What is .NET?", True),
        (".net", "The internet", False),
        ("café", "Cafe culture", True),
        ("cafe", "Le Café", True),
        ("恐怖", "一部恐怖电影", True),
        ("恐怖", "一部喜剧", False),
        ("ホラー", "ホラー映画", True),
        ("рок", "Рок-музыка", True),
        ("I.T.", "Work in I.T. today", True),
    ],
)
def test_avoided_terms(term: str, text: str, carried: bool) -> None:
    assert AvoidedTerms([Avoided(term=term)]).carried_by(video(text)) == carried
    assert (
        AvoidedTerms([Avoided(term="nothing"), Avoided(term=term)]).carried_by(
            video("Plain", description=text)
        )
        == carried
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": ("horror",)},
        {"keywords": ("horror film",)},
        {"other_titles": ("A Horror",)},
        {"channel": "Horror Channel"},
        {"people": ("Max Horror",)},
    ],
)
def test_avoided_terms_are_looked_for_everywhere(fields: dict[str, object]) -> None:
    assert AvoidedTerms([Avoided(term="horror")]).carried_by(video("A film", **fields))


def test_nothing_avoided_is_carried_by_nothing() -> None:
    assert not AvoidedTerms([]).carried_by(video("Anything"))
    assert not AvoidedTerms([Avoided(term=" ")]).carried_by(video("Anything"))


@pytest.mark.parametrize(
    ("wish", "text", "words"),
    [
        ("Something about NASA and Telescopes", "Nasa: a telescope", ("NASA", "Telescopes")),
        ("deep learning, deeply", "Learn to dive deep", ("deep", "learning")),
        ("The Who", "Who are they?", ("Who",)),
        ("the Beatles", "The beatles", ("Beatles",)),
        ("", "anything", ()),
        ("人工智能的教程", "人工智能教程", ("人工智能", "教程")),
        ("Amélie in Paris", "amelie", ("Amélie",)),
        ("party", "art", ()),
    ],
)
def test_matched_words(wish: str, text: str, words: tuple[str, ...]) -> None:
    assert WishWords(wish).matched(video(text)) == words


def test_matched_words_come_from_what_the_video_says_of_itself() -> None:
    wish = WishWords("jazz piano people channel")
    found = wish.matched(
        video("x", tags=("Jazz",), people=("Piano People",), channel="Channel", keywords=("piano",))
    )
    assert found == ("jazz",)


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("A horror film", True),
        ("A horror film with zombies", True),
        ("A comedy of zombies: horror and jokes", False),
        ("Comedies", False),
    ],
)
def test_an_exception_lets_through_what_carries_all_of_its_words(text: str, carried: bool) -> None:
    avoided = Avoided(term="horror", unless=("zombie comedies",))
    assert AvoidedTerms([avoided]).carried_by(video("Plain", description=text)) == carried
