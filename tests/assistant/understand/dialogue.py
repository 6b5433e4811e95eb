"""A small library and a dialogue over it, for the tests of understanding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.people import PeopleIndex
from assistant.titles import TitleIndex
from assistant.types import DialogueState, Request, Video
from assistant.understand import follow, understand
from store.library import TitleRow

TODAY = date(2026, 11, 24)

TITLES = TitleIndex(
    TitleRow(f"film:{key}", title, other, year)
    for key, title, other, year in (
        ("matrix", "The Matrix", ("黑客帝国",), 1999),
        ("spirited", "Spirited Away", ("千と千尋の神隠し", "千与千寻"), 2001),
        ("totoro", "My Neighbor Totoro", ("龙猫",), 1988),
        ("shining", "The Shining", ("闪灵",), 1980),
        ("alien", "Alien", ("异形",), 1979),
        ("aliens", "Aliens", (), 1986),
        ("blade", "Blade Runner", (), 1982),
        ("blade2049", "Blade Runner 2049", (), 2017),
        ("titanic", "Titanic", (), 1997),
        ("up", "Up", (), 2009),
        ("it", "It", (), 2017),
        ("babadook", "The Babadook", (), 2014),
        ("apocalypse", "Apocalypse Now", (), 1979),
        ("arrival", "Arrival", (), 2016),
    )
)
PEOPLE = PeopleIndex(("Bill Murray", "Jim Carrey", "Hayao Miyazaki"))
CHANNELS = ("TED", "MIT OpenCourseWare", "NPR Music", "Python", "中国大学MOOC")


@dataclass(frozen=True)
class Toy:
    """A vocabulary without a library behind it."""

    titles: TitleIndex = TITLES
    channels: tuple[str, ...] = CHANNELS
    people: PeopleIndex = PEOPLE
    known: tuple[Video, ...] = ()

    def knows(self, word: str) -> bool:
        return word in ("rustls", "whale")

    def videos(self, video_ids: Iterable[str]) -> Mapping[str, Video]:
        by_id = {video.id: video for video in self.known}
        return {video_id: by_id[video_id] for video_id in video_ids if video_id in by_id}


NAMES = Toy()
PICKS = ("film:totoro", "b:2", "c:3", "d:4", "e:5")


def looking_at(picks: tuple[str, ...], standing: Request | None = None) -> DialogueState:
    """The state with `picks` on the screen."""
    return DialogueState(
        standing=standing or Request(message=""), last_pick_ids=picks, shown_ids=picks
    )


def hear(message: str, standing: Request | None = None, picks: tuple[str, ...] = PICKS) -> Request:
    """What is understood of `message`, after `standing` and with `picks` on the screen."""
    state = looking_at(picks, standing) if standing else DialogueState(shown_ids=picks)
    return understand(message, state, NAMES, today=TODAY)


def talk(*messages: str, picks: tuple[str, ...] = PICKS, names: Toy = NAMES) -> list[Request]:
    """What is understood of each message of a dialogue in which `picks` are always shown."""
    requests: list[Request] = []
    state = DialogueState()
    for message in messages:
        request = understand(message, state, names, today=TODAY)
        state = follow(state, request, picks if request.intent.recommends else ())
        requests.append(request)
    return requests


def avoided(request: Request) -> tuple[str, ...]:
    """The terms that a request avoids, exceptions aside."""
    return tuple(one.term for one in request.avoid)
