from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.types import Interaction, Signal, Video
from store.backup import Counts
from store.forget import Forgotten, Selection, What, find, forget, unfinished
from store.forget.copies import copies_beside
from store.forget.in_use import forget_session
from store.index import Index
from store.library import Library, OwnTags
from store.locks import one_writer
from store.snapshots import Snapshots
from tests.store import rows
from tests.toys import ToyEmbedder

TITLE, TEXT, CHINESE, MESSAGE = "Zyxwvutsq", "qjvkbyrhz", "鴉鷺鸞鴛", "wqxzjkvbn"
GONE = "secret:Qzjxkvw7"
"""A video that is watched, dropped from the library, and still in the index."""
COPIES = ("damaged", "recovering", "aside", "restoring", "library.doctor-x")
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, tzinfo=UTC)


def secret(number: int) -> Video:
    return Video(
        id=f"secret:Kxqzvj{number}",
        title=f"{TITLE} {number}",
        other_titles=(f"{CHINESE}{number}",),
        description=f"All about {TEXT}.",
        tags=(TEXT,),
        people=(f"{TITLE} Smith",),
    )


def kept(number: int) -> Video:
    return Video(id=f"keep:{number}", title=f"A film about trains {number}", tags=("trains",))


SECRETS = [secret(number) for number in range(60)]
KEPT = [kept(number) for number in range(60)]
REMOVED = secret(98).model_copy(update={"id": "secret:Kxqzvj98"})
"""A video that the person removed themselves, which is kept beside the library."""
IDS = (b"Kxqzvj", b"Qzjxkvw7")
OF_VIDEOS = (*IDS, TITLE.encode(), TEXT.encode(), CHINESE.encode())
OF_ALL = (*OF_VIDEOS, MESSAGE.encode(), b"trains")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which everything that can name a video names secret ones."""
    folder = tmp_path / "data"
    embedder = ToyEmbedder()
    with Library.open(folder / "library.db") as library:
        gone = secret(99).model_copy(update={"id": GONE})
        videos = [video for pair in zip(SECRETS, KEPT, strict=True) for video in pair]
        library.put_videos([*videos, gone])
        ids = library.ids()
        library.put_vectors(embedder.key, ids, embedder.encode_videos([*videos, gone]))
        library.put_title_likelihoods("model", dict.fromkeys(ids, (-1.0, 3)))
        library.add_interactions(
            Interaction(video_id=id_, signal=Signal.LIKED, at=at)
            for id_ in (GONE, SECRETS[0].id, KEPT[0].id)
            for at in (DAY, LATER)
        )
        for message, video in (("trains", KEPT[0]), (MESSAGE, SECRETS[0])):
            library.add_turn(library.start_session(), rows.turn(message, video))
        library.put_videos([REMOVED])
        library.discard_videos([REMOVED.id])
        library.edit_tags(SECRETS[1].id, [TEXT, f"{TEXT} of mine"])
        library.put_own_tags({KEPT[1].id: (OwnTags(("steam",)), DAY)})
        Snapshots.of(folder / "library.db").take(library)
        index = Index.open(folder / "index", embedder.key)
        assert index is not None
        with closing(index):
            index.sync(library)
            library.remove_videos([GONE])
            index.sync(library)
    for name in COPIES:
        (folder / name / "within").mkdir(parents=True)
        (folder / name / "within" / "x.db").write_bytes((folder / "library.db").read_bytes())
    (folder / "matinee.log").write_text(f"{MESSAGE} {TITLE} {CHINESE} {GONE} trains")
    (folder / "settings.toml").write_text("[recommend]\npicks = 3\n")
    return folder


def call(data: Path, selection: Selection) -> Forgotten:
    logs = [data / "matinee.log"]
    return forget(data / "library.db", selection, index=data / "index", logs=logs)


def holding(folder: Path, words: Iterable[bytes]) -> list[tuple[str, bytes]]:
    """The files that hold one of `words` in whatever case, and which."""
    return [
        (path.relative_to(folder).as_posix(), word)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for word in words
        if word.lower() in path.read_bytes().lower()
    ]


def test_before_anything_is_forgotten_every_file_holds_it(data: Path) -> None:
    files = {name.split("/")[0] for name, _ in holding(data, OF_ALL)}
    assert files >= {"library.db", "index", *COPIES, "matinee.log"}
    assert {word for name, word in holding(data, OF_ALL) if name == "library.db"} == set(OF_ALL)


def test_forgotten_videos_are_in_no_file_any_more(data: Path) -> None:
    forgotten = call(data, Selection(What.VIDEOS, source="secret"))
    assert holding(data, OF_VIDEOS) == []
    assert holding(data, [MESSAGE.encode()]) == [], "it was said where a secret video came up"
    assert forgotten.counts == Counts(videos=60, signals=4, sessions=1)
    assert forgotten.snapshots == 2
    assert set(forgotten.folders) == set(COPIES)
    assert forgotten.index
    assert forgotten.log
    with Library.open(data / "library.db") as library:
        assert library.ids() == [video.id for video in KEPT]
        assert library.vector_count(ToyEmbedder().key) == 60
        assert len(library.interactions()) == 2
        assert [session.title for session in library.sessions()] == ["trains"]
        assert len(library.search("trains", limit=100)) == 60
        assert library.search(TITLE, limit=100) == []
    assert (data / "settings.toml").exists()

    with Library.open(data / "library.db") as library:
        assert library.removed_videos() == []
        assert library.own_tags([KEPT[1].id]) == {KEPT[1].id: OwnTags(("steam",))}


def test_what_is_kept_is_as_it_was(data: Path) -> None:
    before = rows.everything(data / "library.db")
    call(data, Selection(What.VIDEOS, source="secret"))
    after = rows.everything(data / "library.db")
    for table, found in after.items():
        assert found == [row for row in before[table] if "Kxqzvj" not in repr(row)
                         and "Qzjxkvw7" not in repr(row) and MESSAGE not in repr(row)
                         and not (table == "sessions" and row not in found)]  # fmt: skip


def test_single_videos_also_those_that_the_library_has_no_more(data: Path) -> None:
    forgotten = call(data, Selection(What.VIDEOS, ids=(GONE, SECRETS[0].id)))
    assert forgotten.counts == Counts(videos=1, signals=4, sessions=1)
    assert holding(data, [b"Qzjxkvw7", b"Kxqzvj0"]) == []
    with Library.open(data / "library.db") as library:
        assert library.count() == 119


def test_the_history_of_a_source_and_a_time(data: Path) -> None:
    selection = Selection(What.HISTORY, source="secret", since=LATER)
    assert call(data, selection).counts == Counts(videos=0, signals=2, sessions=0)
    with Library.open(data / "library.db") as library:
        left = [(item.video_id.split(":")[0], item.at) for item in library.interactions()]
    assert sorted(left) == [
        ("keep", DAY), ("keep", LATER), ("secret", DAY), ("secret", DAY)
    ]  # fmt: skip


def test_forgotten_history_is_in_no_file_any_more(data: Path) -> None:
    call(data, Selection(What.HISTORY))
    assert holding(data, [b"Qzjxkvw7"]) == []
    with Library.open(data / "library.db") as library:
        assert library.interactions() == []
        assert library.count() == 120
        assert len(library.sessions()) == 2


def test_the_moments_bound_the_history(data: Path) -> None:
    def signals(**aspects: datetime) -> int:
        return find(library, Selection(What.HISTORY, **aspects)).counts.signals  # type: ignore[arg-type]

    with Library.open(data / "library.db") as library:
        assert signals(since=DAY, until=LATER) == 3
        assert signals(until=DAY) == 0
        assert signals(since=DAY) == 6


def test_forgotten_sessions_are_in_no_file_any_more(data: Path) -> None:
    with Library.open(data / "library.db") as library:
        [session] = [row.id for row in library.sessions() if row.title == MESSAGE]
    forgotten = call(data, Selection(What.SESSIONS, ids=(session,)))
    assert forgotten.counts == Counts(videos=0, signals=0, sessions=1)
    assert holding(data, [MESSAGE.encode(), session.encode()]) == []
    assert forgotten.index, "Chroma's files may hold what was in memory"
    with Library.open(data / "library.db") as library:
        assert [row.title for row in library.sessions()] == ["trains"]


def test_the_title_of_a_session_goes_with_it(data: Path) -> None:
    title = "Mit einem Namen, den es sonst nicht gibt"
    with Library.open(data / "library.db") as library:
        session = library.sessions()[0].id
        library.rename_session(session, title)
        Snapshots.of(library.path).take(library)
    call(data, Selection(What.SESSIONS, ids=(session,)))
    assert holding(data, [title.encode(), session.encode()]) == []


def test_a_session_is_forgotten_while_others_have_the_library_open(data: Path) -> None:
    with Library.open(data / "library.db") as reader, Library.open(data / "library.db") as library:
        [session] = [row.id for row in reader.sessions() if row.title == MESSAGE]
        turns = reader.turns(session)
        Snapshots.of(library.path).take(library)
        copies = forget_session(library, session)
        assert turns
        assert reader.turns(session) == []
        assert Snapshots.of(library.path).newest("history") is not None
    assert copies == copies_beside(data / "library.db")
    holders = {name.split("/")[0] for name, _ in holding(data, [MESSAGE.encode()])}
    assert holders.isdisjoint({"library.db", "library.db-wal", "snapshots"})
    with (
        pytest.raises(StoreError, match="no such session"),
        Library.open(data / "library.db") as library,
    ):
        forget_session(library, session)


def test_after_all_is_forgotten_an_empty_library_is_left(data: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "empty.db").close()
    forgotten = call(data, Selection(What.ALL))
    assert forgotten.counts == Counts(videos=120, signals=6, sessions=2)
    assert holding(data, OF_ALL) == []
    empty = (tmp_path / "empty.db").stat().st_size
    assert (data / "library.db").stat().st_size <= empty + 4096  # a page for `sqlite_sequence`
    with closing(sqlite3.connect(data / "library.db")) as connection:
        tables = ("videos", "words", "grams", "vectors", "removed_vectors", "title_likelihoods",
                  "interactions", "sessions", "turns", "sqlite_sequence")  # fmt: skip
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
        ]
        assert counts == [0] * len(tables)
    with Library.open(data / "library.db") as library:
        library.put_videos(KEPT)
        assert len(library.search("trains", limit=100)) == 60


NEXT_START = """
import sys
from contextlib import closing
from pathlib import Path
from store.index import Index
from store.library import Library, OwnTags
from tests.toys import ToyEmbedder
data, embedder = Path(sys.argv[1]), ToyEmbedder()
index = Index.open(data / "index", embedder.key)
with closing(index), Library.open(data / "library.db") as library:
    index.sync(library)
    hits = index.query(embedder.encode_queries(["trains"])[0], 100)
    print(library.identity(), index.count(), *{id_.split(":")[0] for id_, _ in hits})
