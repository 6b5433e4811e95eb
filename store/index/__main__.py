"""The process that looks at a collection: prints a `ProbeReport` as one line of JSON.

usage: python -P -m store.index FOLDER NAME SECONDS
"""

from __future__ import annotations

import resource
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from store.index.chroma import Collection
from store.index.probe import open_and_look


def main() -> None:
    """Look at the collection that the command line names, for so many seconds at most."""
    folder, name, seconds = sys.argv[1:]
    signal.alarm(int(seconds))  # should nobody be left to end this process when it hangs
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no copy of the memory
    report = open_and_look(lambda: Collection.in_folder(Path(folder), name))
    if not report.problem:
        report = report.model_copy(update={"problem": _database_flaw(Path(folder))})
    sys.stdout.write(f"{report.model_dump_json()}\n")


def _database_flaw(folder: Path) -> str:
    """What SQLite finds wrong with Chroma's database; empty when it is in order."""
    try:
        with closing(sqlite3.connect(folder / "chroma.sqlite3")) as connection:
            [(found,), *_] = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.Error as error:
        return str(error)
    return "" if found == "ok" else str(found)


if __name__ == "__main__":
    main()
