from __future__ import annotations

import pytest

from assistant.retrieve import RetrievalStore, retrieve
from assistant.types import Constraints, NamedTitle, Request, Taste


def asking(wish: str, **fields: object) -> Request:
    return Request.model_validate({"message": wish, "wish": wish} | fields)


@pytest.mark.parametrize("wish", ["asdfghjkl", "xkqz vbnvbn", "?!", "98765 jkljkl"])
def test_what_was_typed_at_random_finds_nothing(store: RetrievalStore, wish: str) -> None:
    assert retrieve(asking(wish), Taste(), store, exclude=(), limit=3) == ()


@pytest.mark.parametrize("wish", ["carpentry", "marine painting", "astronmy", "стамбул", "京剧"])
def test_a_word_that_the_library_lacks_is_still_one(store: RetrievalStore, wish: str) -> None:
    assert retrieve(asking(wish), Taste(), store, exclude=(), limit=3)


def test_a_word_of_the_library_is_one_whatever_its_letters(store: RetrievalStore) -> None:
    assert retrieve(asking("jazz xkqz"), Taste(), store, exclude=(), limit=3)


def test_limits_and_titles_tell_enough(store: RetrievalStore) -> None:
    limits = asking("asdfghjkl", constraints=Constraints(min_year=2012))
    assert retrieve(limits, Taste(), store, exclude=(), limit=3)
    named = NamedTitle(video_id="t:jazz-1", title="Jazz", mention="jazz", match=1.0)
    title = asking("asdfghjkl", named=(named,))
    assert retrieve(title, Taste(), store, exclude=(), limit=3)
