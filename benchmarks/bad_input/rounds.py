"""Rounds: sources are made, imported and shown, each round in a library of its own."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.conversation import Conversation
from assistant.locations import find
from assistant.models.scripted import ScriptedModel
from assistant.settings import EmbeddingSettings, load
from assistant.understand.language import message_language
from assistant.workspace import Workspace
from benchmarks.bad_input.bombs import ARCHIVES, Build, sizes
from benchmarks.bad_input.faces import Faces
from benchmarks.bad_input.findings import Findings
from benchmarks.bad_input.oddities import oddities
from benchmarks.bad_input.screen import show_turns
from benchmarks.bad_input.sources import Source, any_source
from benchmarks.bad_input.watch import Watch, listing, removed
from store.embedder import SentenceEmbedder, model_key
from tests.toys import ToyEmbedder

INPUTS_A_ROUND = 1_000
SHOWN_A_ROUND = 40
"""Videos that are shown one by one; all are looked at where they are stored."""
SCREENS_A_ROUND = 3
RESTORED_A_ROUND = 5
DIMENSION = 384
_SETTINGS = '[language_model]\nmodel = "none"\n'


def _built_apart(build: Build, folder: Path) -> Path:
    """What `build` makes, made by a process of its own: the memory that it takes is not ours."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            os.write(writing, os.fsencode(build(folder)))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        path = pipe.read()
    os.wait()
    return Path(os.fsdecode(path))


class Campaign:
    """All rounds, below one folder with the subfolders home, work, data, sources and secrets."""

    def __init__(self, root: Path, keep: Path, seed: int) -> None:
        self.findings = Findings(keep)
        self._root = root
        self._draw = random.Random(seed)
        secret = root / "secrets" / "secret.json"
        secret.write_text('{"id": "file:secret", "title": "A secret"}')
        # py3langid unpacks its own model through a nameless temporary file: not what is watched for
        message_language("wie lang ist das?")
        self._watch = Watch(root / "secrets")
        self._rounds = 0
        toy = ToyEmbedder(model_key(EmbeddingSettings()), DIMENSION)
        SentenceEmbedder.load = classmethod(lambda _cls, _settings: toy)  # type: ignore[method-assign,assignment]

    def oddities(self, *, small: bool) -> None:
        """Import what was made by hand: links, pipes and, unless `small`, bombs and sizes."""
        made = [*oddities(self._root / "secrets").items()]
        if not small:
            made += [*ARCHIVES.items(), *sizes()]
        with self._library() as (faces, sources):
            for number, (name, build) in enumerate(made):
                folder = sources / str(number)
                folder.mkdir()
                self._import(faces, Source(_built_apart(build, folder), name, 1), "made by hand")
                removed(folder)
            faces.show(self._draw, SHOWN_A_ROUND)

    def round(self, most: int) -> None:
        """Make, import and show at most so many inputs."""
        with self._library() as (faces, sources):
            left = min(most, INPUTS_A_ROUND)
            while left > 0:
                source = any_source(self._draw, sources / str(left), left)
                left -= source.inputs
                self._import(faces, source, source.kind)
            faces.run("library", "reindex")
            faces.show(self._draw, SHOWN_A_ROUND)
            faces.ask(self._draw, 6)
            self._draw_screens(faces.data)
            faces.keep(self._draw, RESTORED_A_ROUND)

    @contextmanager
    def _library(self) -> Iterator[tuple[Faces, Path]]:
        """A new library, and an empty folder for sources; what else was touched is noted."""
        self._rounds += 1
        data, sources = self._root / "data", self._root / "sources" / str(self._rounds)
        removed(data)
        data.mkdir()
        sources.mkdir()
        (data / "settings.toml").write_text(_SETTINGS)
        before = self._canaries()
        yield Faces(data, self.findings, self._watch), sources
        removed(sources)
        if self._canaries() != before:
            self.findings.touched.append("something outside the data folder, by C code")
        self.findings.touched += self._watch.touched
        self._watch.touched.clear()

    def _import(self, faces: Faces, source: Source, kind: str) -> None:
        self.findings.inputs += source.inputs
        self.findings.kinds[kind] += source.inputs
        folder = faces.data.parent / "sources"
        before = listing(folder)
        faces.import_(source, self._draw)
        if listing(folder) != before:
            self.findings.touched.append(f"the source {source.path!r}")

    def _draw_screens(self, data: Path) -> None:
        scripted = ScriptedModel() if self._rounds % 2 else None
        locations = find(data)
        settings = load(locations.settings)
        with (
            self._watch.allowing(data),
            Workspace(locations, settings, llm=bool(scripted), model=scripted) as workspace,
        ):
            conversation = Conversation(workspace, picks=12)
            show_turns(conversation, self.findings, self._draw, SCREENS_A_ROUND)

    def _canaries(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("home", "work", "secrets"):
            found |= listing(self._root / name)
        return found | {"working folder": str(Path.cwd())}
