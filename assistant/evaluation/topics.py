"""A benchmark of topics, made from the tags of PyVideo's talks.

A tag's words are taken out of all titles and of all lists of tags, then the tag is asked for in a
sentence: relevant is what carried it, and the other tags of the relevant videos are the subtopics
that a diverse answer covers. Descriptions stay as they are: whoever asks for a subject may hope
that a video speaks of it. The words of all topics are taken out at once, so that one catalogue,
embedded once, serves them all.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.importers.pyvideo import PyvideoImporter
from assistant.types import Video
from store.text import STOP_WORDS, tokens

CARRIERS = range(5, 401)
"""So many videos carry a tag that is asked for: fewer are a matter of luck, more are no subject."""
TOPIC_EVENTS, TOPIC_SHARE = 4, 0.5
"""A subject is spoken of at so many events, and no event has more than this share of its videos:
the names of events and their tracks are not."""
SUBTOPIC_CARRIERS, SUBTOPIC_EVENTS, SUBTOPIC_SHARE = 3, 2, 0.8
FEWEST_SUBTOPICS = 3
"""Among the relevant videos of a topic, so that there is something to cover."""

_NO_SUBJECTS = """
case study casestudy charla conference core general intro introduction keynote lightning panel
plenary poster presentation python python3 session talk tech tutorial use workshop
"""
_NO_SUBJECT = frozenset(_NO_SUBJECTS.split())
"""Words of formats: no tag with one of them is a subject."""
_WIDE = """
analysi business code data design development engineering learning library management model pattern
programming science search set social tooling tool
"""
_TOO_WIDE = frozenset(_WIDE.split())
"""Tags that could be asked for and would say nothing."""
_NAME_OF_EVENT = re.compile(
    r"conf|con(?:$|\d|sk)|pycon|europython|pydata|pyday|pyohio|pygotham|pyar|pycascades|chipy"
    r"|djangoday|\d{4}|^room|^track|^day\d"
)
_WORD = re.compile(r"[^\W_]+")
_LOOSE = re.compile(r"(?<!\S)[\W_]+(?!\S)|^[\W_]+|[-–—:|,&/\s]+$")
_MOST_WORDS = 4
"""Of a tag that is one subject and not a list of several."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that is asked for, and what answers to it."""

    id: str
    request: str
    relevant: frozenset[str]
    """Ids of the videos that carried the tag."""
    subtopics: Mapping[str, frozenset[str]]
    """For each relevant video the other subjects that it carried as tags; may be none."""


@dataclass(frozen=True, slots=True)
class TopicsBenchmark:
    """A catalogue without the words of its topics, and the topics, in the order of their ids."""

    videos: tuple[Video, ...]
    topics: tuple[Topic, ...]


def read_topics(
    path: Path,
    *,
    count: int = 120,
    distractors: int | None = None,
    seed: int = 0,
    words_stay: bool = False,
) -> TopicsBenchmark:
    """Make the benchmark from PyVideo's data.

    Args:
        path: the folder or the zip.
        count: how many topics are drawn, at most.
        distractors: how many videos that answer to no topic are kept, drawn at random; None for
            all. With fewer, embedding is quicker and every figure higher.
        seed: of both draws.
        words_stay: leave titles and tags as they are, which is easy, and what use is like.

    Raises:
        ImportSourceError: `path` cannot be read.
    """
    videos = [one for one in PyvideoImporter().read(path) if isinstance(one, Video)]
    return make_topics(
        videos, count=count, distractors=distractors, seed=seed, words_stay=words_stay
    )


def make_topics(
    videos: Sequence[Video],
    *,
    count: int,
    distractors: int | None = None,
    seed: int = 0,
    words_stay: bool = False,
) -> TopicsBenchmark:
    """Make the benchmark of any videos with tags and channels; see `read_topics`."""
    draw = random.Random(seed)  # noqa: S311
    tags = _Tags(videos)
    possible = list(tags.topics())
    topics = sorted(draw.sample(possible, min(count, len(possible))), key=lambda one: one.id)
    relevant = frozenset[str]().union(*(topic.relevant for topic in topics))
    others = [video.id for video in videos if video.id not in relevant]
    if distractors is not None and distractors < len(others):
        others = draw.sample(others, distractors)
    kept = relevant.union(others)
    keys = frozenset() if words_stay else {tag_key(topic.id) for topic in topics}
    return TopicsBenchmark(
        tuple(without_words(video, keys) for video in videos if video.id in kept), tuple(topics)
    )


