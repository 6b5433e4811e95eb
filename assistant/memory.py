"""What is remembered of the person, put into what they ask now.

The message's own limits win: who asked once for films in English alone, and now asks for one in
French, gets French ones. A wish for what is usually left out ("a horror film tonight") lets it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.company import wishes_for
from assistant.constraints import FIELDS, describe, only, slots_of
from assistant.types import Avoided, Company, Constraints, Preference, Request, Scope, Slot

_RANGES = (
    ("min_duration_s", "max_duration_s"),
    ("min_year", "max_year"),
    ("published_since", "published_until"),
)
_LISTS = (
    ("languages", "not_languages"),
    ("kinds", "not_kinds"),
    ("channels", "not_channels"),
    ("people", "not_people"),
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A request with what is remembered in it."""

    request: Request
    preferences: tuple[Preference, ...] = ()
    """What is in force: its likes and dislikes are for retrieval."""
    limits: Mapping[Slot, Preference] = field(default_factory=dict)
    """The slots whose limits come from memory, and from which of it."""
    avoided: Mapping[str, Preference] = field(default_factory=dict)
    """The terms that are avoided because of what is remembered."""
    suspended: tuple[Preference, ...] = ()
    """What would be in force, and is not for this once: the message asks for something else."""

    def limits_in_words(self, language: str) -> tuple[str, ...]:
        """The limits that come from memory, each as a short phrase."""
        constraints = self.request.constraints
        alone = Constraints.model_validate(
            {name: getattr(constraints, name) for slot in self.limits for name in FIELDS[slot]}
        )
        avoid = tuple(one for one in self.request.avoid if one.term in self.avoided)
        return tuple(describe(Request(message="", constraints=alone, avoid=avoid), language))


def in_force(
    stored: Iterable[Preference], session: Iterable[Preference], company: Company | None
) -> tuple[Preference, ...]:
    """What holds now.

    Args:
        stored: what the library remembers.
        session: what is remembered for this session.
        company: who watches too.

    Returns:
        What holds always first, and what holds for this session last: the later counts for more.
    """
    scopes = (Scope.ALWAYS, *([Scope(company.value)] if company else []), Scope.SESSION)
    known = (*stored, *session)
    return tuple(one for scope in scopes for one in known if one.scope is scope)


def apply(request: Request, preferences: Iterable[Preference]) -> Remembered:
    """Merge what is remembered into a request.

    Args:
        request: as understood.
        preferences: what is in force; of two that limit the same, the later one counts.
    """
    preferences = tuple(preferences)
    own = {slot for slot in slots_of(request.constraints) if _wants(request.constraints, slot)}
    remembered = Constraints()
    limits: dict[Slot, Preference] = {}
    declined = {one.term for one in request.avoid}
    avoided: dict[str, tuple[Avoided, Preference]] = {}
    suspended: dict[Preference, None] = {}
    for preference in preferences:
        for slot in slots_of(preference.constraints):
            if slot in own:
                suspended[preference] = None
                continue
            remembered = _with(remembered, only(preference.constraints, slot))
            limits[slot] = preference
        for liked in preference.likes:  # what was said later counts
            avoided = {term: one for term, one in avoided.items() if not wishes_for(liked, term)}
        for one in preference.avoid:
            if wishes_for(request.wish, one.term):
                suspended[preference] = None
            elif one.term not in declined:
                avoided[one.term] = one, preference
    merged = request.model_copy(
        update={
            "constraints": _with(remembered, request.constraints),
            "avoid": (*request.avoid, *(one for one, _ in avoided.values())),
        }
    )
    by = {term: preference for term, (_, preference) in avoided.items()}
    return Remembered(merged, preferences, limits, by, tuple(suspended))


def _wants(constraints: Constraints, slot: Slot) -> bool:
    """Whether a slot limits what is wanted, and does not just rule something out."""
    set_ = only(constraints, slot).model_dump(exclude_defaults=True)
    return any(not name.startswith("not_") for name in set_)


def _with(known: Constraints, more: Constraints) -> Constraints:
    """Both limits; where they contradict each other, the latter. What is ruled out adds up."""
    before, values = known.model_dump(exclude_defaults=True), more.model_dump(exclude_defaults=True)
    for name in before.keys() & values.keys():
        if name.startswith("not_"):
            values[name] = tuple(dict.fromkeys((*before[name], *values[name])))
    if "people" in values:  # how they are wanted is said with them
        before.pop("every_person", None)
    both = Constraints.model_validate(before | values)
    contradicted: dict[str, object] = {}
    for low, high in _RANGES:
        if low in values or high in values:
            first, last = getattr(both, low), getattr(both, high)
            if first is not None and last is not None and first > last:
                contradicted[high if low in values else low] = None
    for wanted, unwanted in _LISTS:
        if wanted in values:
            left = (one for one in getattr(both, unwanted) if one not in getattr(both, wanted))
            contradicted[unwanted] = tuple(left)
    return both.model_copy(update=contradicted)
