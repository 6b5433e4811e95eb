"""Taking one understood thing out of a request: a slot, or one of the items that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.constraints import Limit, without
from assistant.types import Constraints, Request, Slot
from assistant.understand.changes import COMPARED, OWN_FIELDS

LISTS: Mapping[Slot, tuple[str, str]] = {
    Slot.LANGUAGE: ("languages", "not_languages"),
    Slot.KIND: ("kinds", "not_kinds"),
    Slot.CHANNEL: ("channels", "not_channels"),
    Slot.PEOPLE: ("people", "not_people"),
}
"""Of the slots that hold several items: what is wanted, and what is ruled out."""
_NOT = "not "


def lift(request: Request, what: Slot | Limit) -> Request:
    """`request` without one thing that was understood.

    Args:
        request: what stands.
        what: a slot, to be emptied; or a limit as `assistant.constraints.limits` names it, which
            leaves the other items of its slot. A limit's item may also be one language, kind,
            channel or person that is wanted, or the id of a video that is named or pointed at.
    """
    if isinstance(what, Slot):
        return _emptied(request, what)
    if what.slot in LISTS:
        return request.model_copy(update={"constraints": _listed(request.constraints, what)})
    if what.slot is Slot.YEAR and what.item:
        runs = request.constraints.not_years
        kept = tuple(run for run in runs if what.item != f"{_NOT}{run.first}–{run.last}")
        return _limited(request, not_years=kept)
    if what.slot is Slot.YEAR:
        runs = request.constraints.not_years
        return _limited(_emptied(request, Slot.YEAR), not_years=runs)
    if not what.item:
        return _emptied(request, what.slot)
    return request.model_copy(update=_items(request, what.slot, what.item))


def _emptied(request: Request, slot: Slot) -> Request:
    if slot in OWN_FIELDS:
        field = OWN_FIELDS[slot]
        return request.model_copy(update={field: Request.model_fields[field].default})
    relative = tuple(one for one in request.relative if COMPARED[one] is not slot)
    constraints = without(request.constraints, slot)
    return request.model_copy(update={"constraints": constraints, "relative": relative})


def _limited(request: Request, **limits: object) -> Request:
    constraints = request.constraints.model_copy(update=limits)
    return request.model_copy(update={"constraints": constraints})


def _listed(constraints: Constraints, limit: Limit) -> Constraints:
    wanted, unwanted = LISTS[limit.slot]
    if limit.item.startswith(_NOT):
        field, item = unwanted, limit.item.removeprefix(_NOT)
        return constraints.model_copy(update={field: _less(getattr(constraints, field), item)})
    kept = _less(getattr(constraints, wanted), limit.item) if limit.item else ()
    return constraints.model_copy(update={wanted: kept})


def _less(items: Sequence[str], item: str) -> tuple[str, ...]:
    return tuple(one for one in items if one.casefold() != item.casefold())


def _items(request: Request, slot: Slot, item: str) -> dict[str, object]:
    if slot is Slot.AVOID:
        return {"avoid": tuple(one for one in request.avoid if one.term != item)}
    if slot is Slot.NAMED:
        return {"named": tuple(one for one in request.named if one.video_id != item)}
    if slot in (Slot.LESS, Slot.REFERENCES):
        field = OWN_FIELDS[slot]
        return {field: _less(getattr(request, field), item)}
    return {}
