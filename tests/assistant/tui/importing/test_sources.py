"""The steps name what can be read, and what they tell to write can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.importers import IMPORTERS, recognise
from assistant.tui.importing.sources import SOURCES, Source, source_named, steps_text
from assistant.types import Interaction, Signal, Video


def test_every_source_has_an_importer() -> None:
    assert {source.format for source in SOURCES} <= {importer.name for importer in IMPORTERS}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_source_ends_with_an_import(source: Source) -> None:
    assert any(step.command.startswith("/import ") for step in source.steps)
    assert "It brings" in str(steps_text(source))
    assert source_named(source.id) is source


def test_the_table_of_the_steps_can_be_imported(tmp_path: Path) -> None:
    header, row, signals, _ = (step.command for step in source_named("files").steps)
    (tmp_path / "films.csv").write_text(f"{header}\n{row}\n")
    (tmp_path / "done.csv").write_text(f"{signals}\nmy:1,rated,4.5,2026-03-01\n")
    [video] = recognise(tmp_path / "films.csv").read(tmp_path / "films.csv")
    assert isinstance(video, Video)
    assert (video.title, video.tags, video.people) == (
        "Alien",
        ("space", "horror"),
        ("Ridley Scott",),
    )
    [done] = recognise(tmp_path / "done.csv").read(tmp_path / "done.csv")
    assert isinstance(done, Interaction)
    assert (done.video_id, done.signal, done.rating) == ("my:1", Signal.RATED, 4.5)
