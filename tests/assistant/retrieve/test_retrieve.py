from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.retrieve import RetrievalStore, appraise, retrieve
from assistant.settings import RecommendSettings
from assistant.taste import build_taste
from assistant.types import (
    Candidate,
    Constraints,
    Interaction,
    Kind,
    NamedTitle,
    Part,
    Request,
    Signal,
    Stage,
    Taste,
)
from store.index import Index
from store.vectors import Searcher
from tests.assistant.retrieve.conftest import TOPICS, fill, made_video
from tests.toys import ToyEmbedder

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def asking(wish: str = "", **fields: object) -> Request:
    return Request.model_validate({"message": wish or "hello", "wish": wish} | fields)


def named(video_id: str, liking: int = 1) -> NamedTitle:
    return NamedTitle.model_validate(
        {"video_id": video_id, "title": "T", "mention": "t", "match": 1, "liking": liking}
    )


def taste_of(
    store: RetrievalStore, *signals: tuple[str, Signal], settings: RecommendSettings | None = None
) -> Taste:
    ids, vectors = store.library.vectors(store.embedder.key, [one for one, _ in signals])
    return build_taste(
        [Interaction(video_id=one, signal=signal, at=NOW) for one, signal in signals],
        dict(zip(ids, vectors, strict=True)),
        {one: video.keywords for one, video in store.library.get(ids).items()},
        now=NOW,
        settings=settings or RecommendSettings(),
    )


def liking(store: RetrievalStore, *ids: str) -> Taste:
    return taste_of(store, *((one, Signal.LIKED) for one in ids))


def ids_of(candidates: Sequence[Candidate]) -> list[str]:
    return [candidate.video.id for candidate in candidates]


def topics_of(candidates: Sequence[Candidate]) -> list[str]:
    return [one.removeprefix("t:").split("-")[0] for one in ids_of(candidates)]


# --- what was asked ----------------------------------------------------------------------------


def test_the_wish_comes_first(store: RetrievalStore) -> None:
    found = retrieve(asking("stars and telescopes"), Taste(), store, exclude=(), limit=30)
    assert topics_of(found)[:5] == ["astronomy"] * 5
    assert len(found) == 30


def test_the_parts_add_up_to_the_score_and_the_scores_fall(store: RetrievalStore) -> None:
    taste = taste_of(store, ("t:jazz-1", Signal.LIKED), ("t:chess-1", Signal.DISLIKED))
    request = asking("ocean horror", named=[named("t:sailing-2"), named("t:cooking-2", -1)])
    found = retrieve(request, taste, store, exclude=())
    assert all(math.fsum(one.parts.values()) == one.score for one in found)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    parts = {part for one in found for part in one.parts}
    assert parts == set(Part) - {Part.COMMUNITY, Part.MEMORY, Part.RELEVANCE, Part.MODEL}


def test_an_empty_wish_is_not_embedded(store: RetrievalStore) -> None:
    class Deaf(ToyEmbedder):
        def encode_queries(self, texts: Sequence[str]) -> np.typing.NDArray[np.float32]:
            raise AssertionError("nothing to embed")

    deaf = replace(store, embedder=Deaf(store.embedder.key, store.embedder.dimension))
    for wish in ("", " "):
        assert retrieve(asking(wish), Taste(), deaf, exclude=(), limit=5)


def test_a_wish_of_words_that_mostly_say_nothing_is_still_one(store: RetrievalStore) -> None:
    fill(store, made_video("jazz", 0, id="t:who", title="The Who", description="", tags=()))
    found = retrieve(asking("The Who"), Taste(), store, exclude=(), limit=3)
    assert found[0].video.id == "t:who"


def test_a_script_that_the_model_cannot_read_means_what_its_words_find(
    store: RetrievalStore,
) -> None:
    class Latin(ToyEmbedder):
        def reads(self, text: str) -> bool:
            return text.isascii()

    latin = replace(store, embedder=Latin(store.embedder.key, store.embedder.dimension))
    fill(store, made_video("chess", 0, id="t:zh-1", other_titles=("国际象棋入门",)))
    found = retrieve(asking("国际象棋"), Taste(), latin, exclude=(), limit=4)
    assert found[0].video.id == "t:zh-1"
    assert {one.video.id.rsplit("-", 1)[0] for one in found[1:]} == {"t:chess"}
    assert retrieve(asking("量子力学"), Taste(), latin, exclude=(), limit=4) == ()


