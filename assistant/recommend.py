"""From a request to picks with reasons: the stages, in their order, over one workspace."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant import memory
from assistant.answer import Answer
from assistant.considered import Considered
from assistant.diversify import diversify
from assistant.errors import ModelError
from assistant.explain import explain, may_write, summarise
from assistant.memory import Remembered
from assistant.models.base import LanguageModel, Likelihood
from assistant.reasons import Chosen, with_reasons
from assistant.relevance.applying import History, apply
from assistant.replies.standing import ranking_among
from assistant.replies.why_not import Ranking
from assistant.rerank import Weight, likelihood_key, model_weight, rerank
from assistant.retrieve import RetrievalStore, appraise, retrieve, search
from assistant.taste import read_taste
from assistant.types import (
    Candidate,
    Dial,
    ExplanationChunk,
    Interaction,
    Preference,
    Ranked,
    Request,
    Retrieved,
    Shortlisted,
    Signal,
    Stage,
    Taste,
    Turn,
    TurnEvent,
)
from assistant.workspace import Workspace
from store.community import Community

log = logging.getLogger(__name__)

SHORTLIST = 48
"""The model reads as many of the best candidates as it has time for; its weight was measured on
lists of so many."""
CANDIDATES = 200
SHOWN_COUNTED = 30
"""The last of the videos that the session has shown."""
LIKES_FOR_MODEL = 8
"""Titles of the strongest likes that the model is told of."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of a recommendation beside the request itself."""

    picks: int
    dial: Dial
    seed: int
    exclude: Collection[str] = ()
    """Ids that are not recommended."""
    shown: Sequence[str] = ()
    """Ids of what the session has shown, the latest last: the next answer goes elsewhere."""
    said: Sequence[str] = ()
    """The sentences of the session, the latest last: the next ones sound different."""


