"""A conversation: what stands between turns, and the turn itself, a generator of events.

The terminal app, the one-shot command, scripted conversations and the batch evaluation all
iterate over the same generator. Nothing else knows how a recommendation is made.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

from assistant.cancel import CancelToken
from assistant.constraints import describe
from assistant.diversify import Shortlisted, diversify
from assistant.errors import Cancelled, MatineeError
from assistant.explain import explain, gather_evidence, why
from assistant.models.base import LanguageModel, Likelihood
from assistant.phrases import say
from assistant.rerank import likelihood_key, model_weight, rerank
from assistant.retrieve import RetrievalStore, retrieve
from assistant.taste import build_taste
from assistant.types import (
    Answered,
    Candidate,
    Constraints,
    Dial,
    DialogueState,
    ExplanationChunk,
    Intent,
    Interaction,
    NamedTitle,
    Pick,
    Ranked,
    Request,
    Retrieved,
    Signal,
    Taste,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.understand import settle, understand
from assistant.workspace import Workspace

SHORTLIST = 16
"""So many titles the packaged model scores in about a second on two cores."""


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
        self._history = history
        self._exclude = tuple(exclude)
        self._keep = keep
        self._session: str | None = None
        self._heard: dict[str, NamedTitle] = {}
        self._signals: dict[str, list[int]] = {}
        """The rows of the signals given, by video, the latest last."""

    # --- listening -----------------------------------------------------------------------------

    def hear(self, role: Literal["user", "assistant"], text: str) -> None:
        """Take in a message of an earlier turn without answering it.

        Its titles are named for good: the conversation is about them, whoever brought them up.
        """
        if role == "user":
            standing = self._understand(text)
            self.state = self.state.model_copy(update={"standing": standing})
            named = standing.named
        else:
            named = tuple(
                NamedTitle.model_validate(found, from_attributes=True)
                for found in self._workspace.names()[0].find(text)
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
        row = library.add_interaction(
            Interaction(video_id=video_id, signal=signal, at=datetime.now(UTC), rating=rating)
        )
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

    def why(self, rank: int, language: str = "en") -> str:
        """What moved the pick at `rank` of the last answer to its place."""
        picks = next((turn.picks for turn in reversed(self.turns) if turn.picks), ())
        chosen = next((pick for pick in picks if pick.rank == rank), None)
        return why(chosen, language) if chosen else say("no_such_pick", language)

    # --- answering -----------------------------------------------------------------------------

    def turn(self, message: str, cancel: CancelToken | None = None) -> Iterator[TurnEvent]:
        """Answer a message.

        Yields events in the order of `TurnEvent`. A turn that is stopped ends with a
        `TurnFinished` that holds what was shown until then; one that fails, with `TurnFailed`.
        """
        answer = _Answer(message, cancel or CancelToken())
        try:
            yield from self._answer(answer)
        except Cancelled:
            answer.stopped = True
        except MatineeError as error:
            yield TurnFailed(title=error.title, detail=error.detail, hint=error.hint)
            return
        if answer.request is not None:
            yield TurnFinished(turn=self._finish(answer))

    def _answer(self, answer: _Answer) -> Iterator[TurnEvent]:
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

    def _recommend(self, answer: _Answer, request: Request) -> Iterator[TurnEvent]:
        workspace, cancel = self._workspace, answer.cancel
        with answer.timed("load"):
            store = RetrievalStore(workspace.library, workspace.searcher(), workspace.embedder())
            store.searcher.refresh()
        with answer.timed("taste"):
            taste = self._taste(store)
        cancel.check()
        wanted = request.count or self._picks
        with answer.timed("retrieve"):
            exclude = {*self._exclude, *self.state.shown_ids}
            limit = max(200, 2 * wanted)
            candidates = retrieve(request, taste, store, exclude=exclude, limit=limit)
        answer.retrieval = store.searcher.method
        yield Retrieved(candidates=len(candidates), method=store.searcher.method)
        cancel.check()

        model, weight = self._ranking_model(answer)
        dial = request.dial or self.dial
        seed = self._seed + len(self.turns)
        with answer.timed("diversify"):
            size = max(wanted, SHORTLIST) if model and weight else wanted
            shortlist = diversify(candidates, size, dial=dial, seed=seed)
        if model and weight:
            with answer.timed("rerank"):
                shortlist = self._rerank(request, taste, shortlist, model, weight, cancel)
                shortlist = diversify(
                    [item.candidate for item in shortlist], wanted, dial=dial, seed=seed
                )
        answer.picks = self._picks_of(shortlist, request, taste)
        answer.model = model.name if model else None
        yield Ranked(picks=tuple(answer.picks), model=answer.model)
        with answer.timed("explain"):
            yield from self._explain(answer, request, model, seed)
        if len(answer.picks) < wanted:
            answer.text = self._shortfall(request, len(answer.picks))

    def _explain(
        self, answer: _Answer, request: Request, model: LanguageModel | None, seed: int
    ) -> Iterator[TurnEvent]:
        for place, pick in enumerate(answer.picks):
            sentence = ""
            for piece in explain(pick, request, model, answer.cancel, seed=seed + place):
                sentence += piece
                answer.picks[place] = pick.model_copy(update={"sentence": sentence})
                yield ExplanationChunk(video_id=pick.video.id, text=piece)

    # --- what the stages need ------------------------------------------------------------------

    def _understand(self, message: str) -> Request:
        titles, channels = self._workspace.names()
        request = understand(message, self.state, titles, channels)
        if self._heard:
            named = self._heard | {title.video_id: title for title in request.named}
            request = request.model_copy(update={"named": tuple(named.values())})
        return settle(request, self.state, self._workspace.library.get)

    def _taste(self, store: RetrievalStore) -> Taste:
        interactions = (
            store.library.interactions() if self._history is None else list(self._history)
        )
        signals = [item for item in interactions if item.signal is not Signal.SHOWN]
        ids = list(dict.fromkeys(item.video_id for item in signals))
        found, matrix = store.library.vectors(store.embedder.key, ids)
        videos = store.library.get(ids)
        return build_taste(
            signals,
            dict(zip(found, matrix, strict=True)),
            {video_id: video.keywords for video_id, video in videos.items()},
            now=signals[-1].at if self._history and signals else datetime.now(UTC),
            settings=self._workspace.settings.recommend,
        )

    def _ranking_model(self, answer: _Answer) -> tuple[LanguageModel | None, float]:
        with answer.timed("load_model"):
            model = self._workspace.model()
        return model, model_weight(model, self._workspace.settings.language_model)

    def _rerank(
        self,
        request: Request,
        taste: Taste,
        shortlist: Sequence[Shortlisted],
        model: LanguageModel,
        weight: float,
        cancel: CancelToken,
    ) -> tuple[Shortlisted, ...]:
        library = self._workspace.library
        ids = [item.candidate.video.id for item in shortlist]
        key = likelihood_key(model)
        stored = library.title_likelihoods(key, ids)
        known = {video_id: Likelihood(*value) for video_id, value in stored.items()}
        result = rerank(
            request, self._titles_of(taste.liked_ids[:5]), shortlist, model, known,
            weight=weight, cancel=cancel,
        )  # fmt: skip
        if result.new_likelihoods:
            library.put_title_likelihoods(
                key,
                {
                    video_id: (value.log_probability, value.tokens)
                    for video_id, value in result.new_likelihoods.items()
                },
            )
        return result.shortlist

    def _titles_of(self, ids: Sequence[str]) -> list[str]:
        videos = self._workspace.library.get(ids)
        return [videos[video_id].title for video_id in ids if video_id in videos]

    def _picks_of(
        self, shortlist: Sequence[Shortlisted], request: Request, taste: Taste
    ) -> list[Pick]:
        titles = self._known_titles([item.candidate for item in shortlist], request)
        return [
            Pick(
                video=item.candidate.video,
                rank=rank,
                score=item.candidate.score,
                parts=item.candidate.parts,
                cluster=item.cluster,
                evidence=gather_evidence(item.candidate, item.cluster, request, taste, titles),
            )
            for rank, item in enumerate(shortlist, 1)
        ]

    def _known_titles(self, candidates: Sequence[Candidate], request: Request) -> Mapping[str, str]:
        ids = {named.video_id for named in request.named} | set(request.references)
        for candidate in candidates:
            ids.update(
                near for near in (candidate.nearest_liked_id, candidate.nearest_named_id) if near
            )
        return {
            video_id: video.title for video_id, video in self._workspace.library.get(ids).items()
        }

    # --- what is said --------------------------------------------------------------------------

    def _why_referenced(self, request: Request) -> str:
        order = self.state.last_pick_ids
        ranks = [order.index(video_id) + 1 for video_id in request.references if video_id in order]
        if not ranks:
            return say("no_such_pick", request.language)
        return "\n".join(self.why(rank, request.language) for rank in ranks)

    def _shortfall(self, request: Request, found: int) -> str:
        if found:
            return say("few", request.language, count=found)
        if request.constraints != Constraints() or request.avoid:
            limits = "; ".join(describe(request, request.language))
            return say("nothing_with_constraints", request.language, limits=limits)
        return say("nothing_left" if self.state.shown_ids else "nothing", request.language)

    # --- what stands ---------------------------------------------------------------------------

    def _finish(self, answer: _Answer) -> Turn:
        turn = answer.as_turn()
        self._stand_on(turn)
        if self._keep:
            self._store(turn)
        return turn

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

    def _store(self, turn: Turn) -> None:
        library = self._workspace.library
        if self._session is None:
            self._session = library.start_session()
        library.add_turn(self._session, turn)
        now = datetime.now(UTC)
        library.add_interactions(
            Interaction(video_id=pick.video.id, signal=Signal.SHOWN, at=now) for pick in turn.picks
        )


class _Answer:
    """A turn in the making: what has been shown of it so far."""

    def __init__(self, message: str, cancel: CancelToken) -> None:
        self.message = message
        self.cancel = cancel
        self.request: Request | None = None
        self.picks: list[Pick] = []
        self.text = ""
        self.model: str | None = None
        self.retrieval: str = "none"
        self.stopped = False
        self.timings: dict[str, float] = {}

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time spent inside to the stage's timing."""
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.timings[stage] = self.timings.get(stage, 0.0) + spent

    def as_turn(self) -> Turn:
        """What the session keeps of it."""
        return Turn.model_validate(
            {
                "message": self.message,
                "request": self.request,
                "picks": tuple(self.picks),
                "answer": self.text,
                "model": self.model,
                "retrieval": self.retrieval,
                "stopped": self.stopped,
                "timings": self.timings,
            }
        )
