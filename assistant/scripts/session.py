"""The steps of a script, taken one after another in one conversation, or in several."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from assistant.cancel import CancelToken
from assistant.constraints import Limit, limits
from assistant.conversation import Conversation
from assistant.errors import MatineeError
from assistant.scripts.checks import Outcome, check
from assistant.scripts.checks.wording import holds
from assistant.scripts.format import EVERYTHING, Step
from assistant.scripts.reports import StepReport
from assistant.types import (
    VERBS,
    Interaction,
    Preference,
    Request,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
)
from assistant.workspace import Workspace


class Session:
    """What is between the steps of a script.

    Args:
        workspace: over the script's library.
        cancel: stops it.
    """

    def __init__(self, workspace: Workspace, cancel: CancelToken) -> None:
        self._workspace = workspace
        self._cancel = cancel
        self._conversation = Conversation(workspace)
        self._picks: list[tuple[str, ...]] = []
        """The picks of every message, over all sessions."""

    def take(self, step: Step) -> StepReport:
        """Take a step and check what it expects.

        Raises:
            Cancelled: it was stopped.
        """
        state = self._conversation.state
        earlier = tuple(self._picks)
        began = time.monotonic()
        turn, error = None, ""
        try:
            turn = self._do(step)
        except MatineeError as problem:
            error = str(problem)
        self._cancel.check()
        seconds = time.monotonic() - began
        if step.answered:
            self._picks.append(tuple(pick.video.id for pick in turn.picks) if turn else ())
        outcome = Outcome(
            turn=turn,
            error=error,
            shown_ids=state.shown_ids,
            last_pick_ids=state.last_pick_ids,
            earlier=earlier,
            remembered=self._remembered,
            signals=self._signals,
            names=self._names,
        )
        return StepReport(_label(step), tuple(check(step.expect, outcome)), turn, seconds)

    # --- steps ---------------------------------------------------------------------------------

    def _do(self, step: Step) -> Turn | None:
        if step.say is not None:
            return _heard_out(self._conversation.turn(step.say, self._cancel))
        if step.lifts is not None:
            return _heard_out(self._conversation.lift(self._limit(step.lifts), self._cancel))
        if step.press is not None:
            self._press(step.press)
        elif step.signal is not None:
            given = step.signal
            self._conversation.signal(given.id, given.signal, given.rating)
        elif step.remember is not None:
            self._workspace.library.add_preference(Preference(**dict(step.remember)))
        elif step.forget is not None:
            self._forget(step.forget)
        else:
            self._conversation = Conversation(self._workspace)
        return None

    def _press(self, keys: str) -> None:
        verb, _, rest = keys.partition(" ")
        place, _, rating = rest.partition(" ")
        video_id = self._pick(int(place))
        if verb == "undo":
            self._conversation.undo(video_id)
        elif verb == "rate":
            self._conversation.signal(video_id, Signal.RATED, float(rating))
        else:
            self._conversation.signal(video_id, VERBS[verb])

    def _pick(self, place: int) -> str:
        shown = self._conversation.state.last_pick_ids
        if not 1 <= place <= len(shown):
            raise MatineeError(
                "There is no such pick.", f"{place}, and {len(shown)} were shown last"
            )
        return shown[place - 1]

    def _limit(self, wanted: str) -> Limit:
        standing = self._conversation.state.standing or Request(message="")
        shown = limits(standing, standing.language)
        for limit in shown:
            if wanted in (limit.text, limit.slot, limit.item):
                return limit
        texts = ", ".join(limit.text for limit in shown) or "none"
        raise MatineeError("There is no such limit.", wanted, f"In force: {texts}")

    def _forget(self, words: str) -> None:
        library = self._workspace.library
        forgotten = [
            one for one in library.preferences() if words == EVERYTHING or holds(one.said, words)
        ]
        if not forgotten:
            raise MatineeError("Nothing that is remembered was said so.", words)
        for one in forgotten:
            if one.id is not None:
                library.forget_preference(one.id)

    # --- what came of it -----------------------------------------------------------------------

    def _remembered(self) -> Sequence[Preference]:
        return (*self._workspace.library.preferences(), *self._conversation.state.preferences)

    def _signals(self) -> Sequence[Interaction]:
        stored = self._workspace.library.interactions()
        return [item for item in stored if item.signal is not Signal.SHOWN]

    def _names(self) -> Iterable[str]:
        """What the library's records call things."""
        for video in self._workspace.library.videos():
            yield from (video.title, *video.other_titles, *video.tags, *video.keywords)
            yield from (video.channel or "", *video.people)


def _heard_out(events: Iterable[TurnEvent]) -> Turn:
    """The turn that comes of its events.

    Raises:
        MatineeError: it failed.
    """
    turn = None
    for event in events:
        if isinstance(event, TurnFinished):
            turn = event.turn
        elif isinstance(event, TurnFailed):
            raise MatineeError(event.title, event.detail, event.hint)
    if turn is None:
        raise MatineeError("The turn ended without an answer.")
    return turn


def _label(step: Step) -> str:
    if step.say is not None:
        return f"say: {step.say}"
    if step.press is not None:
        return f"press: {step.press}"
    if step.signal is not None:
        return f"signal: {step.signal.signal} {step.signal.id}"
    if step.remember is not None:
        return f"remember: {step.remember.said}"
    return f"forget: {step.forget}" if step.forget is not None else "new session"