def test_matched_words_are_those_of_the_wish_that_the_video_has(store: RetrievalStore) -> None:
    found = retrieve(asking("Telescope and Classics"), Taste(), store, exclude=(), limit=100)
    words = {one.video.id: one.matched_words for one in found}
    assert words["t:astronomy-8"] == ("Classics",)
    assert words["t:astronomy-1"] == ("Telescope",)
    assert words.get("t:chess-1", ()) == ()


def test_a_chinese_wish_finds_chinese_titles(store: RetrievalStore) -> None:
    fill(
        store,
        made_video("chess", 0, id="t:zh-1", title="人工智能入门", description="从零开始学习"),
        made_video("chess", 1, id="t:zh-2", title="中国美食", description="面条和饺子"),
    )
    found = retrieve(asking("人工智能教程"), Taste(), store, exclude=(), limit=10)
    assert found[0].video.id == "t:zh-1"
    assert found[0].matched_words == ("人工智能",)


# --- titles named ------------------------------------------------------------------------------


def test_named_titles_are_resembled_and_not_returned(store: RetrievalStore) -> None:
    request = asking(named=[named("t:jazz-0"), named("t:jazz-1")])
    found = retrieve(request, Taste(), store, exclude=(), limit=20)
    assert topics_of(found)[:8] == ["jazz"] * 8
    assert not {"t:jazz-0", "t:jazz-1"} & {*ids_of(found)}
    assert found[0].parts[Part.NAMED] > 0


def test_what_is_pointed_at_counts_like_what_is_named(store: RetrievalStore) -> None:
    pointed = retrieve(asking(references=["t:chess-3"]), Taste(), store, exclude=())
    spoken = retrieve(asking(named=[named("t:chess-3")]), Taste(), store, exclude=())
    assert pointed == spoken
    assert topics_of(pointed)[0] == "chess"


def test_an_unwanted_title_pushes_its_kind_down(store: RetrievalStore) -> None:
    wish = "python"
    plain = retrieve(asking(wish), Taste(), store, exclude=(), limit=3)
    assert "django" in topics_of(plain)
    request = asking(wish, named=[named("t:django-3", -1)])
    found = retrieve(request, Taste(), store, exclude=(), limit=3)
    assert {*topics_of(found)} == {"asyncio"}
    assert "t:django-3" not in ids_of(retrieve(request, Taste(), store, exclude=()))


def test_a_title_that_left_the_library_is_no_obstacle(store: RetrievalStore) -> None:
    request = asking("jazz", named=[named("t:gone")])
    assert topics_of(retrieve(request, Taste(), store, exclude=(), limit=3)) == ["jazz"] * 3


# --- taste -------------------------------------------------------------------------------------


def test_without_a_wish_the_taste_is_the_wish(store: RetrievalStore) -> None:
    taste = liking(store, "t:chess-0", "t:chess-1", "t:sailing-4")
    found = retrieve(asking(), taste, store, exclude=(), limit=12)
    assert {*topics_of(found)} == {"chess", "sailing"}
    best = found[0]
    assert best.interest is not None
    assert best.interest.startswith(topics_of(found)[0])


def test_among_what_fits_the_taste_decides(store: RetrievalStore) -> None:
    taste = liking(store, "t:django-0", "t:django-1", "t:django-2")
    found = retrieve(asking("python"), taste, store, exclude=(), limit=3)
    assert topics_of(found) == ["django", "django", "asyncio"]  # of those whose wish is met equally
    found = retrieve(asking("horror"), taste, store, exclude=(), limit=3)
    assert topics_of(found) == ["zombies"] * 3


def test_a_taste_has_its_time(store: RetrievalStore) -> None:
    fill(
        store,
        *(
            made_video("chess", n, id=f"t:chess-{year}{n}", title=f"Chess {n}", year=year)
            for n in range(4)
            for year in (1970, 2020)
        ),
    )
    found = retrieve(asking(), liking(store, "t:chess-19700"), store, exclude=(), limit=100)
    order = ids_of(found)
    for n in (1, 2, 3):
        assert order.index(f"t:chess-1970{n}") < order.index(f"t:chess-2020{n}")


