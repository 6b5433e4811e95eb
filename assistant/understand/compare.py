"""Limits set by comparison: "shorter", "older", "longer than the second one"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from statistics import median

from assistant.types import Constraints, DialogueState, Relative, Request, Video
from assistant.understand.draft import Draft

SHORTER_BY = 2 / 3
"""Of "under an hour", "shorter" leaves so much."""
OLDER_BY = 10
"""Of "before 1980", "older" takes so many years."""


def step(draft: Draft, constraints: Constraints) -> tuple[Constraints, tuple[Relative, ...]]:
    """Move the limits that stand by what `draft` compares with them.

    Returns:
        The limits, and the comparisons for which there is no limit to move, or which the message
        makes with titles or picks.
    """
    if draft.references or any(naming.title.liking >= 0 for naming in draft.namings):
        return constraints, draft.relative
    left: list[Relative] = []
    for relative in draft.relative:
        moved = _moved(constraints, relative)
        if moved is None:
            left.append(relative)
        else:
            constraints = moved
    return constraints, tuple(left)


def _moved(limits: Constraints, relative: Relative) -> Constraints | None:
    low, high = limits.min_duration_s, limits.max_duration_s
    first, last = limits.min_year, limits.max_year
    if relative is Relative.SHORTER and (low or high):
        return _lengths(limits, None, low or round((high or 0) * SHORTER_BY))
    if relative is Relative.LONGER and (low or high):
        return _lengths(limits, high or round((low or 0) / SHORTER_BY), None)
    if relative is Relative.OLDER and (first or last):
        return _years(limits, None, first - 1 if first else (last or 0) - OLDER_BY)
    if relative is Relative.NEWER and (first or last):
        return _years(limits, last + 1 if last else (first or 0) + OLDER_BY, None)
    return None


def settle(
    request: Request,
    state: DialogueState,
    get: Callable[[Iterable[str]], Mapping[str, Video]],
) -> Request:
    """Turn the comparisons that a request still holds into limits.

    They are made with the picks that it points at, else the titles that it names, else the picks
    shown last; videos of unknown length or year say nothing. Than titles or picks that the person
    chose to name, all picks are shorter; than those that were merely shown, shorter than half.

    Args:
        request: as understood.
        state: what it was understood in.
        get: looks videos up by id (`Library.get`).
    """
    if not request.relative:
        return request
    chosen = request.references or tuple(t.video_id for t in request.named if t.liking >= 0)
    videos = list(get(chosen or state.last_pick_ids).values())
    lengths = [video.duration_s for video in videos if video.duration_s]
    years = [video.year for video in videos if video.year]
    least, most = (min, max) if chosen else (median, median)
    limits = request.constraints
    for relative in request.relative:
        if relative is Relative.SHORTER and lengths:
            limits = _lengths(limits, None, round(least(lengths)) - 1)
        elif relative is Relative.LONGER and lengths:
            limits = _lengths(limits, round(most(lengths)) + 1, None)
        elif relative is Relative.OLDER and years:
            limits = _years(limits, None, round(least(years)) - 1)
        elif relative is Relative.NEWER and years:
            limits = _years(limits, round(most(years)) + 1, None)
    return request.model_copy(update={"constraints": limits, "relative": ()})


def _lengths(limits: Constraints, low: int | None, high: int | None) -> Constraints:
    return limits.model_copy(update={"min_duration_s": low, "max_duration_s": high})


def _years(limits: Constraints, low: int | None, high: int | None) -> Constraints:
    return limits.model_copy(update={"min_year": low, "max_year": high})
