"""What is remembered of the person, put into what they ask now.

The message's own limits win: who asked once for films in English alone, and now asks for one in
French, gets French ones. A wish for what is usually left out ("a horror film tonight") lets it in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.constraints import FIELDS, describe, slots_of
from assistant.types import Avoided, Company, Constraints, Preference, Request, Scope, Slot


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
    """
    scopes = {Scope.ALWAYS, Scope.SESSION, *([Scope(company.value)] if company else [])}
    return tuple(one for one in (*stored, *session) if one.scope in scopes)


def apply(request: Request, preferences: Iterable[Preference]) -> Remembered:
    """Merge what is remembered into a request.

    Args:
        request: as understood.
        preferences: what is in force; of two that limit the same, the later one counts.
    """
    preferences = tuple(preferences)
    own = set(slots_of(request.constraints))
    values: dict[str, object] = {}
    limits: dict[Slot, Preference] = {}
    avoided = {one.term: one for one in request.avoid}
    remembered: dict[str, Preference] = {}
    wished = request.wish.casefold()
    for preference in preferences:
        for slot in slots_of(preference.constraints):
            if slot not in own:
                values |= {name: getattr(preference.constraints, name) for name in FIELDS[slot]}
                limits[slot] = preference
        for one in preference.avoid:
            if one.term not in avoided and one.term.casefold() not in wished:
                avoided[one.term] = Avoided(term=one.term, unless=one.unless)
                remembered[one.term] = preference
    merged = request.model_copy(
        update={
            "constraints": request.constraints.model_copy(update=values),
            "avoid": tuple(avoided.values()),
        }
    )
    return Remembered(merged, preferences, limits, remembered)
