"""Whatever a person, or a cat on the keyboard, may send."""

from __future__ import annotations

import random
import time

import pytest

from assistant.types import Request
from tests.assistant.understand.dialogue import hear

STANDING = Request(message="whales", wish="whales")
SECONDS = 2.0
"""A hundred times what the slowest takes on an idle machine: only runaway patterns reach it."""

REPEATED = [
    *("no ", "not ", "and ", "like ", "LIKE THE ", "hi there ", "ok ", "why the one ", "x or "),
    *("without a, ", "in French or ", "20 minutes ", "between 10 and ", "1990 and ", "1 ", "more "),
    *("the second one and ", "something ", "a bit a little ", "really ", "about ", "of the "),
    *("it was really ", "movie ", "I loved The Matrix and ", '"', '"a', "(", ",", ".", "《"),
    *("不要", "给我", "第二个和", "为什么", "半", "一", "关于的", "\ue000", "\u202e", "\x1b[31m"),
    *("\x00", "😀", "é", "\n", " "),
]


@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_is_understood_in_no_time(piece: str) -> None:
    message = piece * (10_000 // len(piece))
    started = time.perf_counter()

    for standing in (None, STANDING):
        request = hear(f"{message}x", standing)
        assert request.message == f"{message}x"

    assert time.perf_counter() - started < SECONDS


def test_random_text_never_raises() -> None:
    draw = random.Random(7)
    words = """
        no not like the second 3 minutes from 1990 in French film 不要 第二 个 ， . ( ) " ' - more
        why under over about Alien It 20 90s \x07 \u200d 😀 é 电影 分钟 ? ! # %
    """.split()  # noqa: SIM905
    for _ in range(300):
        message = draw.choice(["", " "]).join(draw.choices(words, k=draw.randrange(40)))
        for standing in (None, STANDING):
            assert hear(message, standing).message == message


def test_control_characters_do_not_reach_the_wish() -> None:
    request = hear("films about \x1b[31mwhales\x07\u202e and \ue000seals")

    assert request.wish == "whales and seals"
