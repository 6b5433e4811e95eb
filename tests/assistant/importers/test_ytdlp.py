from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.importers import recognise
from assistant.importers.ytdlp import video_of
from assistant.importers.ytdlp_info import YtdlpInfoImporter
from assistant.importers.ytdlp_playlist import MAX_DEPTH, YtdlpPlaylistImporter
from assistant.types import Kind, Skipped, Video
from tests.assistant.importers.sources import STRANGE, skipped, videos, write_json, write_lines

INFO: dict[str, Any] = {
    "id": "dQw4w9WgXcQ",
    "title": "How a \x1b[1mclock\x1b[0m works",
    "description": "Wheels and springs.\n\nTwitter: https://x.com/clock",
    "webpage_url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "url": "https://rr5.googlevideo.com/videoplayback?x=1",
    "extractor": "youtube",
    "extractor_key": "Youtube",
    "duration": 754.6,
    "upload_date": "20240531",
    "channel": "Clockwork",
    "uploader": "someone",
    "categories": ["Education", "People & Blogs"],
    "tags": ["clock", "Clock", "#gears"],
    "view_count": 12345,
    "like_count": None,
    "language": "en-US",
    "_type": "video",
}
FLAT: dict[str, Any] = {
    "_type": "url",
    "ie_key": "Youtube",
    "id": "dQw4w9WgXcQ",
    "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "title": "A clock",
    "duration": None,
}


def flat(key: str, **more: object) -> dict[str, Any]:
    return FLAT | {"id": key, "url": f"https://www.youtube.com/watch?v={key}"} | more


def video(info: dict[str, Any]) -> Video:
    record = video_of("x", info)
    assert isinstance(record, Video), record
    return record


# --- one entry ---------------------------------------------------------------------------------


def test_a_video_is_read_with_all_that_is_said_of_it() -> None:
    assert video(INFO).model_dump(exclude_defaults=True, mode="json") == {
        "id": "youtube:dQw4w9WgXcQ",
        "title": "How a clock works",
        "description": "Wheels and springs.",
        "tags": ["clock", "gears", "Education"],
        "channel": "Clockwork",
        "language": "en",
        "year": 2024,
        "published": "2024-05-31",
        "duration_s": 755,
        "url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "views": 12345,
    }


def test_null_and_nonsense_say_nothing() -> None:
    nonsense = dict.fromkeys(INFO.keys() - {"id", "title", "extractor", "extractor_key"}, object())
    assert set(video(INFO | nonsense).model_dump(exclude_defaults=True)) == {"id", "title", "url"}
    nothing = dict.fromkeys(nonsense)
    assert video(INFO | nothing).id == "youtube:dQw4w9WgXcQ"


@pytest.mark.parametrize("field", INFO)
def test_no_value_of_a_field_breaks_the_import(field: str) -> None:
    for value in STRANGE:
        record = video_of("x", INFO | {field: value})
        shown = record.title if isinstance(record, Video) else record.reason
        assert shown.isprintable()


@pytest.mark.parametrize(
    ("changes", "video_id", "url"),
    [
        (
            {"extractor": "vimeo", "extractor_key": "Vimeo", "id": "76979871"},
            "vimeo:76979871",
            "https://vimeo.com/76979871",
        ),
        (
            {"extractor": "BiliBili", "extractor_key": "BiliBili", "id": "BV1 x"},
            "bilibili:BV1-x",
            "https://vimeo.com/76979871",
        ),
        (
            {"extractor_key": None, "extractor": "archive.org", "id": "film"},
            "archive-org:film",
            "https://vimeo.com/76979871",
        ),
    ],
)
def test_other_sites_have_their_own_names(changes: dict[str, Any], video_id: str, url: str) -> None:
    found = video(INFO | {"webpage_url": "https://vimeo.com/76979871"} | changes)
    assert (found.id, found.url) == (video_id, url)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"media_type": "short"}, Kind.SHORT),
        ({"webpage_url": "https://www.youtube.com/shorts/dQw4w9WgXcQ"}, Kind.SHORT),
        ({"series": "Clocks", "episode": "The first"}, Kind.EPISODE),
        ({"categories": ["Music"]}, Kind.MUSIC),
        ({"categories": ["Comedy"]}, Kind.COMEDY),
        ({}, Kind.VIDEO),
    ],
)
def test_kinds(changes: dict[str, Any], kind: Kind) -> None:
    assert video(INFO | changes).kind is kind