"""


def test_the_next_start_makes_the_index_anew_of_what_is_left(data: Path) -> None:
    with Library.open(data / "library.db") as library:
        before = library.identity()
    call(data, Selection(What.VIDEOS, source="secret"))
    command = [sys.executable, "-c", NEXT_START, str(data)]
    identity, count, source = subprocess.check_output(command, text=True).split()
    assert identity != before
    assert (count, source) == ("60", "keep")
    assert holding(data, OF_VIDEOS) == []


def test_nothing_that_matches_changes_nothing(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*.db")}
    forgotten = call(data, Selection(What.VIDEOS, source="nobody"))
    assert forgotten.counts == Counts(videos=0, signals=0, sessions=0)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("what", "aspects"),
    [
        (What.VIDEOS, {"since": DAY}),
        (What.SESSIONS, {"source": "a"}),
        (What.ALL, {"ids": ("a:b",)}),
    ],
)
def test_a_selection_that_means_nothing(what: What, aspects: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be narrowed by"):
        Selection(what, **aspects)  # type: ignore[arg-type]


# --- beside other processes --------------------------------------------------------------------


def test_while_another_has_the_library_open_nothing_is_forgotten(data: Path) -> None:
    with Library.open(data / "library.db") as library:
        with pytest.raises(StoreError, match="Another Matinee has this library open"):
            call(data, Selection(What.ALL))
        assert library.count() == 120
    with one_writer(data, "an import"), pytest.raises(StoreError, match="is writing"):
        call(data, Selection(What.ALL))


PROGRAM = """
import os, signal, sys
from pathlib import Path
from store.forget import Selection, What, forget
data = Path(sys.argv[1])
class Killed:
    def stage(self, name, total):
        if name == sys.argv[2]:
            os.kill(os.getpid(), signal.SIGKILL)
    def advance(self, n):
        pass
selection = Selection(What.VIDEOS, source="secret")
forget(data / "library.db", selection, index=data / "index",
       logs=[data / "matinee.log"], reporter=Killed())
"""


@pytest.mark.parametrize("stage", ["removing", "compacting", "removing copies"])
def test_who_is_killed_on_the_way_has_the_rest_done_by_the_next_time(
    data: Path, stage: str
) -> None:
    killed = subprocess.run([sys.executable, "-c", PROGRAM, str(data), stage], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert unfinished(data / "library.db")
    with Library.open(data / "library.db") as library:
        assert library.count() == (120 if stage == "removing" else 60)
    call(data, Selection(What.VIDEOS, source="secret"))
    assert not unfinished(data / "library.db")
    assert holding(data, OF_VIDEOS) == []


def test_links_are_not_followed(data: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (data / "aside" / "link").symlink_to(tmp_path / "mine.txt")
    (data / "damaged" / "link").symlink_to(tmp_path)
    os.link(tmp_path / "mine.txt", data / "aside" / "hard")
    call(data, Selection(What.ALL))
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (data / "aside").exists()
