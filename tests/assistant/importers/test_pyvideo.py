from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import pyvideo, recognise
from assistant.importers.pyvideo import PyvideoImporter
from assistant.importers.reading import MAX_RECORD_BYTES
from assistant.types import Kind, Skipped, Video
from tests.assistant.importers.sources import STRANGE, skipped, videos, write_json, write_zip

TALK: dict[str, Any] = {
    "title": "Tests that can fail &amp; why",
    "description": "A `talk <https://x.org>`__ on tests.",
    "speakers": ["Ada Lovelace", "Various speakers"],
    "tags": ["#testing", "Testing", "python"],
    "recorded": "2018-05-11T10:00:00+02:00",
    "duration": 1657.4,
    "language": "eng",
    "videos": [
        {"type": "mp4", "url": "https://archive.org/a.mp4"},
        {"type": "youtube", "url": "http://youtu.be/dQw4w9WgXcQ?t=5"},
    ],
}


def event(folder: Path, *talks: dict[str, Any], name: str = "pycon-2018") -> Path:
    """A data folder of one event, its talks called talk-1, talk-2, ..."""
    write_json(folder / name / "category.json", {"title": "PyCon 2018"})
    for number, talk in enumerate(talks, 1):
        write_json(folder / name / "videos" / f"talk-{number}.json", talk)
    return folder


def read(path: Path) -> list[Any]:
    importer = recognise(path)
    assert isinstance(importer, PyvideoImporter)
    return list(importer.read(path))


def one(folder: Path, **changes: object) -> Video:
    [video] = videos(read(event(folder, TALK | changes)))
    return video


def test_a_talk_is_read_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    video = one(tmp_path)
    assert video.model_dump(exclude_defaults=True, mode="json") == {
        "id": "pyvideo:pycon-2018/talk-1",
        "title": "Tests that can fail & why",
        "description": "A talk on tests.",
        "tags": ["testing", "python"],
        "channel": "PyCon 2018",
        "people": ["Ada Lovelace"],
        "kind": "talk",
        "language": "en",
        "year": 2018,
        "published": "2018-05-11",
        "duration_s": 1657,
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    }


def test_what_is_missing_or_of_a_wrong_type_is_not_known(tmp_path: Path) -> None:
    video = one(
        tmp_path,
        description=None,
        speakers="Ada",
        tags=[3],
        recorded=2018,
        duration="long",
        language=["eng"],
        videos={"url": "https://archive.org/a.mp4"},
    )
    assert set(video.model_dump(exclude_defaults=True)) == {"id", "title", "channel", "kind"}


@pytest.mark.parametrize("field", TALK)
def test_no_value_of_a_field_breaks_the_import(tmp_path: Path, field: str) -> None:
    folder = event(tmp_path, *(TALK | {field: value} for value in STRANGE))
    records = read(folder)
    assert len(records) == len(STRANGE)
    assert all(video.title.isprintable() for video in videos(records))


def test_a_reference_to_no_character_breaks_no_title(tmp_path: Path) -> None:
    assert one(tmp_path, title="A &#" + "9" * 1_000 + "; talk").title == "A talk"


def test_titles_are_clean_also_where_entities_hide_what_is_not(tmp_path: Path) -> None:
    assert one(tmp_path, title="a&#8238;b &lt;c&gt;").title == "ab <c>"


@pytest.mark.parametrize("duration", [0, -5, 30, 1_547_440, 10**30])
def test_a_length_that_no_talk_has_is_not_known(tmp_path: Path, duration: int) -> None:
    assert one(tmp_path, duration=duration).duration_s is None


def test_the_lengths_of_an_event_that_gives_minutes_are_not_known(tmp_path: Path) -> None:
    talks = [TALK | {"duration": minutes} for minutes in (30, 30, 45, 120)]
    assert {video.duration_s for video in videos(read(event(tmp_path, *talks)))} == {None}


def test_one_wrong_length_does_not_spoil_the_others(tmp_path: Path) -> None:
    talks = [TALK | {"duration": seconds} for seconds in (7, 1500, 1800)]
    found = [video.duration_s for video in videos(read(event(tmp_path, *talks)))]
    assert found == [None, 1500, 1800]


def test_a_link_is_taken_only_where_it_is_safe(tmp_path: Path) -> None:
    bad = {"type": "conf", "url": "javascript:alert(1)"}
    good = {"type": "vimeo", "url": "https://vimeo.com/1"}
    assert one(tmp_path, videos=[bad, good]).url == "https://vimeo.com/1"
    assert one(tmp_path, videos=[bad]).url is None


