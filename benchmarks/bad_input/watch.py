"""What the process does to files, and to other machines, while the app runs."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    f"os.{name}"
    for name in (
        *("chmod", "chown", "link", "mkdir", "mkfifo", "mknod", "remove", "rename", "rmdir"),
        *("setxattr", "symlink", "truncate", "utime", "removexattr"),
    )
)
_LEAVES = frozenset(
    {"os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.Popen", "webbrowser.open",
     "socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.Request"}
)  # fmt: skip


class Watch:
    """Notes every file that Python code writes to, moves or removes outside of `allowed`.

    Also every read of a file inside `secrets`, every process that is started and every address
    that is called. What C code does is found by comparing `listing` before and after.
    """

    def __init__(self, secrets: Path) -> None:
        self.touched: list[str] = []
        self._secrets = os.fspath(secrets)
        self._allowed: tuple[str, ...] = ()
        self._watching = False
        sys.addaudithook(self._hear)

    @contextmanager
    def allowing(self, *folders: Path) -> Iterator[None]:
        """Watch meanwhile; only inside these folders may anything be changed."""
        before = self._allowed, self._watching
        self._allowed, self._watching = tuple(os.fspath(folder) for folder in folders), True
        try:
            yield
        finally:
            self._allowed, self._watching = before

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self._watching:
            return
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(path, int):  # opened before, and judged then
                return
            if isinstance(flags, int) and flags & _WRITES:
                self._note(event, _real(path))
            elif _is_in(_real(path), self._secrets):
                self.touched.append(f"read of {path!r}")
        elif event in {"os.rename", "os.link"}:
            source, target, source_folder, target_folder = arguments
            self._note(event, _real(source, source_folder))
            self._note(event, _real(target, target_folder))
        elif event == "os.symlink":
            self._note(event, _real(arguments[1], arguments[2]))
        elif event in _CHANGES:
            self._note(event, _real(arguments[0], arguments[-1]))
        elif event in _LEAVES:
            self.touched.append(f"{event} {arguments!r:.200}")

    def _note(self, event: str, path: str) -> None:
        if path != "/dev/null" and not any(_is_in(path, folder) for folder in self._allowed):
            self.touched.append(f"{event} of {path!r}")


def _real(path: Any, folder: Any = None) -> str:
    """The whole path of what an event names, which may be relative to an open folder."""
    if isinstance(path, int):
        return os.path.realpath(f"/proc/self/fd/{path}")
    name = Path(os.fsdecode(path))
    if isinstance(folder, int) and folder >= 0:
        name = Path(f"/proc/self/fd/{folder}") / name
    return os.path.realpath(name)


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def listing(folder: Path) -> dict[str, str]:
    """Everything below `folder`, however deep: its name, and a digest of what it is and holds."""
    found: dict[str, str] = {}
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:  # its path is too long
            continue
        for entry in entries:
            state = entry.stat(follow_symlinks=False)
            found[entry.path] = f"{state.st_mode} {state.st_size} {state.st_mtime_ns}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif entry.is_file(follow_symlinks=False) and state.st_size < 2**20:
                found[entry.path] += hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
    return found


def removed(folder: Path) -> None:
    """Remove a folder, however deep: `shutil.rmtree` goes down by recursion."""
    subprocess.run(["/bin/rm", "-rf", "--", os.fspath(folder)], check=True)
