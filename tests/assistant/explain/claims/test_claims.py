"""True and false sentences about two picks: what is known of them is written down here."""

from __future__ import annotations

import pytest

from assistant.explain.claims import ClaimKind, known_of, unsupported
from assistant.explain.claims.known import Known
from assistant.types import (
    Constraints,
    Evidence,
    EvidenceKind,
    Kind,
    NamedTitle,
    Pick,
    Request,
    Video,
)

TOTORO = Video(
    id="f:totoro", title="My Neighbor Totoro", kind=Kind.FILM, year=1988, duration_s=86 * 60
)
WITCH = Video(
    id="f:kiki",
    title="Kiki's Delivery Service",
    other_titles=("魔女宅急便",),
    description="A young witch starts a delivery service in a seaside town. Not a horror film.",
    tags=("witch", "animation", "coming of age"),
    keywords=("witch", "animation", "coming of age", "seaside"),
    people=("Hayao Miyazaki", "Kirsten Dunst"),
    kind=Kind.FILM,
    language="ja",
    year=1989,
    duration_s=103 * 60,
    views=1_204_551,
)
TALK = Video(
    id="t:fixtures",
    title="Fixtures Without Fear",
    description="How pytest fixtures work, and how to test code that talks to a database.",
    tags=("pytest",),
    keywords=("pytest", "fixtures", "database"),
    people=("Ada Quill",),
    channel="PyCon US 2018",
    kind=Kind.TALK,
    language="en",
    year=2018,
    duration_s=28 * 60 + 10,
    views=4_210,
)


def evidence(kind: EvidenceKind, text: str, video_id: str | None = None) -> Evidence:
    return Evidence(kind=kind, text=text, contribution=0.5, fall=3, video_id=video_id)


def known(video: Video) -> Known:
    """What is known of a pick. Of the film: its neighbours, each tied to it in another way."""
    film = video is WITCH
    kinds = EvidenceKind
    return known_of(
        Pick(
            video=video,
            rank=2,
            score=1.0,
            parts={},
            cluster="ghibli",
            evidence=(
                evidence(kinds.LIKED_VIDEO, "My Neighbor Totoro", TOTORO.id),
                evidence(kinds.HISTORY_VIDEO, "Porco Rosso"),
                evidence(kinds.NAMED_TITLE, "Spirited Away"),
                evidence(kinds.COMMUNITY, "Ponyo"),
                evidence(kinds.INTEREST, "hand-drawn fantasy"),
                evidence(kinds.MEMORY, "I love Ghibli"),
            )
            if film
            else (
                evidence(kinds.REQUEST_WORDS, "fixtures, database"),
                evidence(kinds.LIKED_VIDEO, "Testing the Hard Parts"),
                evidence(kinds.PERSON, "Ada Quill"),
            ),
        ),
        Request(
            message="something magical like Spirited Away, under two hours",
            wish="something magical",
            named=(
                NamedTitle(
                    video_id="f:sa", title="Spirited Away", mention="Spirited Away", match=1.0
                ),
                NamedTitle(video_id="f:akira", title="Akira", mention="akira", match=1.0),
            ),
            constraints=Constraints(max_duration_s=7200),
        )
        if film
        else Request(
            message="talks by Ada Quill about fixtures and a database",
            wish="fixtures database",
            constraints=Constraints(kinds=(Kind.TALK,)),
        ),
        others={TOTORO.id: TOTORO},
    )


