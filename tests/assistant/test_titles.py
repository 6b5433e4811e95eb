from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from assistant.titles import TitleIndex
from assistant.titles.words import key_of, split, take_apart
from store.library import TitleRow


def index(*titles: str, years: dict[str, int] | None = None) -> TitleIndex:
    """An index of films whose ids are their titles."""
    years = years or {}
    return TitleIndex(TitleRow(title, title, (), years.get(title)) for title in titles)


FILMS = index(
    "The Matrix (1999)",
    "Spirited Away (2001)",
    "The Lord of the Rings: The Fellowship of the Ring (2001)",
    "The Lord of the Rings: The Two Towers (2002)",
    "Mad Max: Fury Road (2015)",
    "Spider-Man: Homecoming (2017)",
    "Harry Potter and the Philosopher's Stone (2001)",
    "Harry Potter and the Chamber of Secrets (2002)",
    "Ocean's Eleven (2001)",
    "Rocky II (1979)",
    "Rocky III (1982)",
    "E.T. the Extra-Terrestrial (1982)",
    "Amélie (2001)",
    "Lock, Stock & Two Smoking Barrels (1998)",
    "It (2017)",
    "It Follows (2014)",
    "Up (2009)",
    "Us (2019)",
    "Her (2013)",
    "Home (2015)",
    "Big (1988)",
    "Alien (1979)",
    "Aliens (1986)",
    "Frozen (2013)",
    "Frozen River (2008)",
    "Halloween (1978)",
    "Halloween (2018)",
    "Inception (2010)",
    "Pulp Fiction (1994)",
    "Get Out (2017)",
    "Seven (1995)",
    "1917 (2019)",
    "9 (2009)",
    "The Comedy (2012)",
    "Paul (2011)",
    "Blade Runner (1982)",
    "Blade Runner 2049 (2017)",
    "Dunkirk (2017)",
)


def names(text: str, titles: TitleIndex = FILMS) -> list[str]:
    return [mention.title for mention in titles.find(text)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Matrix (1999)", "The Matrix (1999)"),
        ("something like the matrix", "The Matrix (1999)"),
        ("similar to “Matrix”", "The Matrix (1999)"),
        ("I loved Amelie", "Amélie (2001)"),
        ("I loved oceans 11", "Ocean's Eleven (2001)"),
        ("like Lock Stock and 2 Smoking Barrels", "Lock, Stock & Two Smoking Barrels (1998)"),
        ("I saw Rocky 2 again", "Rocky II (1979)"),
        ("like ET the extra terrestrial", "E.T. the Extra-Terrestrial (1982)"),
        ("like Spiderman Homecoming", "Spider-Man: Homecoming (2017)"),
        ("Have you seen Fury Road?", "Mad Max: Fury Road (2015)"),
        ("pulp fiction was great", "Pulp Fiction (1994)"),
        ("pulp fiction", "Pulp Fiction (1994)"),
        ("Inception was a good one", "Inception (2010)"),
        ("How about Pulp Fiction?", "Pulp Fiction (1994)"),
        ("Frozen River (2008)", "Frozen River (2008)"),
        ("I liked Blade Runner 2049", "Blade Runner 2049 (2017)"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, title: str) -> None:
    assert names(text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I loved It", "It (2017)"),
        ("I have seen It (2017) twice", "It (2017)"),
        ("“Up” please", "Up (2009)"),
        ("have you watched Her?", "Her (2013)"),
        ("did you see Get Out yet", "Get Out (2017)"),
        ("have you seen Home?", "Home (2015)"),
        ("something like frozen", "Frozen (2013)"),
        ("I watched alien, and slept badly", "Alien (1979)"),
        ("I really liked Big", "Big (1988)"),
        ("have you seen Seven?", "Seven (1995)"),
        ("something like 1917", "1917 (2019)"),
        ("Comedy (2012)", "The Comedy (2012)"),
    ],
)
def test_a_common_word_is_a_name_with_evidence(text: str, title: str) -> None:
    assert names(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "I loved it",
        "it was good",
        "I seen that one, It was good",
        "cheer me up",
        "tell us about her",
        "I want to go home",
        "a big adventure",
        "I like big robots",
        "alien invasions",
        "frozen food",
        "get out of here",
        "seven films, please",
        "I love Comedy",
        "like 9",
        "films from 1917",
        "I liked Paul Newman in that",
        "films with Paul in them",
        "RECOMMEND ME A GOOD HOME MOVIE",
        "Recommend Me A Big Frozen Thing",
        "a documentary about inception",
        "a talk on pulp fiction",
        "",
        "?!",
    ],
)
def test_words_are_just_words(text: str) -> None:
    assert names(text) == []


