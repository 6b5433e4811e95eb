"""What a turn was, as what may be expected of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.types import Request, Turn

Plain = dict[str, Any]
"""Values as YAML writes them down."""

_EXACT = ("wish", "constraints", "count", "dial", "company", "facets", "subject", "less")


def expected_of(turn: Turn, last_pick_ids: Sequence[str], *, picks: bool) -> Plain:
    """What to expect of a turn: every slot of its request that holds something.

    Args:
        turn: as it was.
        last_pick_ids: the picks of the answer before it: to them a message points by their place.
        picks: whether to expect the picks, too.
    """
    request = turn.request
    kept = request.model_dump(mode="json", include=set(_EXACT), exclude_defaults=True)
    expected: Plain = {"intent": request.intent.value, "language": request.language}
    expected |= {name: kept[name] for name in _EXACT if name in kept}
    expected |= _videos(request, last_pick_ids)
    if request.avoid:
        expected["avoid"] = [
            one.model_dump(mode="json") if one.unless else one.term for one in request.avoid
        ]
    if request.noted:
        expected["noted"] = [one.said for one in request.noted]
    if picks:
        ids = [pick.video.id for pick in turn.picks]
        expected["picks"] = {"places": dict(enumerate(ids, 1))} if ids else {"none": True}
    return expected


def _videos(request: Request, last_pick_ids: Sequence[str]) -> Plain:
    def place_of(video_id: str) -> int | str:
        return last_pick_ids.index(video_id) + 1 if video_id in last_pick_ids else video_id

    found: Plain = {}
    if request.named:
        found["named"] = [title.video_id for title in request.named]
    if request.references:
        found["references"] = [place_of(video_id) for video_id in request.references]
    if request.signals:
        found["signals"] = [
            {"video": place_of(item.video_id), "signal": item.signal.value}
            | ({} if item.rating is None else {"rating": item.rating})
            for item in request.signals
        ]
    return found