def test_a_small_interest_is_not_forgotten(store: RetrievalStore) -> None:
    taste = liking(store, *(f"t:cooking-{n}" for n in range(9)), "t:astronomy-2")
    found = retrieve(asking(), taste, store, exclude=(), limit=10)
    assert "astronomy" in topics_of(found)


def test_what_is_like_a_dislike_sinks(store: RetrievalStore) -> None:
    signals = [("t:zombies-0", Signal.DISLIKED), ("t:zombies-1", Signal.DISLIKED)]
    found = retrieve(asking("apocalypse"), taste_of(store, *signals), store, exclude=())
    penalised = {one.video.id for one in found if one.parts[Part.DISLIKE] < 0}
    assert penalised
    assert all("zombies" in one for one in penalised)


def test_the_mean_alone_ranks_by_cosine(store: RetrievalStore) -> None:
    signals = [(f"t:{topic}-0", Signal.WATCHED) for topic in ("jazz", "chess", "jazz")]
    taste = taste_of(store, *signals, settings=RecommendSettings(taste="mean"))
    found = retrieve(asking(), taste, store, exclude=(), limit=40)
    _, vectors = store.library.vectors(store.embedder.key, ids_of(found))
    assert taste.vector is not None
    cosines = vectors @ taste.vector
    assert (np.diff(cosines) <= 1e-6).all()
    assert {*found[0].parts} == {Part.TASTE}


def test_cold_start_is_spread_and_repeatable(store: RetrievalStore) -> None:
    found = retrieve(asking(), Taste(), store, exclude=(), limit=40)
    assert len({*topics_of(found)}) >= 8
    assert found == retrieve(asking(), Taste(), store, exclude=(), limit=40)
    other = retrieve(asking(message="good evening"), Taste(), store, exclude=(), limit=40)
    assert ids_of(other) != ids_of(found)


def test_what_is_popular_comes_first_when_nothing_else_is_known(store: RetrievalStore) -> None:
    fill(store, *(made_video("chess", n, views=10 ** (n + 1)) for n in range(6)))
    found = retrieve(asking(), Taste(), store, exclude=(), limit=20)
    assert found[0].video.id == "t:chess-5"
    assert found[0].parts[Part.POPULARITY] > 0


def test_popularity_decides_between_equals(store: RetrievalStore) -> None:
    same = {"title": "Regatta", "description": "", "tags": (), "people": ()}
    quiet = made_video("sailing", 0, id="t:quiet", views=10, **same)
    loud = made_video("sailing", 0, id="t:loud", views=10_000_000, **same)
    fill(store, quiet, loud)
    found = retrieve(asking("regatta"), Taste(), store, exclude=(), limit=2)
    assert ids_of(found) == ["t:loud", "t:quiet"]


# --- what is left out --------------------------------------------------------------------------


def test_what_was_shown_or_is_known_is_left_out(store: RetrievalStore) -> None:
    taste = taste_of(store, *((f"t:jazz-{n}", Signal.WATCHED) for n in range(4)))
    shown = {f"t:jazz-{n}" for n in range(4, 8)}
    found = retrieve(asking("jazz piano"), taste, store, exclude=shown, limit=100)
    assert sorted(one for one in ids_of(found) if "jazz" in one) == ["t:jazz-8", "t:jazz-9"]
    assert ids_of(found)[0] in {"t:jazz-8", "t:jazz-9"}


@pytest.mark.parametrize(
    "constraints",
    [
        Constraints(max_duration_s=1200),
        Constraints(min_year=2017, kinds=(Kind.TALK,)),
        Constraints(languages=("de",), not_kinds=(Kind.TUTORIAL,)),
        Constraints(languages=("fr",)),
    ],
)
@pytest.mark.parametrize("wish", ["", "bread and stars"])
def test_constraints_are_kept_and_leave_all_that_they_admit(
    store: RetrievalStore, constraints: Constraints, wish: str
) -> None:
    found = retrieve(asking(wish, constraints=constraints), Taste(), store, exclude=(), limit=100)
    assert sorted(ids_of(found)) == sorted(store.library.admitted_ids(constraints))


