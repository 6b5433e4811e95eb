from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled, ModelError
from assistant.explain import explain
from assistant.explain.telling import FEW, POOL, offer
from assistant.explain.variety import opening_of
from assistant.explain.wording import drawn
from assistant.models.base import LanguageModel
from assistant.models.scripted import ScriptedModel
from assistant.types import Evidence, EvidenceKind, Kind, Part, Pick, Request, Video

REQUEST = Request(message="a heist film", wish="heist film")


def pick(number: int = 1) -> Pick:
    """A film near a liked one, as thirty neighbours in a ranking might be."""
    return Pick(
        video=Video(
            id=f"a:{number}",
            title=f"Film {number}",
            kind=Kind.FILM,
            year=1960 + number,
            duration_s=(80 + number) * 60,
            people=(f"Person {number}",),
        ),
        rank=1,
        score=1.0,
        parts={Part.TASTE: 0.5, Part.REQUEST: 0.5},
        cluster="crime",
        evidence=(
            Evidence(kind=EvidenceKind.LIKED_VIDEO, text=f"Liked {number}", contribution=0.5),
            Evidence(kind=EvidenceKind.REQUEST_WORDS, text="heist", contribution=0.4),
        ),
    )


def told(model: LanguageModel | None, one: Pick, seed: int = 0, language: str = "en") -> str:
    request = REQUEST.model_copy(update={"language": language})
    return "".join(explain(one, request, model, CancelToken(), seed=seed))


def skeleton(sentence: str) -> str:
    """A sentence without what differs from video to video."""
    return re.sub(r"\d+", "#", sentence)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_model_the_seed_chooses_one_of_the_sentences(language: str) -> None:
    offered = offer(pick(), language, seed=4)
    assert told(None, pick(), 4, language) in offered
    assert told(None, pick(), 4, language) == told(None, pick(), 4, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_thirty_picks_in_a_row_do_not_sound_alike(language: str) -> None:
    told_of = [told(None, pick(number), number, language) for number in range(30)]
    assert len({skeleton(sentence) for sentence in told_of}) >= 20


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ten_sentences_of_a_session_open_differently(language: str) -> None:
    said: list[str] = []
    for number in range(10):
        pieces = explain(
            pick(number), REQUEST.model_copy(update={"language": language}), None, CancelToken(),
            seed=number, said=said,
        )  # fmt: skip
        said.append("".join(pieces))
    assert len({opening_of(sentence) for sentence in said}) == 10


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_looked_for_further_where_the_first_few_open_as_before(language: str) -> None:
    first = list(islice(drawn(pick(), language, limit=POOL, seed=0), FEW))
    assert opening_of(told(None, pick(), 0, language)) in map(opening_of, first)
    request = REQUEST.model_copy(update={"language": language})
    told_next = "".join(explain(pick(), request, None, CancelToken(), seed=0, said=first))
    assert opening_of(told_next) not in map(opening_of, first)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_comes_in_pieces(language: str) -> None:
    request = REQUEST.model_copy(update={"language": language})
    pieces = [list(explain(pick(n), request, None, CancelToken(), seed=n)) for n in range(10)]
    assert any(len(some) > 1 for some in pieces)
    assert all(all(some) for some in pieces)


def test_the_model_reads_one_pick_and_chooses() -> None:
    offered = offer(pick(), "en", seed=0)
    model = ScriptedModel(answers=[offered[5]])
    assert told(model, pick()) == offered[5]
    (asked,) = model.asked
    assert asked.options == offered
    assert "Film 1\nReason: Liked 1" in asked.prompt


def test_a_model_that_fails_is_done_without() -> None:
    model = ScriptedModel(failure=ModelError("The model is broken."))
    assert told(model, pick()) in offer(pick(), "en", seed=0)


def test_a_sentence_that_was_begun_is_finished_truly() -> None:
    offered = offer(pick(), "en", seed=0)

    class Breaks(ScriptedModel):
        def choose(self, *_: object, **__: object) -> Iterator[str]:
            yield offered[3][:12]
            raise ModelError("The model broke.")

    assert told(Breaks(), pick()) in offered


def test_a_pick_without_evidence_is_told_too() -> None:
    bare = pick().model_copy(update={"evidence": ()})
    assert told(ScriptedModel(), bare)[-1] in ".?"


def test_it_stops_when_it_is_told_to() -> None:
    cancel = CancelToken()
    cancel.cancel()
    for model in (None, ScriptedModel()):
        with pytest.raises(Cancelled):
            list(explain(pick(), REQUEST, model, cancel, seed=0))


@pytest.mark.real_models
def test_the_real_model_tells_true_and_varied_sentences() -> None:
    from assistant.models.local import LocalModel
    from assistant.settings import LanguageModelSettings

    model = LocalModel.load(LanguageModelSettings(threads=1))
    try:
        for language in ("en", "zh"):
            skeletons = set()
            for number in range(30):
                sentence = told(model, pick(number), number, language)
                assert sentence in offer(pick(number), language, seed=number)
                skeletons.add(skeleton(sentence))
            assert len(skeletons) >= 20
    finally:
        model.close()