class Recommender:
    """Runs the stages after understanding.

    Args:
        workspace: what is open; it must belong to the calling thread.
        history: interactions that replace the library's own, for evaluation.
        without: stages that are left out, for evaluation.
        community: takes the place of the library's own, for evaluation.
    """

    def __init__(
        self,
        workspace: Workspace,
        history: Sequence[Interaction] | None = None,
        *,
        without: frozenset[Stage] = frozenset(),
        community: Community | None = None,
    ) -> None:
        self._workspace = workspace
        self._history = history
        self._without = without
        self._community = community

    def with_memory(self, request: Request, session: Sequence[Preference]) -> Remembered:
        """A request with what is remembered of the person in it.

        Args:
            request: as understood.
            session: what is remembered for this session alone.
        """
        if self._history is not None:  # somebody else's, for evaluation
            return Remembered(request)
        stored = self._workspace.library.preferences()
        return memory.apply(request, memory.in_force(stored, session, request.company))

    def known_ids(self) -> set[str]:
        """What the person has seen, rated or hidden: it is not recommended."""
        store = self._store()
        return set(self._taste(store, self._signals(store)).excluded_ids)

    def ranking(
        self,
        asked: Remembered,
        turn: Turn,
        video_id: str,
        exclude: Collection[str],
        *,
        considered: Considered | None = None,
        beside: str | None = None,
    ) -> Ranking | None:
        """Where a video stands among the candidates of a turn; None where it has no score.

        Args:
            asked: what the turn answered.
            turn: with its picks.
            video_id: of a video that need not be among the candidates.
            exclude: ids that were not recommended.
            considered: what the picks were chosen among; it is sought again where it is not given.
            beside: the id of the pick that the video is compared with; the last by default.
        """
        kept, store = considered is not None, self._store()
        taste = self._taste(store, self._signals(store))
        request, preferences = asked.request, asked.preferences
        if considered is None:
            found = retrieve(
                request, taste, store, exclude=exclude, limit=CANDIDATES, preferences=preferences
            )
            considered = Considered.of(found, len(turn.picks))
        last = turn.picks[-1].video.id if turn.picks else video_id
        ids = (video_id, last, beside or last)
        scored = {one: candidate for one in ids if (candidate := considered.candidate(one))}
        if anew := len(scored) < len({*ids}):  # all by one measure
            appraised = appraise(request, taste, store, {*ids}, preferences=preferences)
            scored = {one.video.id: one for one in appraised}
        if video_id not in scored:
            return None
        return ranking_among(considered, turn.picks, scored, ids, anew=anew or not kept)

    def recommend(self, answer: Answer, asked: Remembered, wanted: Wanted) -> Iterator[TurnEvent]:
        """Fill `answer` with picks and their sentences, telling of each step.

        Raises:
            Cancelled: as soon as the answer's token is set; it holds what was shown until then.
            MatineeError: the library or the embedding model cannot be used.
        """
        workspace, cancel, request = self._workspace, answer.cancel, asked.request
        with answer.timed("load"):
            store = self._store()
        with answer.timed("taste"):
            signals = self._signals(store)
            taste = self._taste(store, signals)
        cancel.check()
        with answer.timed("retrieve"):
            limit = max(CANDIDATES, 2 * wanted.picks)
            found = search(
                request,
                taste,
                store,
                exclude=wanted.exclude,
                limit=limit,
                without=self._without,
                preferences=asked.preferences,
            )
        with answer.timed("relevance"):
            candidates = self._corrected(found.candidates, request, History(signals, taste), store)
        answer.retrieval = store.searcher.method
        yield Retrieved(candidates=len(candidates), method=store.searcher.method)
        cancel.check()

        with answer.timed("load_model"):
            model = workspace.model()
        judged, shortlist = self._shortlist(answer, request, taste, candidates, model, wanted)
        answer.considered = Considered.of(judged, wanted.picks)
        with answer.timed("evidence"):
            answer.picks = with_reasons(Chosen(found, judged, shortlist), asked, taste, store)
        answer.model = model.name if model else None
        answer.summary = summarise(answer.picks, request)
        yield Ranked(picks=tuple(answer.picks), model=answer.model, summary=answer.summary)
        with answer.timed("explain"):
            freely = workspace.settings.language_model.writes and may_write(
                model, workspace.library
            )
            yield from _explained(answer, request, model, wanted, freely=freely)

    def _store(self) -> RetrievalStore:
        workspace = self._workspace
        others = workspace.community() if self._community is None else self._community
        return RetrievalStore(workspace.library, workspace.searcher(), workspace.embedder(), others)

    # --- taste ---------------------------------------------------------------------------------

    def _signals(self, store: RetrievalStore) -> list[Interaction]:
        given = store.library.interactions() if self._history is None else self._history
        return [item for item in given if item.signal is not Signal.SHOWN]

    def _taste(self, store: RetrievalStore, signals: Sequence[Interaction]) -> Taste:
        return read_taste(
            signals,
            store.library,
            store.embedder.key,
            # A history of long ago, given for evaluation, ends when it ends.
            now=signals[-1].at if self._history and signals else datetime.now(UTC),
            settings=self._workspace.settings.recommend,
            interests=store.library.interest_settings() if self._history is None else (),
        )

    # --- relevance -----------------------------------------------------------------------------

    def _corrected(
        self,
        candidates: tuple[Candidate, ...],
        request: Request,
        history: History,
        store: RetrievalStore,
    ) -> tuple[Candidate, ...]:
        """With the trained model's corrections: it knows the library's own viewer alone."""
        if self._history is not None or Stage.RELEVANCE in self._without:
            return candidates
        return apply(candidates, history, store, specific=_specific(request))

    # --- shortlist -----------------------------------------------------------------------------

    def _shortlist(
        self,
        answer: Answer,
        request: Request,
        taste: Taste,
        candidates: Sequence[Candidate],
        model: LanguageModel | None,
        wanted: Wanted,
    ) -> tuple[Sequence[Candidate], tuple[Shortlisted, ...]]:
        """The candidates, with the model's opinion where that counts, and the picks to be."""
        shown = tuple(self._workspace.library.get(wanted.shown[-SHOWN_COUNTED:]).values())
        aim = None if _specific(request) else _shares(taste)

        def spread(over: Sequence[Candidate], k: int) -> tuple[Shortlisted, ...]:
            if Stage.DIVERSITY in self._without:
                return as_ranked(over, k)
            with answer.timed("diversify"):
                return diversify(over, k, dial=wanted.dial, seed=wanted.seed, shown=shown, aim=aim)

        weight = self._weight_of(model)
        if model is None or not weight or Stage.MODEL in self._without:
            return candidates, spread(candidates, wanted.picks)
        best = [Shortlisted(one, cluster="") for one in candidates[:SHORTLIST]]
        with answer.timed("rerank"):
            ranked = self._reranked(answer, request, taste, best, model, weight)
        judged = [*(item.candidate for item in ranked), *candidates[SHORTLIST:]]
        return judged, spread(judged, wanted.picks)

    def _weight_of(self, model: LanguageModel | None) -> Weight:
        measured = None
        if model is not None:
            gain = self._workspace.library.language_model_gain(likelihood_key(model))
            measured = gain.weight if gain is not None else None
        return model_weight(model, self._workspace.settings.language_model, measured)

    def _reranked(
        self,
        answer: Answer,
        request: Request,
        taste: Taste,
        shortlist: Sequence[Shortlisted],
        model: LanguageModel,
        weight: Weight,
    ) -> Sequence[Shortlisted]:
        """The shortlist with the model's opinion; as it was when the model fails."""
        library, key = self._workspace.library, likelihood_key(model)
        stored = library.title_likelihoods(key, [item.candidate.video.id for item in shortlist])
        likes = library.get(taste.liked_ids[:LIKES_FOR_MODEL]).values()
        try:
            result = rerank(
                request,
                [video.title for video in likes],
                shortlist,
                model,
                {video_id: Likelihood(*value) for video_id, value in stored.items()},
                weight=weight,
                cancel=answer.cancel,
            )
        except ModelError as error:
            log.warning("ranked without the model: %s", error)
            return shortlist
        new = result.new_likelihoods.items()
        library.put_title_likelihoods(
            key, {video_id: (one.log_probability, one.tokens) for video_id, one in new}
        )
        return result.shortlist


def _specific(request: Request) -> bool:
    """Whether it says what the picks should be about."""
    return bool(request.wish or request.named or request.references)


def _shares(taste: Taste) -> dict[str, float] | None:
    """How much of the taste each interest is, by its name; None without any."""
    shares: dict[str, float] = {}
    for one in taste.interests:
        if one.name:
            shares[one.name] = shares.get(one.name, 0.0) + one.weight
    return shares or None


def as_ranked(candidates: Sequence[Candidate], k: int) -> tuple[Shortlisted, ...]:
    """The best `k` by score alone, without clusters."""
    best = sorted(candidates, key=lambda one: -one.score)[:k]
    return tuple(Shortlisted(one, cluster="") for one in best)


def _explained(
    answer: Answer, request: Request, model: LanguageModel | None, wanted: Wanted, *, freely: bool
) -> Iterator[TurnEvent]:
    for place, pick in enumerate(answer.picks):
        sentence = ""
        said = [*wanted.said, *(told.sentence for told in answer.picks[:place])]
        for piece in explain(
            pick, request, model, answer.cancel, seed=wanted.seed + place, said=said, freely=freely
        ):
            sentence += piece
            answer.picks[place] = pick.model_copy(update={"sentence": sentence})
            yield ExplanationChunk(video_id=pick.video.id, text=piece)
