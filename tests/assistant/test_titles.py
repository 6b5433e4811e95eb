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
