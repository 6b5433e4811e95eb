"""A conversation: what stands between turns, and the turn itself, a generator of events.

The terminal app, the one-shot command, scripted conversations and the batch evaluation all
iterate over the same generator. Nothing else knows how a recommendation is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from assistant.answer import Answer
from assistant.cancel import CancelToken
from assistant.constraints import describe
from assistant.errors import Cancelled, LibraryDamagedError, MatineeError, StoreError
from assistant.explain import why
from assistant.phrases import say
from assistant.recommend import Recommender, Wanted
from assistant.types import (
    Answered,
    Dial,
    DialogueState,
    Intent,
    Interaction,
    NamedTitle,
    Request,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.understand import settle, together, understand
from assistant.workspace import Workspace


class Conversation:
    """One conversation over a workspace.

    Args:
        workspace: what is open; it must belong to the calling thread.
        picks: how many to recommend; the settings' number by default.
        dial: how far from the known; the settings' by default.
        history: interactions that replace the library's own, for evaluation.
        exclude: ids that are never recommended.
        keep: whether turns and what they showed are stored.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        picks: int | None = None,
        dial: Dial | None = None,
        seed: int | None = None,
        history: Sequence[Interaction] | None = None,
        exclude: Sequence[str] = (),
        keep: bool = True,
    ) -> None:
        recommend = workspace.settings.recommend
        self.dial = dial or recommend.dial
        self.state = DialogueState()
        self.turns: list[Turn] = []
        self._workspace = workspace
        self._picks = picks or recommend.picks
        self._seed = recommend.seed if seed is None else seed
        self._recommender = Recommender(workspace, history)
        self._exclude = tuple(exclude)
        self._keep = keep
        self._session: str | None = None
        self._heard: dict[str, NamedTitle] = {}
        self._heard_said = ""
        self._signals: dict[str, list[int]] = {}
        """The rows of the signals given, by video, the latest last."""

    # --- listening -----------------------------------------------------------------------------

    def hear(self, role: Literal["user", "assistant"], text: str) -> None:
        """Take in a message of an earlier turn without answering it.

        Its titles are named for good: the conversation is about them, whoever brought them up.
        """
        if role == "user":
            standing = self._understand(text)
            self._heard_said = together(self._heard_said, text)
            self.state = self.state.model_copy(update={"standing": standing})
            named = standing.named
        else:
            named = tuple(
                NamedTitle.model_validate(found, from_attributes=True)
                for found in self._workspace.names().titles.find(text)
            )
        self._heard.update({title.video_id: title for title in named})

    def resume(self, turns: Iterable[Turn]) -> None:
        """Go on from turns that were held before; they are not stored again."""
        for turn in turns:
            self._stand_on(turn)

    # --- acting --------------------------------------------------------------------------------

    def signal(self, video_id: str, signal: Signal, rating: float | None = None) -> None:
        """Store what the person did with a video. It counts from the next turn on.

        Raises:
            MatineeError: the library holds no such video.
        """
        library = self._workspace.library
        if video_id not in library.get([video_id]):
            raise MatineeError(
                "There is no such video in your library.",
                video_id,
                "Find its id with: matinee library search WORDS",
            )
        given = Interaction(video_id=video_id, signal=signal, at=datetime.now(UTC), rating=rating)
        row = library.add_interaction(given)
        self._signals.setdefault(video_id, []).append(row)

    def undo(self, video_id: str) -> None:
        """Take back the last signal that this conversation gave to a video.

        Raises:
            MatineeError: it gave none.
        """
        rows = self._signals.get(video_id)
        if not rows:
            raise MatineeError("There is nothing to take back here.", video_id)
        self._workspace.library.remove_interaction(rows.pop())

    # --- answering -----------------------------------------------------------------------------

    def turn(self, message: str, cancel: CancelToken | None = None) -> Iterator[TurnEvent]:
        """Answer a message.

        Yields events in the order of `TurnEvent`. A turn that is stopped ends with a
        `TurnFinished` that holds what was shown until then; one that fails, with `TurnFailed`.
        """
        message = message.encode("utf-8", "replace").decode()  # a shell hands over any bytes
        answer = Answer(message, cancel or CancelToken())
        try:
            yield from self._answer_mending(answer)
        except Cancelled:
            answer.stopped = True
        except MatineeError as error:
            yield TurnFailed(title=error.title, detail=error.detail, hint=error.hint)
            return
        if answer.request is not None:
            turn = answer.as_turn(answer.request)
            self._stand_on(turn)
            if self._keep:
                self._keep_turn(turn)
            yield TurnFinished(turn=turn)

    def _answer_mending(self, answer: Answer) -> Iterator[TurnEvent]:
        """Answer; from the start once more when the library turns out to be damaged."""
        try:
            yield from self._answer(answer)
        except LibraryDamagedError:
            self._reopen()
            if answer.picks:  # they are on the screen
                raise
            yield from self._answer(answer)

    def _answer(self, answer: Answer) -> Iterator[TurnEvent]:
        with answer.timed("understand"):
            request = answer.request = self._understand(answer.message)
        yield Understood(request=request)
        if request.intent is Intent.CHAT:
            answer.text = say("hello", request.language)
        elif request.intent is Intent.WHY:
            answer.text = self._why_referenced(request)
        else:
            yield from self._recommend(answer, request)
        if answer.text:
            yield Answered(text=answer.text)

    def _recommend(self, answer: Answer, request: Request) -> Iterator[TurnEvent]:
        wanted = Wanted(
            picks=request.count or self._picks,
            dial=request.dial or self.dial,
            seed=self._seed + len(self.turns),
            exclude={*self._exclude, *self.state.shown_ids},
            shown=self.state.shown_ids,
        )
        yield from self._recommender.recommend(answer, request, wanted)
        if len(answer.picks) < wanted.picks:
            answer.text = self._shortfall(request, len(answer.picks))

    def _understand(self, message: str) -> Request:
        names = self._workspace.names()
        request = understand(message, self.state, names)
        if self._heard:
            named = self._heard | {title.video_id: title for title in request.named}
            request = request.model_copy(update={"named": tuple(named.values())})
        if self._heard_said:
            said = together(self._heard_said, message)
            request = request.model_copy(update={"said": said})
        return settle(request, self.state, self._workspace.library.get)

    # --- what is said --------------------------------------------------------------------------

    def _why_referenced(self, request: Request) -> str:
        """What moved the picks that the message points at to their places in the last answer."""
        picks = next((turn.picks for turn in reversed(self.turns) if turn.picks), ())
        by_id = {pick.video.id: pick for pick in picks}
        chosen = [by_id[video_id] for video_id in request.references if video_id in by_id]
        if not chosen:
            return say("no_such_pick", request.language)
        return "\n".join(why(pick, request.language) for pick in chosen)

    def _shortfall(self, request: Request, found: int) -> str:
        if found:
            return say("few", request.language)
        if limits := describe(request, request.language):
            listed = "; ".join(limits)
            return say("nothing_with_constraints", request.language, limits=listed)
        return say("nothing_left" if self.state.shown_ids else "nothing", request.language)

    # --- what stands ---------------------------------------------------------------------------

    def _stand_on(self, turn: Turn) -> None:
        """Make a turn a part of what stands from here on."""
        self.turns.append(turn)
        if turn.request.intent in (Intent.WHY, Intent.CHAT):
            return
        shown = tuple(pick.video.id for pick in turn.picks)
        self.state = DialogueState(
            standing=turn.request,
            last_pick_ids=shown or self.state.last_pick_ids,
            shown_ids=self.state.shown_ids + shown,
        )

    def _keep_turn(self, turn: Turn) -> None:
        """Store a turn. That it cannot be stored is said, and takes nothing from the answer."""
        try:
            self._store(turn)
        except StoreError as error:
            self._workspace.say(f"This turn is not kept in your library.\n{error}")
            if isinstance(error, LibraryDamagedError):
                self._reopen()

    def _reopen(self) -> None:
        """Have a damaged library mended, which is done when it is opened.

        What was known of its rows does not hold for the mended one.
        """
        self._workspace.reopen()
        self._session = None
        self._signals.clear()

    def _store(self, turn: Turn) -> None:
        library = self._workspace.library
        if library.read_only:
            return
        if self._session is None:
            self._session = library.start_session()
        library.add_turn(self._session, turn)
        now = datetime.now(UTC)
        library.add_interactions(
            Interaction(video_id=pick.video.id, signal=Signal.SHOWN, at=now) for pick in turn.picks
        )
