from __future__ import annotations

import pytest

from assistant.accounts import Member
from assistant.explain.report import Surroundings, report
from assistant.explain.why import told
from assistant.types import Evidence, EvidenceKind, Part, Pick, Signal, Video


def evidence(kind: EvidenceKind, text: str, fall: int = 0, contribution: float = 0.0) -> Evidence:
    return Evidence(kind=kind, text=text, fall=fall, contribution=contribution)


LIKED = evidence(EvidenceKind.LIKED_VIDEO, "Thief", 3, 0.4)
PICK = Pick(
    video=Video(id="a:1", title="Heat"),
    rank=2,
    score=0.6,
    parts={Part.TASTE: 0.5, Part.REQUEST: 0.3, Part.MODEL: -0.2, Part.WORDS: 0.001},
    cluster="crime",
    evidence=(LIKED,),
)
AROUND = Surroundings(
    place=3,
    candidates=200,
    picks=5,
    others=[Member(video_id=f"a:{n}", title=f"Noir {n}", place=n) for n in (4, 5, 7, 9, 11)],
    neighbours=[(Video(id="a:8", title="Ronin"), 0.71), (Video(id="a:9", title="Noir 9"), 0.4)],
    signals={"a:8": Signal.LIKED},
)


def without(one: Evidence, around: Surroundings | None = None, language: str = "en") -> str:
    [reason] = report(PICK.model_copy(update={"evidence": (one,)}), language, around).reasons
    return reason.without


def test_the_parts_are_signed_sorted_by_size_and_share_the_whole() -> None:
    parts = report(PICK, "en").parts
    assert [(one.part, one.value) for one in parts] == [
        (Part.TASTE, 0.5),
        (Part.REQUEST, 0.3),
        (Part.MODEL, -0.2),
    ]
    assert [one.share for one in parts] == pytest.approx([0.5, 0.3, 0.2])
    assert parts[0].name == "your taste"


def test_what_the_pick_would_be_without_a_reason() -> None:
    assert without(LIKED) == "without it 3 places further down"
    assert without(LIKED.model_copy(update={"fall": 1})) == "without it 1 place further down"
    far = LIKED.model_copy(update={"fall": 51})
    assert without(far) == "without it more than 50 places further down"


def test_a_fall_that_may_be_farther_says_so() -> None:
    far = LIKED.model_copy(update={"fall": 120})
    limit = evidence(EvidenceKind.CONSTRAINT, "it's a film", 4)
    pick = PICK.model_copy(update={"evidence": (LIKED, far, limit)})
    reasons = report(pick, "en").reasons
    assert [(one.fall, one.at_least) for one in reasons] == [(3, False), (50, True), (4, True)]


def test_where_the_candidates_are_kept_it_is_said_where_it_would_be() -> None:
    near = LIKED.model_copy(update={"fall": 2})
    assert without(near, AROUND) == "without it 2 places further down, at place 5"
    assert without(LIKED, AROUND) == (
        "without it 3 places further down, at place 6: not among the best 5"
    )


def test_a_pick_that_is_not_among_the_best_by_score_is_not_said_to_fall_out_of_them() -> None:
    around = Surroundings(place=8, candidates=200, picks=5)
    assert without(LIKED, around) == "without it 3 places further down, at place 11"


def test_a_limit_may_hold_back_more_than_was_looked_at() -> None:
    limit = evidence(EvidenceKind.CONSTRAINT, "90 minutes", 4)
    assert without(limit, AROUND) == "without it at least 4 places further down"


def test_what_moved_the_score_and_no_place_is_told_from_a_mere_fact() -> None:
    assert without(LIKED.model_copy(update={"fall": 0})) == "without it at the same place"
    person = evidence(EvidenceKind.PERSON, "Michael Mann")
    assert without(person) == "a fact, and no part of the score"
    limit = evidence(EvidenceKind.CONSTRAINT, "it's a film")
    assert without(limit) == "a limit that it keeps, and no part of the score"


def test_the_text_is_made_of_the_report() -> None:
    assert told(report(PICK, "en", AROUND)).splitlines() == [
        "Why “Heat”:",
        "- this is close to “Thief”, which you liked; without it 3 places further down, at place 6:"
        " not among the best 5",
        "It stands for the group “crime”.",
        "Others of that group: “Noir 4”, “Noir 5”, “Noir 7” and 2 more.",
        "Score 0.60: your taste +0.50, your request +0.30, the language model −0.20.",
        "By score it is place 3 of 200.",
        "Nearest in your library: “Ronin” (0.71, liked), “Noir 9” (0.40).",
    ]


def test_the_text_in_chinese() -> None:
    assert told(report(PICK, "zh", AROUND)).splitlines()[1:] == [
        "- 它与你喜欢的《Thief》相近；没有这一点会靠后3位，排到第 6，不在前 5 个里",
        "它代表“crime”这一组。",
        "这一组里还有：《Noir 4》、《Noir 5》、《Noir 7》等，另有 2 部。",
        "得分 0.60：你的口味 +0.50，你的要求 +0.30，语言模型的看法 −0.20。",
        "按得分它在 200 个里排第 3。",
        "片库里最相近的：《Ronin》（0.71，喜欢），《Noir 9》（0.40）。",
    ]


def test_a_language_that_is_not_spoken_is_told_in_english() -> None:
    assert report(PICK, "fr").language == "en"
