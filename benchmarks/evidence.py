"""Whether the reasons that are given are those that moved the picks most.

usage: python -m benchmarks.evidence [FOLDER] [--picks N] [--seed N] [--rebuilt]

FOLDER is a data folder of Matinee, of which a copy is used; without it, the starter library. Turns
of every sort are answered for viewers made up of random likes: wishes, titles, limits, nothing but
a taste, things remembered. Then each source is really removed (the like from the history, the title
or the limit from the request, the words' features from the weights), everything is retrieved and
scored anew, and the falls are counted here: nothing of `assistant.retrieve.without` takes part.

Printed is how many of the reasons given are among the three that moved the pick most. A limit that
is kept, and a person who is mentioned, are facts and not counted; limits among the first three are
counted apart.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer import Answer
from assistant.cancel import CancelToken
from assistant.constraints import slots_of
from assistant.constraints import without as without_limit
from assistant.locations import Locations
from assistant.memory import Remembered
from assistant.recommend import Recommender, Wanted
from assistant.retrieve import RetrievalStore, retrieve
from assistant.retrieve.features import Feature, compute
from assistant.retrieve.fusion import contributions, weights_for
from assistant.retrieve.pool import Pool, gather
from assistant.retrieve.query import build_query
from assistant.settings import Settings
from assistant.taste import read_taste
from assistant.types import (
    Avoided,
    Constraints,
    Dial,
    Evidence,
    EvidenceKind,
    Interaction,
    Interest,
    NamedTitle,
    Pick,
    Preference,
    Request,
    Signal,
    Slot,
    Taste,
)
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from assistant.retrieve.fusion import Weights
    from assistant.retrieve.query import Query
    from assistant.retrieve.scale import Scores

TOP = 3
PICKS = 5
EVERYTHING = 100_000
AS_GOOD = 0.02
"""Two falls over as many places are equal where the scores lost differ by no more."""
SourceKey = tuple[str, str]
MEANING: SourceKey = ("meaning", "")

SUBJECTS = (
    "testing web apps", "machine learning", "space exploration", "cooking at home", "jazz piano",
    "the history of computing", "something funny", "async programming", "gardening", "data science",
    "robots", "security", "education for kids", "documentaries about nature", "databases",
    "a classic silent film", "visualization", "open source communities", "performance", "music",
)  # fmt: skip
FEATURES: Mapping[str, tuple[Feature, ...]] = {
    "words": (Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS),
    "meaning": (Feature.WISH, Feature.SAID),
    "community": (Feature.RATED, Feature.LISTED),
    "views": (Feature.POPULARITY,),
    "raters": (Feature.RATERS, Feature.LISTERS),
    "prominence": (Feature.PROMINENCE, Feature.LEANING),
}
NEVER_TOLD = (EvidenceKind.CONSTRAINT, EvidenceKind.PERSON, EvidenceKind.EXPLORATION)
KINDS = {
    EvidenceKind.LIKED_VIDEO: "liked",
    EvidenceKind.HISTORY_VIDEO: "liked",
    EvidenceKind.NAMED_TITLE: "named",
    EvidenceKind.INTEREST: "interest",
    EvidenceKind.REQUEST_WORDS: "words",
    EvidenceKind.REQUEST_MEANING: "meaning",
    EvidenceKind.COMMUNITY: "community",
    EvidenceKind.MEMORY: "memory",
}


@dataclass(frozen=True)
class Viewer:
    """Whose turn it is."""

    signals: tuple[Interaction, ...]
    request: Request
    preferences: tuple[Preference, ...] = ()


@dataclass
class Outcome:
    """What was found of all picks."""

    picks: int = 0
    reasons: int = 0
    true: int = 0
    first: int = 0
    first_true: int = 0
    limits: int = 0
    limits_true: int = 0
    without_reason: int = 0
    same_fall: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


# --- turns -------------------------------------------------------------------------------------


def viewers(store: RetrievalStore, turns: int, draw: random.Random) -> Iterator[Viewer]:
    """Turns of every sort, each with a history of its own."""
    ids = sorted(store.library.ids())
    for turn in range(turns):
        liked = _history(store, ids, (0, 2, 6, 20, 50)[turn % 5], draw)
        yield Viewer(liked, *_asked(store, ids, turn % 8, draw))


def _history(
    store: RetrievalStore, ids: Sequence[str], size: int, draw: random.Random
) -> tuple[Interaction, ...]:
    """Likes around a few videos, and some by chance; one in seven a dislike."""
    if not size:
        return ()
    about = draw.sample(ids, max(1, size // 8))
    _, vectors = store.library.vectors(store.embedder.key, about)
    near = [hit for one in vectors for hit, _ in store.searcher.search(one, 40)]
    chosen = list(dict.fromkeys(draw.sample(near, size) + draw.sample(ids, size // 3)))
    end = datetime(2026, 6, 1, tzinfo=UTC)
    return tuple(
        Interaction(
            video_id=one,
            signal=Signal.DISLIKED if number % 7 == 6 else Signal.LIKED,
            at=end - timedelta(days=3 * (len(chosen) - number)),
        )
        for number, one in enumerate(chosen)
    )


def _asked(
    store: RetrievalStore, ids: Sequence[str], sort: int, draw: random.Random
) -> tuple[Request, tuple[Preference, ...]]:
    subject, other = draw.sample(SUBJECTS, 2)
    titles = tuple(_title(store, one) for one in draw.sample(ids, draw.choice((1, 1, 2, 3))))
    wish = Request(message=subject, wish=subject, said=subject)
    match sort:
        case 0 | 1:
            return wish, ()
        case 2:
            return Request(message="what now?", said="what now?"), ()
        case 3:
            return Request(message="like these", said="like these", named=titles), ()
        case 4:
            return wish.model_copy(update={"named": titles}), ()
        case 5:
            limits = Constraints(max_duration_s=draw.choice((900, 1800, 3000)), min_year=2014)
            return wish.model_copy(update={"constraints": limits}), ()
        case 6:
            limits = Constraints(min_duration_s=1500, languages=("en",))
            avoid = (Avoided(term=other.split()[-1]),)
            bare = Request(message="a talk", constraints=limits, avoid=avoid)
            return bare, ()
        case _:
            liked = Preference(said=f"I love {other}", likes=(other,))
            against = Preference(said=f"not much {subject}", dislikes=(subject,))
            return Request(message="surprise me", less=("python",)), (liked, against)


def _title(store: RetrievalStore, video_id: str) -> NamedTitle:
    title = store.library.get([video_id])[video_id].title
    return NamedTitle(video_id=video_id, title=title, mention=title, match=1.0)


# --- scoring without ---------------------------------------------------------------------------


class Scorer:
    """Scores of the candidates of a turn, as they are and as they would be."""

    def __init__(self, viewer: Viewer, store: RetrievalStore, *, rebuilt: bool) -> None:
        self._viewer = viewer
        self._rebuilt = rebuilt
        self._store = store
        self._pools: dict[tuple[Request, tuple[Preference, ...]], Pool] = {}
        self._lists: dict[tuple[Request, int], list[str]] = {}
        self._removed: list[tuple[SourceKey, Scores | None]] = []
        self._taste = self._taste_of(viewer.signals)
        query = self._query(viewer.request, self._taste)
        self._likes = query.likes
        self._weights = weights_for(query, store.community)
        found = self._retrieved(viewer.request, 200)
        self._ids = found
        self._now = self._scores(viewer.request, self._taste, viewer.preferences, self._weights)

    def sources(self) -> Iterator[tuple[SourceKey, Scores | None]]:
        """Each source, and the scores without it; None for a limit."""
        viewer, request = self._viewer, self._viewer.request
        for name, features in FEATURES.items():
            weights = {one: 0.0 if one in features else w for one, w in self._weights.items()}
            yield (name, ""), self._scores(request, self._taste, viewer.preferences, weights)
        for video_id in self._taste.liked_ids:
            yield ("liked", video_id), self._without_likes({video_id})
        for name in {one.name for one in self._taste.interests if one.name}:
            members = [one.video_ids for one in self._taste.interests if one.name == name]
            yield ("interest", name), self._without_likes({one for ids in members for one in ids})
        for title in request.named:
            left = tuple(one for one in request.named if one != title)
            changed = request.model_copy(update={"named": left})
            scores = self._scores(changed, self._taste, viewer.preferences, self._weights)
            yield ("named", title.video_id), scores
        for one in viewer.preferences:
            others = tuple(other for other in viewer.preferences if other != one)
            if one.likes:
                yield (
                    ("memory", one.said),
                    self._scores(request, self._taste, others, self._weights),
                )
        for slot in (*slots_of(request.constraints), *([Slot.AVOID] if request.avoid else [])):
            yield ("limit", slot), None

    def moved(self, video_id: str) -> dict[SourceKey, tuple[int, float]]:
        """How far a pick falls without each source, and how much more it loses than others do."""
        place = self._ids.index(video_id)
        falls: dict[SourceKey, tuple[int, float]] = {}
        self._removed = self._removed or list(self.sources())
        for key, scores in self._removed:
            if scores is None:
                falls[key] = (self._limit_fall(Slot(key[1]), video_id), 0.0)
                continue
            before = _standing(self._now, place)
            loss = self._now - scores
            falls[key] = (
                max(_standing(scores, place) - before, 0),
                float(loss[place] - loss.mean()),
            )
        return falls

    def _limit_fall(self, slot: Slot, video_id: str) -> int:
        """Among all that would be retrieved."""
        request = self._viewer.request
        if slot is Slot.AVOID:
            changed = request.model_copy(update={"avoid": ()})
        else:
            limits = without_limit(request.constraints, slot)
            changed = request.model_copy(update={"constraints": limits})
        kept, free = self._retrieved(request, EVERYTHING), self._retrieved(changed, EVERYTHING)
        if video_id not in free:
            return EVERYTHING
        return max(free.index(video_id) - kept.index(video_id), 0)

    def _without_likes(self, ids: set[str]) -> Scores:
        signals = tuple(one for one in self._viewer.signals if one.video_id not in ids)
        taste = replace(
            self._taste_of(signals),
            excluded_ids=self._taste.excluded_ids,  # it does not become a candidate
            latest_likes=self._taste.latest_likes,  # what others say of it is theirs
        )
        if not self._rebuilt:
            taste = replace(taste, interests=tuple(self._left_of_interests(ids)))
        viewer = self._viewer
        return self._scores(viewer.request, taste, viewer.preferences, self._weights)

    def _left_of_interests(self, ids: set[str]) -> Iterator[Interest]:
        """The same interests, without some of the likes that they were made of."""
        taste = self._taste
        if taste.liked_vectors is None:
            return
        weights = dict(zip(taste.liked_ids, taste.liked_weights, strict=True))
        vectors = dict(zip(taste.liked_ids, taste.liked_vectors, strict=True))
        for one in taste.interests:
            members = [video_id for video_id in one.video_ids if video_id not in ids]
            if members:
                total = sum(weights[video_id] * vectors[video_id] for video_id in members)
                yield replace(one, vector=np.asarray(total / np.linalg.norm(total), np.float32))

    def _scores(
        self,
        request: Request,
        taste: Taste,
        preferences: Sequence[Preference],
        weights: Weights,
    ) -> Scores:
        query = self._query(request, taste, preferences)
        if not self._rebuilt:  # nobody takes the place of a like among those that are looked at
            known = set(taste.liked_ids)
            query = replace(query, likes=tuple(one for one in self._likes if one.id in known))
        asked = (request, tuple(preferences))
        if asked not in self._pools:  # what words find does not depend on the taste
            self._pools[asked] = gather(query, self._store, size=1)
        pool = replace(self._pools[asked], ids=self._ids)
        features = compute(query, pool, self._store)
        parts = contributions(features.scores, features.has_vector, weights)
        return np.asarray(np.sum([np.zeros(len(self._ids)), *parts.values()], axis=0))

    def _query(
        self, request: Request, taste: Taste, preferences: Sequence[Preference] = ()
    ) -> Query:
        return build_query(request, taste, self._store, (), preferences)

    def _retrieved(self, request: Request, limit: int) -> list[str]:
        if (request, limit) not in self._lists:
            found = retrieve(
                request,
                self._taste,
                self._store,
                exclude=(),
                limit=limit,
                preferences=self._viewer.preferences,
            )
            self._lists[request, limit] = [one.video.id for one in found]
        return self._lists[request, limit]

    def _taste_of(self, signals: Sequence[Interaction]) -> Taste:
        all_of = self._viewer.signals
        if not signals:
            return Taste()
        return read_taste(
            signals,
            self._store.library,
            self._store.embedder.key,
            now=all_of[-1].at,
            settings=Settings().recommend,
        )


def _standing(scores: Scores, place: int) -> int:
    above = int((scores > scores[place] + 1e-9).sum())
    return above + int((np.abs(scores[:place] - scores[place]) <= 1e-9).sum())


# --- comparing ---------------------------------------------------------------------------------


def compare(pick: Pick, scorer: Scorer, outcome: Outcome) -> None:
    """Look at each reason of a pick."""
    falls = scorer.moved(pick.video.id)
    outcome.picks += 1
    told = [(one, _source(one)) for one in pick.evidence[:TOP] if one.kind not in NEVER_TOLD]
    outcome.without_reason += not told
    for number, (one, key) in enumerate(told):
        true = key in falls and _better(key, falls) < TOP
        if key == MEANING and not true:  # the words were not the viewer's: both stand for the wish
            true = _moved(falls[MEANING]) and _better(("words", ""), falls) < TOP
        outcome.reasons += 1
        outcome.true += true
        outcome.kinds[one.kind] += 1
        outcome.same_fall += key in falls and falls[key][0] == one.fall
        if number == 0 and pick.evidence[0] is one:
            outcome.first += 1
            outcome.first_true += true
        if not true:
            best = sorted(falls.items(), key=lambda item: (-item[1][0], -item[1][1]))[:5]
            outcome.wrong.append(
                f"{pick.video.id}: {one.kind} {key[1]!r} said to fall {one.fall}, falls"
                f" {falls.get(key)}; best: {best}"
            )


def _moved(fall: tuple[int, float]) -> bool:
    return fall[0] > 0 or fall[1] > 0


def _better(key: SourceKey, falls: Mapping[SourceKey, tuple[int, float]]) -> int:
    """How many sources moved it farther."""
    own, lost = falls[key]
    return sum(
        other > own or (other == own and loss > lost + AS_GOOD)
        for name, (other, loss) in falls.items()
        if name != key
    )


def _source(one: Evidence) -> SourceKey:
    if one.kind is EvidenceKind.POPULARITY:
        return ("raters" if one.text.endswith("ratings") else "views", "")
    key = one.video_id or one.text
    named = one.kind in (EvidenceKind.INTEREST, EvidenceKind.MEMORY) or one.video_id
    whole = one.kind is EvidenceKind.COMMUNITY
    return (KINDS[one.kind], key if named and not whole else "")


def measure(workspace: Workspace, picks: int, seed: int, *, rebuilt: bool = False) -> Outcome:
    """Answer turns until there are so many picks, and look at all of them."""
    store = RetrievalStore(
        workspace.library, workspace.searcher(), workspace.embedder(), workspace.community()
    )
    outcome, draw = Outcome(), random.Random(seed)
    for number, viewer in enumerate(viewers(store, picks, draw)):
        recommender = Recommender(workspace, viewer.signals)
        answer = Answer(viewer.request.message, CancelToken())
        wanted = Wanted(picks=PICKS, dial=Dial.BALANCED, seed=seed + number)
        for _ in recommender.recommend(
            answer, Remembered(viewer.request, viewer.preferences), wanted
        ):
            pass
        scorer = Scorer(viewer, store, rebuilt=rebuilt)
        for pick in answer.picks:
            compare(pick, scorer, outcome)
        if outcome.picks >= picks:
            break
    return outcome


def report(outcome: Outcome, seconds: float) -> str:
    """The figures."""
    lines = [
        f"{outcome.picks} picks in {seconds:.0f} s, {outcome.without_reason} without a reason",
        f"{outcome.reasons} reasons given: "
        + ", ".join(f"{kind} {count}" for kind, count in outcome.kinds.most_common()),
        f"among the {TOP} that moved the pick most: {_share(outcome.true, outcome.reasons)}",
        f"of those that stand first: {_share(outcome.first_true, outcome.first)}",
        f"fall over exactly as many places: {_share(outcome.same_fall, outcome.reasons)}",
        *outcome.wrong,
    ]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}, {100 * part / max(whole, 1):.1f} %"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--picks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument(
        "--rebuilt",
        action="store_true",
        help="as if the history had always been without: interests are found anew",
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if given.folder:
            shutil.copytree(given.folder, data)
        else:
            data.mkdir()
        started = time.perf_counter()
        with Workspace(Locations(data, data, data), Settings(), llm=False) as workspace:
            outcome = measure(workspace, given.picks, given.seed, rebuilt=given.rebuilt)
        print(report(outcome, time.perf_counter() - started))


if __name__ == "__main__":
    main()
