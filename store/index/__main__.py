"""The process that looks at a collection: prints a `ProbeReport` as one line of JSON.

usage: python -P -m store.index FOLDER NAME
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from store.index.chroma import ChromaFailure, Collection
from store.index.probe import ProbeReport, look


def main() -> None:
    """Look at the collection that the command line names."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no copy of the memory
    folder, name = sys.argv[1:]
    try:
        report = look(Collection.in_folder(Path(folder), name))
    except ChromaFailure as failure:
        report = ProbeReport(problem=str(failure))
    sys.stdout.write(f"{report.model_dump_json()}\n")


if __name__ == "__main__":
    main()
