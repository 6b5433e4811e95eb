"""Opening a library: new, old, newer, damaged, of somebody else, in a place without leave."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import LibraryDamagedError, StoreError
from assistant.types import Interaction, Video
from store.library import Library, migrations, opening
from store.library.checks import ForeignLibraryError
from store.locks import FileLock, library_lock
from tests.store.conftest import ROOT, program, remount, run, small_disk

Listing = dict[str, tuple[int, int, bytes]]


def listing(folder: Path) -> Listing:
    """All that can be seen of the files of a folder."""
    return {
        file.name: (file.stat().st_mtime_ns, file.stat().st_mode, file.read_bytes())
        for file in folder.iterdir()
    }


def video(number: int) -> Video:
    return Video(id=f"test:{number}", title=f"Video {number}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed library of three videos."""
    file = tmp_path / "data" / "library.db"
    with Library.open(file) as library:
        library.put_videos(map(video, range(3)))
    return file


def set_version(path: Path, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


# --- a place of one's own ----------------------------------------------------------------------


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "library.db"
    with Library.open(path) as library:
        library.put_videos([video(1)])
        names = {file.name for file in path.parent.iterdir()}
        assert names == {"library.db", "library.db-wal", "library.db-shm", "library.lock"}
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    path.chmod(0o644)
    Library.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_there_again_when_opened_again(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        assert library.count() == 3
        assert not library.read_only
        identity = library.identity()
    with Library.open(path) as library:
        assert library.identity() == identity
    with Library.open(tmp_path / "another.db") as another:
        assert another.identity() != identity


def test_a_link_to_a_library_is_that_library(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with Library.open(link) as library:
        assert library.path == path
        assert library.count() == 3
    assert not list(tmp_path.glob("link.db-*"))


def test_what_is_removed_is_overwritten(path: Path) -> None:
    with Library.open(path) as library:
        assert library._connection.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert library._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert library._connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
        library.add_interaction(
            Interaction(video_id="test:secret", signal="liked", at="2024-05-01T12:00:00Z")
        )
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"test:secret" in path.read_bytes()
        library.remove_interaction(1)
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"test:secret" not in path.read_bytes()


# --- a newer version ---------------------------------------------------------------------------


def test_a_library_of_a_newer_version_is_refused_and_nothing_is_touched(path: Path) -> None:
    set_version(path, 99)
    library_lock(path).unlink()
    before = listing(path.parent)
    with pytest.raises(StoreError, match="newer Matinee") as caught:
        Library.open(path)
    assert "version 99" in caught.value.detail
    assert listing(path.parent) == before


def test_a_newer_version_that_stands_in_the_log_alone_is_refused(path: Path) -> None:
    died = (
        "import os, signal, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('PRAGMA user_version = 99')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", died, path])
    assert done.returncode == -signal.SIGKILL
    before = listing(path.parent)
    assert len(before["library.db-wal"][2]) > 0
    with pytest.raises(StoreError, match="newer Matinee"):
        Library.open(path)
    assert listing(path.parent) == before


def test_a_version_that_came_up_while_waiting_is_refused_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "look", lambda _: None)
    set_version(path, 99)
    with pytest.raises(StoreError, match="newer Matinee"):
        Library.open(path)


# --- what is no library ------------------------------------------------------------------------


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Library.open(tmp_path)
    assert "it is a folder" in caught.value.detail
    assert "--data-dir" in caught.value.hint


def test_a_pipe_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "library.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        Library.open(tmp_path / "library.db")


def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(StoreError, match="none can be made there") as caught:
        Library.open(tmp_path / "data" / "library.db")
    assert "data is no folder" in caught.value.detail


@pytest.mark.parametrize("content", [b"", b"\0" * 9_000, b"a shopping list, no database" * 100])
def test_what_is_no_database_is_damage_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(content)
    with pytest.raises(LibraryDamagedError):
        Library.open(path)
    assert path.read_bytes() == content
    assert (tmp_path / "library.suspect").exists()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ForeignLibraryError, match="another program"):
        Library.open(path)
    assert path.read_bytes() == before
    assert not (tmp_path / "library.suspect").exists()