def test_the_longest_name_wins() -> None:
    assert names("I loved It Follows") == ["It Follows (2014)"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Halloween (1978)", "Halloween (1978)"),
        ("Halloween (2018)", "Halloween (2018)"),
        ("Halloween (1979)", "Halloween (1978)"),  # one year off
        ("I liked Halloween 1978", "Halloween (1978)"),
        ("something like Halloween", "Halloween (2018)"),  # the newest
    ],
)
def test_the_year_tells_titles_apart(text: str, title: str) -> None:
    assert names(text) == [title]


def test_a_year_that_contradicts_is_another_film() -> None:
    assert names("Halloween (2007)") == []


def test_a_mention_holds_the_article_and_the_year() -> None:
    text = "I loved the Matrix (1999) most"

    (mention,) = FILMS.find(text)

    assert mention.mention == "the Matrix (1999)"
    assert text[mention.start : mention.end] == mention.mention
    assert mention.match == 1.0


def test_lists() -> None:
    text = "I loved Inception, Dunkirk and pulp fiction"

    assert names(text) == ["Inception (2010)", "Dunkirk (2017)", "Pulp Fiction (1994)"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("something like Spirted Away", "Spirited Away (2001)"),
        ("similar to Inceptoin", "Inception (2010)"),
        (
            "like the lord of the rings the two towrs",
            "The Lord of the Rings: The Two Towers (2002)",
        ),
        ("like Harry Potter", "Harry Potter and the Philosopher's Stone (2001)"),
        ("like Philosopher's Stone", "Harry Potter and the Philosopher's Stone (2001)"),
    ],
)
def test_after_a_cue_a_name_may_be_misspelled_or_shortened(text: str, title: str) -> None:
    (mention,) = FILMS.find(text)

    assert mention.title == title
    assert 0.8 <= mention.match < 1


@pytest.mark.parametrize(
    "text", ["the spirted away", "something like Rocky 4", "like nothing on earth", "like that"]
)
def test_without_a_cue_or_far_off_nothing_is_guessed(text: str) -> None:
    assert names(text) == []


def test_a_series_is_its_first_part() -> None:
    (mention,) = FILMS.find("movies like The Lord of the Rings")

    assert mention.title == "The Lord of the Rings: The Fellowship of the Ring (2001)"
    assert mention.match == 0.9


