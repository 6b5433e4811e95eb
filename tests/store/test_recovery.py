"""Damage made by hand, and what is there and said when the library is opened next."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.types import Interaction, Pick, Request, Turn, Video
from store import recovery
from store.library import Library
from store.library.checks import ForeignLibraryError
from store.library.connection import suspect_file
from store.locks import FileLock, library_lock
from store.recovery import open_library
from store.snapshots import Snapshots
from store.unit import unit
from tests.store.conftest import ROOT, program, remount, run, small_disk

if TYPE_CHECKING:
    from assistant.types import Matrix

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
VIDEOS = [
    Video(
        id=f"test:{number}",
        title=f"Video {number} 学习",
        description="Many words. " * (number * 7 % 600),
        tags=("a tag",),
        views=number,
    )
    for number in range(60)
]
IDS = [video.id for video in VIDEOS]
IN_SNAPSHOT = 40
"""Signals that were given before the snapshot; ten more came after it."""


def like(number: int) -> Interaction:
    return Interaction(
        video_id=IDS[number], signal="liked", at=NOON + timedelta(minutes=number), strength=0.5
    )


def units(count: int) -> Matrix:
    return unit(np.random.default_rng(0).standard_normal((count, 16)).astype(np.float32))


def ask(library: Library, session: str, message: str) -> None:
    picks = tuple(
        Pick(video=video, rank=1, score=0.5, parts={}, cluster="words") for video in VIDEOS[:3]
    )
    request = Request(message=message)
    library.add_turn(session, Turn(message=message, request=request, picks=picks))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library in use, with snapshots, closed."""
    folder = tmp_path_factory.mktemp("in_use") / "data"
    with Library.open(folder / "library.db") as library:
        library.put_videos(VIDEOS)
        library.put_keywords(dict.fromkeys(IDS, ("word",)))
        library.put_keywords({IDS[0]: ()})
        library.put_vectors("model", IDS, units(len(IDS)))
        library.put_title_likelihoods("llm", dict.fromkeys(IDS, (-3.5, 4)))
        library.add_interactions(map(like, range(IN_SNAPSHOT)))
        for message in ("first", "second"):
            ask(library, library.start_session(), message)
        Snapshots.of(library.path).take(library)
        library.add_interactions(map(like, range(IN_SNAPSHOT, 50)))
        ask(library, library.sessions()[0].id, "third")
    return folder


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """A copy of that library, to be damaged."""
    shutil.copytree(template, tmp_path / "data")
    return tmp_path / "data" / "library.db"


def mended(path: Path) -> tuple[Library, list[str]]:
    """Open what was damaged, and make sure that it is sound and that mending was done once."""
    said: list[str] = []
    open_library(path, said.append).close()
    again: list[str] = []
    library = open_library(path, again.append)
    assert again == []
    assert library._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert not suspect_file(path).exists()
    assert not (path.parent / "recovering").exists()
    assert {hit.video_id for hit in library.search("video 学习", limit=99)} == set(library.ids())
    return library, said


# --- every sort of damage ----------------------------------------------------------------------

Damage = Callable[[Path], object]


def cut_off(share: float, path: Path) -> None:
    os.truncate(path, int(path.stat().st_size * share))


def flip(share: float, path: Path) -> None:
    """Turn 64 bytes into their complements, and have the library looked at."""
    data = bytearray(path.read_bytes())
    at = int((len(data) - 64) * share)
    data[at : at + 64] = bytes(255 - byte for byte in data[at : at + 64])
    path.write_bytes(data)
    suspect_file(path).touch()


