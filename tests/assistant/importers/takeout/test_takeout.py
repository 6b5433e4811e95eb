from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import Record, recognise
from assistant.importers.takeout import TakeoutImporter
from assistant.importers.takeout.history_html import MAX_ENTRY_BYTES
from assistant.types import Interaction, Kind
from tests.assistant.importers.sources import (
    STRANGE,
    interactions,
    skipped,
    videos,
    write_json,
    write_zip,
)
from tests.assistant.importers.takeout.export import AD, PLAYLIST, cell, page, watched

ROOT = "Takeout/YouTube and YouTube Music"
A, B, C = "aaaaaaaaaaa", "bbbbbbbbbbb", "ccccccccccc"


def read(path: Path) -> list[Record]:
    importer = recognise(path)
    assert isinstance(importer, TakeoutImporter)
    return list(importer.read(path))


def history(folder: Path, *entries: object) -> list[Record]:
    return read(write_json(folder / "watch-history.json", list(entries)))


def told(signal: Interaction) -> str:
    strength = "" if signal.strength == 1 else f" {signal.strength}"
    return f"{signal.video_id} {signal.signal} {signal.at:%Y-%m-%d %H:%M:%S}{strength}"


# --- the history as JSON -----------------------------------------------------------------------


def test_a_history_is_videos_and_when_they_were_watched(tmp_path: Path) -> None:
    records = history(
        tmp_path,
        watched(A, "時計の\x1b[1m仕組み", time="2022-01-02T03:04:05.678Z"),
        watched(B, "Shorts", titleUrl=f"https://www.youtube.com/shorts/{B}"),
        watched(A, "時計の仕組み", time="2020-01-02T03:04:05Z"),
        watched(C, "Solar", header="YouTube Music", subtitles=[{"name": "Sault - Topic"}]),
    )
    assert [one.model_dump(exclude_defaults=True) for one in videos(records)] == [
        {
            "id": f"youtube:{A}",
            "title": "時計の仕組み",
            "channel": "A channel",
            "url": f"https://www.youtube.com/watch?v={A}",
        },
        {
            "id": f"youtube:{B}",
            "title": "Shorts",
            "channel": "A channel",
            "kind": Kind.SHORT,
            "url": f"https://www.youtube.com/watch?v={B}",
        },
        {
            "id": f"youtube:{C}",
            "title": "Solar",
            "channel": "Sault",
            "kind": Kind.MUSIC,
            "url": f"https://www.youtube.com/watch?v={C}",
        },
    ]
    assert list(map(told, interactions(records))) == [
        f"youtube:{A} watched 2022-01-02 03:04:05",
        f"youtube:{B} watched 2021-12-03 15:02:58",
        f"youtube:{A} watched 2020-01-02 03:04:05",
        f"youtube:{C} watched 2021-12-03 15:02:58",
    ]
    assert skipped(records) == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"details": [{"name": "From Google Ads"}]}, "an ad"),
        ({"titleUrl": None, "title": "Watched a video that has been removed"},
         "a video that was removed"),
        ({"title": f"Watched https://www.youtube.com/watch?v={A}"},
         "a video that was removed: it has no title"),
        ({"titleUrl": "https://www.youtube.com/post/Ugkx"},
         "not a video: a search, a post, a game or a story"),
        ({"titleUrl": f"https://evil.example/watch?v={A}"},
         "not a video: a search, a post, a game or a story"),
        ({"titleUrl": "https://www.youtube.com/results?search_query=cats"},
         "not a video: a search, a post, a game or a story"),
        ({"title": ""}, "a video that was removed: it has no title"),
    ],
)  # fmt: skip
def test_what_is_no_video_of_ones_own_is_skipped(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    records = history(tmp_path, watched(B, "A clock"), watched(A, "x") | changes)
    assert [one.id for one in videos(records)] == [f"youtube:{B}"]
    assert skipped(records) == {"watch-history.json entry 2": reason}


def test_a_title_that_was_escaped_twice(tmp_path: Path) -> None:
    [found] = videos(history(tmp_path, watched(A, "Don&#39;t Stop &amp; go")))
    assert found.title == "Don't Stop & go"


def test_a_moment_that_cannot_be_read_leaves_the_video(tmp_path: Path) -> None:
    records = history(tmp_path, watched(A, "A clock", time="yesterday"))
    assert len(videos(records)) == 1
    assert list(skipped(records).values()) == [
        "has no moment that can be read: the video is there, unwatched"
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Watched ", ""),
        ("Has visto ", ""),
        ("Vous avez regardé\xa0", ""),
        ("", " angesehen"),
        ("", "\xa0を視聴しました"),
        ("已观看 ", ""),
        ("Θεάθηκε το ", ""),
        ('Вы посмотрели видео "', '"'),
        ("You watched ", " today"),
    ],
)
def test_the_sentence_around_a_title_goes_in_every_language(
    tmp_path: Path, before: str, after: str
) -> None:
    titles = [f"{number} clocks, {chr(97 + number)}" for number in range(24)]
    entries = [
        watched(f"{number:011}", "") | {"title": f"{before}{title}{after}"}
        for number, title in enumerate(titles)
    ]
    assert [one.title for one in videos(history(tmp_path, *entries))] == titles