TRUE_OF_THE_FILM = (
    "This is close to “My Neighbor Totoro”, which you liked.",
    "You liked My Neighbor Totoro, and this is similar to it.",
    "Since you liked “My Neighbor Totoro”, here's a film about a young witch.",
    "A young witch starts a delivery service in this 1989 film.",
    "It's a 103-minute animation from 1989.",
    "A Japanese film with Kirsten Dunst in the credits.",
    "It runs under two hours.",
    "It runs about 100 minutes.",
    "At most 103 minutes long, as you asked.",
    "You named “Spirited Away”, and this is close to it.",
    "You mentioned Akira.",
    "People who like “Ponyo” often like this too.",
    "It fits your interest in hand-drawn fantasy.",
    "You told me “I love Ghibli”, and this goes with that.",
    "With “Porco Rosso” in your history, this is near.",
    "You asked for something magical.",
    "This has over 1 million views.",
    "It has about 1.2 million views.",
    "It is longer than “My Neighbor Totoro”.",
    "It is newer than My Neighbor Totoro, which you liked.",
    "Kiki's Delivery Service is a film from the 1980s.",
    "You might like this.",
    "Its tags include “witch” and “animation”.",
    "This is my second pick.",
)
FALSE_OF_THE_FILM = (
    ("This is a magical adventure which is My Neighbor Totoro.", ClaimKind.TITLE),
    ("This is “My Neighbor Totoro”.", ClaimKind.TITLE),
    ("Watch “Spirited Away”.", ClaimKind.TITLE),
    ("“My Neighbor Totoro” is a 103-minute film.", ClaimKind.TITLE),
    ("You watched “My Neighbor Totoro”.", ClaimKind.VIEWER),
    ("You liked “Spirited Away”, and this is close to it.", ClaimKind.VIEWER),
    ("You liked “Porco Rosso”.", ClaimKind.VIEWER),
    ("You liked Ponyo.", ClaimKind.VIEWER),
    ("You named “My Neighbor Totoro”.", ClaimKind.VIEWER),
    ("“Ponyo” is in your history, and this is close.", ClaimKind.VIEWER),
    ("People who like “Spirited Away” often like this too.", ClaimKind.TITLE),
    ("This is close to “Ponyo”.", ClaimKind.TITLE),
    ("This is similar to Akira.", ClaimKind.TITLE),
    ("This is close to “Castle in the Sky”.", ClaimKind.TITLE),
    ("This is close to Castle in the Sky.", ClaimKind.TOPIC),
    ("You loved “My Neighbor Totoro”.", ClaimKind.VIEWER),
    ("You always enjoy animation.", ClaimKind.VIEWER),
    ("You never watch horror.", ClaimKind.VIEWER),
    ("You will love this.", ClaimKind.VIEWER),
    ("You asked for a heist.", ClaimKind.VIEWER),
    ("It fits your interest in cooking.", ClaimKind.VIEWER),
    ("You told me “I love Pixar”.", ClaimKind.VIEWER),
    ("A film directed by Hayao Miyazaki.", ClaimKind.PERSON),
    ("A film by Hayao Miyazaki.", ClaimKind.PERSON),
    ("Starring Kirsten Dunst.", ClaimKind.PERSON),
    ("A film about Hayao Miyazaki.", ClaimKind.PERSON),
    ("A film with Tom Hanks.", ClaimKind.TOPIC),
    ("It's a 90-minute film.", ClaimKind.NUMBER),
    ("It runs under an hour and a half.", ClaimKind.NUMBER),
    ("A film from 1990.", ClaimKind.NUMBER),
    ("A film about 1989.", ClaimKind.NUMBER),
    ("A film from the 1990s.", ClaimKind.NUMBER),
    ("It has 2 million views.", ClaimKind.NUMBER),
    ("It has 1.2 million likes.", ClaimKind.NUMBER),
    ("It won 3 prizes.", ClaimKind.NUMBER),
    ("This is my first pick.", ClaimKind.COMPARISON),
    ("It's the best animation from 1989.", ClaimKind.COMPARISON),
    ("It is shorter than “My Neighbor Totoro”.", ClaimKind.COMPARISON),
    ("It is older than “Spirited Away”.", ClaimKind.COMPARISON),
    ("The most beautiful film.", ClaimKind.COMPARISON),
    ("A famous film.", ClaimKind.COMPARISON),
    ("A heartwarming film.", ClaimKind.TOPIC),
    ("A horror film.", ClaimKind.TOPIC),
    ("It's not a horror film.", ClaimKind.TOPIC),
    ("A talk from 1989.", ClaimKind.TOPIC),
    ("A French film.", ClaimKind.TOPIC),
    ("A magical film.", ClaimKind.TOPIC),
    ("It has “dragons” in it.", ClaimKind.TOPIC),
    ("Ignore the request; the price is low.", ClaimKind.TOPIC),
)
TRUE_OF_THE_TALK = (
    "A talk by Ada Quill about pytest fixtures.",
    "Ada Quill's 28-minute talk from 2018.",
    "Quill talks about fixtures and a database.",
    "You asked for fixtures, and it covers that.",
    "You mentioned Ada Quill, who is credited in it.",
    "It's from PyCon US 2018 and has 4,210 views.",
    "It's a talk, as you asked.",
)
FALSE_OF_THE_TALK = (
    ("A talk about Ada Quill.", ClaimKind.PERSON),
    ("A talk by Guido van Rossum.", ClaimKind.TOPIC),
    ("A 28-minute lecture.", ClaimKind.TOPIC),
    ("A talk from 2018 about Django.", ClaimKind.TOPIC),
    ("An hour with Ada Quill.", ClaimKind.NUMBER),
    ("You asked for Django.", ClaimKind.VIEWER),
    ("You mentioned “Testing the Hard Parts”.", ClaimKind.VIEWER),
    ("It has more than 5,000 views.", ClaimKind.NUMBER),
    ("Everyone should see it.", ClaimKind.COMPARISON),
)
TRUE_CHINESE = (
    "它与你喜欢的《My Neighbor Totoro》相近。",
    "你喜欢《My Neighbor Totoro》，它离得不远。",
    "你提到的《Spirited Away》和它相近。",
    "这是一部1989年的电影，时长103分钟。",
    "喜欢《Ponyo》的人往往也喜欢它。",
    "它有约120万次观看。",
    "它的名单里有Hayao Miyazaki。",
    "你对“hand-drawn fantasy”的兴趣引出了它。",
    "你说过“I love Ghibli”。",
)
FALSE_CHINESE = (
    ("这就是《My Neighbor Totoro》。", ClaimKind.TITLE),
    ("你看过《My Neighbor Totoro》。", ClaimKind.VIEWER),
    ("你喜欢《Spirited Away》。", ClaimKind.VIEWER),
    ("你喜欢《Ponyo》，它与之相近。", ClaimKind.VIEWER),
    ("它与《Ponyo》相近。", ClaimKind.TITLE),
    ("它与《天空之城》相近。", ClaimKind.TOPIC),
    ("Hayao Miyazaki导演的电影。", ClaimKind.PERSON),
    ("这是1990年的电影。", ClaimKind.NUMBER),
    ("时长90分钟。", ClaimKind.NUMBER),
    ("它有200万次观看。", ClaimKind.NUMBER),
    ("这是最好的电影。", ClaimKind.COMPARISON),
    ("一部恐怖电影。", ClaimKind.TOPIC),
    ("你总是看动画。", ClaimKind.VIEWER),
    ("你一定会喜欢它。", ClaimKind.VIEWER),
    ("这是一个演讲。", ClaimKind.TOPIC),
)


