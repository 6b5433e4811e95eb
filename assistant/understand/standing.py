"""What stands from the turns before, and what a message changes of it.

- A message with a wish of its own, or titles to go by ("like Alien"), starts afresh, and keeps
  who watches alone.
- One that goes on ("and …", "but …", "funnier", "only …") adds its wish to the one that stands.
- One that puts something in its place ("what about whales?") keeps the limits alone; one that
  corrects ("no, I meant whales") keeps all else.
- One that only limits, declines, counts, tells of titles ("I loved Alien"), points at picks, takes
  back or asks for others changes just that; a limit replaces the one of its slot.
- "Start over" drops everything, and so does a bare "surprise me", but for who watches; "show me
  French films" is a request of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from assistant.constraints import FIELDS, slots_of
from assistant.types import (
    Avoided,
    Constraints,
    DialogueState,
    Intent,
    NamedTitle,
    Request,
    Slot,
)
from assistant.understand.changes import changed
from assistant.understand.compare import step
from assistant.understand.draft import Draft
from assistant.understand.lift import LISTS, lift
from assistant.understand.renaming import rename
from assistant.understand.vocabulary import Vocabulary

MOST_SAID = 400
"""Characters of what was said that count: what was said long ago is not what is wanted now."""
Continuation = Literal["afresh", "within", "on"]
"""Keep who watches; keep the limits; keep everything."""


def merge(
    message: str, language: str, draft: Draft, state: DialogueState, names: Vocabulary
) -> Request:
    """The request for picks that a message and what stands before it make together."""
    before = state.standing or Request(message="")
    intent = intent_of(draft, state)
    standing = _kept(draft, continuation(draft, intent) if state.standing else "afresh")
    said = _put_right(draft.constraints) if draft.corrects else draft.constraints
    if draft.corrects:
        standing, said = rename(standing, said, names)
        if draft.namings:
            standing = lift(standing, Slot.NAMED)
    constraints, relative = step(draft, overriding(standing.constraints, said))
    pointed_at = _pointed_at(draft, intent, state)
    request = Request(
        message=message,
        intent=intent,
        language=language,
        wish=_wish(standing.wish, draft),
        said=together(standing.said, message),
        constraints=constraints,
        relative=relative,
        avoid=_avoided(standing.avoid, draft),
        less=_less(standing.less, draft),
        named=_named(standing.named, draft, pointed_at),
        references=standing.references if pointed_at is None else pointed_at,
        count=draft.count or standing.count,
        dial=draft.dial or standing.dial,
        company=draft.company or standing.company,
    )
    return request.model_copy(update={"changed": changed(before, request), "noted": draft.noted})


def intent_of(draft: Draft, state: DialogueState) -> Intent:
    """What is asked for."""
    moods = {one.mood for one in draft.references if one.ids or state.last_pick_ids}
    if moods & {"like", "plain"} or _shown(draft, state, "likeness"):
        return Intent.MORE_LIKE
    if any(reference.unlike and reference.ids for reference in draft.references):
        return Intent.LESS_LIKE
    if (moods or draft.other) and (not draft.wish or draft.extends):
        return Intent.SOMETHING_ELSE
    return Intent.RECOMMEND


def continuation(draft: Draft, intent: Intent) -> Continuation:
    """How much of what stands is kept."""
    if draft.reset:
        return "afresh"
    if intent is not Intent.RECOMMEND or draft.extends or draft.corrects:
        return "on"
    if draft.replaces and draft.wish:
        return "within"
    if draft.open and draft.asks_for_nothing_new:
        return "afresh"
    asks_for_likeness = any(
        naming.manner == "likeness" and naming.title.liking > 0 for naming in draft.namings
    )
    return "afresh" if draft.wish or draft.complete or asks_for_likeness else "on"


def _kept(draft: Draft, how: Continuation) -> Request:
    """What is kept of what stands."""
    standing = draft.standing
    if not standing.intent.recommends:  # its references are what it asked about
        standing = standing.model_copy(update={"references": ()})
    if how == "on":
        return standing
    kept = Request(message="", company=None if draft.reset else standing.company)
    if how == "afresh":
        return kept
    update = {name: getattr(standing, name) for name in ("constraints", "avoid", "less", "count")}
    return kept.model_copy(update=update)


def overriding(standing: Constraints, new: Constraints) -> Constraints:
    """`standing` with the limits of `new`, each in the place of the one of its slot.

    To rule something out adds to what is ruled out, and takes it from what is wanted; of people,
    who are credited together, those ruled out stay so when others are wanted.
    """
    values: dict[str, object] = {}
    for slot in slots_of(new):
        values |= {name: getattr(new, name) for name in FIELDS[slot]}
        if slot in LISTS:
            values |= _listed(standing, new, slot)
        elif slot is Slot.YEAR and new.min_year is None and new.max_year is None:
            values["min_year"], values["max_year"] = standing.min_year, standing.max_year
            values["not_years"] = tuple(dict.fromkeys(standing.not_years + new.not_years))
    return standing.model_copy(update=values)


def _listed(standing: Constraints, new: Constraints, slot: Slot) -> dict[str, object]:
    wanted, unwanted = LISTS[slot]
    ruled_out = getattr(new, unwanted)
    if not getattr(new, wanted):
        kept = tuple(item for item in getattr(standing, wanted) if item not in ruled_out)
        both = dict.fromkeys((*getattr(standing, unwanted), *ruled_out))
        together = {"every_person": standing.every_person} if slot is Slot.PEOPLE else {}
        return {wanted: kept, unwanted: tuple(both), **together}
    if slot is Slot.PEOPLE:
        still = (who for who in getattr(standing, unwanted) if who not in getattr(new, wanted))
        return {unwanted: tuple(dict.fromkeys((*still, *ruled_out)))}
    return {}


def _put_right(limits: Constraints) -> Constraints:
    """The limits of a correction: what is wanted says enough of what is not."""
    update = {unwanted: () for wanted, unwanted in LISTS.values() if getattr(limits, wanted)}
    return limits.model_copy(update=update)


def _pointed_at(draft: Draft, intent: Intent, state: DialogueState) -> tuple[str, ...] | None:
    """Ids of the picks to go by, or to keep away from; None where nothing asks for that."""
    if intent is Intent.LESS_LIKE:
        ids = [video_id for one in draft.references if one.unlike for video_id in one.ids]
        return tuple(dict.fromkeys(ids))
    if intent is Intent.MORE_LIKE:
        wanted = [r for r in draft.references if r.mood in ("like", "plain")]
        ids = [video_id for reference in wanted for video_id in reference.ids]
        return tuple(dict.fromkeys(ids + _shown(draft, state, "likeness")))
    return None


def _shown(draft: Draft, state: DialogueState, manner: str) -> list[str]:
    """Ids of the last picks that the message names by their titles, and does not decline."""
    named = [n for n in draft.namings if n.manner == manner and n.title.liking >= 0]
    return [n.title.video_id for n in named if n.title.video_id in state.last_pick_ids]


def _wish(standing: str, draft: Draft) -> str:
    if draft.corrects and draft.wish:
        return draft.wish
    return _joined(standing, draft.wish)


def _joined(standing: str, new: str) -> str:
    if not new or new.casefold() in standing.casefold():
        return standing
    return f"{standing} {new}" if standing else new


def together(standing: str, message: str) -> str:
    """What was said before and now, as much of its end as says what is wanted."""
    said = " ".join(f"{standing} {message}".split())
    return said if len(said) <= MOST_SAID else said[-MOST_SAID:].partition(" ")[2]


def _avoided(standing: Iterable[Avoided], draft: Draft) -> tuple[Avoided, ...]:
    """A term that the message now wishes for is no longer avoided."""
    wished = set(draft.wish.casefold().split())
    kept = {one.term: one for one in standing if one.term not in wished}
    return tuple((kept | {one.term: one for one in draft.avoid}).values())


def _less(standing: Iterable[str], draft: Draft) -> tuple[str, ...]:
    wished = set(draft.wish.casefold().split())
    kept = [term for term in standing if term not in wished]
    return tuple(dict.fromkeys((*kept, *draft.less)))


def _named(
    standing: Iterable[NamedTitle], draft: Draft, pointed_at: tuple[str, ...] | None
) -> tuple[NamedTitle, ...]:
    """A title that points at a pick is a reference, and named no more than that."""
    titles = {title.video_id: title for title in standing}
    for naming in draft.namings:
        if naming.title.video_id not in (pointed_at or ()):
            titles[naming.title.video_id] = naming.title
    return tuple(titles.values())