def test_a_few_titles_teach_nothing(tmp_path: Path) -> None:
    entries = [watched(f"{n:011}", "") | {"title": f"Sledované Clock {n}"} for n in range(3)]
    assert [one.title for one in videos(history(tmp_path, *entries))] == [
        f"Sledované Clock {n}" for n in range(3)
    ]


def test_a_series_keeps_its_name(tmp_path: Path) -> None:
    entries = [watched(f"{n:011}", f"Peppa Pig: part {n}") for n in range(30)]
    assert videos(history(tmp_path, *entries))[0].title == "Peppa Pig: part 0"


@pytest.mark.parametrize("field", watched(A, "x"))
def test_no_value_of_a_field_breaks_the_import(tmp_path: Path, field: str) -> None:
    strange = [watched(A, "x") | {field: value} for value in STRANGE]
    records = history(tmp_path, *[watched(B, "A clock")] * 40, *strange, *STRANGE[:10])
    shown = [one.title for one in videos(records)] + list(skipped(records).values())
    assert all(text.isprintable() for text in shown)
    assert videos(records)[0].title == "A clock"


def test_a_history_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    path = write_json(tmp_path / "x.json", [watched(f"{n:011}", f"Clock {n}") for n in range(9)])
    path.write_bytes(path.read_bytes()[:-200])
    records = read(path)
    assert len(videos(records)) == 8
    assert skipped(records) == {"x.json after entry 8": "is damaged from here on"}


def test_a_long_history_is_read_to_its_end(tmp_path: Path) -> None:
    entries = [watched(f"{n % 700:011}", f"Clock {n % 700}") for n in range(3_000)]
    records = history(tmp_path, *entries)
    assert (len(videos(records)), len(interactions(records))) == (700, 3_000)


# --- the history as a page ---------------------------------------------------------------------


def test_a_page_says_what_the_json_says(tmp_path: Path) -> None:
    (tmp_path / "watch-history.html").write_text(
        page(
            cell(A, "Cats & <dogs> 時計"),
            cell(B, "An ad", details=AD),
            cell("", "", said="Watched a video that has been removed"),
            cell(B, f"https://www.youtube.com/watch?v={B}"),
            cell(C, "Solar", header="YouTube Music", at="2021年12月3日 15:02:58 UTC"),
        ),
        encoding="utf-8",
    )
    records = read(tmp_path / "watch-history.html")
    assert [(one.title, one.channel, one.kind) for one in videos(records)] == [
        ("Cats & <dogs> 時計", "A channel", Kind.VIDEO),
        ("Solar", "A channel", Kind.MUSIC),
    ]
    assert list(map(told, interactions(records))) == [
        f"youtube:{A} watched 2021-12-03 15:02:58",
        f"youtube:{C} watched 2021-12-03 15:02:58",
    ]
    assert list(skipped(records).values()) == [
        "an ad",
        "a video that was removed",
        "a video that was removed: it has no title",
    ]


def test_the_page_and_the_json_are_one_history(tmp_path: Path) -> None:
    by_json = history(tmp_path, watched(A, "A clock"))
    (tmp_path / "x.html").write_text(page(cell(A, "A clock")), encoding="utf-8")
    assert read(tmp_path / "x.html") == by_json


