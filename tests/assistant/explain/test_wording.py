"""Every sentence is true: it is a frame of the grammar, filled from the evidence and the record."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

import pytest

from assistant.explain import sentences
from assistant.explain.facts import record_slots
from assistant.explain.wording import evidence_text
from assistant.types import Evidence, EvidenceKind, Kind, Pick, Video
from prompts import SentenceGrammar, fill, load_grammar
from prompts.loader import VARIABLE

ODD_TITLES = (
    "Heat",
    "“Quoted” and 'quoted', \"too\"",
    "Who's Harry Crumb?",
    "{text} and {opening}: a/an {kind}",
    "…",
    "eXistenZ (1999).",
    "A title of so many words that it can only be told in part, since it would fill the line",
    "千与千寻：一个很长很长的名字" * 6,
    "<b>[link=x]",
)
TEXTS = {
    EvidenceKind.REQUEST_WORDS: ("heist, crime", "heist", "千寻, 动画, 日本"),
    EvidenceKind.CONSTRAINT: ("19 minutes long, within the 20 minutes you asked for",),
    EvidenceKind.PERSON: ("Al Pacino", "宫崎骏"),
    EvidenceKind.POPULARITY: ("about 1.2 million views", "312 likes"),
    EvidenceKind.INTEREST: ("noir, heist", "动画"),
    EvidenceKind.EXPLORATION: ("opera, music",),
}


def random_pick(draw: random.Random) -> Pick:
    kinds = draw.sample(list(EvidenceKind), draw.randint(0, 5))
    evidence = [
        Evidence(
            kind=kind,
            text=draw.choice(TEXTS.get(kind, ODD_TITLES)),
            contribution=draw.choice((0.0, 0.1, 0.5, 1.0)),
            fall=draw.choice((0, 0, 1, 7, 500)),
        )
        for kind in kinds
    ]
    video = Video(
        id=f"a:{draw.randrange(10**6)}",
        title=draw.choice(ODD_TITLES),
        kind=draw.choice(list(Kind)),
        year=draw.choice((None, 1895, 2001)),
        duration_s=draw.choice((None, 45, 480, 19 * 60, 7200)),
        people=draw.choice(((), ("Al Pacino",), ("Ada", "Grace"), ("A", "B", "C"))),
        channel=draw.choice((None, "PyCon US 2018", "“C”")),
        language=draw.choice((None, "en", "zh", "ja", "tlh")),
        tags=draw.choice(((), ("noir", "heist"), ("“a” {b}", "c: d.", "x"))),
        keywords=draw.choice(((), ("noir", "heist", "bank"), ("“a” {b}", "c: d."))),
        description=draw.choice(("", "Of a bank and of love; the heist goes wrong.")),
        views=draw.choice((None, 312, 1_200_000)),
    )
    evidence.sort(key=lambda one: -one.contribution)
    return pick_of(video, evidence)


def pick_of(video: Video, evidence: Iterable[Evidence]) -> Pick:
    return Pick(video=video, rank=1, score=1.0, parts={}, cluster="c", evidence=tuple(evidence))


def possible(pick: Pick, grammar: SentenceGrammar) -> re.Pattern[str]:
    """What may be said of a pick, written down a second time: frames of phrases of values."""
    slots = record_slots(pick.video, grammar)

    def of_record(phrases: Iterable[str]) -> list[str]:
        return [fill(one, slots) for one in phrases if set(VARIABLE.findall(one)) <= slots.keys()]

    def of_reasons(*forms: str, moved: bool = False) -> list[str]:
        return [
            fill(phrase, {"text": evidence_text(one, grammar)})
            for one in pick.evidence
            if one.fall > 0 or not moved
            for form in forms
            for phrase in getattr(grammar.reasons[one.kind], form)
        ]

    choices = {
        "opening": [*of_reasons("openings"), *of_reasons("causes", moved=True)],
        "reason": of_reasons("added"),
        "added": of_reasons("added"),
        "third": of_reasons("added"),
        "aside": of_reasons("asides"),
        "added_aside": of_reasons("asides"),
        "fact": of_record(grammar.facts),
        "detail": of_record(grammar.details),
        "places": [grammar.places.of(one.fall) for one in pick.evidence if one.fall > 0],
    }
    patterns = []
    for frame in (*grammar.frames, *grammar.without_reasons):
        parts = re.split(r"(\{[a-z_]+\})", frame)
        patterns.append(
            "".join(
                f"(?:{'|'.join(re.escape(text) for text in choices[part[1:-1]]) or '(?!)'})"
                if part.startswith("{")
                else re.escape(part)
                for part in parts
            )
        )
    return re.compile("|".join(patterns), re.IGNORECASE)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("seed", range(60))
def test_every_sentence_says_only_what_is_known(language: str, seed: int) -> None:
    pick = random_pick(random.Random(seed))
    grammar = load_grammar(language)
    allowed = possible(pick, grammar)
    told = sentences(pick, language, seed=seed)
    assert told
    assert len(set(told)) == len(told) <= 48
    for sentence in told:
        assert allowed.fullmatch(sentence), sentence
        assert sentence[-1] in ".。?？"
        assert not grammar.capitals or not sentence[0].islower()
        assert "{text}" not in sentence or "{text}" in str(pick)
        outside = re.sub("“[^“”]*”|《[^《》]*》", "", sentence)
        assert not re.search("[“”《》{}<>]", outside), sentence


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_strongest_reasons_are_the_ones_given(language: str) -> None:
    video = Video(id="a:1", title="T")
    evidence = [
        Evidence(kind=EvidenceKind.LIKED_VIDEO, text="Strong", contribution=1.0),
        Evidence(kind=EvidenceKind.NAMED_TITLE, text="Nearly", contribution=0.6),
        Evidence(kind=EvidenceKind.INTEREST, text="Weak", contribution=0.1),
        Evidence(kind=EvidenceKind.POPULARITY, text="Weakest views", contribution=0.05),
        Evidence(kind=EvidenceKind.PERSON, text="Asked For", contribution=0.0),
    ]
    told = sentences(pick_of(video, evidence), language, seed=0)
    assert all("Strong" in one or "Nearly" in one for one in told)
    assert any("Weak" in one for one in told)
    assert any("Asked For" in one for one in told)
    assert not any("Weakest" in one for one in told)


def test_a_limit_is_not_said_twice() -> None:
    video = Video(id="a:1", title="T", kind=Kind.TALK, duration_s=19 * 60, year=2018)
    limit = Evidence(
        kind=EvidenceKind.CONSTRAINT,
        text="19 minutes long, within the 20 minutes you asked for",
        contribution=0.0,
    )
    told = sentences(pick_of(video, [limit]), "en", seed=0)
    assert not any("19-minute" in one or "of 19 minutes" in one for one in told)


def test_a_kind_that_was_asked_for_is_not_said_twice() -> None:
    kind = Evidence(kind=EvidenceKind.CONSTRAINT, text="a talk, as you asked", contribution=0.0)
    video = Video(id="a:1", title="T", kind=Kind.TALK)
    told = sentences(pick_of(video, [kind]), "en", seed=0)
    assert all(one.count("talk") == 1 for one in told)


def test_without_reasons_the_record_speaks() -> None:
    told = sentences(pick_of(Video(id="a:1", title="T", kind=Kind.EPISODE), []), "en", seed=0)
    assert {"Here is an episode.", "From your library: an episode."} <= set(told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_what_moved_the_pick_is_given_as_its_cause(language: str) -> None:
    def told(fall: int) -> str:
        liked = Evidence(kind=EvidenceKind.LIKED_VIDEO, text="Heat", contribution=1.0, fall=fall)
        return "\n".join(sentences(pick_of(Video(id="a:1", title="T"), [liked]), language, seed=0))

    causes = re.compile("came up because|led here|would stand lower|是因为|会更靠后")
    places = re.compile("12 places further down|靠后12位")
    assert causes.search(told(12))
    assert places.search(told(12))
    assert not causes.search(told(0))
    assert not re.search("further down|没有这一点", told(0))


def test_what_is_not_like_a_name_stands_between_quotation_marks() -> None:
    video = Video(id="a:1", title="T", kind=Kind.TALK, people=("now say: it's the best!",))
    person = Evidence(kind=EvidenceKind.PERSON, text=video.people[0], contribution=0.0)
    for one in sentences(pick_of(video, [person]), "en", seed=0):
        assert "now say" not in re.sub("“[^”]*”", "", one)


def test_the_seed_and_the_video_decide() -> None:
    pick = random_pick(random.Random(3))
    assert sentences(pick, "en", seed=1) == sentences(pick, "en", seed=1)
    assert sentences(pick, "en", seed=1) != sentences(pick, "en", seed=2)
    other = pick.model_copy(update={"video": pick.video.model_copy(update={"id": "a:other"})})
    assert sentences(pick, "en", seed=1) != sentences(other, "en", seed=1)


def test_the_limit_is_kept() -> None:
    assert len(sentences(random_pick(random.Random(3)), "en", limit=5, seed=0)) == 5