SERIES = index(
    "Star Wars (1977)",
    "Star Wars: The Force Awakens (2015)",
    "Star Wars Uncut (2010)",
    "The Lord of the Rings: The Fellowship of the Ring (2001)",
    "The Lord of the Rings: The Two Towers (2002)",
    "The Lord of the Rings: The Return of the King (2003)",
    "Harry Potter and the Goblet of Fire (2005)",
    "Terminator 2: Judgment Day (1991)",
    "Mission: Impossible II (2000)",
    "The Dark Knight (2008)",
    "Guardians of the Galaxy (2014)",
    "The Godfather Part II (1974)",
    "The Matrix (1999)",
    "Shrek (2001)",
    "Explorers (1985)",
    "The Thing (1982)",
    "The Thing (2011)",
    "RoboCop (1987)",
    "RoboCop (2014)",
    "Home (2015)",
    "Seven (1995)",
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("like LOTR", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("something like lotr", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("LOTR was great", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        ("like LOTR: ROTK", "The Lord of the Rings: The Return of the King (2003)"),
        ("LOTR The Two Towers", "The Lord of the Rings: The Two Towers (2002)"),
        ("like HP and the goblet of fire", "Harry Potter and the Goblet of Fire (2005)"),
        ("I loved T2", "Terminator 2: Judgment Day (1991)"),
        ("like MI2 but funny", "Mission: Impossible II (2000)"),
        ("I really like TDK", "The Dark Knight (2008)"),
        ("similar to GOTG", "Guardians of the Galaxy (2014)"),
        ("similar to GG", "Guardians of the Galaxy (2014)"),
    ],
)
def test_names_by_their_first_letters(text: str, title: str) -> None:
    (mention,) = SERIES.find(text)

    assert mention.title == title
    assert mention.match < 1


@pytest.mark.parametrize(
    "text",
    [
        "LOTR",
        "a talk about LOTR",
        "I liked that lol",
        "LIKE LOTR WHATEVER",
        "lotr films are long",
        "like XYZ",
        "like NASA",
        "tt the dark knight rises",
    ],
)
def test_letters_that_stand_for_nothing(text: str) -> None:
    assert "LOTR" not in [mention.mention.upper() for mention in SERIES.find(text)]


def test_letters_that_may_stand_for_much_stand_for_nothing() -> None:
    titles = index("Blue Moon", "Black Mirror", "Big Mouth", "Bad Moms")

    assert names("something like BM", titles) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("like the matrx", "The Matrix (1999)"),
        ("like Shrekk", "Shrek (2001)"),
        ("like Se7en", "Seven (1995)"),
        ("like Godfather 2", "The Godfather Part II (1974)"),
        ("like the terminator 2", "Terminator 2: Judgment Day (1991)"),
    ],
)
def test_short_names_misspelled_and_numbers(text: str, title: str) -> None:
    assert names(text, SERIES) == [title]


@pytest.mark.parametrize(
    "text", ["like shriek", "the matrx", "like explore", "like matrix-like", "like hme"]
)
def test_one_letter_off_is_not_always_a_mistake(text: str) -> None:
    titles = TitleIndex(
        [TitleRow(title, title, (), None) for title in ("Shrek", "The Matrix", "Explored", "Home")],
        is_word={"shriek"}.__contains__,
    )

    assert [mention for mention in titles.find(text) if mention.match < 1] == []


@pytest.mark.parametrize(
    ("text", "title", "mention"),
    [
        ("like The Thing from 1982", "The Thing (1982)", "The Thing from 1982"),
        ("like the thing from 1982", "The Thing (1982)", "the thing from 1982"),
        ("the 1982 The Thing", "The Thing (1982)", "the 1982 The Thing"),
        ("I loved the 2011 version of The Thing", "The Thing (2011)", None),
        ("like RoboCop 1987", "RoboCop (1987)", "RoboCop 1987"),
        ("like the 2014 Robocop", "RoboCop (2014)", "the 2014 Robocop"),
        ("like robocop, the one from 1987", "RoboCop (1987)", None),
        ("类似1987年的《RoboCop》", "RoboCop (1987)", None),
    ],
)
def test_a_year_beside_a_name(text: str, title: str, mention: str | None) -> None:
    (found,) = SERIES.find(text)

    assert found.title == title
    assert found.others == 0
    assert mention in (None, found.mention)


@pytest.mark.parametrize(
    "text",
    [
        "a film from 1982",
        "stay home from 2015 on",
        "something for my home from 2015",
        "2015 home videos",
        "films from 1982 to 1990",
    ],
)
def test_a_year_alone_makes_no_name(text: str) -> None:
    assert names(text, SERIES) == []


def test_a_year_that_begins_a_period_is_not_the_name_s() -> None:
    (found,) = SERIES.find("like The Thing from 1982 to 1990")

    assert found.mention == "The Thing"


def test_a_whole_title_comes_before_a_part_and_the_rest_is_counted() -> None:
    (found,) = SERIES.find("something like Star Wars")

    assert (found.title, found.year, found.others) == ("Star Wars (1977)", 1977, 1)


def test_of_a_series_the_others_are_counted() -> None:
    (found,) = SERIES.find("something like The Lord of the Rings")

    assert found.others == 2


