"""Which parts of a request a message changed, against what stood before it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.constraints import FIELDS
from assistant.types import Relative, Request, Slot

OWN_FIELDS: Mapping[Slot, str] = {
    Slot.WISH: "wish",
    Slot.AVOID: "avoid",
    Slot.LESS: "less",
    Slot.NAMED: "named",
    Slot.REFERENCES: "references",
    Slot.COUNT: "count",
    Slot.DIAL: "dial",
    Slot.COMPANY: "company",
}
"""The slots that are fields of `Request`; the others are of its `Constraints`."""

COMPARED: Mapping[Relative, Slot] = {
    Relative.SHORTER: Slot.DURATION,
    Relative.LONGER: Slot.DURATION,
    Relative.OLDER: Slot.YEAR,
    Relative.NEWER: Slot.YEAR,
}
"""What a comparison limits."""


def changed(before: Request, after: Request) -> tuple[Slot, ...]:
    """The slots of `after` that are not as they were in `before`, whose comparisons are settled."""
    settled = before.model_copy(update={"relative": ()})
    return tuple(slot for slot in Slot if _content(settled, slot) != _content(after, slot))


def _content(request: Request, slot: Slot) -> tuple[object, ...]:
    if slot in OWN_FIELDS:
        return (getattr(request, OWN_FIELDS[slot]),)
    limits = (getattr(request.constraints, field) for field in FIELDS[slot])
    return (*limits, *(one for one in request.relative if COMPARED[one] is slot))
