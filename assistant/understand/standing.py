"""What stands from the turns before, and what a message changes of it.

- A message with a wish of its own, or titles to go by ("like Alien"), starts afresh, and keeps
  nothing.
- One that goes on ("and …", "but …", "funnier", "only …") adds its wish to the one that stands.
- One that puts something in its place ("what about whales?") keeps the limits alone.
- One that only limits, declines, counts, tells of titles ("I loved Alien"), points at picks or
  asks for others changes just that; a limit replaces the one of its dimension.
- "Start over" and a bare "surprise me" drop everything; "show me French films" is a request of its
  own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from assistant.constraints import FIELDS, slots_of
from assistant.types import Avoided, Constraints, DialogueState, Intent, NamedTitle, Request
from assistant.understand.compare import step
from assistant.understand.draft import Draft

MOST_SAID = 400
"""Characters of what was said that count: what was said long ago is not what is wanted now."""
Continuation = Literal["afresh", "within", "on"]
"""Keep nothing; keep the limits; keep everything."""


def merge(message: str, language: str, draft: Draft, state: DialogueState) -> Request:
    """The request that a message and what stands before it make together."""
    standing = state.standing or Request(message="")
    intent = intent_of(draft, state)
    how = continuation(draft, intent) if state.standing else "afresh"
    if how == "afresh":
        standing = Request(message="")
    elif how == "within":
        standing = Request(message="", constraints=standing.constraints, avoid=standing.avoid)
    constraints, relative = step(draft, overriding(standing.constraints, draft))
    pointed_at = _pointed_at(draft, intent, state)
    return Request(
        message=message,
        intent=intent,
        language=language,
        wish=standing.wish if intent is Intent.WHY else _joined(standing.wish, draft.wish),
        said=standing.said if intent is Intent.WHY else together(standing.said, message),
        constraints=constraints,
        relative=relative,
        avoid=_avoided(standing.avoid, draft),
        named=_named(standing.named, draft, pointed_at),
        references=standing.references if pointed_at is None else pointed_at,
        count=draft.count or standing.count,
        dial=draft.dial or standing.dial,
    )


def intent_of(draft: Draft, state: DialogueState) -> Intent:
    """What is asked for."""
    if draft.why:
        return Intent.WHY
    moods = {reference.mood for reference in draft.references if state.last_pick_ids}
    if moods & {"like", "plain"} or _shown(draft, state, "likeness"):
        return Intent.MORE_LIKE
    if (moods or draft.other) and not draft.wish:
        return Intent.SOMETHING_ELSE
    return Intent.RECOMMEND


def continuation(draft: Draft, intent: Intent) -> Continuation:
    """How much of what stands is kept."""
    if draft.reset:
        return "afresh"
    if intent is not Intent.RECOMMEND or draft.extends:
        return "on"
    if draft.replaces and draft.wish:
        return "within"
    if draft.open and draft.asks_for_nothing_new:
        return "afresh"
    asks_for_likeness = any(
        naming.manner == "likeness" and naming.title.liking > 0 for naming in draft.namings
    )
    return "afresh" if draft.wish or draft.complete or asks_for_likeness else "on"


def overriding(standing: Constraints, draft: Draft) -> Constraints:
    """`standing` with the limits of `draft`, each in the place of the one of its dimension.

    To decline kinds adds to the kinds that stand.
    """
    values = {}
    for dimension in draft.cleared:
        values.update({name: Constraints.model_fields[name].default for name in FIELDS[dimension]})
    new = draft.constraints
    for dimension in slots_of(new):
        values.update({name: getattr(new, name) for name in FIELDS[dimension]})
    if new.not_kinds and not new.kinds:
        values["kinds"] = tuple(kind for kind in standing.kinds if kind not in new.not_kinds)
        values["not_kinds"] = tuple(dict.fromkeys(standing.not_kinds + new.not_kinds))
    return standing.model_copy(update=values)


def _pointed_at(draft: Draft, intent: Intent, state: DialogueState) -> tuple[str, ...] | None:
    """Ids of the picks that are to be explained or to go by; None where nothing asks for that."""
    if intent is Intent.WHY:
        if not draft.references and not draft.namings:
            return state.last_pick_ids
        ids = [video_id for reference in draft.references for video_id in reference.ids]
        return tuple(dict.fromkeys(ids + _shown(draft, state)))
    if intent is Intent.MORE_LIKE:
        wanted = [r for r in draft.references if r.mood in ("like", "plain")]
        ids = [video_id for reference in wanted for video_id in reference.ids]
        return tuple(dict.fromkeys(ids + _shown(draft, state, "likeness")))
    return None


def _shown(draft: Draft, state: DialogueState, manner: str | None = None) -> list[str]:
    """Ids of the last picks that the message names by their titles, and does not decline."""
    named = [n for n in draft.namings if manner in (None, n.manner) and n.title.liking >= 0]
    return [n.title.video_id for n in named if n.title.video_id in state.last_pick_ids]


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


def _named(
    standing: Iterable[NamedTitle], draft: Draft, pointed_at: tuple[str, ...] | None
) -> tuple[NamedTitle, ...]:
    """A title that points at a pick is a reference, and named no more than that."""
    titles = {title.video_id: title for title in standing}
    for naming in draft.namings:
        if naming.title.video_id not in (pointed_at or ()):
            titles[naming.title.video_id] = naming.title
    return tuple(titles.values())
