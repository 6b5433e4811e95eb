"""How well titles are recognised in people's own words, and how seldom where there are none.

usage: python -m benchmarks.titles [DATA] [--show N]

Conversations about films (ReDial): every name in a message was linked to its film by the people
who wrote it, most of them as "Title (1999)". Measured as written, and again with all years taken
out of the messages. Names typed without a link count as false here, though most are right.
Requests for topics (the tags of conference talks): none names a title.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from assistant.titles import TitleIndex
from store.library import TitleRow
from store.text import tokens

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
YEAR = re.compile(r"\s*\((?:18|19|20)\d\d\)")
TOPIC_REQUESTS = (
    "{}",
    "a talk about {}",
    "I want to learn {}",
    "something on {} for beginners",
    "Can you recommend some {} talks under 30 minutes?",
    "I like {}, show me more",
    "short introduction to {} please",
)


class Score(NamedTuple):
    """What was found, against what was linked."""

    right: int
    wrong: list[str]
    missed: list[str]
    seconds_per_message: float

    def __str__(self) -> str:
        precision = self.right / (self.right + len(self.wrong))
        recall = self.right / (self.right + len(self.missed))
        return (
            f"precision {precision:.3f}  recall {recall:.3f}  "
            f"({self.right} right, {len(self.wrong)} wrong, {len(self.missed)} missed; "
            f"{1000 * self.seconds_per_message:.2f} ms a message)"
        )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def words_of(catalog: list[dict[str, Any]]) -> frozenset[str]:
    """The words of all descriptions: what the full-text index of a library knows."""
    return frozenset(word for film in catalog for word in tokens(film["description"]))


def longest_conversations(path: Path) -> list[dict[str, Any]]:
    """Of each conversation the latest moment, which holds all the messages before it."""
    conversations: dict[str, dict[str, Any]] = {}
    for moment in lines(path):
        name = moment["id"].split("/")[0]
        known = conversations.get(name)
        if known is None or len(moment["messages"]) > len(known["messages"]):
            conversations[name] = moment
    return list(conversations.values())


def score(index: TitleIndex, conversations: list[dict[str, Any]], *, years: bool) -> Score:
    """Find the titles of all messages, and compare them a conversation at a time."""
    right, messages, seconds = 0, 0, 0.0
    wrong: list[str] = []
    missed: list[str] = []
    for conversation in conversations:
        found: dict[str, str] = {}
        texts = [message["text"] for message in conversation["messages"]]
        texts = texts if years else [YEAR.sub("", text) for text in texts]
        for text in texts:
            started = time.process_time()
            mentions = index.find(text)
            seconds += time.process_time() - started
            for name in mentions:
                found.setdefault(name.video_id, f"{name.mention!r} → {name.title!r} in {text!r}")
        messages += len(texts)
        linked = set(conversation["mentioned"])
        right += len(linked & found.keys())
        wrong += [found[video_id] for video_id in sorted(found.keys() - linked)]
        missed += [f"{video_id} in {texts!r}" for video_id in sorted(linked - found.keys())]
    return Score(right, wrong, missed, seconds / messages)


def talks(path: Path) -> tuple[list[TitleRow], list[str]]:
    """The titles of the conference talks, and the tags that at least five of them carry."""
    rows: list[TitleRow] = []
    tags = Counter[str]()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "/videos/" in name and name.endswith(".json"):
                video = json.loads(archive.read(name))
                rows.append(TitleRow(f"pyvideo:{len(rows)}", video["title"], (), None))
                tags.update(video.get("tags") or [])
    return rows, [tag for tag, count in tags.items() if count >= 5]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Recognition of titles in messages")
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--show", type=int, default=0, help="print so many mistakes of each sort")
    options = parser.parse_args()
    draw = random.Random(0)

    catalog = list(lines(options.data / "films" / "catalog.jsonl.gz"))
    films = [
        TitleRow(film["id"], film["title"], (), film["year"], tuple(film["people"]))
        for film in catalog
    ]
    conversations = longest_conversations(options.data / "films" / "requests-dev.jsonl.gz")
    index = TitleIndex(films, words_of(catalog).__contains__)
    for name, years in (("films, as written", True), ("films, years taken out", False)):
        result = score(index, conversations, years=years)
        print(f"{name}: {result}")
        for sort, mistakes in (("wrong", result.wrong), ("missed", result.missed)):
            for mistake in draw.sample(mistakes, min(options.show, len(mistakes))):
                print(f"  {sort}: {mistake[:400]}")

    rows, tags = talks(options.data / "pyvideo-data.zip")
    started = time.perf_counter()
    index = TitleIndex(rows)
    print(f"talks: {len(rows)} titles indexed in {time.perf_counter() - started:.2f} s")
    for template in TOPIC_REQUESTS:
        requests = [template.format(tag) for tag in tags]
        named = [(text, index.find(text)[0].title) for text in requests if index.find(text)]
        print(f"  {template!r}: {len(named)} of {len(requests)} requests seem to name a talk")
        for text, title in draw.sample(named, min(options.show, len(named))):
            print(f"    {text!r} → {title!r}")


if __name__ == "__main__":
    main()
