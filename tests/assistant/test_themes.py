from __future__ import annotations

import pytest

from assistant.retrieve.terms import AvoidedTerms
from assistant.themes import variants
from assistant.types import Avoided, Video


def video(title: str, *, description: str = "", people: tuple[str, ...] = ()) -> Video:
    return Video(id="a:1", title=title, description=description, people=people)


def avoids(term: str, one: Video, *unless: str) -> bool:
    return AvoidedTerms([Avoided(term=term, unless=unless)]).carried_by(one)


@pytest.mark.parametrize(
    "term",
    ["horror", "Horror", "恐怖", "恐怖片", "terror", "horreur", "orrore", "ホラー", "공포", "ужасы",
     "ужасов", "horror films", "ホラー映画", "공포 영화", "filme de terror", "Horrorfilme"],
)  # fmt: skip
def test_a_theme_is_known_by_all_its_words(term: str) -> None:
    found = variants(term)
    assert found[0] == term
    assert {"horror", "恐怖", "ホラー", "ужасы"} <= set(found)


@pytest.mark.parametrize("term", ["", "  ", "surprise", "Kubrick", "量子退火", "C++"])
def test_what_is_no_theme_has_no_other_words(term: str) -> None:
    assert variants(term) == (term,)


def test_what_is_of_a_theme_as_well_is_left_out_with_it_and_not_the_other_way() -> None:
    assert avoids("scary", video("A horror story"))
    assert avoids("吓人", video("A horror story"))
    assert avoids("scary", video("恐怖故事"))
    assert not avoids("horror", video("Scary, but a comedy"))


def test_accents_do_not_matter() -> None:
    assert set(variants("violencia")) == set(variants("violência"))
    assert "ghost" in variants("fantome")


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("恐怖片", "A Very British Horror"),
        ("恐怖", "The Horror Movie Club"),
        ("zombis", "Zombies on a Plane"),
        ("зомби", "A zombie comedy"),
        ("コメディ", "Comedies of the Nineties"),
        ("Gewalt", "A violent man"),
        ("war", "Фильм про войну"),
        ("war", "二战回忆：战争与人"),
        ("cartoons", "Los mejores dibujos animados"),
        ("축구", "Soccer for beginners"),
        ("机器学习", "Machine learning in an hour"),
    ],
)
def test_what_is_declined_in_one_language_is_not_shown_in_another(term: str, title: str) -> None:
    assert avoids(term, video(title))


@pytest.mark.parametrize(
    ("term", "title"),
    [
        ("horror", "The War on Terror"),
        ("cats", "Building a chat bot"),
        ("blood", "She sang the blues"),
        ("sharks", "Namaste hai"),
        ("恐龙", "成龙的电影"),
        ("animals", "A three-tier architecture"),
        ("ダンス", "Guidance for beginners"),
        ("chess", "マンチェスターの歴史"),
        ("spies", "スパイスの料理"),
        ("nature", "自然言語処理入門"),
        ("宇宙", "Space complexity of algorithms"),
        ("拳击", "The box office"),
    ],
)
def test_a_word_that_only_looks_like_one_of_the_theme_is_none(term: str, title: str) -> None:
    assert not avoids(term, video(title))


def test_names_are_no_themes() -> None:
    assert not avoids("war", video("Amarcord", people=("Tonino Guerra",)))
    assert avoids("war", video("La guerra de los botones"))


def test_exceptions_hold_in_any_language() -> None:
    film = video("Una comedia de zombis")
    assert avoids("zombies", film)
    assert not avoids("zombies", film, "zombie comedies")
    assert avoids("zombies", video("Zombis sin piedad"), "zombie comedies")
