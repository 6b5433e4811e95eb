"""The data of PyVideo: a folder or zip of ``EVENT/videos/SLUG.json`` and ``EVENT/category.json``.

The format is the one of https://github.com/pyvideo/data (its ``.schemas`` folder).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from statistics import median

from assistant.importers import fields, prose
from assistant.importers.base import Located, Record, build_video, skip, without_repeats
from assistant.importers.languages import language_code
from assistant.importers.links import safe_link, youtube_id, youtube_link
from assistant.importers.reading import Unreadable, json_object
from assistant.importers.tree import Tree, is_zip, open_tree
from assistant.types import Kind
from store.text import clean_text

MAX_EVENT_BYTES = 16 * 1024 * 1024
"""The most that the files of one event may take; the largest real event takes less than one."""
SHORTEST, LONGEST = 60, 10 * 3600
"""Seconds. A length outside of this is no talk's length but a mistake: it is not known."""
SHORTEST_MEDIAN = 100
"""Some events give all lengths in minutes, others in milliseconds, or 12:30 as hours and minutes.
The median of an event tells: no event has talks that short, or longer than `LONGEST`."""

_NOBODY = frozenset({"various", "various speakers", "unknown", "tba", "n/a", "none", "speaker"})
_TEACHES = r"(?:tutorial|workshop|taller|atelier|мастер-класс)"
_TUTORIAL_TAG = re.compile(rf"(?:.*\s)?{_TEACHES}s?", re.IGNORECASE)
_TUTORIAL_TITLE = re.compile(
    rf"(?:^|[:：|｜(\[,—–]\s*){_TEACHES}\b"  # Tutorial: ..., ... (Tutorial), Workshop - ...
    rf"|\b{_TEACHES}s?\s*[:：|｜)\]—–]"  # Hands-on Tutorial | ...
    rf"|\b{_TEACHES}(?:\W+(?:part\W+)?\d+(?:\W+(?:of\W+)?\d+)?)?\W*$",  # ... tutorial (1/2)
    re.IGNORECASE,
)


class PyvideoImporter:
    """Reads PyVideo's data."""

    name = "PyVideo data"
    looks_like = "a folder or zip with EVENT/videos/*.json"

    def recognises(self, path: Path) -> bool:
        """Whether it is a folder or a zip that holds such files."""
        if not path.is_dir() and not is_zip(path):
            return False
        with open_tree(path) as tree:
            return any(_event_of(name) for name in tree.names)

    def count(self, path: Path) -> int | None:
        """The number of files of videos, by their names."""
        with open_tree(path) as tree:
            return sum(_event_of(name) is not None for name in tree.names)

    def read(self, path: Path) -> Iterator[Record]:
        """Read it event by event. A video's channel is its event, its people are the speakers."""
        with open_tree(path) as tree:
            yield from without_repeats(_read_tree(tree))


def _event_of(name: str) -> str | None:
    """The folder of the event to which the file of a video belongs; None for other files."""
    path = PurePosixPath(name)
    is_video = len(path.parts) >= 3 and path.parent.name == "videos" and path.suffix == ".json"
    return str(path.parent.parent) if is_video else None


def _read_tree(tree: Tree) -> Iterator[Located]:
    events: dict[str, list[str]] = defaultdict(list)
    for name in tree.names:
        if event := _event_of(name):
            events[event].append(name)
    known = frozenset(tree.names)
    for event, names in events.items():
        category = f"{event}/category.json"
        yield from _read_event(tree, event, names, category if category in known else None)


@dataclass(frozen=True)
class _Event:
    """What the videos of one event have in common."""

    channel: str
    common: frozenset[str]
    """The paragraphs that speak of the event."""
    in_seconds: bool
    """Whether the lengths are."""