@pytest.mark.parametrize("statement", ["DROP TABLE interactions", "DELETE FROM state"])
def test_a_library_that_lacks_a_part_is_damaged(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()
    with pytest.raises(LibraryDamagedError):
        Library.open(path)


@pytest.mark.parametrize("version", [0, -1, 1 << 24])
def test_a_version_that_cannot_be_is_damage(path: Path, version: int) -> None:
    set_version(path, version)
    with pytest.raises(LibraryDamagedError):
        Library.open(path)


# --- a file that was cut off -------------------------------------------------------------------


def test_a_file_that_was_cut_off_is_damaged(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)
    with pytest.raises(LibraryDamagedError):
        Library.open(path)


def test_a_file_that_was_cut_off_under_its_log_is_damaged(tmp_path: Path) -> None:
    """SQLite takes the log's word for the size, and reads zeros where the file has ended."""
    path, whole, cut_off = (tmp_path / f"{name}.db" for name in ("live", "whole", "cut_off"))
    with Library.open(path) as library:
        library.put_videos(map(video, range(500)))
        library._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        library.put_videos([video(1_000)])
        for copy in (whole, cut_off):
            shutil.copy(path, copy)
            shutil.copy(f"{path}-wal", f"{copy}-wal")
    os.truncate(cut_off, cut_off.stat().st_size // 2)
    with Library.open(whole) as library:
        assert library.count() == 501
    with pytest.raises(LibraryDamagedError, match="damaged"):
        Library.open(cut_off)


# --- alone -------------------------------------------------------------------------------------


def test_who_opens_waits_for_who_has_it_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_FOR_REPLACING_S", 0.05)
    lock = FileLock.take(library_lock(path), purpose="restoring")
    assert lock is not None
    with pytest.raises(StoreError, match="replacing this library") as caught:
        Library.open(path)
    assert "restoring, process" in caught.value.detail
    lock.release()
    with Library.open(path):
        assert FileLock.take(library_lock(path)) is None
    assert FileLock.take(library_lock(path)) is not None


# --- places that cannot be written to ----------------------------------------------------------

READ = """
import sys
from pathlib import Path
from assistant.errors import MatineeError
from assistant.types import Video
from store.library import Library
with Library.open(Path(sys.argv[1])) as library:
    print(library.read_only, library.count(), [hit.video_id for hit in library.search("video", limit=9)])
    for write in (lambda: library.put_videos([Video(id="a:b", title="c")]), library.start_session):
        try:
            write()
        except MatineeError as error:
            print(error.title)
"""  # noqa: E501
OPEN = """
import sys
from pathlib import Path
from store.library import Library
try:
    Library.open(Path(sys.argv[1]))
except Exception as error:
    print(repr(error))
"""
READ_BY_NOBODY = "True 3 ['test:0', 'test:1', 'test:2']" + 2 * "\nThe library is read-only."


@pytest.fixture
def public_path(public: Path) -> Path:
    """A closed library of three videos in a folder that everybody may look into."""
    file = public / "data" / "library.db"
    with Library.open(file) as library:
        library.put_videos(map(video, range(3)))
    return file


def closed_to_writing(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)


def test_a_folder_without_leave_to_write_is_read(public_path: Path) -> None:
    closed_to_writing(public_path)
    before = listing(public_path.parent)
    assert run("-c", READ, public_path, as_nobody=True) == READ_BY_NOBODY
    assert listing(public_path.parent) == before


def test_a_file_without_leave_to_write_is_read(public_path: Path) -> None:
    public_path.chmod(0o444)
    public_path.parent.chmod(0o777)
    before = listing(public_path.parent)
    assert run("-c", READ, public_path, as_nobody=True) == READ_BY_NOBODY
    assert listing(public_path.parent) == before


def left_behind(path: Path) -> None:
    """Leave the third video in the log alone, as who was killed does."""
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.store.test_library_opening import Library, video\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "library.put_videos(map(video, range(3)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    with Library.open(path) as library:
        library.put_videos(map(video, range(2)))
    assert subprocess.run(program("-c", code, path), cwd=ROOT).returncode == -signal.SIGKILL


@pytest.mark.parametrize("left", [("-wal", "-shm"), ("-wal",)])
def test_what_was_left_in_the_log_is_read_too(public: Path, left: tuple[str, ...]) -> None:
    path = public / "data" / "library.db"
    left_behind(path)
    for end in ("-wal", "-shm"):
        file = Path(f"{path}{end}")
        file.chmod(0o444) if end in left else file.unlink()
    closed_to_writing(path)
    before = listing(path.parent)
    assert run("-c", READ, path, as_nobody=True) == READ_BY_NOBODY
    assert listing(path.parent) == before


def test_somebody_else_may_write_while_it_is_read(public: Path) -> None:
    path = public / "data" / "library.db"
    with Library.open(path) as library:
        library.put_videos(map(video, range(3)))
        for file in path.parent.iterdir():
            file.chmod(0o444)
        path.parent.chmod(0o555)
        assert run("-c", READ, path, as_nobody=True) == READ_BY_NOBODY


def test_a_disk_that_is_read_only_is_read(path: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4_000) as disk:
        shutil.copy(path, disk / "library.db")
        remount(disk, "ro")
        assert run("-c", READ, disk / "library.db") == READ_BY_NOBODY
        assert [file.name for file in disk.iterdir()] == ["library.db"]


def test_no_library_where_none_can_be_made(public: Path) -> None:
    public.chmod(0o555)
    for path in (public / "library.db", public / "some" / "folder" / "library.db"):
        answer = run("-c", OPEN, path, as_nobody=True)
        assert answer == "StoreError('There is no library, and none can be made there.')"


def test_an_older_library_that_cannot_be_upgraded_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "writable", lambda _: False)
    monkeypatch.setattr(migrations, "latest", lambda: 7)
    with pytest.raises(StoreError, match="older version, and read-only"):
        Library.open(path)


def test_damage_in_a_place_that_cannot_be_written_to(public_path: Path) -> None:
    os.truncate(public_path, public_path.stat().st_size - 4096)
    closed_to_writing(public_path)
    assert "LibraryDamagedError" in run("-c", OPEN, public_path, as_nobody=True)
