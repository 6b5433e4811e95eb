"""What a dialogue leaves for the next message to be understood in."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import DialogueState, Intent, Request


def follow(state: DialogueState, request: Request, shown: Sequence[str] = ()) -> DialogueState:
    """The state after `request` was answered.

    Only a request for picks changes what stands, but for who watches too; of any other, "it" is
    what it spoke of.

    Args:
        state: what it was understood in.
        request: as understood.
        shown: the ids of the picks of its answer.
    """
    if not request.intent.recommends:
        signalled = tuple(dict.fromkeys(said.video_id for said in request.signals))
        focus = request.references or signalled
        if request.intent in (Intent.CHAT, Intent.HELP, Intent.OFF_TOPIC) or not focus:
            focus = state.focus_ids
        standing = state.standing
        if request.company is not (standing.company if standing else None):
            standing = (standing or Request(message="")).model_copy(
                update={"company": request.company}
            )
        update = {"standing": standing, "focus_ids": focus, "offer": None}
        return state.model_copy(update=update)
    return state.model_copy(
        update={
            "standing": request,
            "last_pick_ids": tuple(shown) or state.last_pick_ids,
            "shown_ids": (*state.shown_ids, *shown),
            "focus_ids": (),
            "offer": None,
        }
    )