def test_of_two_with_one_title_the_better_known_is_meant() -> None:
    cast = ("Ann", "Bob", "Cid")
    titles = TitleIndex(
        [
            TitleRow("old", "Rocky", (), 1976, cast),
            TitleRow("more", "Fist", (), 1978, cast),
            TitleRow("new", "Rocky", (), 2013, ("Dan", "Eve", "Fay")),
            TitleRow("seen", "Lights", (), 1990, (), 900),
            TitleRow("unseen", "Lights", (), 2020, cast, 10),
        ]
    )

    chosen = [titles.find(f"like {name}")[0] for name in ("Rocky", "Lights")]

    assert [(mention.video_id, mention.others) for mention in chosen] == [("old", 1), ("seen", 1)]


def test_an_article_that_is_written_counts() -> None:
    titles = index("Hangover (2014)", "The Hangover (2009)")

    assert names("like The Hangover", titles) == ["The Hangover (2009)"]


def test_other_titles() -> None:
    titles = TitleIndex(
        [
            TitleRow("1", "Spirited Away", ("千と千尋の神隠し", "千与千寻"), 2001),
            TitleRow("2", "Hero", ("英雄",), 2002),
        ]
    )

    for text in (
        "类似《千与千寻》的",
        "像千与千寻那样的电影",
        "我喜欢千与千寻",
        "「千と千尋の神隠し」",
    ):
        assert names(text, titles) == ["Spirited Away"]
    assert names("《英雄》", titles) == ["Hero"]
    assert names("喜欢英雄电影", titles) == []
    assert names("关于英雄的故事", titles) == []


def test_topics_of_the_library_are_no_titles() -> None:
    titles = index("Machine Learning", *(f"Machine learning at company {n}" for n in range(50)))

    for text in (
        "I want to learn machine learning",
        "a talk about Machine Learning",
        "some Machine Learning talks please",
        "machine learning",
    ):
        assert names(text, titles) == []
    assert names("the talk “Machine Learning”", titles) == ["Machine Learning"]


def test_no_titles_at_all() -> None:
    assert TitleIndex([]).find("I loved The Matrix (1999)") == []


def test_titles_that_are_odd() -> None:
    titles = index("", "...", "(2004)", "The", "C++: ", "%s \\n")

    titles.find("I loved The and C++ (2004), “...”")


def test_words() -> None:
    assert [word.key for word in split("Don't & Amélie’s E.T. 千与")] == [
        "dont", "and", "amelies", "et", "千", "与",
    ]  # fmt: skip
    assert key_of("The Rocky Horror: Part IV") == "rocky horror part 4"
    assert take_apart("Matrix, The (1999)").keys == ("matrix",)
    assert take_apart("Matrix, The (1999)").year == 1999


def test_it_is_quick() -> None:
    rows = [
        TitleRow(
            f"v:{n}", f"Talk number {n} on subject {n % 977} with a long title {n * 7}", (), None
        )
        for n in range(22_000)
    ]
    started = time.perf_counter()
    titles = TitleIndex(rows)
    built = time.perf_counter()
    titles.find("something like Subjekt and talks similar to Nothing At All, " * 4)
    found = time.perf_counter()

    # A fifth and a hundredth of this on an idle machine.
    assert built - started < 3
    assert found - built < 1


@pytest.mark.shared_data
def test_real_conversations(shared_data: Path) -> None:
    """A sample of what benchmarks/titles.py measures whole."""
    with gzip.open(shared_data / "films" / "catalog.jsonl.gz", "rt", encoding="utf-8") as file:
        films = [json.loads(line) for line in file]
    titles = TitleIndex(TitleRow(f["id"], f["title"], (), f["year"]) for f in films)
    right = wrong = missed = 0
    with gzip.open(shared_data / "films" / "requests-dev.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in list(file)[::10]:
            moment = json.loads(line)
            texts = [message["text"] for message in moment["messages"]]
            found = {mention.video_id for text in texts for mention in titles.find(text)}
            named = set(moment["mentioned"])
            right += len(found & named)
            wrong += len(found - named)
            missed += len(named - found)

    assert right / (right + wrong) > 0.95
    assert right / (right + missed) > 0.95
