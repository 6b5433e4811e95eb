from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import IMPORTERS, recognise
from tests.assistant.importers.sources import write_json, write_lines, write_zip


def refused(path: Path) -> ImportSourceError:
    with pytest.raises(ImportSourceError) as raised:
        recognise(path)
    return raised.value


def test_every_format_has_a_name_and_a_description_of_its_own() -> None:
    assert len({importer.name for importer in IMPORTERS}) == len(IMPORTERS)
    assert all(importer.looks_like for importer in IMPORTERS)


def test_formats_that_share_field_names_are_told_apart(tmp_path: Path) -> None:
    ours = write_lines(tmp_path / "ours", {"id": "a:b", "title": "T"})
    theirs = write_lines(tmp_path / "theirs", {"id": "b", "title": "T", "_type": "url"})
    assert recognise(ours).name == "Matinee JSON lines"
    assert recognise(theirs).name == "yt-dlp playlist"


def test_a_broken_first_line_does_not_hide_the_format(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": \n{"id": "a:b", "title": "T"}\n')
    assert recognise(path).name == "Matinee JSON lines"


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing").detail.endswith("nothing does not exist.")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").detail.endswith("is neither a file nor a folder.")


def test_what_is_not_known_is_described_and_what_is_known_listed(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"Dear \x1b[31mdiary\xff,\n")
    error = refused(path)
    assert error.detail == f"{path}: a file that begins with 'Dear diary\ufffd,'"
    for importer in IMPORTERS:
        assert importer.name in error.hint


def test_empty_things_are_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.jsonl").touch()
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(b""))
    assert refused(tmp_path / "folder").detail.endswith("an empty folder")
    assert refused(tmp_path / "file.jsonl").detail.endswith("an empty file")
    assert refused(tmp_path / "packed.jsonl.gz").detail.endswith("an empty file")


def test_folders_and_zips_of_other_things(tmp_path: Path) -> None:
    write_json(tmp_path / "folder" / "videos.json", {})
    archive = write_zip(tmp_path / "x.zip", {"videos/x.json": b"{}"})
    assert refused(tmp_path / "folder").detail.endswith("a folder, none of its files known (of 1)")
    assert refused(archive).detail.endswith("a zip with none of the files that are known")


def test_a_damaged_gzip(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00nonsense")
    assert refused(path).title
