from __future__ import annotations

from assistant.tui.chat.row import ClickableRow

WORDS = (("a", "like"), ("b", "喜欢"), ("c", "undo"))


def test_a_word_is_found_by_the_column_that_it_is_in() -> None:
    row = ClickableRow(WORDS, 20)
    assert row.content.plain == "like  喜欢  undo"
    assert [row.at(x) for x in (0, 3, 4, 6, 9, 10, 12, 15, 16)] == [
        "a", "a", "", "b", "b", "", "c", "c", "",
    ]  # fmt: skip


def test_what_has_no_room_is_left_out_whole() -> None:
    assert ClickableRow(WORDS, 14).content.plain == "like 喜欢 undo"
    assert ClickableRow(WORDS, 13).content.plain == "like 喜欢"
    assert ClickableRow(WORDS, 3).content.plain == ""
