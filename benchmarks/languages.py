"""How well requests in other languages are answered, beside the same requests in English.

usage: python -m benchmarks.languages FOLDER [--framed] [--json FILE]

FOLDER is a data folder into which PyVideo's talks were imported; it is copied, not touched. Fifty
requests (``languages.tsv``) are put to that library, fifty more to the starter library, in nine
languages. Relevant is what carries one of the tags beside a request: no encoder has a say in it.
The ways to cross languages were chosen on the odd requests; the even ones were looked at last.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.metrics import ndcg
from assistant.evaluation.topics import tag_key
from assistant.retrieve import RetrievalStore, retrieve
from assistant.settings import EmbeddingSettings
from assistant.types import Request, Taste
from store import starter
from store.embedder import SentenceEmbedder
from store.library import Library
from store.vectors import Searcher

REQUESTS = Path(__file__).with_name("languages.tsv")
FRAMES = {
    "en": "I would like to watch something about {}",
    "zh": "我想看关于{}的视频",
    "es": "Me gustaría ver algo sobre {}",
    "fr": "Je voudrais voir quelque chose sur {}",
    "de": "Ich möchte etwas über {} sehen",
    "ja": "{}についての動画が見たいです",
    "pt": "Gostaria de ver algo sobre {}",
    "ru": "Хочу посмотреть что-нибудь на тему: {}",
    "ko": "{}에 대한 영상을 보고 싶어요",
}
"""A request as a sentence, as it is said; the wish is what understanding leaves of it."""
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in all languages, and the tags of what answers to it."""

    library: str
    tags: frozenset[str]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of one library's requests in one language, one number a request."""

    gain: list[float]
    """nDCG@10."""
    overlap: list[float]
    """The share of the English answer's first ten that are among the first ten."""
    seconds: list[float]


def read_requests() -> list[Asked]:
    """The requests, in the order of the file."""
    with REQUESTS.open(encoding="utf-8", newline="") as file:
        return [
            Asked(
                row["library"],
                frozenset(tag_key(tag) for tag in row["tags"].split(",")),
                {language: row[language] for language in FRAMES},
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


@contextmanager
def opened(folder: Path) -> Iterator[RetrievalStore]:
    """The library of `folder`, searched without its index."""
    embedder = SentenceEmbedder.load(EmbeddingSettings())
    with Library.open(folder / "library.db") as library:
        if library.count() == 0:
            starter.install(library, embedder.key)
        yield RetrievalStore(library, Searcher(library, embedder.key, None), embedder)


def ask(store: RetrievalStore, text: str, language: str, framed: bool) -> list[str]:
    """The ids of the first ten."""
    said = FRAMES[language].format(text) if framed else text
    request = Request(message=said, wish=text, said=said, language=language)
    found = retrieve(request, Taste(), store, exclude=(), limit=DEPTH)
    return [candidate.video.id for candidate in found]


def answers(
    store: RetrievalStore, requests: Sequence[Asked], *, framed: bool
) -> dict[str, Answers]:
    """Put all requests in all languages."""
    carriers: dict[str, set[str]] = defaultdict(set)
    for video in store.library.get(store.library.ids()).values():
        for tag in video.tags:
            carriers[tag_key(tag)].add(video.id)
    relevant = [set[str]().union(*(carriers[tag] for tag in one.tags)) for one in requests]
    english = [ask(store, one.texts["en"], "en", framed) for one in requests]
    return {
        language: _answers(store, requests, language, framed, relevant, english)
        for language in FRAMES
    }


def _answers(
    store: RetrievalStore,
    requests: Sequence[Asked],
    language: str,
    framed: bool,
    relevant: Sequence[set[str]],
    english: Sequence[list[str]],
) -> Answers:
    ask(store, requests[0].texts[language], language, framed)  # loads what it needs
    found = Answers([], [], [])
    for one, wanted, expected in zip(requests, relevant, english, strict=True):
        started = time.perf_counter()
        ids = ask(store, one.texts[language], language, framed)
        found.seconds.append(time.perf_counter() - started)
        found.gain.append(ndcg(ids, wanted, DEPTH))
        found.overlap.append(len(set(ids) & set(expected)) / max(len(expected), 1))
    return found


def report(name: str, found: Mapping[str, Answers]) -> None:
    """Print one library's figures, of the odd requests, the even ones and all."""
    for part, rows in (
        ("odd", slice(0, None, 2)),
        ("even", slice(1, None, 2)),
        ("all", slice(None)),
    ):
        english = np.array(found["en"].gain[rows])
        boot = Bootstrap(len(english))
        print(f"\n{name}, {part} requests ({len(english)})")
        print(f"{'':4}{'nDCG@10 [95 %]':>22}{'of English':>12}{'overlap@10':>12}{'ms':>8}")
        for language, one in found.items():
            gain = boot.mean(np.array(one.gain[rows]))
            print(
                f"{language:4}{gain.value:>8.3f} [{gain.low:.3f}, {gain.high:.3f}]"
                f"{gain.value / english.mean():>11.2f}{np.mean(one.overlap[rows]):>12.2f}"
                f"{1000 * np.median(one.seconds[rows]):>8.0f}"
            )


def cost(folder: Path) -> None:
    """What the first request in another language costs a process, in seconds and memory."""
    with opened(folder) as store:
        ask(store, "machine learning", "en", framed=False)
        before, started = _resident(), time.perf_counter()
        ask(store, "机器学习", "zh", framed=False)
        seconds = time.perf_counter() - started
        memory = _resident() - before
        again = time.perf_counter()
        ask(store, "烹饪", "zh", framed=False)
        again = time.perf_counter() - again
    print(
        f"first request in Chinese {seconds:.2f} s, the next {1000 * again:.0f} ms;"
        f" {memory / 2**20:.0f} MB more"
    )


def _resident() -> int:
    """Bytes of memory in use (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main() -> None:
    """Print the figures of both libraries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--framed", action="store_true", help="say the wish in a sentence")
    parser.add_argument("--json", type=Path, help="write the figures of every request there")
    parser.add_argument("--cost", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.cost:
        cost(given.folder)
        return
    requests = read_requests()
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        for library in ("talks", "starter"):
            folder = Path(name) / library
            folder.mkdir()
            if library == "talks":
                shutil.copy(given.folder / "library.db", folder)
            with opened(folder) as store:
                asked = [one for one in requests if one.library == library]
                found = answers(store, asked, framed=given.framed)
            report(library, found)
            figures[library] = {language: one.gain for language, one in found.items()}
            command = [sys.executable, "-m", "benchmarks.languages", str(folder), "--cost"]
            subprocess.run(command, check=True)
    if given.json:
        given.json.write_text(json.dumps(figures), "utf-8")


if __name__ == "__main__":
    main()
