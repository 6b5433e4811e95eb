from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.importers import recognise
from assistant.importers.matinee_preferences import MatineePreferencesImporter
from assistant.types import Avoided, Preference, Scope, Skipped

SAID: dict[str, Any] = {
    "said": "I never watch horror",
    "avoid": [{"term": "horror"}],
    "at": "2026-03-01T12:30:00Z",
}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "preferences.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_it_is_recognised_and_read(tmp_path: Path) -> None:
    path = written(tmp_path, SAID, {"said": "一家人", "scope": "kids", "likes": ["吉卜力"]})
    importer = recognise(path)
    assert isinstance(importer, MatineePreferencesImporter)
    assert importer.count(path) == 2
    one, two = importer.read(path)
    assert one == Preference(
        said="I never watch horror",
        avoid=(Avoided(term="horror"),),
        at=datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
    )
    assert isinstance(two, Preference)
    assert (two.scope, two.likes) == (Scope.KIDS, ("吉卜力",))
    assert two.at is not None


def test_a_number_and_what_is_not_known_are_passed_over(tmp_path: Path) -> None:
    [one] = MatineePreferencesImporter().read(written(tmp_path, SAID | {"id": 7, "mood": "sad"}))
    assert isinstance(one, Preference)
    assert one.id is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (SAID | {"scope": "sometimes"}, "scope"),
        (SAID | {"scope": "session"}, "session"),
        (SAID | {"said": ""}, "said"),
        (SAID | {"said": "\x07"}, "said"),
        (SAID | {"at": "1066-10-14T09:00:00Z"}, "1970"),
        (SAID | {"constraints": {"unknown": 1}}, "unknown"),
        ("{", ""),
    ],
)
def test_what_cannot_be_is_skipped(tmp_path: Path, row: object, reason: str) -> None:
    found = list(MatineePreferencesImporter().read(written(tmp_path, row, SAID)))
    assert isinstance(found[0], Skipped)
    assert reason in found[0].reason
    assert isinstance(found[1], Preference)


def test_texts_are_cleaned(tmp_path: Path) -> None:
    row = SAID | {"said": "\x1b[31mred\u202e", "likes": ["\x07bell"]}
    [one] = MatineePreferencesImporter().read(written(tmp_path, row))
    assert isinstance(one, Preference)
    assert not {"\x1b", "\u202e", "\x07"} & set(one.said + one.likes[0])
