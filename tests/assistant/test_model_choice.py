"""Choosing, measuring and removing models. Downloads, and the commands, are tested elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import model_choice, settings
from assistant.cancel import CancelToken
from assistant.doctor.apart import ProbeError
from assistant.errors import Cancelled, ModelError
from assistant.locations import Locations, find
from assistant.model_choice import (
    choose,
    measure_quality,
    measure_speed,
    remove,
    settings_with,
    value_of,
)
from assistant.model_overview import overview
from assistant.model_wording import quality, quality_in_full
from assistant.model_worth import Ranked, Worth, put_ranked
from assistant.models.catalogue import Entry, ModelKind, packaged
from assistant.models.shelf import Shelf
from assistant.narrator import Silent
from assistant.settings import Settings
from assistant.types import Interaction, Signal, Video
from store.forget import Selection, What, forget
from store.library import Library

TOY = Entry(
    name="Toy-1B", kind=ModelKind.LANGUAGE, repo="toys/Toy-GGUF", file="toy.gguf", size=4,
    context=512, licence="MIT", languages="none", good_for="tests",
)  # fmt: skip
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
EMBEDDING = packaged(ModelKind.EMBEDDING)


@pytest.fixture
def place(tmp_path: Path) -> Locations:
    locations = find(tmp_path)
    home = Shelf(locations.models).home(TOY)
    home.mkdir(parents=True)
    (home / "toy.gguf").write_bytes(b"GGUF")
    return locations


def test_what_is_chosen_is_what_is_loaded(place: Locations) -> None:
    value = value_of(TOY, Shelf(place.models))
    assert choose(place.settings, TOY.kind, value) is None
    assert settings.load(place.settings).language_model.model == value
    assert value_of(packaged(ModelKind.LANGUAGE), Shelf(place.models)) == "packaged"


def test_a_variable_that_wins_is_named(place: Locations, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("matinee_embedding__model", "packaged")
    assert choose(place.settings, ModelKind.EMBEDDING, "/a") == "MATINEE_EMBEDDING__MODEL"


def test_settings_with_another_model_differ_in_nothing_else() -> None:
    before = Settings()
    after = settings_with(before, ModelKind.EMBEDDING, "/a")
    assert after.embedding == before.embedding.model_copy(update={"model": "/a"})
    assert after.model_copy(update={"embedding": before.embedding}) == before


def test_what_is_in_use_stays(place: Locations) -> None:
    shelf = Shelf(place.models)
    in_use = settings_with(Settings(), TOY.kind, value_of(TOY, shelf))
    with pytest.raises(ModelError, match="in use"):
        remove(TOY, shelf, in_use)
    assert remove(TOY, shelf, Settings()) == 4
    with pytest.raises(ModelError, match="not there"):
        remove(TOY, shelf, Settings())
    with pytest.raises(ModelError, match="comes with"):
        remove(EMBEDDING, shelf, Settings())


@pytest.mark.parametrize("measure", [measure_speed, measure_quality])
def test_what_is_not_there_is_not_measured(place: Locations, measure: object) -> None:
    assert callable(measure)
    missing = TOY.model_copy(update={"name": "Missing"})
    with pytest.raises(ModelError, match="not on this machine"):
        measure(missing, place, Settings(), Silent(), CancelToken())


def test_a_measurement_that_is_cancelled_ends(place: Locations) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        measure_speed(EMBEDDING, place, Settings(), Silent(), cancel)


def test_a_crash_while_measuring_is_told_of(
    place: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> dict[str, object]:
        raise ProbeError("the process crashed (SIGILL)")

    monkeypatch.setattr(model_choice, "ask_apart", crash)
    with pytest.raises(ModelError) as caught:
        measure_speed(EMBEDDING, place, Settings(), Silent(), CancelToken())
    assert caught.value.detail == f"{EMBEDDING.name}: the process crashed (SIGILL)"


def test_what_an_embedding_model_is_worth_here_is_kept_and_shown(place: Locations) -> None:
    found = Ranked(ndcg=0.1234, low=0.1, high=0.15, likes=1200)
    with Library.open(place.library) as library:
        put_ranked(library, EMBEDDING.name, found)
        worth = Worth.of(library)
        rows = {row.name: row for row in overview(Settings(), Shelf(place.models), worth)}
    assert rows[EMBEDDING.name].quality == found
    assert quality(rows[EMBEDDING.name]) == "0.123"
    said = quality_in_full(rows[EMBEDDING.name])
    assert said == "nDCG@10 0.123 (0.100 … 0.150) on 1,200 likes of your history"
    assert rows["bge-small-en-v1.5"].quality is None
    assert quality_in_full(rows["bge-small-en-v1.5"]) == ""


def test_what_was_measured_on_a_history_goes_with_it(place: Locations) -> None:
    with Library.open(place.library) as library:
        library.put_videos([Video(id="v:1", title="A film")])
        library.add_interactions([Interaction(video_id="v:1", signal=Signal.LIKED, at=MOMENT)])
        put_ranked(library, EMBEDDING.name, Ranked(ndcg=0.1, likes=1))
    forget(place.library, Selection(What.HISTORY), index=place.index)
    with Library.open(place.library) as library:
        assert Worth.of(library).ranked(EMBEDDING.name) is None
