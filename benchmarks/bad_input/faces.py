"""The commands of Matinee in this process, and what they print as a terminal would get it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from assistant.cli import main
from assistant.importers import IMPORTERS, Record, recognise
from assistant.types import Value
from benchmarks.bad_input.findings import Findings
from benchmarks.bad_input.sources import Source
from benchmarks.bad_input.texts import hostile
from benchmarks.bad_input.values import mutated, mutated_bytes, spelled
from benchmarks.bad_input.watch import Watch
from store.library import Library

FORCED = 0.15
"""The share of sources that every importer reads, also those that do not recognise them."""
_NAMES = frozenset(
    ("ask", "chat", "import", "library", "search", "show", "drop", "history", "like", "dislike",
     "watched", "save", "reindex", "where", "export", "backup", "restore", "--json")
)  # fmt: skip


class Faces:
    """The commands, on the data folder `data`."""

    def __init__(self, data: Path, findings: Findings, watch: Watch) -> None:
        self.data = data
        self._findings = findings
        self._watch = watch

    def run(self, *arguments: str, text: str = "", source: Path | None = None) -> None:
        """Run a command as `matinee` would, and judge all that it prints."""
        where = " ".join(("matinee", *(one for one in arguments[:2] if one in _NAMES)))
        argv = ["matinee", "--data-dir", str(self.data), *map(_as_argument, arguments)]
        given = text.encode("utf-8", "surrogatepass")
        with CliRunner().isolation(input=given, color=True) as (out, err, _):
            with (
                patch.object(sys, "argv", argv),
                self._findings.guarding(where, source),
                self._watch.allowing(self.data),
            ):
                try:
                    main()
                except SystemExit as end:
                    self._findings.commands[bool(end.code)] += 1
            sys.stdout.flush()
            sys.stderr.flush()
            printed = out.getvalue() + err.getvalue()
        text = printed.decode("utf-8", "surrogateescape")
        # JSON repeats the message as it was, with escapes but without leaving anything out.
        self._findings.judge(where, text, source, heaps="--json" not in arguments)

    def import_(self, source: Source, draw: random.Random) -> None:
        """Have importers read a source: the one that recognises it, at times each, then the app."""
        path = source.path
        with self._reading(f"reading {source.kind}", path):
            self._judge_records(recognise(path).read(path), path)
        if draw.random() < FORCED:
            for importer in IMPORTERS:
                with self._reading(f"{importer.name} reading what may be another's", path):
                    importer.count(path)
                    self._judge_records(importer.read(path), path)
        self.run("import", "--no-embed", str(path), source=path)

    @contextmanager
    def _reading(self, where: str, path: Path) -> Iterator[None]:
        watch = self._watch.allowing(self.data, self._findings.keep)
        with self._findings.guarding(where, path), watch:
            yield

    def show(self, draw: random.Random, most: int) -> None:
        """Show what the library holds in every command that shows any of it."""
        with Library.open(self.data / "library.db") as library:
            ids = library.ids()
            self._judge_records(library.videos(), self.data)
        shown = draw.sample(ids, min(most, len(ids)))
        for video_id in shown:
            self.run("library", "show", video_id)
            self.run("library", "show", "--json", video_id)
        for verb in ("like", "watched", "save", "dislike"):
            self.run(verb, *draw.sample(shown, min(3, len(shown))))
        self.run("library")
        self.run("library", "--json")
        self.run("history")
        self.run("history", "--json")
        for _ in range(most // 4):
            self.run("library", "search", "--", *hostile(draw).split()[:30], "x")
            self.run("library", "search", "--json", "-n", "1000", "--", hostile(draw)[:400])
        self.run("library", "show", "--", hostile(draw))
        self.run("like", "--", hostile(draw))
        self.run("library", "drop", "--", hostile(draw))
        self.run("import", "--", hostile(draw)[:200])

    def keep(self, draw: random.Random, times: int) -> None:
        """Back up, export and bring back what there is; restore backups with wrong bytes."""
        backup, export = self.data / "backup.zip", self.data / "exported"
        self.run("backup", "--force", str(backup))
        self.run("export", str(export))
        self.run("import", "--no-embed", str(export))
        broken = self.data / "broken.zip"
        for _ in range(times if backup.exists() else 0):
            broken.write_bytes(mutated_bytes(draw, backup.read_bytes()))
            self.run("restore", "--yes", str(broken), source=broken)
        self.run("restore", "--yes", str(backup), source=backup)

    def ask(self, draw: random.Random, times: int) -> None:
        """Ask hostile things, one by one, in a conversation and in a file."""
        for _ in range(times):
            self.run("ask", "--no-llm", "-k", "20", "--", hostile(draw))
            self.run("ask", "--no-llm", "--json", "-k", "100", "--", hostile(draw))
        lines = [hostile(draw) for _ in range(times)] + [
            "something else",
            "why 1",
            "why the second",
        ]
        self.run("chat", "--no-llm", "--plain", text="\n".join(lines))
        batch = self.data / "batch.jsonl"
        batch.write_bytes(b"\n".join(spelled(draw, _batch_line(draw)) for _ in range(times)))
        self.run("ask", "--no-llm", "--json", "--batch", str(batch))

    def _judge_records(self, records: Iterable[Record], source: Path) -> None:
        for record in records:
            for name, text in _texts(record):
                self._findings.judge(f"{name} of a {type(record).__name__}", text, source)


def _texts(record: Value) -> Iterator[tuple[str, str]]:
    """Every text in a record, and the name of its field."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield name, text


def _batch_line(draw: random.Random) -> dict[str, object]:
    line: dict[str, object] = {
        "id": hostile(draw),
        "messages": [{"role": "user", "text": hostile(draw)}],
        "history": [{"id": "file:1", "rating": 4.0, "at": "2024-01-01T00:00:00Z"}],
        "exclude": [hostile(draw)],
    }
    return mutated(draw, line) if draw.random() < 0.5 else line


def _as_argument(text: str) -> str:
    """What a shell can hand over: no NUL, bytes that are no UTF-8 as Python spells them."""
    data = text.replace("\0", "").encode("utf-8", "surrogatepass")
    return data.decode("utf-8", "surrogateescape")
