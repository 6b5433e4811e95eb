"""A session of the library as a script: what was said, and what was understood of it.

The conversation is held once more, over the library that the script will have: of what comes out
otherwise nothing is expected, and a comment says so. So a recorded script passes at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.models.known import PACKAGED_NAME
from assistant.scripts.format import Given, Head, HistoryEntry, Remark, Script, Step
from assistant.scripts.recording.expected import Plain, expected_of
from assistant.scripts.recording.session import Session, gather
from assistant.scripts.recording.writing import as_yaml
from assistant.scripts.runner import Runner
from assistant.types import Interaction, Preference, Turn, Video

if TYPE_CHECKING:
    from assistant.settings import RecommendSettings
    from store.library import Library

__all__ = ["record"]

STARTER = "starter"
INLINE = "inline"
NAME_LENGTH = 60
_NOT_WRITTEN = {"description": "", "keywords": (), "url": None}
"""What an inline video does without: long, made anew, or of no use in a script."""


def record(
    library: Library,
    session_id: str,
    settings: RecommendSettings,
    target: Path,
    *,
    picks: bool = False,
    source: Path | None = None,
) -> str:
    """Make a script of a session.

    Args:
        library: the person's; it is only read.
        session_id: one of its sessions.
        settings: those with which the conversation is taken to have been held.
        target: where the script will be: what it imports is named relative to it.
        picks: whether to expect what was picked, too.
        source: what the script is to import; by default the starter library where all of the
            person's is that, else the videos that were shown or spoken of, written into it.

    Returns:
        The script, as YAML.

    Raises:
        MatineeError: there is no such session, or the conversation cannot be held again.
    """
    session = gather(library, session_id)
    head = _head(library, session, settings, source, target, picks=picks)
    turns = [*_steps(session)]
    now = _held_again(Script(**dict(head), path=target, turns=tuple(turns)))
    said = _expectations(session.turns, picks=picks)
    kept, lost = _compared(said, _expectations(now, picks=picks))
    return as_yaml(head, turns, kept, lost, session)


# --- the library and the steps -----------------------------------------------------------------


def _head(
    library: Library,
    session: Session,
    settings: RecommendSettings,
    source: Path | None,
    target: Path,
    *,
    picks: bool,
) -> Head:
    name, videos = _library(library, session, source, target)
    known = {video.id for video in videos}
    models = {turn.model for turn in session.turns}
    return Head(
        name=shorten(session.turns[0].message, NAME_LENGTH, placeholder="…") or session.id,
        library=name,
        videos=videos,
        history=tuple(
            _history(item) for item in session.before if not videos or item.video_id in known
        ),
        model="packaged" if picks and PACKAGED_NAME in models else "none",
        picks=settings.picks,
        dial=settings.dial,
        seed=settings.seed,
    )


def _library(
    library: Library, session: Session, source: Path | None, target: Path
) -> tuple[str, tuple[Video, ...]]:
    if source is not None:
        return os.path.relpath(source.resolve(), target.resolve().parent), ()
    if _is_starter(library):
        return STARTER, ()
    found = library.get(session.video_ids)
    if not found:
        raise MatineeError(
            "None of the videos of this session is in your library any more.", session.id
        )
    return INLINE, tuple(video.model_copy(update=_NOT_WRITTEN) for video in found.values())


def _is_starter(library: Library) -> bool:
    from store import starter

    return set(library.ids()) == {video.id for video in starter.videos()}


def _history(item: Interaction) -> HistoryEntry:
    return HistoryEntry(id=item.video_id, signal=item.signal, rating=item.rating, at=item.at)


def _steps(session: Session) -> Iterator[Step]:
    for one in session.remembered:
        yield Step(remember=_remark(one))
    for turn, given in zip(session.turns, session.meanwhile, strict=True):
        for item in given:
            yield Step(signal=Given(id=item.video_id, signal=item.signal, rating=item.rating))
        yield Step(say=turn.message)


def _remark(one: Preference) -> Remark:
    return Remark.model_validate({name: getattr(one, name) for name in Remark.model_fields})


# --- what is expected --------------------------------------------------------------------------


def _held_again(script: Script) -> list[Turn]:
    with Runner() as runner:
        report = runner.run(script)
    problems = [*filter(None, [report.error]), *(f for step in report.steps for f in step.failures)]
    if problems:
        raise MatineeError("The conversation cannot be held again.", "\n".join(problems))
    return [step.turn for step in report.steps if step.turn is not None]


def _expectations(turns: Sequence[Turn], *, picks: bool) -> list[Plain]:
    """What to expect of each turn."""
    expected = []
    last_pick_ids: tuple[str, ...] = ()
    for turn in turns:
        expected.append(expected_of(turn, last_pick_ids, picks=picks))
        last_pick_ids = tuple(pick.video.id for pick in turn.picks) or last_pick_ids
    return expected


def _compared(
    said: Sequence[Plain], now: Sequence[Plain]
) -> tuple[list[Plain], list[tuple[int, str, object]]]:
    """Of what was, what is so again; and what is not: the number of its turn, its name, itself."""
    kept: list[Plain] = []
    lost: list[tuple[int, str, object]] = []
    for number, (before, again) in enumerate(zip(said, now, strict=True), 1):
        kept.append({name: value for name, value in before.items() if again.get(name) == value})
        lost.extend(
            (number, name, value) for name, value in before.items() if again.get(name) != value
        )
    return kept, lost
