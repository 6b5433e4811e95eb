"""The benchmark's own reading of sentences: it lets true ones pass, and false ones not."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from assistant.types import Evidence, EvidenceKind, Kind, NamedTitle, Pick, Request, Video
from benchmarks.sentences_check import Viewer, problems
from benchmarks.sentences_variety import self_bleu


class About(NamedTuple):
    request: Request
    pick: Pick


def reason(kind: EvidenceKind, text: str, fall: int = 0) -> Evidence:
    return Evidence(kind=kind, text=text, contribution=1.0, fall=fall)


TALK = About(
    Request(
        message="pytest, like Thief",
        wish="pytest",
        named=(NamedTitle(video_id="a:2", title="Thief", mention="Thief", match=1.0),),
    ),
    Pick(
        video=Video(
            id="a:1", title="Fixtures", description="On pytest.", people=("Ada Quill",),
            kind=Kind.TALK, language="fr", year=2018, duration_s=1690, views=4210,
        ),
        rank=1, score=1.0, parts={}, cluster="testing",
        evidence=(
            reason(EvidenceKind.LIKED_VIDEO, "Heat", fall=7),
            reason(EvidenceKind.REQUEST_WORDS, "pytest"),
            reason(EvidenceKind.COMMUNITY, "Ran"),
            reason(EvidenceKind.INTEREST, "testing"),
        ),
    ),
)  # fmt: skip
VIEWER = Viewer(liked=frozenset({"Heat"}), watched=frozenset({"Alien"}))


@pytest.mark.parametrize(
    "sentence",
    [
        "A 28-minute talk by Ada Quill, close to “Heat”, which you liked.",
        "It came up because you liked “Heat”; without that it would be 7 places further down.",
        "Ada Quill's talk from 2018: it mentions “pytest”, as you asked, and it has 4,210 views.",
        "A French-language talk, close to “Alien” in your history; you named “Thief”, which it's"
        " close to.",
        "People who like “Ran” often like this too, and it fits your interest in “testing”.",
        "它与你喜欢的《Heat》相近；它提到了你要的“pytest”。",
        "2018年的演讲，你提到了《Thief》，而它就在附近。",
    ],
)
def test_true_sentences_pass(sentence: str) -> None:
    assert problems(sentence, TALK, VIEWER) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "This is close to “Alien”, which you liked.",
        "This is close to “Thief” in your history.",
        "You named “Heat”, and this is close to it.",
        "People who like “Heat” often like this too.",
        "It fits your interest in “cooking”.",
        "It mentions “django”, as you asked.",
        "A talk tagged “heist” and “noir”.",
        "A 29-minute talk.",
        "A talk from 2019.",
        "It has 5,000 views.",
        "A lecture from 2018.",
        "A talk by Bob Other.",
        "A German-language talk.",
        "It came up because you liked “Heat”; without that it would be 9 places further down.",
        "It lies outside your interests so far.",
        "它与你喜欢的《Alien》相近。",
        "它是2019年的电影。",
    ],
)
def test_false_sentences_do_not(sentence: str) -> None:
    assert problems(sentence, TALK, VIEWER)


def test_sentences_that_are_all_the_same_have_a_self_bleu_of_one() -> None:
    same = [["a", "b", "c", "d", "e"]] * 3
    assert self_bleu(same) == pytest.approx(1.0)
    assert self_bleu([["a", "b", "c", "d"], ["e", "f", "g", "h"]]) < 0.1
