"""A conversation: what stands between turns, and the turn itself, a generator of events.

The terminal app, the one-shot command, scripted conversations and the batch evaluation all
iterate over the same generator. Nothing else knows how a recommendation is made.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from assistant import memory, memory_commands
from assistant.accounts import WhyNotReport, WhyReport
from assistant.acts import Act, Acts
from assistant.answer import Answer
from assistant.cancel import CancelToken
from assistant.constraints import Limit, describe
from assistant.errors import (
    Cancelled,
    LibraryDamagedError,
    MatineeError,
    ModelError,
    StoreError,
)
from assistant.memory import Remembered
from assistant.phrases import say
from assistant.recommend import Recommender, Wanted
from assistant.replies import Reply
from assistant.replies.accounts import Accounts, Told
from assistant.replies.marks import marked
from assistant.replies.memory import noted_text, suspended_text
from assistant.replies.nearest import nothing_meets
from assistant.replies.replies import Replies
from assistant.types import (
    Dial,
    DialogueState,
    Intent,
    Interaction,
    NamedTitle,
    Pick,
    Preference,
    Request,
    SaidSignal,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.understand import follow, lift, settle, together, understand
from assistant.understand.extraction import extract
from assistant.understand.implied import implied
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel

log = logging.getLogger(__name__)


class Conversation:
    """One conversation over a workspace.

    Args:
        workspace: what is open; it must belong to the calling thread.
        picks: how many to recommend; the settings' number by default.
        dial: how far from the known; the settings' by default.
        history: interactions that replace the library's own, for evaluation.
        exclude: ids that are never recommended.
        keep: whether turns and what they showed are stored.
        insist: whether every message is answered with picks, whatever it says: for a batch.
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
        insist: bool = False,
    ) -> None:
        recommend = workspace.settings.recommend
        self.dial = dial or recommend.dial
        self.state = DialogueState()
        self.turns: list[Turn] = []
        self.session_id: str | None = None
        """Under which the turns are kept; None until one is."""
        self._workspace = workspace
        self._picks = picks or recommend.picks
        self._seed = recommend.seed if seed is None else seed
        self._recommender = Recommender(workspace, history)
        self._exclude = tuple(exclude)
        self._keep = keep
        self._insist = insist
        self._heard: dict[str, NamedTitle] = {}
        self._heard_said = ""
        self._suspended: tuple[Preference, ...] = ()
        self._acts = Acts(workspace)
        self._accounts = Accounts(workspace, self._recommender)
        self._replies = Replies(workspace, self._accounts, self._acts)

    # --- listening -----------------------------------------------------------------------------

    def hear(self, role: Literal["user", "assistant"], text: str) -> None:
        """Take in a message of an earlier turn without answering it.

        Its titles are named for good: the conversation is about them, whoever brought them up.
        """
        if role == "user":
            request = self._understand(text)
            self._heard_said = together(self._heard_said, text)
            self.state = follow(self.state, request)
            named = request.named
        else:
            named = tuple(
                NamedTitle.model_validate(found, from_attributes=True)
                for found in self._workspace.names().titles.find(text)
            )
        self._heard.update({title.video_id: title for title in named})

    def resume(
        self,
        turns: Sequence[Turn],
        session: Sequence[Preference] | None = None,
        *,
        session_id: str | None = None,
        shown_before: Sequence[str] = (),
    ) -> None:
        """Go on from turns that were held before; they are not stored again.

        Args:
            turns: of the session, or the last of them.
            session: what is remembered for it alone; as the last turn left it by default.
            session_id: where they are kept, and the turns to come with them; a session of their
                own by default.
            shown_before: ids of the picks of turns before these.
        """
        self.session_id = session_id
        self.state = self.state.model_copy(update={"shown_ids": tuple(shown_before)})
        if session is None:
            session = turns[-1].session if turns else ()
        self._acts.session = list(session)
        for turn in turns:
            self._stand_on(turn)

    # --- acting --------------------------------------------------------------------------------

    def signal(self, video_id: str, signal: Signal, rating: float | None = None) -> None:
        """Store what the person did with a video. It counts from the next turn on.

        Raises:
            MatineeError: the library holds no such video.
        """
        self._acts.signal(SaidSignal(video_id=video_id, signal=signal, rating=rating))

    def undo(self, video_id: str) -> None:
        """Take back the last signal that this conversation gave to a video.

        Raises:
            MatineeError: it gave none.
        """
        self._acts.undo_signal(video_id)

    def undo_last(self) -> Act | None:
        """Take back what was done last, whatever it was; None where there is nothing.

        Raises:
            MatineeError: the library cannot be written to.
        """
        act = self._acts.undo()
        self.state = self.state.model_copy(update={"preferences": self.session})
        return act

    def take_back(self, video_id: str, signals: Collection[Signal]) -> int:
        """Take back every signal of these kinds that a video was ever given; return how many.

        Raises:
            MatineeError: the library cannot be written to.
        """
        return self._acts.take_back(video_id, signals)

    @property
    def session(self) -> tuple[Preference, ...]:
        """What is remembered for this session alone."""
        return tuple(self._acts.session)

    @property
    def preferences(self) -> tuple[Preference, ...]:
        """What is remembered of the person: in the library, and for this session."""
        return (*self._workspace.library.preferences(), *self._acts.session)

    def memory(self, command: str) -> str:
        """List what is remembered, or change it: see `assistant.memory_commands`.

        Raises:
            MatineeError: the library cannot be written to.
        """
        language = self.state.standing.language if self.state.standing is not None else "en"
        said = memory_commands.run(command, self._acts, self.preferences, language)
        update = {"preferences": self.session}
        self.state = self.state.model_copy(update=update)
        return said

    # --- accounts ------------------------------------------------------------------------------

    def why(self, pick: Pick, language: str) -> WhyReport:
        """Why a pick was made, of this conversation or of another.

        Raises:
            MatineeError: the library cannot be read.
        """
        return self._accounts.why(pick, self._told, language)

    def why_not(self, name: str, language: str, beside: Pick | None = None) -> WhyNotReport | None:
        """Why a video was not among the picks of an answer: see `Accounts.why_not`.

        Raises:
            MatineeError: the library or the embedding model cannot be used.
        """
        return self._accounts.why_not(name, self._told, language, beside)

    @property
    def _told(self) -> Told:
        return Told(self.turns, self.session)

    # --- answering -----------------------------------------------------------------------------

    def turn(self, message: str, cancel: CancelToken | None = None) -> Iterator[TurnEvent]:
        """Answer a message.

        Yields events in the order of `TurnEvent`. A turn that is stopped ends with a
        `TurnFinished` that holds what was shown until then; one that fails, with `TurnFailed`.
        """
        message = message.encode("utf-8", "replace").decode()  # a shell hands over any bytes
        yield from self._turn(Answer(message, cancel or CancelToken()))

    def lift(self, limit: Limit, cancel: CancelToken | None = None) -> Iterator[TurnEvent]:
        """Answer what stands without one of its limits: a turn like any other."""
        standing = self.state.standing or Request(message="")
        message = say("lifted", standing.language, limit=limit.text)
        answer = Answer(message, cancel or CancelToken())
        update = {"message": message, "intent": Intent.RECOMMEND, "changed": (limit.slot,)}
        lifted = lift(standing, limit)
        yield from self._turn(answer, lifted.model_copy(update=update))

    def _turn(self, answer: Answer, request: Request | None = None) -> Iterator[TurnEvent]:
        try:
            yield from self._answer_mending(answer, request)
        except Cancelled:
            answer.stopped = True
        except MatineeError as error:
            yield TurnFailed(title=error.title, detail=error.detail, hint=error.hint)
            return
        if answer.request is not None:
            turn = answer.as_turn(answer.request, self.session)
            self._stand_on(turn, answer.reply)
            self._accounts.keep(turn, answer.considered)
            kept = self._keep and self._keep_turn(turn)
            yield TurnFinished(turn=turn, session_id=self.session_id if kept else None)

    def _answer_mending(self, answer: Answer, request: Request | None) -> Iterator[TurnEvent]:
        """Answer; from the start once more when the library turns out to be damaged."""
        try:
            yield from self._answer(answer, request)
        except LibraryDamagedError:
            self._reopen()
            if answer.picks:  # they are on the screen
                raise
            yield from self._answer(answer, request)

    def _answer(self, answer: Answer, request: Request | None) -> Iterator[TurnEvent]:
        if request is None:
            with answer.timed("understand"):
                request = self._understand(answer.message)
        answer.request = request
        noted = self._note(answer, request)
        if not request.intent.recommends:
            yield Understood(request=request)
            yield from answer.say(noted)
            reply = self._replies.reply(request, self.state, self.turns, self.preferences)
            yield from self._said(answer, reply)
            return
        asked = self._recommender.with_memory(request, self._acts.session)
        remembered = asked.limits_in_words(request.language)
        yield Understood(request=request, remembered=remembered)
        yield from answer.say(noted)
        yield from answer.say(suspended_text(self._newly_suspended(asked), request.language))
        yield from self._recommend(answer, asked)

    def _newly_suspended(self, asked: Remembered) -> list[Preference]:
        """What is remembered and does not hold for this request, where it did before."""
        new = [one for one in asked.suspended if one not in self._suspended]
        self._suspended = asked.suspended
        return new

    def _note(self, answer: Answer, request: Request) -> str:
        """Keep what the message tells of videos and of the person; say what was kept.

        That it cannot be kept is said, and takes nothing from the answer.
        """
        if not self._keep:
            return ""
        try:
            return self._noted(answer, request)
        except LibraryDamagedError:
            raise  # it is mended, and the message is answered anew
        except StoreError as error:
            return str(error)

    def _noted(self, answer: Answer, request: Request) -> str:
        videos = self._workspace.library.get(one.video_id for one in request.signals)
        signals = [one for one in request.signals if one.video_id in videos]
        for said in signals:
            self._acts.signal(said, answer.at)
        standing = self.state.standing
        company = (
            request.company if standing is None or standing.company is not request.company else None
        )
        answer.noted = self._acts.remember(request.noted)
        told = (
            marked(signals, videos, request.language),
            noted_text(answer.noted, company, request.language),
        )
        return "\n".join(filter(None, told))

    def _recommend(self, answer: Answer, asked: Remembered) -> Iterator[TurnEvent]:
        request = asked.request
        wanted = Wanted(
            picks=request.count or self._picks,
            dial=request.dial or self.dial,
            seed=self._seed + len(self.turns),
            exclude={*self._exclude, *self.state.shown_ids},
            shown=self.state.shown_ids,
            said=tuple(pick.sentence for turn in self.turns for pick in turn.picks),
        )
        yield from self._recommender.recommend(answer, asked, wanted)
        if len(answer.picks) < wanted.picks:
            shortfall = self._shortfall(request, len(answer.picks), wanted)
            yield from self._said(answer, shortfall)

    @staticmethod
    def _said(answer: Answer, reply: Reply) -> Iterator[TurnEvent]:
        answer.reply = reply
        yield from answer.say(reply.text)

    def _understand(self, message: str) -> Request:
        request = understand(message, self.state, self._workspace.names())
        only_tells = request.intent in (Intent.SIGNAL, Intent.REMEMBER)
        if not request.intent.recommends and (self._insist or (only_tells and not self._keep)):
            request = _as_wish(request)
        if not self._insist:
            request = implied(request, self.state, self._workspace.names()) or request
        if request.intent.recommends and (model := self._workspace.capable_model()):
            request = self._read_by(model, request)
        if self._heard:
            named = self._heard | {title.video_id: title for title in request.named}
            request = request.model_copy(update={"named": tuple(named.values())})
        if self._heard_said:
            said = together(self._heard_said, message)
            request = request.model_copy(update={"said": said})
        return settle(request, self.state, self._workspace.library.get)

    def _read_by(self, model: LanguageModel, request: Request) -> Request:
        """The request with what a capable model reads where the rules found nothing."""
        try:
            return extract(request, self._workspace.names(), model, CancelToken())
        except ModelError as error:
            log.warning("understood without the model: %s", error)
            return request

    def _shortfall(self, request: Request, found: int, wanted: Wanted) -> Reply:
        """What is said where fewer picks were found than wanted."""
        if found:
            return Reply(say("few", request.language))
        excluded = self._recommender.known_ids() | set(wanted.exclude)
        if nearest := nothing_meets(request, self._workspace.library, excluded):
            return nearest
        if limits := describe(request, request.language):
            text = say("nothing_with_constraints", request.language, limits="; ".join(limits))
            return Reply(text)
        if request.wish and len(excluded) < self._workspace.library.count():
            return Reply(say("meaningless", request.language, wish=request.wish))
        return Reply(say("nothing_left" if self.state.shown_ids else "nothing", request.language))

    # --- what stands ---------------------------------------------------------------------------

    def _stand_on(self, turn: Turn, reply: Reply | None = None) -> None:
        """Make a turn a part of what stands from here on."""
        self.turns.append(turn)
        shown = tuple(pick.video.id for pick in turn.picks)
        state = follow(self.state, turn.request, shown)
        update: dict[str, object] = {"preferences": self.session}
        if reply is not None:
            update["offer"] = reply.offer
            update["focus_ids"] = reply.focus_ids or state.focus_ids
            update["last_pick_ids"] = reply.listed_ids or state.last_pick_ids
        self.state = state.model_copy(update=update)

    def _keep_turn(self, turn: Turn) -> bool:
        """Store a turn; whether it is kept. That it cannot be is said, and the answer stands."""
        try:
            self._store(turn)
            return not self._workspace.library.read_only
        except StoreError as error:
            self._workspace.say(f"This turn is not kept in your library.\n{error}")
            if isinstance(error, LibraryDamagedError):
                self._reopen()
            return False

    def _reopen(self) -> None:
        """Have a damaged library mended, which is done when it is opened.

        What was known of its rows does not hold for the mended one.
        """
        self._workspace.reopen()
        self._acts.clear()

    def _store(self, turn: Turn) -> None:
        library = self._workspace.library
        if library.read_only:
            return
        if self.session_id is None or not library.has_session(self.session_id):
            self.session_id = library.start_session()  # it may have been deleted meanwhile
        library.add_turn(self.session_id, turn)
        now = datetime.now(UTC)
        library.add_interactions(
            Interaction(video_id=pick.video.id, signal=Signal.SHOWN, at=now) for pick in turn.picks
        )


def _as_wish(request: Request) -> Request:
    """A message that asks for no picks, taken for a request of what it speaks of."""
    likes = [liked for one in request.noted for liked in one.likes]
    wish = " ".join(filter(None, [request.wish, *likes]))
    wished = request.model_copy(
        update={"intent": Intent.RECOMMEND, "wish": wish, "signals": (), "noted": ()}
    )
    return memory.apply(wished, request.noted).request
