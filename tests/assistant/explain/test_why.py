from __future__ import annotations

from assistant.explain import why
from assistant.types import Evidence, EvidenceKind, Part, Pick, Video

PICK = Pick(
    video=Video(id="a:1", title="Heat {title}"),
    rank=1,
    score=1.234,
    parts={Part.TASTE: 0.5, Part.REQUEST: 0.9, Part.MODEL: -0.166, Part.WORDS: 0.001},
    cluster="crime, noir",
    evidence=(
        Evidence(kind=EvidenceKind.REQUEST_WORDS, text="heist, city", contribution=0.9),
        Evidence(kind=EvidenceKind.LIKED_VIDEO, text="Thief", contribution=0.5),
    ),
)


def test_every_reason_and_every_part_of_the_score_is_given() -> None:
    assert why(PICK) == (
        "Why “Heat {title}”:\n"
        "- this mentions “heist” and “city”, as you asked\n"
        "- this is close to “Thief”, which you liked\n"
        "It stands for the group “crime, noir”.\n"
        "Score 1.23: your request +0.90, your taste +0.50, the language model −0.17."
    )


def test_in_chinese() -> None:
    assert why(PICK, "zh").splitlines()[1:] == [
        "- 它提到了你要的“heist”和“city”",
        "- 它与你喜欢的《Thief》相近",
        "它代表“crime, noir”这一组。",
        "得分 1.23：你的要求 +0.90，你的口味 +0.50，语言模型的看法 −0.17。",
    ]


def test_a_pick_for_no_reason_says_so() -> None:
    bare = PICK.model_copy(update={"evidence": (), "parts": {}, "cluster": "", "score": 0.0})
    assert why(bare).splitlines()[1:] == [
        "Nothing in your request or history speaks for it; it fills the list.",
        "Score 0.00: 0.",
    ]