def _read_event(
    tree: Tree, folder: str, names: list[str], category: str | None
) -> Iterator[Located]:
    """The records of one event, held at once: what they have in common is told by them all."""
    broken: dict[str, str] = {}
    read: dict[str, dict[str, object]] = {}
    room = MAX_EVENT_BYTES
    for name in names:
        try:
            if room >= 0:
                data = tree.read(name)
                room -= len(data)
            if room < 0:
                raise Unreadable(f"belongs to an event of more than {MAX_EVENT_BYTES >> 20} MB")
            read[name] = json_object(data)
        except Unreadable as error:
            broken[name] = str(error)  # the error itself would hold what was read
    texts = {name: _paragraphs(data) for name, data in read.items()}
    event = _Event(
        channel=_event_title(tree, category) or fields.text(PurePosixPath(folder).name),
        common=_common(
            texts, {name: fields.names(data.get("speakers")) for name, data in read.items()}
        ),
        in_seconds=_in_seconds(data.get("duration") for data in read.values()),
    )
    for name in names:
        if name in broken:
            yield name, skip(name, broken[name])
        else:
            yield name, build_video(name, _fields(name, read[name], texts[name], event))


def _event_title(tree: Tree, category: str | None) -> str:
    if category is None:
        return ""
    try:
        return fields.text(json_object(tree.read(category)).get("title"))
    except Unreadable:
        return ""  # the videos of the event are good without it


def _paragraphs(data: Mapping[str, object]) -> list[str]:
    """The plain paragraphs of all that is said of a video, each once."""
    sources = (data.get(key) for key in ("description", "summary", "abstract"))
    texts = [source for source in sources if isinstance(source, str)]
    return list(dict.fromkeys(text for source in texts for text in prose.paragraphs(source)))


def _common(
    texts: Mapping[str, list[str]], speakers: Mapping[str, tuple[str, ...]]
) -> frozenset[str]:
    """Paragraphs that speak of the event, not of a video: licences, sponsors, headings.

    A paragraph is one if at least five videos and a tenth of the event's videos carry it. Videos
    of the same speakers count as one: the parts of a tutorial share the text that describes it.
    """
    told = {(text, speakers[name]) for name, paragraphs in texts.items() for text in paragraphs}
    counts = Counter(text for text, _ in told)
    least = max(5, len(texts) / 10)
    return frozenset(text for text, count in counts.items() if count >= least)


def _in_seconds(lengths: Iterable[object]) -> bool:
    known = [length for length in map(fields.seconds, lengths) if length]
    return not known or SHORTEST_MEDIAN <= median(known) <= LONGEST


def _fields(
    name: str, data: Mapping[str, object], paragraphs: list[str], event: _Event
) -> dict[str, object]:
    recorded = fields.day(data.get("recorded"))
    title, tags = _title(data.get("title")), fields.names(data.get("tags"))
    speakers = fields.names(data.get("speakers"))
    length = fields.seconds(data.get("duration"))
    known = length is not None and event.in_seconds and SHORTEST <= length <= LONGEST
    return {
        "id": _id(name),
        "title": title,
        "description": " ".join(text for text in paragraphs if text not in event.common),
        "tags": fields.each_once(tag.lstrip("#") for tag in tags),
        "channel": event.channel or None,
        "people": tuple(who for who in speakers if who.casefold() not in _NOBODY),
        "kind": _kind(title, tags),
        "language": language_code(fields.text(data.get("language"))),
        "year": recorded and recorded.year,
        "published": recorded,
        "duration_s": length if known else None,
        "url": _link(data.get("videos")),
    }


def _id(name: str) -> str:
    """The same in a zip and in a folder on any system, some of which take letters apart (NFD)."""
    path = PurePosixPath(clean_text(name, max_chars=1000))
    key = f"{path.parent.parent.name}/{path.stem}"
    return "pyvideo:" + re.sub(r"\s+", "-", key)


def _title(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return fields.text(prose.unescaped(value[: 4 * fields.MAX_TITLE]))


def _kind(title: str, tags: tuple[str, ...]) -> Kind:
    teaches = _TUTORIAL_TITLE.search(title) or any(map(_TUTORIAL_TAG.fullmatch, tags))
    return Kind.TUTORIAL if teaches else Kind.TALK


def _link(videos: object) -> str | None:
    """Where to watch it: on YouTube if it is there, else at the first good address."""
    entries = videos if isinstance(videos, list) else []
    urls = [entry.get("url") for entry in entries if isinstance(entry, dict)]
    for url in urls:
        if found := youtube_id(url):
            return youtube_link(found)
    return next((link for url in urls if (link := safe_link(url))), None)
