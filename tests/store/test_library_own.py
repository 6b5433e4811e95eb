from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.types import Interaction, Signal, Video
from store import starter
from store.ingest import add_keywords, ingest
from store.library import Library, OwnTags
from store.library.integrity import Inspection
from store.library.own import MOST_TAGS
from tests.toys import ToyEmbedder

TALK = Video(id="t:1", title="Sailing alone", tags=("boats", "Sea"))
OTHER = Video(id="t:2", title="Bread at home", tags=("food",))
MODEL = ToyEmbedder().key


@pytest.fixture
def filled(library: Library) -> Library:
    ingest([TALK, OTHER], library, ToyEmbedder)
    return library


def found(library: Library, word: str) -> list[str]:
    return [hit.video_id for hit in library.search(word, limit=10)]


# --- tags --------------------------------------------------------------------------------------


def test_edited_tags_are_found_and_what_was_derived_is_made_anew(filled: Library) -> None:
    edited = filled.edit_tags("t:1", ["boats", "solitude", "海"])
    assert edited.tags == ("boats", "solitude", "海")
    assert found(filled, "solitude") == found(filled, "海") == ["t:1"]
    assert found(filled, "sea") == []
    assert filled.missing_vectors(MODEL) == filled.missing_keywords() == ["t:1"]
    ingest([], filled, ToyEmbedder)
    assert "solitude" in filled.get(["t:1"])["t:1"].keywords
    assert filled.missing_vectors(MODEL) == []


def test_own_tags_outlive_every_import(filled: Library) -> None:
    filled.edit_tags("t:1", ["boats", "solitude"])
    assert ingest([TALK, OTHER], filled, ToyEmbedder).unchanged == 2
    assert filled.get(["t:1"])["t:1"].tags == ("boats", "solitude")
    newer = TALK.model_copy(update={"tags": ("boats", "sea", "atlantic")})
    assert ingest([newer], filled, ToyEmbedder).updated == 1
    assert filled.get(["t:1"])["t:1"].tags == ("boats", "atlantic", "solitude")
    assert filled.own_tags(["t:1", "t:2"]) == {"t:1": OwnTags(("solitude",), ("Sea",))}


def test_tags_as_the_source_has_them_are_nobodys_own(filled: Library) -> None:
    filled.edit_tags("t:1", ["solitude"])
    filled.edit_tags("t:1", TALK.tags)
    assert filled.own_tags(["t:1"])["t:1"].added == ()
    assert ingest([TALK], filled).unchanged == 1
    filled.edit_tags("t:2", OTHER.tags)
    assert filled.own_tags(["t:2"]) == {}


def test_a_tag_that_was_taken_away_stays_away_whoever_gave_it(filled: Library) -> None:
    filled.edit_tags("t:1", [*TALK.tags, "atlantic"])
    ingest([TALK.model_copy(update={"tags": (*TALK.tags, "Atlantic")})], filled)
    filled.edit_tags("t:1", TALK.tags)
    ingest([TALK.model_copy(update={"tags": (*TALK.tags, "Atlantic")})], filled)
    assert filled.get(["t:1"])["t:1"].tags == TALK.tags


def test_an_own_spelling_stays(filled: Library) -> None:
    filled.edit_tags("t:1", ["Boats", "sea"])
    assert ingest([TALK], filled).unchanged == 1
    assert filled.get(["t:1"])["t:1"].tags == ("Boats", "sea")
    filled.edit_tags("t:1", TALK.tags)
    assert ingest([TALK], filled).unchanged == 1
    assert filled.get(["t:1"])["t:1"].tags == TALK.tags


def test_tags_are_cleaned_and_no_more_than_there_may_be(filled: Library) -> None:
    tags = ["\x1b[31mred", "  two  words ", "", "RED", *(f"tag{number}" for number in range(200))]
    edited = filled.edit_tags("t:1", tags).tags
    assert edited[:3] == ("red", "two words", "tag0")
    assert len(edited) == MOST_TAGS


def test_the_same_tags_change_nothing(filled: Library) -> None:
    version = filled.data_version()
    filled.edit_tags("t:1", TALK.tags)
    assert filled.data_version() == version
    with pytest.raises(StoreError, match="no such video"):
        filled.edit_tags("t:none", ["x"])


def test_an_edited_library_is_sound(filled: Library) -> None:
    filled.edit_tags("t:1", ["solitude"])
    filled.discard_videos(["t:2"])
    with Inspection.open(filled.path) as inspection:
        assert inspection.bad_videos() == ([], [])
        assert inspection.bad_own_edits() == []
        filled._connection.execute("UPDATE own_tags SET added = '[1]'")
        filled._connection.execute("UPDATE removed_videos SET video_id = 't:9'")
        assert [row.id for row in inspection.bad_own_edits()] == ["t:1", "t:9"]


# --- removed -----------------------------------------------------------------------------------


def test_a_removed_video_is_gone_and_no_import_brings_it_back(filled: Library) -> None:
    liked = Interaction(video_id="t:1", signal=Signal.LIKED, at=datetime(2026, 3, 1, tzinfo=UTC))
    filled.add_interaction(liked)
    [gone] = filled.discard_videos(["t:1", "t:none"])
    assert gone.title == TALK.title
    assert (filled.ids(), found(filled, "sailing")) == (["t:2"], [])
    assert filled.interactions() == [liked]
    summary = ingest([TALK, OTHER], filled, ToyEmbedder)
    assert (summary.new, summary.unchanged, summary.removed) == (0, 1, 1)
    assert filled.ids() == ["t:2"]


def test_it_comes_back_when_that_is_asked_for(filled: Library) -> None:
    filled.edit_tags("t:1", [*TALK.tags, "mine"])
    add_keywords(filled)
    whole = filled.get(["t:1"])["t:1"]
    filled.discard_videos(["t:1"])
    [back] = filled.bring_back_videos(["t:1", "t:none"])
    assert back == filled.get(["t:1"])["t:1"] == whole
    assert filled.removed_videos() == []
    assert filled.missing_vectors(MODEL) == ["t:1"]
    assert filled.bring_back_videos(["t:1"]) == ()

    filled.discard_videos(["t:1"])
    summary = ingest([TALK], filled, ToyEmbedder, bring_back=True)
    assert (summary.new, summary.removed) == (1, 0)
    assert filled.removed_videos() == []
    assert filled.get(["t:1"])["t:1"].tags == (*TALK.tags, "mine")


def test_the_last_removed_is_the_first_listed(filled: Library) -> None:
    filled.discard_videos(["t:2"])
    filled.discard_videos(["t:1"])
    assert [one.video.id for one in filled.removed_videos()] == ["t:1", "t:2"]
    assert filled.removed_among(["t:1", "t:3"]) == {"t:1"}


def test_a_library_without_any_video_is_not_filled_with_what_was_removed(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        starter.install(library, "a-model")
        ids = library.ids()
        library.discard_videos(ids)
        assert starter.install(library, "a-model") == 0
