"""What the library keeps of a session: what was said, and what was done with videos meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.errors import MatineeError
from assistant.types import Interaction, Preference, Signal, Turn

if TYPE_CHECKING:
    from store.library import Library


@dataclass(frozen=True)
class Session:
    """A session as it is kept."""

    id: str
    started_at: datetime
    turns: tuple[Turn, ...]
    before: tuple[Interaction, ...]
    """Signals given before it."""
    remembered: tuple[Preference, ...]
    """What was remembered before it, and still is."""
    meanwhile: tuple[tuple[Interaction, ...], ...]
    """For each turn, the signals given since the last answer with picks, but for those that some
    message gives itself."""

    @property
    def video_ids(self) -> list[str]:
        """The videos that were shown, spoken of or marked, each once."""
        ids: dict[str, None] = {}
        for turn, given in zip(self.turns, self.meanwhile, strict=True):
            request = turn.request
            ids.update(dict.fromkeys(item.video_id for item in given))
            ids.update(dict.fromkeys(title.video_id for title in request.named))
            ids.update(dict.fromkeys(request.references))
            ids.update(dict.fromkeys(item.video_id for item in request.signals))
            ids.update(dict.fromkeys(pick.video.id for pick in turn.picks))
        return list(ids)


def gather(library: Library, session_id: str) -> Session:
    """Read a session.

    Raises:
        MatineeError: there is no such session, or nothing was said in it.
    """
    row = library.session(session_id)
    turns = library.turns(session_id)
    if row is None or not turns:
        raise MatineeError(
            "There is no such session." if row is None else "Nothing was said in this session.",
            session_id,
            "List them: matinee record --list",
        )
    signals = library.interactions()
    given = [item for item in signals if item.signal is not Signal.SHOWN]
    return Session(
        id=row.id,
        started_at=row.started_at,
        turns=tuple(turns),
        before=tuple(item for item in given if item.at < row.started_at),
        remembered=tuple(
            one for one in library.preferences() if one.at is None or one.at < row.started_at
        ),
        meanwhile=tuple(_meanwhile(turns, signals, row.started_at)),
    )


def _meanwhile(
    turns: Sequence[Turn], signals: Iterable[Interaction], since: datetime
) -> list[tuple[Interaction, ...]]:
    """The signals between the turns. When a turn was answered, its picks were noted as shown."""
    during = [item for item in signals if item.at >= since]
    shown = [item for item in during if item.signal is Signal.SHOWN]
    given = [item for item in during if item.signal is not Signal.SHOWN]
    said = {(item.video_id, item.signal) for turn in turns for item in turn.request.signals}
    between: list[tuple[Interaction, ...]] = []
    start = since
    for turn in turns:
        ids = {pick.video.id for pick in turn.picks}
        moments = [item.at for item in shown if item.at > start and item.video_id in ids]
        if not moments:  # nothing was shown: what was done then comes before the next answer
            between.append(())
            continue
        end = min(moments)
        between.append(
            tuple(
                item
                for item in given
                if start <= item.at < end and (item.video_id, item.signal) not in said
            )
        )
        start = end
    return between
