"""A library of a few videos, a maker of more, and places in which a library cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.library import Library

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "65534"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library in a folder of its own."""
    with Library.open(tmp_path / "data" / "library.db") as opened:
        yield opened


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may look into, which `tmp_path` is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def program(*arguments: object, as_nobody: bool = False) -> list[str]:
    """The command that runs a Python program with `store` at hand.

    Args:
        arguments: as after ``python``: ``-c``, the program, its arguments.
        as_nobody: as a user who may do nothing but what everybody may. Whoever runs the tests as
            root is stopped by no mode of a file.
    """
    command = [sys.executable, *map(str, arguments)]
    if as_nobody and os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("SKIPPED LOUDLY: run as root, and there is no setpriv to be somebody else")
        user = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        command = ["setpriv", *user, *command]
    return command


def run(*arguments: object, as_nobody: bool = False) -> str:
    """Run a Python program and return what it printed."""
    done = subprocess.run(
        program(*arguments, as_nobody=as_nobody),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of that size, mounted on `folder`."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0755", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"SKIPPED LOUDLY: no disk can be mounted: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    """Change a disk that `small_disk` mounted: ``ro``, ``rw``, ``size=…``."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)
