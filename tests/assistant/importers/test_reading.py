from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import reading
from assistant.importers.reading import (
    MAX_RATIO,
    Line,
    Unreadable,
    files_under,
    json_object,
    lines,
    open_plain,
)
from benchmarks.bad_input.watch import removed

MB = 2**20


def problems(path: Path) -> list[str]:
    return [line.problem for line in lines(path) if line.problem]


def test_a_line_that_is_too_long_is_read_past(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"first\n" + b"x" * (3 * MB) + b"\nlast")
    assert list(lines(path, cap=MB)) == [
        Line(1, b"first\n"),
        Line(2, b"", "is longer than 1 MB"),
        Line(3, b"last"),
    ]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("rest", [b"\n" * (2 * MB), b"\0" * (600 * 1024)])
def test_what_says_nothing_and_does_not_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: bytes, packed: bool
) -> None:
    monkeypatch.setattr(reading, "MAX_WASTE", MB)
    monkeypatch.setattr(reading, "_LEAST_LINE", 1)
    path = tmp_path / "x"
    data = b"good\n" + rest * 4
    path.write_bytes(gzip.compress(data) if packed else data)
    found = list(lines(path, cap=MB))
    assert found[0] == Line(1, b"good\n")
    assert "from here on" in found[-1].problem or "unpacks to over" in found[-1].problem
    assert len(found) <= 3


def test_blank_lines_between_good_ones_are_no_waste(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_WASTE", 10 * reading._LEAST_LINE)
    path = tmp_path / "x"
    path.write_bytes((b"good" + b"\n" * 9) * 20)
    assert len(list(lines(path))) == 20
    assert not problems(path)


def test_a_gzip_that_unpacks_to_too_much_is_left(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress(b"{}\n" * (8 * MB)))
    found = list(lines(path))
    assert found[-1].problem == f"the file unpacks to over {MAX_RATIO} times its size"
    assert len(found) < 2 * MB


def test_a_gzip_of_ordinary_lines_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.gz"
    rows = [json.dumps({"id": f"file:{n}", "title": f"Video {n}"}).encode() for n in range(50_000)]
    path.write_bytes(gzip.compress(b"\n".join(rows)))
    assert len(list(lines(path))) == 50_000
    assert not problems(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 10_000, "nested too deeply"),
        (b'{"a":' * 1_000_000, "nested too deeply"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"a":' + b"9" * 5_000 + b"}", "a number that is too long"),
        (b'{"a":"\xed\xa0\x80"}', "not UTF-8"),
        (b"\xff\xfe{\0}\0", "not UTF-8"),
        (b'{"a":1', "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"", "not JSON"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_what_is_no_json_object_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        json_object(data)


def test_more_values_than_there_is_memory_for_are_not_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MAX_VALUES", 100)
    json_object(b'{"a":[' + b"1," * 90 + b"1]}")
    with pytest.raises(Unreadable, match="too many values"):
        json_object(b'{"a":[' + b"[]," * 60 + b"1]}")


def test_only_plain_files_of_a_folder_are_found(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    folder = tmp_path / "folder"
    for name in ("deep/er", ".hidden", "named.json"):
        (folder / name).mkdir(parents=True)
    for name in ("b.json", "a.json", "deep/er/c.json", ".hidden/d.json", "e.txt"):
        (folder / name).write_text("{}")
    (folder / "link.json").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.json")
    found = [path.relative_to(folder).as_posix() for path in files_under(folder, ".json")]
    assert found == ["a.json", "b.json", "deep/er/c.json"]


def test_a_folder_may_be_deeper_than_python_recurses(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_200):
        os.mkdir("d", dir_fd=here)
        there = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    os.close(here)
    (tmp_path / "d" / "x.json").write_text("{}")
    assert files_under(tmp_path, ".json") == [tmp_path / "d" / "x.json"]
    removed(tmp_path / "d")  # pytest would do so by recursion


def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with pytest.raises(OSError, match="not a plain file"):
            open_plain(path)
    with pytest.raises(ImportSourceError) as refused:
        list(lines(tmp_path / "pipe"))
    assert refused.value.detail == f"{tmp_path / 'pipe'}: not a plain file"