def test_the_day_falls_back_to_timestamps_and_the_year_prefers_the_release() -> None:
    found = video(INFO | {"upload_date": None, "timestamp": 1_700_000_000, "release_year": 1987})
    assert (str(found.published), found.year) == ("2023-11-14", 1987)


def test_a_media_address_is_never_the_link() -> None:
    found = video(INFO | {"extractor_key": "Vimeo", "webpage_url": None})
    assert found.url is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": "[Private video]"}, "a private video"),
        ({"title": "[Deleted video]"}, "a deleted video"),
        ({"title": None}, "title: is empty"),
        (
            {"ie_key": "YoutubeTab", "id": "PLabc", "url": "https://www.youtube.com/playlist"},
            "not one video: a playlist or a channel, or it has no id",
        ),
        (
            {"id": None, "url": None},
            "not one video: a playlist or a channel, or it has no id",
        ),
    ],
)
def test_what_cannot_be_watched_is_skipped(changes: dict[str, Any], reason: str) -> None:
    record = video_of("entry 3", FLAT | changes)
    assert record == Skipped(record="entry 3", reason=reason)


# --- folders of .info.json ---------------------------------------------------------------------


def test_a_folder_is_read_to_its_depth(tmp_path: Path) -> None:
    write_json(tmp_path / "a.info.json", INFO)
    write_json(tmp_path / "more" / "b.info.json", INFO | {"id": "x", "webpage_url": "z"})
    write_json(tmp_path / "more" / "again.info.json", INFO)
    write_json(tmp_path / "list.info.json", INFO | {"_type": "playlist", "id": "PL1"})
    write_json(tmp_path / "more" / "other.json", INFO)
    write_json(tmp_path / ".hidden" / "c.info.json", INFO)
    (tmp_path / "broken.info.json").write_bytes(b"\x00")
    importer = recognise(tmp_path)
    assert isinstance(importer, YtdlpInfoImporter)
    records = list(importer.read(tmp_path))
    assert importer.count(tmp_path) == len(records) == 5
    assert [found.id for found in videos(records)] == ["youtube:dQw4w9WgXcQ"]
    assert skipped(records) == {
        "broken.info.json": "is not JSON (Expecting value at character 0)",
        "list.info.json": "a playlist's own file: it is not a video",
        "more/again.info.json (as a.info.json)": "the same video again",
        "more/b.info.json": "not one video: a playlist or a channel, or it has no id",
    }