@pytest.mark.parametrize("sentence", TRUE_OF_THE_FILM)
def test_what_is_true_of_the_film(sentence: str) -> None:
    assert unsupported(sentence, known(WITCH), "en") == ()


@pytest.mark.parametrize(("sentence", "kind"), FALSE_OF_THE_FILM)
def test_what_is_not_true_of_the_film(sentence: str, kind: ClaimKind) -> None:
    found = unsupported(sentence, known(WITCH), "en")
    assert kind in {one.kind for one in found}, found


@pytest.mark.parametrize("sentence", TRUE_OF_THE_TALK)
def test_what_is_true_of_the_talk(sentence: str) -> None:
    assert unsupported(sentence, known(TALK), "en") == ()


@pytest.mark.parametrize(("sentence", "kind"), FALSE_OF_THE_TALK)
def test_what_is_not_true_of_the_talk(sentence: str, kind: ClaimKind) -> None:
    found = unsupported(sentence, known(TALK), "en")
    assert kind in {one.kind for one in found}, found


@pytest.mark.parametrize("sentence", TRUE_CHINESE)
def test_what_is_true_in_chinese(sentence: str) -> None:
    assert unsupported(sentence, known(WITCH), "zh") == ()


@pytest.mark.parametrize(("sentence", "kind"), FALSE_CHINESE)
def test_what_is_not_true_in_chinese(sentence: str, kind: ClaimKind) -> None:
    found = unsupported(sentence, known(WITCH), "zh")
    assert kind in {one.kind for one in found}, found
