from __future__ import annotations

import itertools
import math
import multiprocessing
import random
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.types import Constraints, Kind, Video, Years
from store.library import Library, PutCounts, TitleRow, content_hash
from store.library import connection as connection_module

FULL = Video(
    id="youtube:abc",
    title="Spirited Away",
    other_titles=("千と千尋の神隠し", "千与千寻"),
    description="A girl in the world of spirits.",
    tags=("animation", "fantasy"),
    channel="Studio Ghibli",
    people=("Hayao Miyazaki",),
    kind=Kind.FILM,
    language="ja",
    year=2001,
    published="2001-07-20",
    duration_s=7500,
    url="https://example.org/abc",
    views=100,
    likes=5,
)


def video(number: int, **fields: object) -> Video:
    return Video.model_validate({"id": f"test:{number}", "title": f"Video {number}", **fields})


# --- the file ----------------------------------------------------------------------------------


def test_a_busy_library_is_an_error_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "WAIT_FOR_OTHERS_S", 0.01)
    path = tmp_path / "library.db"
    with Library.open(path) as first, Library.open(path) as second:
        with first._transaction(), pytest.raises(StoreError, match="cannot be written"):
            second.put_videos([FULL])
        second.put_videos([FULL])
        assert first.count() == 1


def test_a_transaction_is_undone_by_ctrl_c(library: Library) -> None:
    library.put_videos([video(1)])

    def interrupted() -> None:
        with library._transaction() as connection:
            connection.execute("DELETE FROM videos")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert library.ids() == ["test:1"]
    library.put_videos([video(2)])
    assert library.ids() == ["test:1", "test:2"]


def _put_some(path: Path, number: int) -> None:
    with Library.open(path) as library:
        for batch in range(10):
            first = 1000 * number + 10 * batch
            library.put_videos([video(first + offset) for offset in range(10)])


def test_processes_open_and_write_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_put_some, args=(path, number)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with Library.open(path) as library:
        assert library.count() == 300
        assert library.data_version() == 300


# --- videos ------------------------------------------------------------------------------------


def test_a_video_comes_back_as_it_went_in(library: Library) -> None:
    bare = video(1)
    assert library.put_videos([FULL, bare]) == PutCounts(new=2, updated=0, unchanged=0)
    assert library.get([bare.id, "test:none", FULL.id]) == {bare.id: bare, FULL.id: FULL}
    assert list(library.get([FULL.id, bare.id])) == [FULL.id, bare.id]
    assert list(library.videos()) == [FULL, bare]
    assert library.ids() == [FULL.id, bare.id]


def test_unchanged_videos_are_left_alone_and_changed_ones_are_derived_anew(
    library: Library,
) -> None:
    library.put_videos([FULL, video(1)])
    library.put_keywords({FULL.id: ("anime",), "test:1": ("test",)})
    library.put_title_likelihoods("llm", {FULL.id: (-12.5, 4), "test:1": (-9.0, 3)})
    version = library.data_version()

    assert library.put_videos([FULL, video(1)]) == PutCounts(new=0, updated=0, unchanged=2)
    assert library.data_version() == version
    assert library.missing_keywords() == []

    changed = video(1, description="now with words")
    assert library.put_videos([FULL, changed]) == PutCounts(new=0, updated=1, unchanged=1)
    assert library.data_version() > version
    assert library.missing_keywords() == ["test:1"]
    assert library.title_likelihoods("llm", [FULL.id, "test:1"]) == {FULL.id: (-12.5, 4)}
    assert library.get(["test:1"]) == {"test:1": changed}
    assert [hit.video_id for hit in library.search("words", limit=5)] == ["test:1"]


def test_keywords_are_no_part_of_the_content(library: Library) -> None:
    keyed = FULL.model_copy(update={"keywords": ("anime",)})
    assert content_hash(keyed) == content_hash(FULL)
    assert content_hash(FULL.model_copy(update={"year": 2002})) != content_hash(FULL)
    library.put_videos([keyed])
    assert library.get([FULL.id])[FULL.id].keywords == ("anime",)
    assert library.missing_keywords() == []


def test_no_keywords_is_an_answer_too(library: Library) -> None:
    library.put_videos([video(1)])
    assert library.missing_keywords() == ["test:1"]
    library.put_keywords({"test:1": ()})
    assert library.missing_keywords() == []


def test_of_two_with_one_id_the_later_counts(library: Library) -> None:
    library.put_videos([video(1), video(1, title="Later")])
    assert library.get(["test:1"])["test:1"].title == "Later"
    assert library.count() == 1


def test_any_number_of_ids_can_be_asked_for(library: Library) -> None:
    library.put_videos(map(video, range(1_200)))
    wanted = [f"test:{number}" for number in range(40_000)]
    assert len(library.get(wanted)) == 1_200
    assert [found.id for found in library.videos()] == wanted[:1_200]