def tag_key(tag: str) -> str:
    """What is alike for spellings of one tag: ``machine-learning`` and ``MachineLearning``."""
    return "".join(map(_singular, tokens(tag.replace("_", " "))))


def _singular(word: str) -> str:
    """An English plural without its ending; what it makes of other words, it always makes."""
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def without_words(video: Video, keys: Collection[str]) -> Video:
    """The video without the tags that have these keys, and without their words in its title.

    Of a tag of several words the phrase goes, however it is joined; singular and plural go alike.
    A title of which nothing is left is replaced by the channel's name, else by the kind of video.
    """
    title = _without_phrases(video.title, keys)
    if title != video.title:
        title = " ".join(_LOOSE.sub(" ", title).split()) or video.channel or video.kind.value
    tags = tuple(tag for tag in video.tags if tag_key(tag) not in keys)
    return video.model_copy(update={"title": title, "tags": tags})


def _without_phrases(title: str, keys: Collection[str]) -> str:
    words = list(_WORD.finditer(title))
    forms = [_singular(word[0].lower()) for word in words]
    kept, end, at = [], 0, 0
    while at < len(words):
        length = next(
            (n for n in range(_MOST_WORDS, 0, -1) if "".join(forms[at : at + n]) in keys), 0
        )
        if length:
            kept.append(title[end : words[at].start()])
            end = words[min(at + length, len(words)) - 1].end()
        at += max(length, 1)
    return "".join([*kept, title[end:]])


class _Tags:
    """Who carries what."""

    def __init__(self, videos: Iterable[Video]) -> None:
        self._videos = {video.id: video for video in videos}
        self._carriers: dict[str, set[str]] = defaultdict(set)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for video in self._videos.values():
            for tag in video.tags:
                self._carriers[tag_key(tag)].add(video.id)
                spellings[tag_key(tag)][" ".join(tokens(tag.replace("_", " ")))] += 1
        self._names = {
            key: min(forms, key=lambda form: (-forms[form], form))
            for key, forms in spellings.items()
        }

    def topics(self) -> Iterator[Topic]:
        """Every subject that can be asked for, in the order of the names."""
        subjects: dict[str, set[str]] = defaultdict(set)
        asked = []
        for key, name in self._names.items():
            if self._is_subject(key, SUBTOPIC_CARRIERS, SUBTOPIC_EVENTS, SUBTOPIC_SHARE):
                for video_id in self._carriers[key]:
                    subjects[video_id].add(name)
            if len(self._carriers[key]) in CARRIERS and self._is_subject(
                key, CARRIERS.start, TOPIC_EVENTS, TOPIC_SHARE
            ):
                asked.append(key)
        for key in sorted(asked, key=lambda one: self._names[one]):
            name = self._names[key]
            relevant = frozenset(self._carriers[key])
            others = {one: frozenset(subjects[one] - {name}) for one in sorted(relevant)}
            if len(frozenset[str]().union(*others.values())) >= FEWEST_SUBTOPICS:
                request = f"I would like to watch something about {name}."
                yield Topic(name, request, relevant, others)

    def _is_subject(self, key: str, carriers: int, events: int, share: float) -> bool:
        name = self._names[key]
        words = name.split()
        if (
            len(key) < 2
            or not 0 < len(words) <= _MOST_WORDS
            or _NAME_OF_EVENT.search(key)
            or any(_singular(word) in _NO_SUBJECT for word in words)
            or key in _TOO_WIDE
            or all(word in STOP_WORDS or not word.isalpha() for word in words)
        ):
            return False
        at = Counter(self._videos[one].channel for one in self._carriers[key])
        most, total = max(at.values()), at.total()
        return total >= carriers and len(at) >= events and most <= share * total
