from __future__ import annotations

from assistant.naming import distinctive_keywords, label


def test_what_every_group_shares_names_none_of_them() -> None:
    asyncio = [("python", "asyncio"), ("python", "asyncio"), ("python", "threads")]
    plots = [("python", "plots"), ("python", "plots", "colour")]
    first, second = distinctive_keywords([asyncio, plots])
    assert first[0] == "asyncio"
    assert second[0] == "plots"


def test_what_all_share_is_better_than_no_name() -> None:
    assert distinctive_keywords([[("jazz",), ("jazz",)]]) == [("jazz",)]


def test_two_groups_do_not_bear_one_name_if_they_can_help_it() -> None:
    groups: list[list[tuple[str, ...]]] = [
        [("horror", "ghosts")] * 3,
        [("horror", "zombies")] * 2,
        [("comedy",)] * 9,
    ]
    names = distinctive_keywords(groups)
    assert len({name[0] for name in names}) == 3


def test_a_keyword_of_few_does_not_stand_for_many() -> None:
    mixed = [(f"word{n}",) for n in range(8)] + [("hardware",)] * 2
    assert distinctive_keywords([mixed, [("jazz",)] * 3]) == [(), ("jazz",)]


def test_the_same_words_are_given_once() -> None:
    (words,) = distinctive_keywords(
        [[("machine learning", "Learning machines", "learning", "gpu")]]
    )
    assert words == ("machine learning", "gpu")


def test_the_commonest_spelling_is_shown() -> None:
    group = [("AI", "x"), ("ai", "y"), ("AI", "z")]
    assert distinctive_keywords([group])[0][0] == "AI"


def test_chinese_keywords() -> None:
    groups: list[list[tuple[str, ...]]] = [[("人工智能", "入门"), ("人工智能",)], [("烹饪",)]]
    assert [words[0] for words in distinctive_keywords(groups)] == ["人工智能", "烹饪"]


def test_no_keywords_no_name() -> None:
    assert distinctive_keywords([[(), ()], []]) == [(), ()]
    assert label(()) == ""


def test_a_label_is_short() -> None:
    assert label(("a", "b", "c")) == "a, b"
