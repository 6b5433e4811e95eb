"""What a message asks beside recommending, of videos or of the conversation itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.titles import TitleIndex
from assistant.types import DialogueState, Facet, Intent
from assistant.understand import commands
from assistant.understand.comparing import read_comparison
from assistant.understand.facets import Question, read_question
from assistant.understand.off_topic import is_off_topic
from assistant.understand.targets import Pointed, spoken_of
from assistant.understand.whys import asks_why, read_why_not

SURE_MATCH = 0.9
"""How well a name must fit a title that nothing but the question tells to be one."""
MOST_WORDS = 4
"""A question that speaks of no video, "how long?", has few other words."""

_REQUEST = re.compile(
    r"\b(?:find|show|give|recommend|suggest)(?: me| us)?\b|\b(?:i(?:'d| would) like|i want|"
    r"looking for|something|anything)\b|推荐|想看|来点|换",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\s*(?:,|\band\b|\bwith\b|\bto\b|\bor\b|\bvs\.?(?!\w)|\bversus\b|&|和|跟|与)\s*"
)


class Aside(NamedTuple):
    """A message that asks for no picks."""

    intent: Intent
    references: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    subject: str = ""


def read_aside(message: Pointed, state: DialogueState, titles: TitleIndex) -> Aside | None:
    """Read what `message` asks beside recommending; None if it asks nothing of the kind.

    Args:
        message: with the places that speak of videos.
        state: what the turns before it left.
        titles: of the library, for names that only the question tells to be titles.
    """
    if (words := commands.read_forget(message.source)) is not None:
        return Aside(Intent.FORGET, subject=words)
    if (intent := commands.read_command(message.source)) is not None:
        return Aside(intent)
    return (
        _why(message, state, titles)
        or _comparison(message, titles)
        or _question(message, state, titles)
        or (Aside(Intent.OFF_TOPIC) if is_off_topic(message.source) else None)
    )


def _why(message: Pointed, state: DialogueState, titles: TitleIndex) -> Aside | None:
    if missed := read_why_not(message):
        videos = missed.videos or _called(missed.name, titles)
        if videos or missed.sure:
            return Aside(Intent.WHY_NOT, videos, subject="" if videos else missed.name)
    if not asks_why(message):
        return None
    if message.targets:
        return Aside(Intent.WHY, message.ids(0, len(message.text)))
    return Aside(Intent.WHY, state.last_pick_ids)


def _comparison(message: Pointed, titles: TitleIndex) -> Aside | None:
    compared = read_comparison(message)
    if compared is None:
        return None
    called = {name: _called(name, titles) for name in _JOINT.split(compared.names) if name}
    videos = (*compared.videos, *(video_id for ids in called.values() for video_id in ids))
    if compared.names and not videos:
        return None
    missing = [name for name, ids in called.items() if not ids and name[:1].isupper()]
    subject = ", ".join(missing)
    return Aside(Intent.COMPARE, tuple(dict.fromkeys(videos)), compared.facets, subject)


def _question(message: Pointed, state: DialogueState, titles: TitleIndex) -> Aside | None:
    question = read_question(message)
    if question is None:
        return None
    if question.videos:
        return Aside(Intent.ABOUT, question.videos, question.facets)
    if question.name:
        return _of_name(question, titles)
    if question.spoken and question.facets and (state.last_pick_ids or not state.standing):
        return Aside(Intent.ABOUT, (), question.facets)
    alone = len(message.source.split()) <= MOST_WORDS and not _REQUEST.search(message.source)
    if question.facets and alone and (videos := spoken_of(state)):
        return Aside(Intent.ABOUT, videos, question.facets)
    return None


def _of_name(question: Question, titles: TitleIndex) -> Aside | None:
    if videos := _called(question.name, titles):
        return Aside(Intent.ABOUT, videos, question.facets)
    if question.facets and question.name[:1].isupper():
        return Aside(Intent.ABOUT, (), question.facets, question.name)
    return None


def _called(name: str, titles: TitleIndex) -> tuple[str, ...]:
    """The video that goes by `name`, however it is written."""
    name = name.strip(" \"'“”‘’《》「」?!.,")
    found = titles.find(f"“{name}”") if name else []
    return tuple(one.video_id for one in found[:1] if one.match >= SURE_MATCH)