@pytest.mark.parametrize(
    ("title", "tags", "kind"),
    [
        ("Tutorial: scikit-learn", [], Kind.TUTORIAL),
        ("Testing Best Practices (Tutorial)", [], Kind.TUTORIAL),
        ("Twisted tutorial part 1", [], Kind.TUTORIAL),
        ("web2py secrets tutorial (1/2)", [], Kind.TUTORIAL),
        ("Cython, SciPy2013 Tutorial, Part 4 of 4", [], Kind.TUTORIAL),
        ("專業課程 Tutorials｜PyCon APAC 2022", [], Kind.TUTORIAL),
        ("Workshop - Static Site Generators", [], Kind.TUTORIAL),
        ("Pandas from the ground up", ["tutorial"], Kind.TUTORIAL),
        ("Pandas", ["SciPy 2016 Tutorial"], Kind.TUTORIAL),
        ("Behind the scenes: writing tutorials", [], Kind.TALK),
        ("Tutorials, Tooltips, and Popups", [], Kind.TALK),
        ("What's beyond the Django Girls tutorial - A. Person", [], Kind.TALK),
        ("People are coming to my workshop, now what?", [], Kind.TALK),
        ("Lightning talks", ["lightning talks"], Kind.TALK),
    ],
)
def test_tutorials_are_told_from_talks(
    tmp_path: Path, title: str, tags: list[str], kind: Kind
) -> None:
    assert one(tmp_path, title=title, tags=tags).kind is kind


def test_what_a_whole_event_says_is_not_said_of_each_video(tmp_path: Path) -> None:
    licence = "Licensed under CC BY-NC-SA 4.0."
    talks = [
        TALK | {"speakers": [f"Speaker {n}"], "description": f"On subject {n}.\n\n{licence}"}
        for n in range(6)
    ]
    described = [video.description for video in videos(read(event(tmp_path, *talks)))]
    assert described == [f"On subject {n}." for n in range(6)]


def test_the_parts_of_one_tutorial_keep_the_text_that_they_share(tmp_path: Path) -> None:
    parts = [TALK | {"title": f"Django, part {n}", "description": "All of it."} for n in range(6)]
    described = {video.description for video in videos(read(event(tmp_path, *parts)))}
    assert described == {"All of it."}


def test_description_summary_and_abstract_are_joined_without_repeats(tmp_path: Path) -> None:
    video = one(tmp_path, description="One.\n\nTwo.", summary="Two.", abstract="Three.")
    assert video.description == "One. Two. Three."


def test_broken_records_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = event(tmp_path, TALK, TALK | {"title": " \u200b "}, TALK | {"title": 7})
    broken = folder / "pycon-2018" / "videos"
    (broken / "a.json").write_bytes(b'{"title": "cut')
    (broken / "b.json").write_bytes(b'{"title": "Caf\xe9"}')
    (broken / "c.json").write_bytes(b"[" * 100_000)
    (broken / "d.json").write_bytes(b"[1]")
    (broken / "e.json").write_bytes(b"")
    (broken / "f.json").write_bytes(b'{"duration": ' + b"1" * 5000 + b"}")
    (broken / "g.json").write_bytes(b'"' + b"x" * MAX_RECORD_BYTES + b'"')
    records = read(folder)
    assert len(records) == 10
    assert PyvideoImporter().count(folder) == 10
    assert [video.id for video in videos(records)] == ["pyvideo:pycon-2018/talk-1"]
    reasons = {Path(name).name: reason for name, reason in skipped(records).items()}
    assert reasons == {
        "a.json": "is not JSON (Unterminated string starting at at character 10)",
        "b.json": "is not UTF-8 text",
        "c.json": "is nested too deeply",
        "d.json": "is not a JSON object",
        "e.json": "is not JSON (Expecting value at character 0)",
        "f.json": "holds a number that is too long",
        "g.json": "is larger than 16 MB",
        "talk-2.json": "title: is empty",
        "talk-3.json": "title: is empty",
    }


def test_an_event_without_a_readable_title_goes_by_its_folder(tmp_path: Path) -> None:
    folder = event(tmp_path, TALK)
    (folder / "pycon-2018" / "category.json").write_bytes(b"\xff")
    assert videos(read(folder))[0].channel == "pycon-2018"


def test_the_name_of_a_folder_is_cleaned_like_any_other(tmp_path: Path) -> None:
    folder = event(tmp_path, TALK, name="Py\x1b[2J\u202eCon")
    (folder / "Py\x1b[2J\u202eCon" / "category.json").unlink()
    [video] = videos(read(folder))
    assert video.channel == "PyCon"
    assert video.id == "pyvideo:PyCon/talk-1"


