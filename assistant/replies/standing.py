"""Where a video that was not picked stands among the candidates of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.considered import Considered
from assistant.replies.why_not import Ranking
from assistant.retrieve.admission import Repeats
from assistant.types import Candidate, Pick


def ranking_among(
    considered: Considered,
    picks: Sequence[Pick],
    scored: Mapping[str, Candidate],
    ids: tuple[str, str, str],
    *,
    anew: bool,
) -> Ranking:
    """What is known of how a video compares with the candidates.

    Args:
        considered: what the picks were chosen among.
        picks: of the answer.
        scored: what the videos of `ids` score, all by one measure; the first at least.
        ids: of the video, of the last pick, and of the pick that it is compared with.
        anew: whether they were scored for this.
    """
    own, last, beside = ids
    group = considered.group(own)
    members = {one.video.id for one in group.members} if group else set()
    return Ranking(
        video=scored[own],
        place=considered.place(own),
        candidates=len(considered.candidates),
        last=scored.get(last),
        beside=scored.get(beside),
        same_as=_same_as(scored[own], considered),
        group=group.name if group else "",
        stand_for_group=tuple(pick.rank for pick in picks if pick.video.id in members),
        anew=anew,
    )


def _same_as(one: Candidate, considered: Considered) -> str | None:
    """The title of a candidate in whose place a video might have been one."""
    if considered.place(one.video.id) is not None:
        return None
    others = (other.video for other in considered.candidates if other.score >= one.score)
    return next((other.title for other in others if not Repeats([other]).is_new(one.video)), None)
