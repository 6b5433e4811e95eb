from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import StoreError
from assistant.listing import UNKNOWN, Mark, Order, Show, VideoFilter, VideoQuery
from assistant.types import Interaction, Kind, Signal, Video
from store.library import Library
from store.listing import VideoList
from tests.toys import ToyEmbedder

START = datetime(2026, 3, 1, tzinfo=UTC)
MODEL = ToyEmbedder().key
VIDEOS = [
    Video(id="a:1", title="Running a marathon", year=2019, duration_s=600, kind=Kind.TALK,
          language="en", views=10),
    Video(id="a:2", title="Élan vital", year=2001, duration_s=5400, kind=Kind.FILM, language="fr"),
    Video(id="a:3", title="A run in the park", description="Nothing of zebras.", language="en",
          views=500, duration_s=60),
    Video(id="b:4", title="千与千寻", other_titles=("Spirited Away",), year=2001, language="zh",
          kind=Kind.FILM, people=("宫崎骏",), duration_s=7500),
    Video(id="b:5", title="[b]bold[/b] move", tags=("chess", "zebra"), views=90),
    Video(id="b:6", title="Deep learning", description="Machine learning with C.", year=2019,
          kind=Kind.LECTURE),
]  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        opened.put_videos(VIDEOS)
        yield opened


@pytest.fixture
def videos(library: Library) -> VideoList:
    return VideoList(library)


def ids(
    videos: VideoList, order: Order = Order.MATCH, *, reverse: bool = False, **wanted: Any
) -> str:
    """The numbers of the videos of a query."""
    query = VideoQuery(filter=VideoFilter.model_validate(wanted), order=order, reverse=reverse)
    page = videos.page(query)
    assert page.total == len(page.lines)
    return "".join(line.id[-1] for line in page.lines)


def signal(library: Library, number: int, signal: Signal, rating: float | None = None) -> None:
    minutes = len(library.interactions())
    library.add_interaction(
        Interaction(
            video_id=VIDEOS[number - 1].id,
            signal=signal,
            at=START + timedelta(minutes=minutes),
            rating=rating,
        )
    )


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "356214"),
        ("r", "31"),  # a title with a word that begins so
        ("ru", "31"),
        ("run", "13"),
        ("runn", "1"),
        ("runni", "1"),  # no word has such a stem
        ("running", "13"),  # both, by the stem; the first has it in the title as it is typed
        ("RUN par", "3"),
        ("par run", "3"),
        ("arathon", "1"),  # within a word of a title
        ("elan", "2"),
        ("ÉLAN VIT", "2"),
        ("zeb", "53"),  # a tag says more than a description
        ("spirited", "4"),
        ("千", "4"),
        ("与千", "4"),
        ("千与千寻", "4"),
        ("宫崎", "4"),
        ("c", "6"),  # a word of a description
        ("machine l", "6"),
        ("[b]", "5"),
        ("bold]", "5"),
        ("%", "356214"),  # no word in it: as if nothing were typed
        ('"', "356214"),
        ("nothing of the kind", ""),
        ("run marathon chess", ""),
    ],
)
def test_found_as_one_types(videos: VideoList, typed: str, found: str) -> None:
    assert ids(videos, words=typed) == found


@pytest.mark.parametrize("seed", range(3))
def test_nothing_typed_is_read_as_search_syntax(videos: VideoList, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        typed = "".join(
            chance.choices("abZé千与 *\"'()^:-{}%_\\\x00\x1b🎬", k=chance.randint(0, 9))
        )
        videos.page(VideoQuery(filter=VideoFilter(words=typed)))
        videos.facets(VideoFilter(words=typed))


# --- order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "rising", "falling"),
    [
        (Order.TITLE, "356214", "412653"),
        (Order.YEAR, "612435", "246135"),  # what has no year is last in both
        (Order.LENGTH, "312456", "421356"),
        (Order.ADDED, "654321", "123456"),
        (Order.POPULARITY, "351624", "153624"),
        (Order.RATING, "163524", "613524"),
    ],
)
def test_sorted(
    library: Library, videos: VideoList, order: Order, rising: str, falling: str
) -> None:
    signal(library, 6, Signal.RATED, 5)
    signal(library, 1, Signal.RATED, 4.5)
    signal(library, 6, Signal.RATED, 2)
    assert ids(videos, order) == rising
    assert ids(videos, order, reverse=True) == falling


def test_pages_follow_each_other(videos: VideoList) -> None:
    pages = [
        videos.page(VideoQuery(order=Order.ADDED, offset=offset, limit=4)) for offset in (0, 4, 8)
    ]
    assert [[line.id[-1] for line in page.lines] for page in pages] == [
        ["6", "5", "4", "3"],
        ["2", "1"],
        [],
    ]
    assert {(page.total, page.library) for page in pages} == {(6, 6)}


def test_lines_say_what_the_video_says(library: Library, videos: VideoList) -> None:
    signal(library, 4, Signal.FINISHED)
    signal(library, 4, Signal.RATED, 4)
    [line] = videos.page(VideoQuery(filter=VideoFilter(words="千与"))).lines
    assert (line.title, line.year, line.duration_s, line.kind, line.language) == (
        "千与千寻", 2001, 7500, Kind.FILM, "zh",
    )  # fmt: skip
    assert (line.marks, line.rating) == ((Mark.WATCHED, Mark.LIKED, Mark.RATED), 4.0)


