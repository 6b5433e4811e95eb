from __future__ import annotations

from assistant.listing import VideoLine
from assistant.tui.why.why_not import by_title

TITLES = ("Where are the aliens?", "The Thing", "Aliens", "About Alien", "Alien", "Alien 3")


def found(words: str) -> list[str]:
    lines = [VideoLine(id=f"a:{n}", title=title) for n, title in enumerate(TITLES)]
    return [line.title for line in by_title(lines, words)]


def test_the_title_itself_comes_first_and_what_is_found_by_other_texts_last() -> None:
    assert found("alien") == [
        "Alien", "Aliens", "Alien 3", "Where are the aliens?", "About Alien", "The Thing",
    ]  # fmt: skip


def test_spaces_and_case_do_not_count() -> None:
    assert found("  ALIEN   3 ")[0] == "Alien 3"
