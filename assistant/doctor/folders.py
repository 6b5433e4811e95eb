"""The folders: there, private, with room to write."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from assistant.doctor.findings import Finding, Repair, failed, ok, warning
from assistant.doctor.wording import named, size
from assistant.locations import OURS, PRIVATE_FILE, PRIVATE_FOLDER

if TYPE_CHECKING:
    from assistant.doctor.context import Context
    from assistant.locations import Locations

LOW_DISK = 1024**3
"""Below it an import or a new index may run out of room."""
FULL_DISK = 100 * 1024**2
"""Below it not even a session is sure to be kept."""
LARGE_LOG = 50 * 1024**2


# --- there, and ours ---------------------------------------------------------------------------


def folders(context: Context) -> Iterator[Finding]:
    """Whether the folders are there, are this person's alone and can be written to."""
    places = context.locations
    for name, folder in _roots(places).items():
        if folder.is_dir():
            yield _folder(name, folder)
        elif os.path.lexists(folder):
            yield failed(
                f"the {name} folder {folder} is no folder",
                f"Move it away ({folder}), or name another folder with --data-dir.",
            )
        elif folder == places.data:
            yield warning(
                f"nothing is kept yet: {folder} is made at the first start",
                f"To begin: {context.command('import FOLDER')}, or without videos of your own:"
                f" {context.command('chat')}",
            )


def _roots(places: Locations) -> dict[str, Path]:
    """The folders, each once, by what they are for."""
    names = {places.config: "settings", places.state: "log", places.data: "data"}
    return {name: folder for folder, name in reversed(names.items())}


def _folder(name: str, folder: Path) -> Finding:
    status, what = folder.stat(), f"the {name} folder {folder}"
    path, mode = quote(str(folder)), f"{stat.S_IMODE(status.st_mode):04o}"
    if status.st_uid != os.geteuid():
        return failed(
            f"{what} belongs to another user ({status.st_uid})",
            f'sudo chown -R "$(id -un)" {path}',
        )
    if not _is_private(status) and not _only_ours(folder):
        return warning(
            f"{what} has the mode {mode} and holds other things than Matinee's",
            "Name a folder of Matinee's own with --data-dir, or make this one private if nobody"
            f" else needs it: chmod 700 {path}",
        )
    if not _is_private(status):
        return failed(f"{what} has the mode {mode} instead of 0700", repair=Repair.PERMISSIONS)
    if not os.access(folder, os.W_OK | os.X_OK):
        return failed(
            f"{what} cannot be written to: its disk is read-only",
            "Mount it so that it can be written to, or name another folder with --data-dir.",
        )
    return ok(str(folder))


def _is_ours(name: str) -> bool:
    """Whether a thing in one of the folders is Matinee's: nothing else is ever changed."""
    return name.startswith(OURS)


def _only_ours(folder: Path) -> bool:
    try:
        return all(_is_ours(path.name) for path in folder.iterdir())
    except PermissionError:  # nobody else can use what its owner cannot even look into
        return True


# --- permissions -------------------------------------------------------------------------------


def permissions(context: Context) -> Iterator[Finding]:
    """Whether everything inside can be read by this person alone."""
    entries = list(_entries(context.locations))
    foreign = [str(path) for path, status in entries if status.st_uid != os.geteuid()]
    shared = [
        f"{path} ({stat.S_IMODE(status.st_mode):04o})"
        for path, status in entries
        if not _is_private(status)
    ]
    if foreign:
        yield failed(
            f"these belong to another user: {named(foreign)}",
            f'sudo chown -R "$(id -un)" {quote(str(context.locations.data))}',
        )
    if shared:
        yield failed(
            f"not private (files 0600, folders 0700): {named(shared)}", repair=Repair.PERMISSIONS
        )
    if not (foreign or shared):
        yield ok(f"all {len(entries):,} files and folders are private")


def make_private(context: Context) -> str:
    """Give everything of Matinee's the permissions that it should have, and say how many had not.

    Raises:
        OSError: something belongs to somebody else.
    """
    changed = 0
    for root in _roots(context.locations).values():
        if root.is_dir() and not _is_private(root.stat()) and _only_ours(root):
            root.chmod(PRIVATE_FOLDER)
            changed += 1
    for path, status in _entries(context.locations):
        if not _is_private(status):
            path.chmod(PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else PRIVATE_FILE)
            changed += 1
    return f"{changed:,} of them made private"


def _entries(places: Locations) -> Iterator[tuple[Path, os.stat_result]]:
    """Everything of Matinee's in the folders, a folder before what is in it.

    Not links: what they point at lies elsewhere. Not what goes while this looks.
    """
    for root in _roots(places).values():
        for folder, folders_in, files in os.walk(root):
            here = Path(folder)
            if here == root:
                folders_in[:] = [name for name in folders_in if _is_ours(name)]
                files = [name for name in files if _is_ours(name)]
            for path in (here / name for name in (*folders_in, *files)):
                with suppress(FileNotFoundError):
                    status = path.lstat()
                    if not stat.S_ISLNK(status.st_mode):
                        yield path, status


def _is_private(status: os.stat_result) -> bool:
    wanted = PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else PRIVATE_FILE
    return stat.S_IMODE(status.st_mode) == wanted


# --- room --------------------------------------------------------------------------------------


def disk(context: Context) -> Iterator[Finding]:
    """Whether there is room to write."""
    folder = context.locations.data
    while not folder.is_dir():  # it ends: the root is always one
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{size(free)} free on the disk of {folder}"
    spare = [
        f"{size(used)} in {path}"
        for path in (context.locations.data / name for name in ("damaged", "aside"))
        if (used := _used(path))
    ]
    hint = "Free some" + (f"; what was set aside may go: {', '.join(spare)}." if spare else ".")
    if free < FULL_DISK:
        yield failed(f"{said}: what you say and like may not be kept any more", hint)
    elif free < LOW_DISK:
        yield warning(f"{said}: a large import or a new index may not fit", hint)
    else:
        yield ok(said)


def log_file(context: Context) -> Iterator[Finding]:
    """Whether the log has grown beyond what anybody will read."""
    log = context.locations.log
    used = log.stat().st_size if log.is_file() else 0
    if used > LARGE_LOG:
        yield warning(f"{log} has grown to {size(used)}", f"rm {quote(str(log))}")
    else:
        yield ok(f"{size(used)} in {log}" if used else "nothing was written yet")


def _used(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