def test_what_was_read_of_a_broken_record_is_not_held(tmp_path: Path) -> None:
    members = {f"d/e{n}/videos/x.json": b" " * (MAX_RECORD_BYTES + 1) for n in range(3)}
    archive = write_zip(tmp_path / "data.zip", members)
    tracemalloc.start()
    records = read(archive)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(records) == 3
    assert most < 2.5 * MAX_RECORD_BYTES


def test_the_folder_of_one_event_gives_the_same_ids(tmp_path: Path) -> None:
    folder = event(tmp_path, TALK)
    assert read(folder / "pycon-2018") == read(folder)


def test_a_zip_gives_the_same_as_a_folder(tmp_path: Path) -> None:
    folder = event(tmp_path / "data", TALK, TALK, name="pycon-münchen")
    files = [path for path in folder.rglob("*") if path.is_file()]
    members = {
        f"data-main/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files
    }
    archive = write_zip(tmp_path / "data.zip", members)
    assert PyvideoImporter().count(archive) == 2
    assert sorted(videos(read(archive)), key=lambda v: v.id) == videos(read(folder))


def test_ids_are_the_same_where_a_system_takes_letters_apart(tmp_path: Path) -> None:
    apart = write_zip(
        tmp_path / "nfd.zip",
        {"d/Cafe\u0301 1/videos/a b.json": json.dumps(TALK).encode()},
    )
    assert videos(read(apart))[0].id == "pyvideo:Caf\u00e9-1/a-b"


def test_a_member_that_comes_twice_is_read_once(tmp_path: Path) -> None:
    data = json.dumps(TALK).encode()
    archive = write_zip(
        tmp_path / "twice.zip", {"a/pycon/videos/x.json": data, "b/pycon/videos/x.json": data}
    )
    records = read(archive)
    assert len(videos(records)) == 1
    assert skipped(records) == {
        "b/pycon/videos/x.json (as a/pycon/videos/x.json)": "the same video again"
    }


def test_a_damaged_member_is_skipped_and_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    archive = write_zip(
        tmp_path / "data.zip",
        {
            "d/pycon/videos/bomb.json": b" " * (MAX_RECORD_BYTES * 2),
            "d/pycon/videos/broken.json": json.dumps(TALK).encode() * 3,
            "d/pycon/videos/good.json": json.dumps(TALK).encode(),
        },
    )
    data = bytearray(archive.read_bytes())
    position = data.index(b"broken.json") + len(b"broken.json") + 40
    data[position : position + 40] = bytes(40)
    archive.write_bytes(data)
    records = read(archive)
    assert [video.id for video in videos(records)] == ["pyvideo:pycon/good"]
    assert skipped(records) == {
        "d/pycon/videos/bomb.json": "is larger than 16 MB",
        "d/pycon/videos/broken.json": "cannot be unpacked",
    }


def test_an_event_is_held_only_up_to_a_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = event(tmp_path, TALK, TALK, TALK)
    size = (folder / "pycon-2018" / "videos" / "talk-1.json").stat().st_size
    monkeypatch.setattr(pyvideo, "MAX_EVENT_BYTES", 2 * size)
    records = read(folder)
    assert len(videos(records)) == 2
    assert list(skipped(records)) == [f"{folder.name}/pycon-2018/videos/talk-3.json"]


def test_a_zip_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    archive = write_zip(tmp_path / "data.zip", {"d/pycon/videos/x.json": json.dumps(TALK).encode()})
    archive.write_bytes(archive.read_bytes()[:-30])
    with pytest.raises(ImportSourceError, match="damaged or cut off"):
        recognise(archive)


@pytest.mark.shared_data
def test_every_video_of_the_real_data_is_accounted_for(shared_data: Path) -> None:
    archive = shared_data / "pyvideo-data.zip"
    importer = recognise(archive)
    records = list(importer.read(archive))
    kinds = Counter(type(record) for record in records)
    assert importer.count(archive) == len(records) == 21_715
    assert kinds == {Video: 21_715}, [r for r in records if isinstance(r, Skipped)][:5]
    found = videos(records)
    assert len({video.id for video in found}) == 21_715
    assert all(video.url and video.channel for video in found)
    assert sum(video.duration_s is not None for video in found) > 15_500
    assert Counter(video.language for video in found)["en"] == 17_392
    dirt = ("`__", ".. _", "</p>", "&#39;", "\r", "\x1b", "https://")
    dirty = [v.id for v in found if any(mark in v.description for mark in dirt)]
    assert len(dirty) < 20, dirty