def test_one_file_is_a_source_too(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.info.json", INFO)
    importer = recognise(path)
    assert (importer.name, importer.count(path)) == ("yt-dlp info files", 1)
    assert [found.id for found in videos(list(importer.read(path)))] == ["youtube:dQw4w9WgXcQ"]


# --- playlists ---------------------------------------------------------------------------------


def read(path: Path) -> list[Any]:
    importer = recognise(path)
    assert isinstance(importer, YtdlpPlaylistImporter)
    return list(importer.read(path))


CHANNEL = {
    "_type": "playlist",
    "id": "UC123",
    "title": "Clockwork",
    "channel": "Clockwork",
    "webpage_url": "https://www.youtube.com/@clockwork",
    "entries": [
        {
            "_type": "playlist",
            "id": "UC123",
            "title": "Clockwork - Videos",
            "webpage_url": "https://www.youtube.com/@clockwork/videos",
            "channel": "Clockwork",
            "entries": [flat("aaaaaaaaaaa"), flat("bbbbbbbbbbb", title="[Private video]"), None],
        },
        {
            "_type": "playlist",
            "id": "UC123",
            "entries": [flat("ccccccccccc", url="https://www.youtube.com/shorts/ccccccccccc")],
        },
        {"_type": "url", "ie_key": "YoutubeTab", "id": "PL1", "title": "A playlist"},
    ],
}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_channel_in_one_object(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "channel.json"
    path.write_text(json.dumps(CHANNEL, indent=indent), encoding="utf-8-sig")
    records = read(path)
    assert [(found.id, found.kind, found.channel) for found in videos(records)] == [
        ("youtube:aaaaaaaaaaa", Kind.VIDEO, "Clockwork"),
        ("youtube:ccccccccccc", Kind.SHORT, "Clockwork"),
    ]
    assert skipped(records) == {
        "line 1, entry 1, entry 2": "a private video",
        "line 1, entry 1, entry 3": "an entry without content: the video was not available",
        "line 1, entry 3": "not one video: a playlist or a channel, or it has no id",
    }


def test_the_owner_of_a_playlist_is_not_the_channel_of_its_videos(tmp_path: Path) -> None:
    playlist = {
        "_type": "playlist",
        "channel": "A collector",
        "webpage_url": "https://www.youtube.com/playlist?list=PL1",
        "entries": [flat("aaaaaaaaaaa"), flat("bbbbbbbbbbb", channel="Clockwork")],
    }
    found = videos(read(write_json(tmp_path / "p.json", playlist)))
    assert [one.channel for one in found] == [None, "Clockwork"]


def test_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "p.jsonl",
        flat(
            "aaaaaaaaaaa",
            playlist_webpage_url="https://www.youtube.com/@clockwork/videos",
            playlist_channel="Clockwork",
        ),
        flat("bbbbbbbbbbb"),
        flat("aaaaaaaaaaa"),
    )
    with path.open("ab") as file:
        file.write(b'\n{"_type": "url", "id": "cut')
    records = read(path)
    assert [(found.id, found.channel) for found in videos(records)] == [
        ("youtube:aaaaaaaaaaa", "Clockwork"),
        ("youtube:bbbbbbbbbbb", None),
    ]
    assert list(skipped(records)) == ["line 3 (as line 1)", "line 5"]


def test_playlists_within_playlists_end_somewhere(tmp_path: Path) -> None:
    nested: dict[str, Any] = flat("aaaaaaaaaaa")
    for _ in range(MAX_DEPTH + 1):
        nested = {"_type": "playlist", "entries": [nested]}
    records = read(write_json(tmp_path / "deep.json", nested))
    assert list(skipped(records).values()) == ["a playlist whose entries are not there"]


@pytest.mark.parametrize("kind", STRANGE, ids=lambda value: repr(value)[:20])
def test_no_kind_of_entry_breaks_the_import(tmp_path: Path, kind: object) -> None:
    write_json(tmp_path / "folder" / "x.info.json", INFO | {"_type": kind})
    assert len(list(YtdlpInfoImporter().read(tmp_path / "folder"))) == 1
    path = write_lines(tmp_path / "x.json", INFO | {"_type": kind}, FLAT)
    assert len(list(YtdlpPlaylistImporter().read(path))) == 2


def test_links_and_pipes_in_a_folder_are_left_out(tmp_path: Path) -> None:
    secret = write_json(tmp_path / "secret.json", INFO | {"title": "A secret"})
    write_json(tmp_path / "folder" / "good.info.json", INFO)
    (tmp_path / "folder" / "link.info.json").symlink_to(secret)
    os.mkfifo(tmp_path / "folder" / "pipe.info.json")
    [found] = YtdlpInfoImporter().read(tmp_path / "folder")
    assert isinstance(found, Video)
    assert found.title == "How a clock works"