# --- filters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kinds": ("film",)}, "24"),
        ({"kinds": ("film", "talk")}, "214"),
        ({"languages": ("en",)}, "31"),
        ({"languages": ("fr", UNKNOWN)}, "562"),
        ({"sources": ("b",)}, "564"),
        ({"min_year": 2001, "max_year": 2001}, "24"),
        ({"min_year": 2002}, "61"),
        ({"max_year": 2018}, "24"),
        ({"max_duration_s": 600}, "31"),
        ({"min_duration_s": 601}, "24"),
        ({"kinds": ("film",), "languages": ("fr",), "words": "elan"}, "2"),
        ({"kinds": ("comedy",)}, ""),
    ],
)
def test_narrowed(videos: VideoList, wanted: dict[str, Any], found: str) -> None:
    assert ids(videos, **wanted) == found


def test_by_what_was_done(library: Library, videos: VideoList) -> None:
    for number, what, rating in (
        (1, Signal.WATCHED, None),
        (1, Signal.LIKED, None),
        (2, Signal.LIKED, None),
        (2, Signal.DISLIKED, None),  # the last opinion counts
        (3, Signal.HIDDEN, None),
        (3, Signal.SHOWN, None),
        (4, Signal.HIDDEN, None),
        (4, Signal.SAVED, None),  # and takes it back
        (5, Signal.RATED, 4.0),
        (6, Signal.RATED, 1.0),
    ):
        signal(library, number, what, rating)
    found = {show: ids(videos, Order.ADDED, reverse=True, show=show) for show in Show}
    assert found == {
        Show.ALL: "123456",
        Show.UNSEEN: "34",
        Show.WATCHED: "1",
        Show.LIKED: "15",
        Show.DISLIKED: "26",
        Show.SAVED: "4",
        Show.RATED: "56",
        Show.HIDDEN: "3",
        Show.REMOVED: "",
    }
    counts = videos.facets(VideoFilter()).shows
    assert counts == {show.value: len(numbers) for show, numbers in found.items()}


def test_marks_and_filters_say_the_same(library: Library, videos: VideoList) -> None:
    chance = random.Random(0)
    for _ in range(120):
        what = chance.choice(list(Signal))
        rating = chance.choice((1.0, 2.0, 3.0, 3.5, 5.0)) if what is Signal.RATED else None
        signal(library, chance.randint(1, 6), what, rating)
        lines = videos.page(VideoQuery()).lines
        for mark in Mark:
            marked = {line.id[-1] for line in lines if mark in line.marks}
            assert marked == set(ids(videos, show=mark.value)), mark


def test_counts_leave_out_what_is_chosen_of_their_own_sort(videos: VideoList) -> None:
    counts = videos.facets(VideoFilter(kinds=(Kind.FILM,), languages=("fr",)))
    assert counts.kinds == {"film": 1}
    assert counts.languages == {"fr": 1, "zh": 1}
    assert counts.sources == {"a": 1}
    assert counts.years == (2001, 2001)
    counts = videos.facets(VideoFilter(words="r"))
    assert counts.kinds == {"talk": 1, "video": 1}
    assert counts.durations_s == (60, 600)
    assert videos.facets(VideoFilter(words="nothing")).years is None


# --- as the library changes --------------------------------------------------------------------


def test_what_another_process_changes_is_seen(library: Library, videos: VideoList) -> None:
    assert ids(videos, words="boat") == ""
    with Library.open(library.path) as other:
        other.put_videos([Video(id="c:7", title="A boat")])
        other.remove_videos(["a:1"])
    assert ids(videos, words="boat") == "7"
    assert ids(videos, Order.ADDED) == "765432"


def test_an_empty_library_has_an_empty_page(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.db") as library:
        videos = VideoList(library)
        for words in ("", "x", "word"):
            page = videos.page(VideoQuery(filter=VideoFilter(words=words)))
            assert (page.lines, page.total, page.library) == ((), 0, 0)
        assert videos.facets(VideoFilter(words="x")).kinds == {}


def test_removed_videos_are_listed_for_themselves(library: Library, videos: VideoList) -> None:
    signal(library, 4, Signal.LIKED)
    library.discard_videos(["b:4"])
    library.discard_videos(["a:2"])
    assert ids(videos, Order.ADDED) == "6531"
    assert ids(videos, show=Show.REMOVED) == "24"
    assert ids(videos, show=Show.REMOVED, words="spirited 宫崎") == "4"
    assert videos.page(VideoQuery(filter=VideoFilter(show=Show.REMOVED))).lines[1].marks == (
        Mark.LIKED,
    )
    assert videos.facets(VideoFilter()).shows["removed"] == 2


# --- one video ---------------------------------------------------------------------------------


def test_everything_of_one_video(library: Library, videos: VideoList) -> None:
    signal(library, 5, Signal.SHOWN)
    signal(library, 5, Signal.WATCHED)
    signal(library, 5, Signal.RATED, 4)
    library.edit_tags("b:5", ["chess", "mine"])
    details = videos.details("b:5", MODEL)
    assert details.video.title == "[b]bold[/b] move"
    assert [one.signal for one in details.signals] == [Signal.RATED, Signal.WATCHED]
    assert details.marks == (Mark.WATCHED, Mark.LIKED, Mark.RATED)
    assert (details.own_tags, details.dropped_tags) == (("mine",), ("zebra",))
    assert details.removed_at is None
    assert not details.is_embedded
    library.put_vectors(MODEL, ["b:5"], ToyEmbedder().encode_videos([details.video]))
    assert videos.details("b:5", MODEL).is_embedded

    library.discard_videos(["b:5"])
    assert videos.details("b:5", MODEL).removed_at is not None
    with pytest.raises(StoreError, match="no such video"):
        videos.details("b:9", MODEL)
