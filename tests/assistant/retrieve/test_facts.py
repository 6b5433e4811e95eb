from __future__ import annotations

import math

import pytest

from assistant.retrieve import RetrievalStore
from assistant.retrieve.facts import FactFeatures, facts_of
from assistant.types import Video
from store.library import Facts
from tests.assistant.retrieve.conftest import fill, made_video


def film(number: int, **fields: object) -> Video:
    return made_video("cooking", number, id=f"f:{number}", title=f"Film {number}", **fields)


@pytest.fixture
def films(store: RetrievalStore) -> RetrievalStore:
    fill(
        store,
        film(1, tags=["Heist", "Noir"], people=["Ada Star", "Bo Often"], year=1999),
        film(2, tags=["heist"], people=["ada star"], year=1990),
        film(3, tags=["noir"], people=["Cy Once"], year=1960),
        film(4, tags=[], people=[], year=None),
        film(5, tags=["heist"], people=["Ada Star", "Bo Often"], year=2001, views=10_000),
        film(6, tags=["noir"], people=[], year=2003, likes=5),
    )
    store.searcher.refresh()
    return store


def features(store: RetrievalStore, *numbers: int) -> FactFeatures:
    return FactFeatures([f"f:{number}" for number in numbers], store)


def facts(store: RetrievalStore, number: int) -> Facts:
    return facts_of(store.library.get([f"f:{number}"])[f"f:{number}"])


def test_what_videos_share_is_found_whatever_the_case(films: RetrievalStore) -> None:
    of = features(films, 2, 3, 4)
    tags = of.shared_tags([facts(films, 5)])
    assert tags[0] > tags[1] == tags[2]
    people = of.shared_people([facts(films, 5)])
    assert people[0] > people[1] == people[2]


def test_two_shared_people_say_more_than_one(films: RetrievalStore) -> None:
    one, both = features(films, 2, 5).shared_people([facts(films, 1)])
    assert both > one


def test_closeness_in_time_falls_with_the_years_between(films: RetrievalStore) -> None:
    scores = features(films, 1, 2, 3, 4).closeness_in_time([Facts(year=2000), Facts(year=1998)])
    assert scores[0] > scores[1] > scores[2]
    assert scores[3] == 0


def test_no_years_no_closeness(films: RetrievalStore) -> None:
    assert features(films, 1).closeness_in_time([Facts()]).tolist() == [0]


def test_a_closeness_in_time_is_a_mean_over_the_targets(films: RetrievalStore) -> None:
    of = features(films, 1, 3)
    near, far = of.closeness_in_time([Facts(year=1999)] * 3 + [Facts(year=1800)])
    assert near - far == pytest.approx(0.75 * (1 - math.exp(-39 / 5)))


def test_who_has_made_much_is_prominent(films: RetrievalStore) -> None:
    stars, one_star, nobody_known, nobody = features(films, 5, 2, 3, 4).prominence
    assert stars > one_star > nobody_known == nobody


def test_leaning_to_prominence_is_that_of_the_targets(films: RetrievalStore) -> None:
    of = features(films, 1)
    stars = of.leaning_to_prominence([facts(films, 5)])
    assert stars > of.leaning_to_prominence([facts(films, 5), facts(films, 3)])
    assert of.leaning_to_prominence([]) == 0


def test_popularity_counts_views_and_likes(films: RetrievalStore) -> None:
    scores = features(films, 5, 6, 1).popularity()
    assert scores is not None
    assert scores[0] > scores[1]
    assert scores[2] == 0
    assert features(films, 1).popularity() is None


def test_tags_that_were_said_are_counted(films: RetrievalStore) -> None:
    scores = features(films, 1, 2, 4).tags_said({"heist", "noir"})
    assert scores is not None
    both, one, none = scores
    assert both - one == pytest.approx(1)
    assert one - none == pytest.approx(1)
    assert features(films, 1).tags_said({"opera"}) is None


def test_a_video_that_is_gone_has_no_facts(films: RetrievalStore) -> None:
    of = FactFeatures(["f:1", "gone:1"], films)
    assert of.shared_people([facts(films, 5)])[1] <= 0


def test_a_kind_counts_by_its_share_of_what_is_liked(films: RetrievalStore) -> None:
    talk, film = made_video("jazz", 1, kind="talk"), made_video("jazz", 2, kind="film")
    fill(films, talk, film)
    films.searcher.refresh()
    liked = [Facts(kind="talk")] * 3 + [Facts(kind="film")]
    of = FactFeatures([talk.id, film.id], films)
    talks, films_ = of.shared_property(lambda one: one.kind, liked)
    assert talks - films_ == pytest.approx(0.5)
    assert of.shared_property(lambda one: one.language, [Facts()]).tolist() == [0, 0]
