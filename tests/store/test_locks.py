from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import StoreError
from store.locks import WRITER_LOCK, FileLock, holder, library_lock, one_writer
from tests.store.conftest import ROOT, remount, run, small_disk

HOLD = """
import sys
from pathlib import Path
from store.locks import FileLock
lock = FileLock.take(Path(sys.argv[1]), shared=len(sys.argv) > 2, purpose="importing")
print("taken", flush=True)
sys.stdin.read()
"""


def take(path: Path, *, shared: bool = False) -> FileLock:
    lock = FileLock.take(path, shared=shared)
    assert lock is not None
    return lock


def test_one_has_it_alone_or_any_number_share_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = take(path, shared=True), take(path, shared=True)
    assert FileLock.take(path) is None
    first.release()
    first.release()
    assert FileLock.take(path) is None
    second.release()
    alone = take(path)
    assert FileLock.take(path, shared=True) is None
    alone.release()
    take(path, shared=True).release()


def test_it_is_freed_when_its_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"taken\n"
        assert FileLock.take(path) is None
        assert f"importing, process {process.pid}, since" in holder(path)
        process.kill()
    take(path).release()


def test_it_is_freed_when_it_is_forgotten(tmp_path: Path) -> None:
    take(tmp_path / "lock")
    take(tmp_path / "lock").release()


def test_who_waits_gets_it_when_it_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = take(path)
    giving_up = threading.Timer(0.05, lock.release)
    giving_up.start()
    waited = FileLock.take(path, wait_s=30)
    giving_up.join()
    assert waited is not None
    assert FileLock.take(path, wait_s=0.05) is None
    waited.release()


def test_one_writer_at_a_time_and_the_second_is_told_at_once(tmp_path: Path) -> None:
    with one_writer(tmp_path, "importing a folder"):
        with pytest.raises(StoreError, match="Another Matinee is writing") as caught:
            one_writer(tmp_path, "restoring").__enter__()
        assert "importing a folder, process" in caught.value.detail
    with one_writer(tmp_path, "restoring"):
        assert holder(tmp_path / WRITER_LOCK).startswith("restoring")


def test_no_leave_to_write(public: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from store.locks import one_writer\n"
        "try:\n"
        "    one_writer(Path(sys.argv[1]), 'x').__enter__()\n"
        "except Exception as error:\n"
        "    print(repr(error))"
    )
    answer = run("-c", code, public, as_nobody=True)
    assert answer == "StoreError('The library cannot be written to.')"


def test_a_full_disk_keeps_the_note_and_not_the_lock(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        (disk / "lock").touch()
        room = os.statvfs(disk)
        (disk / "filling").write_bytes(bytes(room.f_bavail * room.f_frsize))
        lock = FileLock.take(disk / "lock", purpose="importing")
        assert lock is not None
        assert holder(disk / "lock") == ""
        lock.release()
        remount(disk, "size=128k")


def test_nobody_to_tell_of(tmp_path: Path) -> None:
    assert holder(tmp_path / "none") == ""
    assert library_lock(tmp_path / "library.db") == tmp_path / "library.lock"
