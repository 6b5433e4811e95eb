"""``matinee doctor`` as a person types it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant import doctor as package
from assistant.cli import matinee
from assistant.cli.context import App
from assistant.cli.doctor import doctor
from assistant.startup import SWITCHES
from store.library import Library

Run = Callable[..., Result]
QUICK = ("settings", "network", "folders", "permissions", "in use", "leftovers", "library",
         "schema", "pages", "videos", "history")  # fmt: skip


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process as the command line prepares it."""
    for name, value in SWITCHES.items():
        monkeypatch.setenv(name, value)
    usual = os.umask(0o077)
    yield
    os.umask(usual)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty library in a folder of its own."""
    folder = tmp_path / "data"
    Library.open(folder / "library.db").close()
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make only the checks that take no time."""
    checks = tuple(check for check in package.CHECKS if check.name in QUICK)
    monkeypatch.setattr(package, "CHECKS", checks)


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(doctor, arguments, obj=App(folder))


def rows(result: Result) -> dict[str, dict[str, Any]]:
    return {row["check"]: row for row in json.loads(result.stdout)}


@pytest.mark.usefixtures("quick")
def test_a_table_and_a_sum_of_it(data: Path) -> None:
    result = run(data)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "ok        settings         the defaults hold: there is no settings file"
    assert lines[-1] == "11 ok"
    assert result.stderr == ""


@pytest.mark.usefixtures("quick")
def test_data_for_programs(data: Path) -> None:
    (data / "library.db").chmod(0o644)
    result = run(data, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {tuple(row) for row in found} == {("check", "state", "detail", "hint")}
    assert rows(result)["permissions"] == {
        "check": "permissions",
        "state": "failed",
        "detail": f"not private (files 0600, folders 0700): {data / 'library.db'} (0644)",
        "hint": f"matinee --data-dir {data} doctor --repair",
    }


@pytest.mark.usefixtures("quick")
def test_what_fails_is_hinted_at_and_repaired(data: Path) -> None:
    (data / "library.db").chmod(0o644)
    broken = run(data)
    assert broken.exit_code == 1
    assert f"→ matinee --data-dir {data} doctor --repair" in broken.stdout
    assert broken.stdout.splitlines()[-1] == "10 ok, 1 failed"
    mended = run(data, "--repair")  # of what SQLite's readers share as well
    assert mended.exit_code == 0, mended.output
    assert "repaired  permissions      3 of them made private" in mended.stdout
    assert run(data).exit_code == 0


@pytest.mark.usefixtures("quick")
def test_a_warning_is_no_failure(tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere")
    assert result.exit_code == 0
    assert "warning   folders" in result.stdout
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.usefixtures("quick")
def test_what_a_folder_is_called_cannot_reach_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "da\x1b[31mta\u202e"
    Library.open(folder / "library.db").close()
    (folder / "library.db").chmod(0o644)
    for arguments in ((), ("--json",), ("--repair",)):
        said = run(folder, *arguments).output
        assert "permissions" in said
        assert not {"\x1b", "\u202e"} & set(said)


@pytest.mark.usefixtures("quick")
def test_settings_that_cannot_be_read_stop_nothing(data: Path) -> None:
    (data / "settings.toml").write_text("[broken\n")
    result = run(data, "--repair")
    assert result.exit_code == 1
    assert "failed    settings" in result.stdout
    assert "ok        history" in result.stdout


ON_A_TERMINAL = """
import sys
from pathlib import Path
from assistant import doctor as package
from assistant.cli.context import App
from assistant.cli.doctor import doctor
package.CHECKS = tuple(check for check in package.CHECKS if check.name in {names!r})
doctor(["--repair"], obj=App(Path({folder!r})))
"""


def test_on_a_terminal_the_table_has_colours_and_wraps(data: Path) -> None:
    (data / "library.db").chmod(0o644)
    program = ON_A_TERMINAL.format(names=QUICK, folder=str(data))
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "60", "TERM": "xterm-256color"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
    os.close(ours)
    assert process.returncode == 0, said.decode()
    assert b"\x1b[1;32mrepaired" in said
    assert b"permissions" in said
    assert b"10 ok, 1 repaired" in said
    assert b"Traceback" not in said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's way to say that the other end is closed
        return b""


@pytest.mark.real_models
def test_a_real_folder_is_well_and_is_well_again_after_it_was_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    but_torch = tuple(check for check in package.CHECKS if check.name != "torch")  # 5 s each time
    monkeypatch.setattr(package, "CHECKS", but_torch)
    data, source = tmp_path / "data", tmp_path / "videos.jsonl"
    source.write_text(
        "".join(
            json.dumps({"id": f"file:{name}", "title": f"A history of {name}"}) + "\n"
            for name in ("bread", "trains", "chess")
        )
    )
    data.mkdir(mode=0o700)
    (data / "settings.toml").touch(0o600)
    (data / "settings.toml").write_text('language_model.model = "none"\n')
    arguments = ["--data-dir", str(data), "import", "--no-embed", str(source)]
    imported = CliRunner().invoke(matinee, arguments)
    assert imported.exit_code == 0, imported.output
    unfinished = rows(run(data, "--json"))
    assert unfinished["missing vectors"]["state"] == "warning"
    assert unfinished["missing vectors"]["detail"].startswith("3 videos without a vector")
    embedded = rows(run(data, "--repair", "--json"))
    assert embedded["missing vectors"]["detail"] == "3 videos embedded"
    result = run(data, "--json")
    assert result.exit_code == 0, result.output
    assert {row["state"] for row in json.loads(result.stdout)} == {"ok"}
    assert "3 of 3 find themselves" in rows(result)["index"]["detail"]
    shutil.rmtree(data / "index")
    with (data / "library.db").open("r+b") as file:
        file.truncate(9000)
    broken = run(data, "--json")
    assert broken.exit_code == 1
    mended = run(data, "--repair", "--json")
    assert mended.exit_code == 0, mended.output
    assert rows(mended)["index"]["state"] in ("ok", "repaired")
    again = run(data, "--json")
    assert {row["state"] for row in json.loads(again.stdout)} == {"ok"}
    assert rows(again)["videos"]["detail"].startswith("3 videos")