def test_no_candidate_carries_an_avoided_term(store: RetrievalStore) -> None:
    request = asking("python", avoid=["coroutine", "web framework"])
    found = retrieve(request, Taste(), store, exclude=(), limit=100)
    texts = [f"{one.video.description} {one.video.tags}" for one in found]
    assert not any("coroutines" in text for text in texts)
    assert any("framework" in text for text in texts)
    assert found


def test_of_the_same_talk_given_twice_the_better_one_is_kept(store: RetrievalStore) -> None:
    twin = made_video("astronomy", 3, id="t:astronomy-again", tags=("astronomy", "galaxies", "x"))
    fill(store, twin)
    found = ids_of(retrieve(asking("galaxies"), Taste(), store, exclude=(), limit=100))
    assert len({"t:astronomy-3", "t:astronomy-again"} & {*found}) == 1
    request = asking(named=[named("t:astronomy-3")])
    assert "t:astronomy-again" not in ids_of(retrieve(request, Taste(), store, exclude=()))


def test_an_empty_library_has_no_candidates(empty_store: RetrievalStore) -> None:
    assert retrieve(asking("anything at all about cats"), Taste(), empty_store, exclude=()) == ()


# --- what is not there yet ---------------------------------------------------------------------


def test_a_video_without_a_vector_is_found_by_its_words(store: RetrievalStore) -> None:
    late = made_video("history", 0, id="t:late", title="Byzantine mosaics", description="")
    store.library.put_videos([late])
    found = retrieve(asking("byzantine mosaics"), Taste(), store, exclude=(), limit=10)
    assert found[0].video.id == "t:late"
    assert Part.WORDS in found[0].parts


def test_a_library_without_any_vector_is_searched_by_words(empty_store: RetrievalStore) -> None:
    empty_store.library.put_videos(made_video(topic, 1) for topic in TOPICS)
    found = retrieve(asking("saxophone"), Taste(), empty_store, exclude=(), limit=3)
    assert found[0].video.id == "t:jazz-1"
    assert len(found) == 3


def test_through_the_index_it_finds_the_same(store: RetrievalStore, tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index", store.embedder.key)
    searcher = Searcher(store.library, store.embedder.key, index)
    searcher.refresh()
    indexed = replace(store, searcher=searcher)
    request = asking("tactics for beginners", constraints=Constraints(min_year=2012))
    by_index = retrieve(request, Taste(), indexed, exclude=("t:chess-1",), limit=10)
    assert searcher.method == "index"
    by_scan = retrieve(request, Taste(), store, exclude=("t:chess-1",), limit=10)
    assert ids_of(by_index) == ids_of(by_scan)
    searcher.close()


def test_what_is_appraised_scores_as_what_is_retrieved(store: RetrievalStore) -> None:
    request = asking("stars and telescopes")
    found = retrieve(request, Taste(), store, exclude=(), limit=30)
    appraised = appraise(request, Taste(), store, [one.video.id for one in reversed(found)])
    parts = {one.video.id: one.parts for one in appraised}
    assert len(parts) == len(found)
    for one in found:
        assert parts[one.video.id] == pytest.approx(one.parts)


def test_what_is_appraised_may_be_what_is_never_recommended(store: RetrievalStore) -> None:
    taste = liking(store, "t:jazz-1")
    [known] = appraise(asking(), taste, store, ["t:jazz-1", "t:unknown"])
    assert known.video.id == "t:jazz-1"
    assert known.score > 0


def test_a_signal_that_is_switched_off_adds_nothing(store: RetrievalStore) -> None:
    taste = taste_of(store, ("t:jazz-1", Signal.LIKED), ("t:chess-1", Signal.DISLIKED))
    request = asking("ocean horror", named=[named("t:sailing-2"), named("t:cooking-2", -1)])
    off = {
        Stage.WISH_MEANING: Part.REQUEST,
        Stage.WORDS: Part.WORDS,
        Stage.NAMED: Part.NAMED,
        Stage.TASTE: Part.TASTE,
        Stage.INTEREST: Part.INTEREST,
        Stage.DISLIKE: Part.DISLIKE,
    }
    for stage, part in off.items():
        found = retrieve(request, taste, store, exclude=(), without={stage})
        assert found
        assert not any(one.parts.get(part) for one in found), stage
