from __future__ import annotations

from assistant.types import Constraints, Intent, Kind
from assistant.understand.traditional import as_written, simplified
from tests.assistant.understand.dialogue import hear, talk


def test_the_rules_read_traditional_characters_and_the_wish_keeps_them() -> None:
    request = hear("關於鯨魚和電車的紀錄片，一小時以內")

    assert request.wish == "鯨魚和電車"
    assert request.constraints == Constraints(max_duration_s=3600, kinds=(Kind.DOCUMENTARY,))


def test_intents_are_read_too() -> None:
    assert talk("關於鯨魚的紀錄片", "再推薦一些別的")[-1].intent is Intent.SOMETHING_ELSE
    assert talk("關於鯨魚的紀錄片", "第二個講什麼")[-1].intent is Intent.ABOUT


def test_every_character_stands_for_one() -> None:
    assert simplified("這個 3 點 abc") == "这个 3 点 abc"


def test_words_that_are_not_there_stay() -> None:
    assert as_written("电车 x", "电车", "電車") == "電車 x"
