"""The page on our own format says what the importers do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.importers import recognise
from assistant.types import Interaction, Kind, Signal, Skipped, Video

PAGE = (Path(__file__).parents[3] / "docs" / "import-format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(("title", "model"), [("A video", Video), ("An interaction", Interaction)])
def test_the_tables_hold_every_field_and_no_other(
    title: str, model: type[Video] | type[Interaction]
) -> None:
    documented = re.findall(r"^\| `(\w+)` \|", section(title), re.MULTILINE)
    assert documented == list(model.model_fields)


def test_every_kind_and_signal_is_named() -> None:
    assert all(f"`{kind}`" in section("A video") for kind in Kind)
    assert all(f"`{signal}`" in section("An interaction") for signal in Signal)


@pytest.mark.parametrize("number", range(3))
def test_the_examples_can_be_imported(tmp_path: Path, number: int) -> None:
    example = re.findall(r"```(?:json|csv)\n(.*?)```", PAGE, re.DOTALL)[number]
    path = tmp_path / "example"
    path.write_text(example, encoding="utf-8")
    [record] = recognise(path).read(path)
    assert not isinstance(record, Skipped), record
