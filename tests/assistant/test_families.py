"""What is declined in one form is left out in each, and nothing beside it."""

from __future__ import annotations

import pytest

from assistant.company import wishes_for
from assistant.families import relatives
from assistant.retrieve.terms import AvoidedTerms, WishWords
from assistant.types import Avoided, Video
from store.text import stem


def carries(term: str, text: str) -> bool:
    video = Video(id="t:1", title="A title", description=text)
    return AvoidedTerms([Avoided(term=term)]).carried_by(video)


SAME = """
    violent/violence violence/violent violence/violently violent/violent
    scary/scares scary/scare scary/scared scare/scary
    gory/gore gore/gory bloody/blood blood/bloodshed creepy/creeps spooky/spook
    romantic/romance romance/romantic silent/silence
    frightening/fright frighten/frightful
    war/wars war/wartime wars/warfare murder/murderous murder/murderers killer/killings kill/killer
    brutal/brutality cruel/cruelty nudity/nude sexy/sex sex/sexual
    racism/racist racist/racists terrorism/terrorists crime/criminals horror/horrific
    tragic/tragedies death/deadly depressing/depression explosions/explosive drug/drugs
    zombie/zombies suicide/suicidal teenagers/teen religion/religious politics/political
    ghosts/ghostly vampire/vampiric comedy/comedic
"""
APART = """
    war/warm war/warden war/ward war/warning war/warrior war/software art/artist art/start
    violent/violet violence/violin violence/viola violins/violence
    scary/scar scary/scars scared/sacred scary/scarf gore/gorge gory/glory gore/gorgeous
    blood/bloom crime/cream crime/climb horror/horse romance/roman romantic/romania kill/kiln
    kill/skill sad/saddle sex/sextant sex/essex sport/sporadic hero/heroin car/cartoon car/care
    cat/catalogue age/agent comedy/comet dog/dogma bear/beard fan/fantasy fantasy/fantastic
    funny/fun party/part army/arm story/store spa/space star/start pun/punish police/policy
    plane/planet plan/planet drug/drum dark/dart dead/deadline death/heath teen/steen
    ghost/ghee religion/region politics/polish terror/territory
"""


@pytest.mark.parametrize("pair", SAME.split())
def test_words_of_one_family_are_left_out_together(pair: str) -> None:
    term, word = pair.split("/")
    assert carries(term, f"It is about {word}, and more.")
    assert carries(term, f"{word.upper()}: a tale")


@pytest.mark.parametrize("pair", APART.split())
def test_words_that_look_alike_are_not(pair: str) -> None:
    term, word = pair.split("/")
    assert not carries(term, f"It is about {word}, and more.")


def test_the_words_of_a_phrase_each_have_their_family() -> None:
    assert carries("violent crime", "a history of violent criminals")
    assert not carries("violent crime", "violent, but no crime")


def test_chinese_and_what_is_written_with_symbols_are_found_as_they_are_written() -> None:
    assert carries("暴力", "涉及暴力的场面")
    assert relatives("暴力") == {stem("暴力")}
    assert not carries("C++", "a course in C")


def test_who_wishes_for_one_of_a_family_wishes_for_what_another_keeps_out() -> None:
    assert wishes_for("a violent film", "violence")
    assert wishes_for("scares", "scary")
    assert not wishes_for("a warm film", "war")
    assert not wishes_for("violent", "violent crime")


def test_a_wish_is_matched_by_its_own_words() -> None:
    video = Video(id="t:1", title="A violent evening")
    assert WishWords("violence").matched(video) == ()


def test_each_family_holds_together_what_stems_leave_apart() -> None:
    assert relatives("scary") == {stem("scary"), stem("scare")}
    assert relatives("robotics") == relatives("robots")
    assert relatives("event") == {"event"}