def spoil_pages(of: str, path: Path) -> None:
    """Overwrite the end, where the rows are, of every second page of a table or index."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY path", (of,))
        pages = [page for (page,) in rows]
    with path.open("r+b") as file:
        for page in pages[::2]:
            file.seek(page * 4096 - 400)
            file.write(bytes(range(50, 150)) * 4)
    suspect_file(path).touch()


def statement(sql: str, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql)
    suspect_file(path).touch()


DAMAGES: dict[str, Damage] = {
    "deleted": Path.unlink,
    "another file": lambda path: path.write_text("Dear diary\n" * 900),
    **{f"cut off at {share}0 %": partial(cut_off, share / 10) for share in range(10)},
    **{f"flipped at {share:.1%}": partial(flip, share) for share in (0, 0.004, 0.01, 0.02, 0.05)},
    **{f"flipped at {share}0 %": partial(flip, share / 10) for share in range(1, 11)},
    **{
        f"pages of {name}": partial(spoil_pages, name)
        for name in (
            "sqlite_schema", "videos", "sqlite_autoindex_videos_1", "videos_by_property",
            "vectors", "interactions", "sqlite_autoindex_interactions_1", "sessions", "turns",
            "words_data", "words_content", "words_docsize", "grams_data", "state",
        )
    },
    "a table gone": partial(statement, "DROP TABLE turns"),
    "an index gone": partial(statement, "DROP INDEX vectors_by_video"),
    "full text gone": partial(statement, "DELETE FROM words_data"),
    "no identity": partial(statement, "DELETE FROM state"),
    "no version": partial(statement, "PRAGMA user_version = 0"),
    "text that is none": partial(statement, "UPDATE videos SET title = CAST(x'ff' AS TEXT)"),
    "lists that are none": partial(statement, "UPDATE videos SET tags = '[' WHERE row % 2"),
    "altered videos": partial(statement, "UPDATE videos SET year = 1999 WHERE row % 2"),
    "signals that are none": partial(statement, "UPDATE interactions SET signal = 'adored'"),
    "turns that are none": partial(statement, "UPDATE turns SET turn = '{'"),
    "vectors of no length": partial(statement, "UPDATE vectors SET vector = x'00000000'"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_whatever_is_damaged_the_rest_is_there(path: Path, name: str) -> None:
    with Library.open(path) as before:
        signals, turns = before.interactions(), [before.turns(s.id) for s in before.sessions()]
        identity = before.identity()
    DAMAGES[name](path)
    content = path.read_bytes() if path.exists() else None
    library, said = mended(path)
    with library:
        found = {video.id: video.model_copy(update={"keywords": ()}) for video in library.videos()}
        assert found == {video.id: video for video in VIDEOS}
        assert signals[:IN_SNAPSHOT] == library.interactions()[:IN_SNAPSHOT]
        assert set(library.interactions()) <= set(signals)
        found_turns = [library.turns(session.id) for session in library.sessions()]
        assert len(found_turns) == len(turns)
        assert all(turn in turns[0] + turns[1] for found in found_turns for turn in found)
        ids, vectors = library.vectors("model", IDS)
        expected = dict(zip(IDS, units(len(IDS)), strict=True))
        np.testing.assert_array_equal(
            vectors.reshape(len(ids), 16), np.array([expected[id_] for id_ in ids]).reshape(-1, 16)
        )
        if not said:  # there it hit what is not used yet
            assert name.startswith("flipped")
            assert library.identity() == identity
            return
        assert library.identity() != identity
    assert said[0].startswith("The library was damaged: ")
    if content is None:
        assert not (path.parent / "damaged").exists()
        return
    [kept] = (path.parent / "damaged").glob("*/library.db")
    assert kept.read_bytes() == content
    assert any(str(kept.parent) in sentence for sentence in said)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.8])
@pytest.mark.parametrize("garble", [cut_off, flip, None])
def test_a_log_that_is_damaged_or_gone(
    template: Path, tmp_path: Path, garble: Callable[[float, Path], None] | None, share: float
) -> None:
    """What the log alone held is lost then, and SQLite cannot know it. The rest is there."""
    path = tmp_path / "data" / "library.db"
    shutil.copytree(template, path.parent)
    code = (
        "import os, signal, sys\n"
        "from tests.store.test_recovery import IDS, Path, Library, Video, like\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "library.put_videos([Video(id='test:new', title='A new video 学习')])\n"
        "library.add_interactions(map(like, range(50, 60)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(program("-c", code, path), cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    log = path.with_name("library.db-wal")
    garble(share, log) if garble is not None else log.unlink()
    library, _ = mended(path)
    with library:
        assert set(IDS) <= set(library.ids()) <= {*IDS, "test:new"}
        assert [*map(like, range(50))] == library.interactions()[:50]


# --- what is taken from where ------------------------------------------------------------------


def test_what_was_taken_back_stays_taken_back(path: Path) -> None:
    """A snapshot fills a table up only where something of it cannot be read."""
    with Library.open(path) as library:
        library.remove_interaction(3)
    spoil_pages("videos", path)
    library, said = mended(path)
    with library:
        assert like(2) not in library.interactions()
        assert len(library.interactions()) == 49
    assert not re.search("Taken from .* signals", " ".join(said))


def test_rows_keep_their_numbers(path: Path) -> None:
    query = "SELECT row, video_id FROM interactions"
    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute(query).fetchall()
    spoil_pages("videos_by_property", path)
    library, _ = mended(path)
    with library:
        assert library._connection.execute(query).fetchall() == before
        assert library.add_interaction(like(55)) == 51


def test_keywords_and_what_a_model_said_are_kept(path: Path) -> None:
    spoil_pages("words_data", path)
    library, said = mended(path)
    with library:
        assert library.missing_keywords() == []
        keywords = {video.id: video.keywords for video in library.videos()}
        assert keywords == {**dict.fromkeys(IDS, ("word",)), IDS[0]: ()}
        assert len(library.title_likelihoods("llm", IDS)) == len(IDS)
    assert said[1].startswith("All of it could be read, and was written anew: 60 videos, 60 vec")


def test_a_vector_that_may_be_of_another_text_is_not_kept(path: Path) -> None:
    """Two videos changed after the snapshot, of which one was embedded again."""
    changed = [video.model_copy(update={"title": "Changed"}) for video in VIDEOS[:2]]
    with Library.open(path) as library:
        library.put_videos(changed)
        library.put_vectors("model", IDS[:1], units(1))
    statement("UPDATE videos SET description = 'altered' WHERE row <= 3", path)
    library, said = mended(path)
    with library:
        assert {library.get([id_])[id_].title for id_ in IDS[:3]} == {
            video.title for video in VIDEOS[:3]
        }
        assert sorted(library.missing_vectors("model")) == IDS[:2]
        assert len(library.title_likelihoods("llm", IDS)) == len(IDS) - 3
    assert "2 videos cannot be found by meaning until vectors are made again" in said[-1]


def test_turns_whose_session_is_lost_get_one(path: Path) -> None:
    shutil.rmtree(path.parent / "snapshots")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM sessions")  # foreign keys are not enforced here
    suspect_file(path).touch()
    library, said = mended(path)
    with library:
        assert sorted(session.turns for session in library.sessions()) == [1, 2]
    assert said[0] == (
        "The library was damaged: there are rows that belong to what is not there, 3 of them."
    )


def test_a_snapshot_that_is_damaged_too_is_passed_over(path: Path) -> None:
    with Library.open(path) as library:
        Snapshots.of(path).take(library)
    newest, oldest = Snapshots.of(path).all("history")
    newest.path.write_bytes(newest.path.read_bytes()[:-20])
    path.unlink()
    library, said = mended(path)
    with library:
        assert len(library.interactions()) == IN_SNAPSHOT
    local = oldest.taken.astimezone()
    assert f"snapshot of {local.day} {local:%B %Y, %H:%M}" in " ".join(said)


def test_snapshots_of_this_library_come_before_later_ones_of_another(
    path: Path, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "other" / "library.db") as other:
        other.add_interaction(like(59))
        Snapshots.of(path).take(other)
    statement("DROP TABLE interactions", path)
    library, _ = mended(path)
    with library:
        assert library.interactions() == [*map(like, range(IN_SNAPSHOT))]


def test_nothing_to_read_and_no_snapshot_begins_an_empty_library(path: Path) -> None:
    shutil.rmtree(path.parent / "snapshots")
    path.write_text("Dear diary")
    library, said = mended(path)
    with library:
        assert library.count() == 0
    assert said[:2] == [
        "The library was damaged: it does not begin as a library does.",
        "Nothing in it could be read, and there was no snapshot: an empty library was begun.",
    ]
    assert "matinee import" in said[2]


def test_without_a_snapshot_it_is_said_what_is_lost(path: Path) -> None:
    shutil.rmtree(path.parent / "snapshots")
    cut_off(0.5, path)
    library, said = mended(path)
    with library:
        assert 0 < library.count() <= 60
    assert any(
        sentence.startswith("There was no snapshot of ")
        and sentence.endswith("what could not be read is lost.")
        for sentence in said
    )


# --- around it ---------------------------------------------------------------------------------


def test_a_new_folder_and_a_sound_library_are_opened_without_a_word(
    path: Path, tmp_path: Path
) -> None:
    said: list[str] = []
    for file in (path, tmp_path / "new" / "folder" / "library.db"):
        open_library(file, said.append).close()
    with open_library(path) as library:
        assert library.count() == 60
    assert said == []


def test_a_false_alarm_is_forgotten(path: Path) -> None:
    suspect_file(path).touch()
    with Library.open(path) as library:
        identity = library.identity()
    library, said = mended(path)
    with library:
        assert library.identity() == identity
    assert said == []


def test_damage_met_while_reading_is_mended_at_the_next_start(path: Path) -> None:
    statement("UPDATE videos SET kind = 'cake' WHERE row = 7", path)
    suspect_file(path).unlink()
    with open_library(path) as library, pytest.raises(LibraryDamagedError):
        list(library.videos())
    library, said = mended(path)
    with library:
        assert library.get([IDS[6]]) == {
            IDS[6]: VIDEOS[6].model_copy(update={"keywords": ("word",)})
        }
    assert said[0].endswith("there are videos that cannot be read, 1 of them.")


def test_the_newest_damaged_files_are_kept(path: Path) -> None:
    kept = []
    for number in range(4):
        path.write_text(f"damage {number}")
        mended(path)[0].close()
        kept = [file.read_text() for file in sorted(path.parent.glob("damaged/*/library.db"))]
    assert kept == ["damage 2", "damage 3"]


def test_in_use_elsewhere_it_is_not_mended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "_WAIT_FOR_OTHERS_S", 0.1)
    with Library.open(path):
        suspect_file(path).touch()
        with pytest.raises(StoreError, match="damaged, and another Matinee has it open"):
            open_library(path)
    open_library(path).close()


def test_while_another_one_mends_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "_WAIT_FOR_MENDING_S", 0.1)
    (path.parent / "recovering").mkdir()
    lock = FileLock.take(library_lock(path), purpose="mending the library")
    assert lock is not None
    with pytest.raises(StoreError, match="Another Matinee is mending") as caught:
        open_library(path)
    assert f"process {os.getpid()}" in caught.value.detail
    lock.release()
    mended(path)[0].close()


def test_a_newer_library_is_left_alone_however_suspect(path: Path) -> None:
    statement("PRAGMA user_version = 99", path)
    content = path.read_bytes()
    with pytest.raises(StoreError, match="newer Matinee"):
        open_library(path)
    assert path.read_bytes() == content


def test_the_database_of_another_program(path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign" / "library.db"
    foreign.parent.mkdir()
    statement("CREATE TABLE songs (title)", foreign)
    with pytest.raises(ForeignLibraryError):  # suspect or not, it is not ours
        open_library(foreign)
    suspect_file(foreign).unlink()
    with pytest.raises(ForeignLibraryError):
        open_library(foreign)
    shutil.copy(foreign, path)  # but here are our snapshots, so here was our library
    library, said = mended(path)
    with library:
        assert library.count() == 60
    assert "another program" in said[0]
    assert len(list(path.parent.glob("damaged/*/library.db"))) == 1


def test_where_nothing_can_be_written_nothing_is_mended(public: Path, template: Path) -> None:
    path = public / "data" / "library.db"
    shutil.copytree(template, path.parent)
    cut_off(0.5, path)
    for file in path.parent.iterdir():
        file.chmod(0o755)
    path.parent.chmod(0o555)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.recovery import open_library\n"
        "try:\n"
        "    open_library(Path(sys.argv[1]))\n"
        "except Exception as error:\n"
        "    print(repr(error), error.hint)"
    )
    answer = run("-c", code, path, as_nobody=True)
    assert answer.startswith("LibraryDamagedError('The library is damaged.') It cannot be mended")


def test_no_room_to_mend_it(template: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1_400) as disk:
        path = disk / "data" / "library.db"
        shutil.copytree(template, path.parent)
        spoil_pages("turns", path)
        content = path.read_bytes()
        room = os.statvfs(disk)
        (disk / "filling").write_bytes(bytes(room.f_bavail * room.f_frsize - 100_000))
        with pytest.raises(StoreError, match="The disk is full"):
            open_library(path)
        assert path.read_bytes() == content
        assert not (path.parent / "recovering").exists()
        remount(disk, "size=4m")
        library, said = mended(path)
        with library:
            assert library.ids() == IDS
        assert said


MEND = """
import os, signal, sys
from pathlib import Path
from store.recovery import open_library

