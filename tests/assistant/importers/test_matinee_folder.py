from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import recognise
from assistant.importers.matinee_folder import MatineeFolderImporter
from assistant.types import Interaction, Video
from tests.assistant.importers.sources import interactions, skipped, videos, write_json, write_lines

VIDEO = {"id": "a:1", "title": "One"}
LIKED = {"video_id": "a:1", "title": "One", "signal": "liked", "at": "2026-01-02T03:04:05Z"}
MANIFEST = {
    "format": "matinee-export",
    "version": 1,
    "matinee": "1.0",
    "made": "2026-01-02T03:04:05Z",
    "formats": ["jsonl"],
    "counts": {"videos": 1},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_json(tmp_path / "export" / "manifest.json", MANIFEST)
    write_lines(tmp_path / "export" / "videos.jsonl", VIDEO)
    write_lines(tmp_path / "export" / "history.jsonl", LIKED)
    return tmp_path / "export"


def read(path: Path) -> list[Any]:
    importer = recognise(path)
    assert isinstance(importer, MatineeFolderImporter)
    return list(importer.read(path))


def test_videos_and_history_are_read(folder: Path) -> None:
    write_lines(folder / "ratings.jsonl", LIKED)
    (folder / "sessions.jsonl").write_text('{"id": "0", "turns": []}\n')
    assert [type(record) for record in read(folder)] == [Video, Interaction]
    assert recognise(folder).count(folder) == 2


def test_json_lines_are_preferred_and_tables_read_where_there_are_none(folder: Path) -> None:
    (folder / "videos.csv").write_text("id,title\na:2,Two\n")
    assert [video.title for video in videos(read(folder))] == ["One"]
    (folder / "videos.jsonl").unlink()
    assert [video.title for video in videos(read(folder))] == ["Two"]
    assert recognise(folder).count(folder) is None


def test_a_folder_without_a_manifest_is_known_by_its_tables(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")
    assert len(read(folder)) == 2
    (folder / "videos.jsonl").unlink()
    assert len(interactions(read(folder))) == 1


def test_a_table_of_json_lines_may_be_empty(folder: Path) -> None:
    (folder / "history.csv").write_text("video_id,signal,at\na:1,liked,2026-01-01\n")
    (folder / "history.jsonl").write_text("")
    assert len(read(folder)) == 1
    assert recognise(folder).count(folder) == 1


def test_other_folders_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    write_lines(tmp_path / "x" / "videos.jsonl", {"name": "x"})
    (tmp_path / "x" / "history.jsonl").touch()
    with pytest.raises(ImportSourceError, match="no format"):
        recognise(tmp_path / "x")


def test_an_export_of_a_newer_version_is_refused(folder: Path) -> None:
    write_json(folder / "manifest.json", MANIFEST | {"version": 2})
    with pytest.raises(ImportSourceError, match="newer Matinee"):
        read(folder)


def test_a_huge_manifest_is_not_read(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps(MANIFEST) + " " * 100_000)
    assert len(read(folder)) == 2


def test_a_record_that_is_skipped_says_in_which_file_it_is(folder: Path) -> None:
    write_lines(folder / "videos.jsonl", VIDEO, {"id": "b"})
    write_lines(folder / "history.jsonl", LIKED | {"mood": "blue"})
    assert skipped(read(folder)) == {
        "videos.jsonl, line 2": "id: not a namespaced video id (source:key): 'b'; "
        "title: is missing",
        "history.jsonl": "fields that Matinee does not have, ignored: 'mood' (1)",
    }
