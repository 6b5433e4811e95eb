"""What a message that tells of the person is to be answered with picks for.

"Hi, I like comedies" opens an evening of comedies, and so does "I like comedies, what should I
watch?". "I never watch horror" asks for nothing: but where something was asked for, it is to be
answered as it is meant now.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.constraints import only, slots_of
from assistant.types import (
    Company,
    Constraints,
    DialogueState,
    Intent,
    Preference,
    Request,
    Scope,
    Slot,
)
from assistant.understand import understand
from assistant.understand.changes import changed
from assistant.understand.preferences import asks_to_remember
from assistant.understand.standing import overriding
from assistant.understand.vocabulary import Vocabulary

OWN = ("message", "language", "company", "signals", "noted")
"""What is the message's own."""
KEPT = (Slot.DURATION, Slot.YEAR, Slot.PUBLISHED, Slot.LANGUAGE)
"""Limits that hold for whatever is liked; others say what was wanted before."""


def implied(request: Request, state: DialogueState, names: Vocabulary) -> Request | None:
    """The request for picks that lies in a message which tells of the person.

    Args:
        request: as understood.
        state: what it was understood in.
        names: what of the library may be named.

    Returns:
        A request for what is said to be liked; else what stands, where what was told bears on it;
        None where there is nothing to pick for, and where the message itself says what for.
    """
    only_told = request.intent is Intent.REMEMBER
    if not only_told and not _leaves_open(request):
        return None
    before = state.standing or Request(message="")
    held = [one for one in request.noted if _holds(one, request.company)]
    if likes := _likes(held):
        asked = _for_likes(likes, request, names)
    elif only_told and before.message and (held or request.company is not before.company):
        asked = before
    else:
        return None
    own = {name: getattr(request, name) for name in OWN}
    asked = asked.model_copy(update=own | {"intent": Intent.RECOMMEND})
    return asked.model_copy(update={"changed": changed(before, asked), "by_model": ()})


def _leaves_open(request: Request) -> bool:
    """Whether a message asks for picks, and not for which: "what should I watch?"."""
    said = slots_of(request.constraints)
    return request.intent is Intent.RECOMMEND and not (
        request.wish or request.named or request.references or request.dial or set(said) - {*KEPT}
    )


def _holds(preference: Preference, company: Company | None) -> bool:
    """Whether something holds now, with who watches."""
    there = {Scope.ALWAYS, Scope.SESSION, *([Scope(company.value)] if company else [])}
    return preference.scope in there


def _likes(held: Iterable[Preference]) -> list[str]:
    """What is said to be liked. Who asks to have it remembered asks for no more."""
    told = (one for one in held if not asks_to_remember(one.said))
    return list(dict.fromkeys(liked for one in told for liked in one.likes))


def _for_likes(likes: list[str], request: Request, names: Vocabulary) -> Request:
    """A request for what is liked, within the limits that hold for whatever it is."""
    text = ", ".join(likes)
    spoken = DialogueState(standing=Request(message="", language=request.language))
    read = understand(text, spoken, names)
    if read.intent is not Intent.RECOMMEND or not (read.wish or read.named or read.changed):
        read = Request(message=text, wish=text)
    limits = Constraints()
    for slot in KEPT:
        limits = overriding(limits, only(request.constraints, slot))
    update = {
        "said": request.message,
        "constraints": overriding(limits, read.constraints),
        "avoid": tuple(one for one in request.avoid if one.term not in read.wish.casefold()),
        "count": request.count,
    }
    return read.model_copy(update=update)