left = int(sys.argv[2])

def watch(event, arguments):
    global left
    if event in {"os.rename", "os.mkdir", "os.rmdir"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
open_library(Path(sys.argv[1])).close()
"""


def test_killed_while_mending(template: Path, tmp_path: Path) -> None:
    for step in range(1, 60, 2):
        path = tmp_path / str(step) / "library.db"
        shutil.copytree(template, path.parent)
        spoil_pages("words_data", path)
        done = subprocess.run(program("-c", MEND, path, step), cwd=ROOT)
        with mended(path)[0] as library:
            assert library.ids() == IDS
            assert len(library.interactions()) == 50
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert step > 10


OPEN = """
import sys
from pathlib import Path
from store.recovery import open_library
with open_library(Path(sys.argv[1]), print) as library:
    print(library.count(), "videos")
"""


def test_many_start_at_once_and_one_mends(path: Path) -> None:
    spoil_pages("words_data", path)
    starts = [
        subprocess.Popen(program("-c", OPEN, path), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = [start.communicate(timeout=60)[0] for start in starts]
    assert [start.returncode for start in starts] == [0] * 4
    assert all(answer.endswith("60 videos\n") for answer in answers)
    assert sum("was damaged" in answer for answer in answers) == 1


def test_progress_is_told(path: Path) -> None:
    class Listening:
        def __init__(self) -> None:
            self.told: dict[str, list[int]] = {}

        def stage(self, name: str, total: int | None) -> None:
            self.told[name] = [total or 0, 0]

        def advance(self, n: int) -> None:
            list(self.told.values())[-1][1] += n

    reporter = Listening()
    spoil_pages("words_data", path)
    open_library(path, reporter=reporter).close()
    assert reporter.told == {"videos read from the file": [60, 60], "vectors": [60, 60]}