def test_removed_videos_are_gone_from_everywhere(library: Library) -> None:
    library.put_videos([FULL, video(1)])
    library.put_title_likelihoods("llm", {FULL.id: (-1.0, 1)})
    assert library.remove_videos([FULL.id, "test:none"]) == 1
    assert library.ids() == ["test:1"]
    assert library.search("spirited", limit=5) == []
    assert library.search("神隠し", limit=5) == []
    assert library.title_likelihoods("llm", [FULL.id]) == {}
    library.put_videos([FULL])
    assert library.title_likelihoods("llm", [FULL.id]) == {}


def test_counts(library: Library) -> None:
    library.put_videos([FULL, video(1, language="ja"), video(2), video(3, kind="film")])
    assert library.count() == 4
    assert library.counts_by("source") == {"test": 3, "youtube": 1}
    assert list(library.counts_by("kind").items()) == [("film", 2), ("video", 2)]
    assert library.counts_by("language") == {"ja": 2, "unknown": 2}
    library.put_videos([video(4, tags=["a", "b"]), video(5, tags=["b"])])
    assert library.tag_counts() == {"animation": 1, "fantasy": 1, "a": 1, "b": 2}


def test_titles(library: Library) -> None:
    library.put_videos([FULL, video(1)])
    assert library.titles() == [
        TitleRow(
            FULL.id,
            "Spirited Away",
            ("千と千尋の神隠し", "千与千寻"),
            2001,
            people=FULL.people,
            reach=FULL.reach,
        ),
        TitleRow("test:1", "Video 1", (), None),
    ]


def test_popularity_is_on_a_log_scale_up_to_one(library: Library) -> None:
    library.put_videos(
        [video(1, views=1_000), video(2), video(3, likes=100), video(4, views=0), video(5, views=9)]
    )
    ids, scores = zip(*library.popular(10), strict=True)
    assert ids == ("test:3", "test:1", "test:5", "test:4")
    expected = [math.log1p(reach) / math.log1p(2_000) for reach in (2_000, 1_000, 9, 0)]
    assert scores == pytest.approx(expected)
    assert [id_ for id_, _ in library.popular(1)] == ["test:3"]


def test_popularity_of_a_library_that_nobody_watched(library: Library) -> None:
    assert library.popular(5) == []
    library.put_videos([video(1, views=0)])
    assert library.popular(5) == [("test:1", 0.0)]


def test_filtering_in_sql_is_what_constraints_admit(library: Library) -> None:
    random_ = random.Random(11)
    durations, years = (None, 60, 600, 601, 7200), (None, 1950, 1999, 2000, 2024)
    languages, kinds = (None, "en", "zh", "ja"), (Kind.FILM, Kind.TALK, Kind.VIDEO)
    channels = (None, "PyCon US", "pycon us", "STRASSE", "Straße", "Ünï")
    people = ("Ada Lovelace", "ada LOVELACE", "Zoë Kravitz", "王小明")
    days = (None, date(2024, 2, 29), date(2025, 1, 1))
    runs = (Years(first=1950, last=1999), Years(first=2000, last=2000))
    library.put_videos(
        video(
            number,
            duration_s=random_.choice(durations),
            year=random_.choice(years),
            language=random_.choice(languages),
            kind=random_.choice(kinds),
            channel=random_.choice(channels),
            people=tuple(random_.sample(people, random_.choice((0, 1, 2)))),
            published=random_.choice(days),
        )
        for number in range(300)
    )
    videos = list(library.videos())

    def some(values: tuple[object, ...]) -> tuple[object, ...]:
        known = [value for value in values if value is not None]
        return tuple(random_.sample(known, random_.choice((0, 0, 1, 2))))

    seen_some = seen_none = 0
    for _ in range(400):
        constraints = Constraints.model_validate(
            {
                "min_duration_s": random_.choice((None, None, *durations[1:])),
                "max_duration_s": random_.choice((None, None, *durations[1:])),
                "min_year": random_.choice((None, None, *years[1:])),
                "max_year": random_.choice((None, None, *years[1:])),
                "languages": some(languages),
                "not_languages": some(languages),
                "kinds": some(kinds),
                "not_kinds": some(kinds),
                "not_years": some(runs),
                "published_since": random_.choice((None, None, None, *days[1:])),
                "published_until": random_.choice((None, None, None, *days[1:])),
                "channels": some(channels),
                "not_channels": some(channels),
                "people": some(people),
                "every_person": random_.random() < 0.5,
                "not_people": some(people),
            }
        )
        expected = {video.id for video in videos if constraints.admits(video)}
        assert set(library.admitted_ids(constraints)) == expected, constraints
        seen_some += bool(expected)
        seen_none += not expected
    assert seen_some > 50
    assert seen_none > 50
    assert len(library.admitted_ids(Constraints())) == 300


def test_each_change_is_a_new_version_for_every_process(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as writer, Library.open(path) as reader:
        versions = [reader.data_version()]
        writer.put_videos([FULL])
        versions.append(reader.data_version())
        writer.put_keywords({FULL.id: ("anime",)})
        versions.append(reader.data_version())
        writer.remove_videos([FULL.id])
        versions.append(reader.data_version())
        assert all(before < after for before, after in itertools.pairwise(versions))
        assert reader.data_version() == writer.data_version() == versions[-1]
