"""Each expectation holds where it should, and is missed where it should not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.scripts.checks import Outcome, check
from assistant.scripts.checks.texts import written_in
from assistant.scripts.expectations import Expectation
from assistant.types import (
    Avoided,
    Constraints,
    Dial,
    EvidenceKind,
    Facet,
    Intent,
    Interaction,
    Kind,
    NamedTitle,
    Preference,
    Relative,
    Request,
    SaidSignal,
    Scope,
    Signal,
    Slot,
)
from tests.assistant.scripts.writing import outcome, pick

REQUEST = Request(
    message="two funny films like Up but shorter, no horror except zombie comedies",
    intent=Intent.MORE_LIKE,
    wish="funny trains",
    constraints=Constraints(max_duration_s=5400, kinds=(Kind.FILM, Kind.SHORT), languages=("fr",)),
    relative=(Relative.SHORTER,),
    avoid=(Avoided(term="horror", unless=("zombie comedies",)),),
    less=("technical",),
    named=(NamedTitle(video_id="test:up", title="Up", mention="Up", match=1, liking=1),),
    references=("test:b",),
    count=2,
    dial=Dial.EXPLORE,
    facets=(Facet.LENGTH,),
    subject="Dune",
    signals=(SaidSignal(video_id="test:a", signal=Signal.RATED, rating=4),),
    noted=(Preference(said="I love Ghibli", likes=("Ghibli",)),),
    changed=(Slot.WISH, Slot.DURATION),
    by_model=(Slot.WISH,),
)
UNDERSTOOD = outcome(request=REQUEST, last=("test:a", "test:b"))

PICKS = outcome(
    pick(
        1, "Up", kind="film", duration_s=5700, tags=["balloons"], people=["Pete Docter"],
        sentence="You liked “Coco”, and “Up” is near to it.",
        evidence=[(EvidenceKind.LIKED_VIDEO, "Coco"), (EvidenceKind.CONSTRAINT, "100 min")],
    ),
    pick(
        2, "Heat", kind="film", duration_s=10200, description="Thieves and a detective.",
        sentence="It names “Ronin”, and nobody knows why.",
        evidence=[(EvidenceKind.REQUEST_WORDS, "thieves")],
    ),
    answer="Only two are left.",
    summary="One flies, one shoots.",
    model="scripted",
    shown=("test:coco",),
    earlier=(("test:coco",), ("test:up", "test:heat")),
)  # fmt: skip

LIKED = Interaction(video_id="test:up", signal=Signal.LIKED, at=datetime(2026, 1, 1, tzinfo=UTC))
GHIBLI = Preference(said="I love Ghibli", likes=("Ghibli",))
KIDS = Preference(
    said="no horror with the kids",
    scope=Scope.KIDS,
    avoid=(Avoided(term="horror"),),
    constraints=Constraints(max_duration_s=6000, not_languages=("fr",)),
)
KEPT = outcome(remembered=(GHIBLI, KIDS), signals=(LIKED,), last=("test:heat", "test:up"))


def failures(expected: dict[str, Any], came: Outcome) -> list[str]:
    return list(check(Expectation.model_validate(expected), came))


@pytest.mark.parametrize(
    ("came", "holds", "misses"),
    [
        (UNDERSTOOD, {"intent": "more_like"}, {"intent": "recommend"}),
        (UNDERSTOOD, {"language": "en"}, {"language": "zh"}),
        (UNDERSTOOD, {"wish": "funny trains"}, {"wish": "funny"}),
        (UNDERSTOOD, {"wish_include": "Trains"}, {"wish_include": ["trains", "planes"]}),
        (
            UNDERSTOOD,
            {"constraints": REQUEST.constraints.model_dump()},
            {"constraints": {"max_duration_s": 5400}},
        ),
        (
            UNDERSTOOD,
            {"constraints_include": {"max_duration_s": 5400, "kinds": ["film"], "min_year": None}},
            {"constraints_include": {"kinds": ["film", "talk"]}},
        ),
        (
            UNDERSTOOD,
            {"constraints_include": {"languages": ["fr"]}},
            {"constraints_include": {"languages": []}},
        ),
        (UNDERSTOOD, {"limits_include": "at most 90 min"}, {"limits_include": "at most 9 min"}),
        (
            outcome(request=Request(message="", constraints=Constraints(max_duration_s=5400))),
            {"limits": "at most 90 min"},
            {"limits": None},
        ),
        (UNDERSTOOD, {"relative": "shorter"}, {"relative": "longer"}),
        (
            UNDERSTOOD,
            {"avoid": {"term": "horror", "unless": ["zombie comedies"]}},
            {"avoid": "horror"},
        ),
        (UNDERSTOOD, {"less": "technical"}, {"less": []}),
        (UNDERSTOOD, {"named": "test:up"}, {"named": None}),
        (
            UNDERSTOOD,
            {"named": {"id": "test:up", "liking": 1}},
            {"named": {"id": "test:up", "liking": -1}},
        ),
        (UNDERSTOOD, {"references": 2}, {"references": 1}),
        (UNDERSTOOD, {"references": "test:b"}, {"references": [2, "test:up"]}),
        (UNDERSTOOD, {"count": 2}, {"count": None}),
        (UNDERSTOOD, {"dial": "explore"}, {"dial": None}),
        (UNDERSTOOD, {"company": None}, {"company": "kids"}),
        (UNDERSTOOD, {"facets": "length"}, {"facets": ["length", "year"]}),
        (UNDERSTOOD, {"subject": "Dune"}, {"subject": ""}),
        (
            UNDERSTOOD,
            {"signals": {"video": 1, "signal": "rated", "rating": 4}},
            {"signals": {"video": 1, "signal": "rated", "rating": 5}},
        ),
        (UNDERSTOOD, {"noted": "ghibli"}, {"noted": ["ghibli", "horror"]}),
        (UNDERSTOOD, {"noted": {"likes": "ghibli"}}, {"noted": {"scope": "kids"}}),
        (UNDERSTOOD, {"changed": ["duration", "wish"]}, {"changed": "wish"}),
        (UNDERSTOOD, {"changed_include": "wish"}, {"changed_include": "year"}),
        (UNDERSTOOD, {"by_model": "wish"}, {"by_model": None}),
        (PICKS, {"picks": {"none": False}}, {"picks": {"none": True}}),
        (PICKS, {"picks": {"count": 2}}, {"picks": {"count": 3}}),
        (PICKS, {"picks": {"at_least": 2}}, {"picks": {"at_least": 3}}),
        (PICKS, {"picks": {"at_most": 2}}, {"picks": {"at_most": 1}}),
        (PICKS, {"picks": {"include": "test:up"}}, {"picks": {"include": ["test:up", "test:x"]}}),
        (PICKS, {"picks": {"include_any": ["test:up", "test:x"]}}, {"picks": {"include_any": "x"}}),
        (PICKS, {"picks": {"exclude": "test:x"}}, {"picks": {"exclude": "test:heat"}}),
        (PICKS, {"picks": {"first": "test:up"}}, {"picks": {"first": "test:heat"}}),
        (PICKS, {"picks": {"places": {2: "test:heat"}}}, {"picks": {"places": {3: "test:heat"}}}),
        (
            PICKS,
            {"picks": {"all": {"kinds": ["film"]}}},
            {"picks": {"all": {"max_duration_s": 6000}}},
        ),
        (
            PICKS,
            {"picks": {"any": {"max_duration_s": 6000}}},
            {"picks": {"any": {"max_duration_s": 60}}},
        ),
        (PICKS, {"picks": {"kinds_among": "film"}}, {"picks": {"kinds_among": "talk"}}),
        (
            PICKS,
            {"picks": {"each_mentions": ["Balloon", "thieves"]}},
            {"picks": {"each_mentions": "balloon"}},
        ),
        (PICKS, {"picks": {"any_mentions": "docter"}}, {"picks": {"any_mentions": "zombie"}}),
        (PICKS, {"picks": {"none_mentions": "zombie"}}, {"picks": {"none_mentions": "thieves"}}),
        (PICKS, {"picks": {"no_repeats": True}}, {"picks": {"not_in_turn": -1}}),
        (PICKS, {"picks": {"same_as_turn": 2}}, {"picks": {"same_as_turn": 1}}),
        (PICKS, {"picks": {"not_in_turn": 1}}, {"picks": {"not_in_turn": [1, 2]}}),
        (PICKS, {"clusters_at_least": 2}, {"clusters_at_least": 3}),
        (PICKS, {"evidence": {"any": "liked_video"}}, {"evidence": {"any": "memory"}}),
        (
            PICKS,
            {"evidence": {"all": ["liked_video", "request_words"]}},
            {"evidence": {"all": ["liked_video", "memory"]}},
        ),
        (
            PICKS,
            {"evidence": {"each": ["constraint", "request_words"]}},
            {"evidence": {"each": "constraint"}},
        ),
        (PICKS, {"evidence": {"first": "liked_video"}}, {"evidence": {"first": "constraint"}}),
        (PICKS, {"evidence": {"none": "memory"}}, {"evidence": {"none": "constraint"}}),
        (PICKS, {"evidence": {"contains": "coco"}}, {"evidence": {"contains": "dune"}}),
        (PICKS, {"evidence": {"excludes": "dune"}}, {"evidence": {"excludes": "coco"}}),
        (PICKS, {"sentences": {"contains": "COCO"}}, {"sentences": {"excludes": "coco"}}),
        (PICKS, {"sentences": {"distinct": True}}, {"sentences": {"language": "zh"}}),
        (PICKS, {"answer": "two"}, {"answer": ["two", "three"]}),
        (PICKS, {"answer": {"contains_any": ["two", "x"]}}, {"answer": {"contains_any": ["x"]}}),
        (PICKS, {"answer": {"matches": r"O\w+ two"}}, {"answer": {"matches": r"^two"}}),
        (PICKS, {"answer": {"empty": False}}, {"answer": {"empty": True}}),
        (PICKS, {"summary": {"excludes": "sings"}}, {"summary": {"excludes": "flies"}}),
        (PICKS, {"model": "scripted"}, {"model": "none"}),
        (KEPT, {"memory": {"count": 2}}, {"memory": {"count": 1}}),
        (KEPT, {"memory": {"include": "ghibli"}}, {"memory": {"include": "dune"}}),
        (KEPT, {"memory": {"exclude": "dune"}}, {"memory": {"exclude": "ghibli"}}),
        (
            KEPT,
            {
                "memory": {
                    "include": {
                        "scope": "kids",
                        "avoid": "horror",
                        "constraints_include": {"max_duration_s": 6000},
                    }
                }
            },
            {"memory": {"include": {"scope": "kids", "likes": "Ghibli"}}},
        ),
        (
            KEPT,
            {"signals_stored": {"video": 2, "signal": "liked"}},
            {"signals_stored": {"video": 1, "signal": "liked"}},
        ),
        (
            KEPT,
            {"signals_not_stored": {"video": "test:up", "signal": "saved"}},
            {"signals_not_stored": {"video": "test:up", "signal": "liked"}},
        ),
    ],
)
def test_an_expectation(came: Outcome, holds: dict[str, Any], misses: dict[str, Any]) -> None:
    assert failures(holds, came) == []
    assert failures(misses, came) != []


def test_repeats_are_missed() -> None:
    again = outcome(pick(1, "Coco"), shown=("test:coco",))
    assert failures({"picks": {"no_repeats": True}}, again) == ["shown before: ['test:coco']"]


def test_the_same_sentence_twice_is_missed() -> None:
    twice = outcome(pick(1, "Up"), pick(2, "Heat"))
    assert "the same sentence twice" in failures({"sentences": {"distinct": True}}, twice)[0]


def test_every_pick_must_have_a_sentence() -> None:
    silent = outcome(pick(1, "Up", sentence=""))
    assert failures({"sentences": {}}, silent) == ["test:up has no sentence"]


def test_what_a_sentence_quotes_must_be_evidence_or_the_record() -> None:
    assert failures({"evidence": {"supported": True}}, PICKS) == [
        "test:heat names 'Ronin', which is no evidence of it"
    ]


@pytest.mark.parametrize("sentence", ["像《阴阳师》。", "Nah an „Ronin“.", "près de « Ronin »."])
def test_quotation_marks_of_many_languages_are_known(sentence: str) -> None:
    came = outcome(pick(1, "Up", sentence=sentence))
    assert failures({"evidence": {"supported": True}}, came)


def test_an_error_is_expected_by_its_words() -> None:
    failed = outcome(error="The library is damaged.")
    assert failures({"fails_with": "damaged"}, failed) == []
    assert failures({}, failed) == ["the turn failed: The library is damaged."]
    assert failures({"fails_with": "lost"}, failed)
    assert failures({"fails_with": "damaged"}, outcome()) == [
        "the turn should have failed with 'damaged'"
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A film from 1995.", "en"),
        ("Un film de 1995, près de “千与千寻”.", "fr"),
        ("1995年的电影，像《Toy Story》。", "zh"),
        ("1995年の映画です。", "ja"),
        ("1995년 영화.", "ko"),
        ("Фильм 1995 года.", "ru"),
        ("فيلم من عام 1995.", "ar"),
    ],
)
def test_the_script_of_a_text(text: str, language: str) -> None:
    assert written_in(text, language)
    others = {"en", "zh", "ja", "ko", "ru", "ar"} - {language, "en" if language == "fr" else ""}
    assert not [other for other in others if written_in(text, other)]


def test_names_of_the_library_are_of_no_language() -> None:
    text = "1. Happy Together · 电影\n共同点：romance, drama。"
    assert not written_in(text, "zh")
    assert written_in(text, "zh", ("Happy Together", "drama", "Romance"))


def test_a_text_without_letters_is_written_in_nothing() -> None:
    assert not written_in("1995!", "en")
