"""Dialogues that are understood without being answered: fixed picks stand for the answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.names import Names
from assistant.types import DialogueState, Request, Scope
from assistant.understand import follow, settle, understand
from benchmarks.judging import Judged, judge
from benchmarks.utterances import SOURCE, Utterance
from store import starter
from store.library import Library

TODAY = date(2026, 11, 24)
SLATES = (
    ("paddington-2", "amelie", "my-octopus-teacher", "the-wrong-trousers", "groundhog-day"),
    ("kung-fu-hustle", "airplane", "planet-earth-ii", "fleabag", "bo-burnham-inside"),
    ("rear-window", "the-intouchables", "the-blue-planet", "la-jetee", "wild-tales"),
    ("coco", "playtime", "microcosmos", "duck-amuck", "dinner-for-one"),
    ("her", "tampopo", "apollo-11", "powers-of-ten", "school-of-rock"),
)
"""What is shown after the first, second, … message that is answered with picks."""


def starter_names(folder: Path) -> Names:
    """What can be named of the starter library, which is laid down in `folder`."""
    library = Library.open(folder / "library.sqlite3")
    library.put_videos(starter.videos())
    return Names(library)


def understood(utterance: Utterance, names: Names) -> Judged:
    """Go through a dialogue and judge how its last message is understood."""
    state = DialogueState()
    for message in utterance.before:
        state = _answered(_understand(message, state, names), state)
    request = _understand(utterance.say, state, names)
    return judge(utterance, request, state.last_pick_ids)


def _understand(message: str, state: DialogueState, names: Names) -> Request:
    request = understand(message, state, names, today=TODAY)
    return settle(request, state, names.library.get)


def _answered(request: Request, state: DialogueState) -> DialogueState:
    """What is left when a message was answered with the next slate, if it asks for picks."""
    noted = tuple(one for one in request.noted if one.scope is Scope.SESSION)
    state = state.model_copy(update={"preferences": state.preferences + noted})
    return follow(state, request, _slate(state) if request.intent.recommends else ())


def _slate(state: DialogueState) -> tuple[str, ...]:
    number = len(state.shown_ids) // len(SLATES[0])
    return tuple(SOURCE + video for video in SLATES[number % len(SLATES)])
