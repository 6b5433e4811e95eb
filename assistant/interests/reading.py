"""What a library says of its viewer's interests: read, reported, and set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assistant.errors import MatineeError
from assistant.interests.mix import PICKS, Mix, mix_of
from assistant.interests.nearness import NONE, nearest_interests
from assistant.interests.report import TasteReport, all_interests, example_ids, report
from assistant.interests.settings import changed
from assistant.settings import RecommendSettings
from assistant.taste import read_taste
from assistant.types import Interest, InterestSetting, Signal, Taste
from store.library import Library


class Source(NamedTuple):
    """Where a viewer's interests are read."""

    library: Library
    model: str
    """The key of the embedding model in force."""
    settings: RecommendSettings


class ShownPick(NamedTuple):
    """Something that was recommended."""

    video_id: str
    asked: bool
    """Whether it was given to a wish, and not to "what shall I watch"."""


def taste_of(source: Source, now: datetime | None = None) -> Taste:
    """The viewer's taste as recommendations take it, what they set for their interests included."""
    signals = [one for one in source.library.interactions() if one.signal is not Signal.SHOWN]
    return read_taste(
        signals,
        source.library,
        source.model,
        now=now or datetime.now(UTC),
        settings=source.settings,
        interests=source.library.interest_settings(),
    )


def report_of(source: Source, taste: Taste, now: datetime | None = None) -> TasteReport:
    """What there is to tell of a taste, with the titles of the library."""
    ids = {one for interest in all_interests(taste) for one in example_ids(interest, taste)}
    titles = {video_id: video.title for video_id, video in source.library.get(ids).items()}
    return report(taste, titles, now or datetime.now(UTC))


def mix_of_last(source: Source, taste: Taste, count: int = PICKS) -> Mix | None:
    """The last picks beside the taste; None without interests, or where nothing was picked."""
    from store.vectors import Searcher

    interests = [one for one in taste.interests if one.name]
    picks = last_picks(source.library, count)
    if not interests or not picks:
        return None
    background = Searcher(source.library, source.model, None).background()
    ids, vectors = source.library.vectors(source.model, [one.video_id for one in picks])
    near = nearest_interests(vectors, interests, background).tolist()
    named = {
        video_id: None if number == NONE else interests[number].name
        for video_id, number in zip(ids, near, strict=True)
    }
    shares: dict[str, float] = {}
    for one in interests:
        shares[one.name] = shares.get(one.name, 0.0) + one.weight
    total = sum(shares.values())
    return mix_of(
        {name: share / total for name, share in shares.items()},
        [named.get(one.video_id) for one in picks],
        asked=sum(one.asked for one in picks),
    )


def last_picks(library: Library, count: int) -> Sequence[ShownPick]:
    """What was recommended last, the latest first."""
    found: list[ShownPick] = []
    for session in library.sessions():
        for turn in reversed(library.turns(session.id)):
            asked = turn.request
            specific = bool(asked.wish or asked.named or asked.references)
            found += [ShownPick(pick.video.id, specific) for pick in turn.picks]
            if len(found) >= count:
                return found[:count]
    return found


def set_interest(
    source: Source,
    which: str,
    *,
    name: str | None = None,
    weight: float | None = None,
    off: bool | None = None,
) -> InterestSetting:
    """Set something for an interest, by its number or its name.

    Args:
        source: of the viewer.
        which: the number in the list, or the name, ignoring case.
        name: see `assistant.interests.settings.changed`; so for the others.
        weight: 0 to 2.
        off: whether it does not count.

    Raises:
        MatineeError: there is no such interest, or it cannot be set so.
    """
    interests = all_interests(taste_of(source))
    interest = _found(interests, which)
    others = {one.name.casefold() for one in interests if one is not interest}
    if name and name.strip().casefold() in others:
        raise MatineeError(
            "Another interest has this name.", name.strip(), "Give each a name of its own."
        )
    try:
        setting = changed(interest, name=name, weight=weight, off=off)
    except ValueError as error:
        raise MatineeError(
            "An interest cannot be set so.", "", "A name has up to 60 letters, a weight is 0 to 2."
        ) from error
    source.library.set_interest(setting)
    return setting


def _found(interests: Sequence[Interest], which: str) -> Interest:
    if which.strip().isdecimal() and 0 < int(which) <= len(interests):
        return interests[int(which) - 1]
    wanted = which.strip().casefold()
    named = [one for one in interests if one.name and one.name.casefold() == wanted]
    if len(named) == 1:
        return named[0]
    raise MatineeError(
        "Several interests have this name." if named else "There is no such interest.",
        which.strip(),
        "Give its number. See them all: matinee taste",
    )
