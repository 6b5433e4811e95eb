"""Processes that are killed while they have the index open, and what the next one makes of it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.index import Index, Mark, ProbeReport, probe, read_state
from store.library import Library
from tests.store.index.damaging import (
    MADE_ANEW,
    Home,
    cut,
    delete,
    flip,
    mark,
    put_pipe,
    sound,
)
from tests.store.index.making import (
    MODEL,
    Stages,
    collection_folder,
    fill,
    nearest,
    opened,
    state_of,
)

ROOT = Path(__file__).parents[3]
PREAMBLE = """
import os, signal, sys, time
from pathlib import Path
from store.index import Index
from store.library import Library

class Reporter:
    def stage(self, name, total): pass
    def advance(self, n): reached(n)

def kill_me():
    os.kill(os.getpid(), signal.SIGKILL)

def reached(n): pass

library = Library.open(Path(sys.argv[1]))
index = Index.open(Path(sys.argv[2]), sys.argv[3])
"""


def start(body: str, library: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + body, str(library), str(folder), MODEL],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )


def run(body: str, library: Path, folder: Path) -> int:
    process = start(body, library, folder)
    process.communicate()
    return process.returncode


@pytest.fixture
def folder(home: Home, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home.healthy, tmp_path / "index"))


def probed(folder: Path) -> ProbeReport:
    state = read_state(folder, MODEL)
    assert state is not None
    return probe.probe(collection_folder(folder), state.collection, count=state.count)


# --- real kills --------------------------------------------------------------------------------

KILLED_AFTER_A_BATCH = """
def reached(n): kill_me()
index.sync(library, Reporter())
"""


def test_a_sync_that_is_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    path, folder = tmp_path / "library.db", tmp_path / "index"
    with Library.open(path) as library:
        vectors = fill(library, 600)
        assert run(KILLED_AFTER_A_BATCH, path, folder) == -signal.SIGKILL
        assert state_of(folder)["mark"] == "writing"
        begun = collection_folder(folder)
        index, stages = opened(folder), Stages()
        assert index.count() == 0
        index.sync(library, stages)
        assert stages.names[0] == "checking the index"
        assert index.count() == 600
        assert [nearest(index, vectors[row]) for row in (0, 599)] == ["t:0", "t:599"]
        assert collection_folder(folder) == begun  # it was whole, and is kept
        index.close()
        assert state_of(folder)["mark"] == "clean"


def test_kills_at_random_moments(tmp_path: Path) -> None:
    dice, path, folder = random.Random(7), tmp_path / "library.db", tmp_path / "index"
    with Library.open(path) as library:
        for count in (1_100, 2_200, 3_300, 4_400):
            vectors = fill(library, count)
            process = start("print('open', flush=True); index.sync(library)", path, folder)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0.2, 1.2))
            process.kill()
            process.communicate()
            index = opened(folder)
            index.sync(library)
            assert index.count() == count
            for row in range(0, count, 100):
                assert nearest(index, vectors[row]) == f"t:{row}"
            index.close()


KILLED_AFTER_A_QUERY = """
index.sync(library)
index.query(library.vectors(sys.argv[3], ["t:0"])[1][0], 5)
kill_me()
"""


def test_one_that_was_only_read_is_kept(home: Home, folder: Path) -> None:
    before = collection_folder(folder)
    assert run(KILLED_AFTER_A_QUERY, home.path, folder) == -signal.SIGKILL
    assert state_of(folder)["mark"] == "in use"
    assert sound(folder, home) == []
    assert collection_folder(folder) == before


def test_what_was_probed_once_and_is_cut_off_again_is_not_probed_again(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = collection_folder(folder)
    for _ in range(2):
        assert run(KILLED_AFTER_A_QUERY, home.path, folder) == -signal.SIGKILL
    assert state_of(folder)["probed"] is True
    assert collection_folder(folder) == before
    monkeypatch.setattr(subprocess, "run", None)  # no other process is asked
    assert sound(folder, home) == [MADE_ANEW]
    assert state_of(folder)["probed"] is False


def test_a_good_probe_is_not_forgotten_when_nothing_is_asked(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = collection_folder(folder)
    mark(folder, Mark.WRITING)
    index = opened(folder)
    index.sync(home.library)
    index.close()
    monkeypatch.setattr(subprocess, "run", None)  # no other process is asked again
    assert sound(folder, home) == []
    assert collection_folder(folder) == before


# --- what a killed process can leave behind ----------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (flip("*/data_level0.bin", 0.25), "opening it crashes (signal 11)"),
        (cut("*/data_level0.bin", 0.5), ""),
        (cut("*/length.bin", 0.5), "1000 vectors instead of 1500"),
        (cut("chroma.sqlite3", 0.5), "malformed"),
        (delete("chroma.sqlite3"), "does not exist"),
    ],
    ids=["a crash", "half the vectors", "half the lengths", "half a database", "no database"],
)
def test_a_bad_one_is_replaced(home: Home, folder: Path, damage: object, problem: str) -> None:
    assert callable(damage)
    damage(folder)
    mark(folder, Mark.WRITING)
    report = probed(folder)
    assert problem in report.problem
    assert report.problem
    assert sound(folder, home) == [MADE_ANEW]


def test_one_that_hangs_is_replaced(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_PATIENCE_S", 1)
    put_pipe("*/data_level0.bin")(folder)
    mark(folder, Mark.WRITING)
    assert probed(folder).problem == "no answer within 2 seconds"
    assert sound(folder, home) == [MADE_ANEW]


@pytest.mark.parametrize("pattern", ["*/link_lists.bin", "*/header.bin"])
def test_what_no_probe_finds_is_found_by_comparing(
    home: Home, folder: Path, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    cut(pattern, 0.9)(folder)
    mark(folder, Mark.IN_USE)
    assert sound(folder, home) == [MADE_ANEW]


def test_a_probe_that_is_left_alone_still_holds_the_lock_and_ends(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_pipe("*/data_level0.bin")(folder)
    mark(folder, Mark.WRITING)
    hangs = "from store.index import probe; probe._PATIENCE_S = 3\nindex.sync(library)"
    process = start(hangs, home.path, folder)
    deadline = time.monotonic() + 20
    while state_of(folder)["probed"] is False:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.2)
    process.kill()
    process.communicate()
    assert Index.open(folder, MODEL) is None
    while (index := Index.open(folder, MODEL)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    index.close()
    assert sound(folder, home) == [MADE_ANEW]


def test_ctrl_c_keeps_what_was_done(library: Library, tmp_path: Path) -> None:
    class Interrupted(Stages):
        def advance(self, n: int) -> None:
            raise KeyboardInterrupt

    vectors, folder = fill(library, 600), tmp_path / "index"
    index = opened(folder)
    with pytest.raises(KeyboardInterrupt):
        index.sync(library, Interrupted())
    index.close()
    assert state_of(folder)["mark"] == "clean"
    index = opened(folder)
    assert index.count() == 250
    assert index.sync(library) == 350
    assert index.count() == 600
    assert nearest(index, vectors[599]) == "t:599"
    index.close()