def test_what_is_wrong_in_a_page_is_one_entry(tmp_path: Path) -> None:
    broken = (
        cell(B, "x" * MAX_ENTRY_BYTES),
        '<div class="outer-cell"></div>',
        cell(C, "No day", at=""),
    )
    text = page(*broken, cell(A, "A clock \x1b[2J"), styles="<style></style>")
    (tmp_path / "x.html").write_text(text[:-80], encoding="utf-8")
    records = read(tmp_path / "x.html")
    assert [one.title for one in videos(records)] == ["No day", "A clock"]
    assert list(skipped(records)) == [f"x.html entry {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("opening", ["<", "<a ", "<!--", "<a href='", "&#", "<![CDATA["])
def test_a_hostile_page_ends(tmp_path: Path, opening: str) -> None:
    hostile = [cell(A, "").replace("</a>", opening * (20_000 // len(opening)))] * 20
    (tmp_path / "x.html").write_text(page(cell(B, "A clock"), *hostile), encoding="utf-8")
    assert videos(read(tmp_path / "x.html"))[0].title == "A clock"


# --- whole exports -----------------------------------------------------------------------------


def export(**files: str) -> dict[str, bytes]:
    return {f"{ROOT}/{name}": text.encode() for name, text in files.items()}


def test_the_zip_with_its_playlists(tmp_path: Path) -> None:
    files = {
        "history/watch-history.json": json.dumps([watched(A, "A clock")]),
        "history/search-history.json": json.dumps(
            [
                watched(A, "")
                | {
                    "title": "Searched for cats",
                    "titleUrl": "https://www.youtube.com/results?search_query=cats",
                }
            ]
        ),
        "playlists/Liked videos.csv": f"{PLAYLIST}{A},2023-12-07T15:57:57+00:00\n",
        "playlists/Watch later-videos.csv": f"{PLAYLIST}{B},2023-12-07T15:57:57+00:00\n",
        "playlists/Clocks-videos.csv": f"{PLAYLIST}{A},2023-12-07T16:57:57+01:00\nshort,x\n",
        "playlists/Old.csv": "Playlist Id,Channel Id,Time Created,Title\nPL1,UC1,x,Old\n\n"
        f"Video Id,Time Added\n{C},2021-03-01 17:45:59 UTC\n",
        "playlists/playlists.csv": "Playlist ID,Title\nPLxxxxxxxxxxxxxxxxxxx,Clocks\n",
        "subscriptions/subscriptions.csv": "Channel Id,Channel Url,Channel Title\nUC1,x,A\n",
        "comments/comments.csv": f"Comment ID,Video ID,Time,Text\n{A},{B},2021-03-01,x\n",
        "videos/mine.json": json.dumps({"title": "An upload of mine"}),
    }
    records = read(write_zip(tmp_path / "takeout-2026.zip", export(**files)))
    assert [one.id for one in videos(records)] == [f"youtube:{A}"]
    assert list(map(told, interactions(records))) == [
        f"youtube:{A} watched 2021-12-03 15:02:58",
        f"youtube:{A} saved 2023-12-07 15:57:57 0.5",
        f"youtube:{A} liked 2023-12-07 15:57:57",
        f"youtube:{C} saved 2021-03-01 17:45:59 0.5",
        f"youtube:{B} saved 2023-12-07 15:57:57",
    ]
    reason = "says no titles: of videos that are not in the history, signals alone are kept (1)"
    assert skipped(records) == {
        f"{ROOT}/playlists/Old.csv": reason,
        f"{ROOT}/playlists/Watch later-videos.csv": reason,
    }


@pytest.mark.parametrize(
    ("folder", "file", "liked"),
    [
        ("YouTube und YouTube Music/Verlauf", "Wiedergabeverlauf", "Videos, die ich mag"),
        ("YouTube et YouTube Music/historique", "watch-history", "Vidéos J'aime"),
        ("YouTube/履歴", "再生履歴", "高く評価した動画"),
        ("YouTube 和 YouTube Music/历史记录", "观看记录", "赞过的视频"),
    ],
)
def test_names_in_the_language_of_the_account(
    tmp_path: Path, folder: str, file: str, liked: str
) -> None:
    root = tmp_path / "Takeout" / folder
    write_json(root / f"{file}.json", [watched(A, "A clock")])
    (root / f"{liked}.csv").write_text(f"{PLAYLIST}{A},2023-12-07T15:57:57+00:00\n")
    signals = [f"youtube:{A} watched", f"youtube:{A} liked"]
    for given in (tmp_path / "Takeout", root):
        found = map(told, interactions(read(given)))
        assert [" ".join(one.split()[:2]) for one in found] == signals


@pytest.mark.parametrize("name", ["Takeout/Photos/x.json", f"{ROOT}/history/search-history.json"])
def test_an_export_without_a_history_is_not_known(tmp_path: Path, name: str) -> None:
    search = {
        "title": "Searched for x",
        "titleUrl": "https://www.youtube.com/results?search_query=x",
    }
    path = write_zip(tmp_path / "x.zip", {name: json.dumps([search]).encode()})
    with pytest.raises(ImportSourceError):
        recognise(path)


def test_a_zip_that_is_a_bomb_is_left(tmp_path: Path) -> None:
    start = json.dumps([watched(A, "A clock")])[:-1].encode()
    bomb = start + b"," + b" " * (80 * 2**20) + b"]"
    records = read(write_zip(tmp_path / "x.zip", {f"{ROOT}/history/watch-history.json": bomb}))
    assert [one.id for one in videos(records)] == [f"youtube:{A}"]
    assert list(skipped(records).values()) == ["is in a zip that unpacks to over 50 times its size"]


def test_a_playlist_alone(tmp_path: Path) -> None:
    path = tmp_path / "Liked videos.csv"
    rows = f"{A},2023-12-07T15:57:57+00:00\n{B},never\n{C},9999-99-99 00:00:00 UTC\n"
    path.write_text(PLAYLIST + rows + f'"{"x" * 200_000}"\n', encoding="utf-8-sig")
    records: list[Any] = read(path)
    assert list(map(told, interactions(records))) == [f"youtube:{A} liked 2023-12-07 15:57:57"]
