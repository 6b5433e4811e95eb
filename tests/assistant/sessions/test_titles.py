from __future__ import annotations

import pytest
from rich.cells import cell_len

from assistant.sessions.titles import CELLS, clean_title, short_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("something warm", "something warm"),
        ("something  warm\nand funny.", "something warm and funny"),
        ("what is there about Rome?", "what is there about Rome?"),
        ("给我推荐一部温暖的电影。", "给我推荐一部温暖的电影"),
        (
            "a film about trains, please. It should be rather long and from the seventies",
            "a film about trains, please",
        ),
        (
            "Hi. Something sad. I had a long day and would like to cry a little before I go to bed",
            "Hi. Something sad",
        ),
        (
            "something warm and funny for tonight with my parents and both of my sisters",
            "something warm and funny for tonight with my…",
        ),
        (
            "我想看一部讲述一个小镇上的老人们如何一起度过最后一个夏天的电影",
            "我想看一部讲述一个小镇上的老人们如何一起度过最…",
        ),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_title_is_a_sentence_or_its_beginning(text: str, title: str) -> None:
    assert short_title(text) == title


@pytest.mark.parametrize(
    "text", ["x" * 500, "字" * 500, "a b " * 200, "👩‍👩‍👧 " * 90, "e\u0301" * 99]
)
@pytest.mark.parametrize("cells", [10, 24, CELLS])
def test_no_title_is_too_wide(text: str, cells: int) -> None:
    assert 0 < cell_len(short_title(text, cells)) <= cells


def test_a_title_that_is_typed_is_one_clean_line() -> None:
    assert clean_title("  Film\nnight \x1b[31m") == "Film night"
    assert clean_title(" \n") is None
    assert len(clean_title("x" * 1000) or "") == 200
