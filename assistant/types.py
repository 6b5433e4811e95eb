"""The vocabulary of Matinee: frozen values that every other module takes and returns.

Nothing here touches the disk, a model or a terminal. Values that travel between processes are
pydantic models; values that hold arrays stay inside one process and are dataclasses, so that
importing this module does not import NumPy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]
    """A unit vector of shape (dimension,)."""
    Matrix = NDArray[np.float32]
    """Unit vectors as rows, of shape (n, dimension)."""

VIDEO_ID = re.compile(r"^[a-z][a-z0-9_-]{0,31}:\S{1,400}\Z")
"""Ids are namespaced by where they come from: ``youtube:dQw4w9WgXcQ``, ``imdb:tt0117038``."""

MOST_PEOPLE = 10**15
"""Far beyond any count of views, and `Video.reach` still fits into an integer of SQLite."""


_Ordered = TypeVar("_Ordered", int, date)


class Value(BaseModel):
    """A frozen value: equal by content, refusing fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- the library -------------------------------------------------------------------------------


class Kind(StrEnum):
    """What sort of video it is. A closed set, so that one can ask for it."""

    FILM = "film"
    SERIES = "series"
    EPISODE = "episode"
    DOCUMENTARY = "documentary"
    TALK = "talk"
    LECTURE = "lecture"
    COURSE = "course"
    TUTORIAL = "tutorial"
    MUSIC = "music"
    COMEDY = "comedy"
    SHORT = "short"
    VIDEO = "video"


class Video(Value):
    """One video as its source describes it, cleaned. Says nothing of the viewer."""

    id: str
    title: Annotated[str, Field(min_length=1)]
    other_titles: tuple[str, ...] = ()
    description: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    channel: str | None = None
    people: tuple[str, ...] = ()
    kind: Kind = Kind.VIDEO
    language: str | None = None
    """ISO 639-1 where there is such a code, else ISO 639-3."""
    year: Annotated[int, Field(ge=1870, le=2200)] | None = None
    published: date | None = None
    duration_s: Annotated[int, Field(gt=0, le=10_000_000)] | None = None
    url: str | None = None
    views: Annotated[int, Field(ge=0, le=MOST_PEOPLE)] | None = None
    likes: Annotated[int, Field(ge=0, le=MOST_PEOPLE)] | None = None

    @field_validator("id")
    @classmethod
    def _namespaced(cls, value: str) -> str:
        if not VIDEO_ID.match(value):
            raise ValueError(f"not a namespaced video id (source:key): {value!r}")
        return value

    @property
    def reach(self) -> int | None:
        """How many people it reached: views + 20·likes; None when neither is known."""
        if self.views is None and self.likes is None:
            return None
        return (self.views or 0) + 20 * (self.likes or 0)

    @property
    def source(self) -> str:
        """The namespace of the id: ``youtube``, ``imdb``, ``file``."""
        return self.id.split(":", 1)[0]


class Signal(StrEnum):
    """What a person did with a video."""

    WATCHED = "watched"
    FINISHED = "finished"
    """Watched to its end."""
    LIKED = "liked"
    DISLIKED = "disliked"
    RATED = "rated"
    HIDDEN = "hidden"
    SAVED = "saved"
    SHOWN = "shown"


VERBS: Mapping[str, Signal] = {
    "like": Signal.LIKED,
    "dislike": Signal.DISLIKED,
    "watched": Signal.WATCHED,
    "finished": Signal.FINISHED,
    "hide": Signal.HIDDEN,
    "save": Signal.SAVED,
}
"""What a person types to give a signal, in every face and in scripts."""


class Interaction(Value):
    """One signal, at one moment. `rating` (0.5 to 5) belongs to `Signal.RATED` alone."""

    video_id: str
    signal: Signal
    at: datetime
    rating: Annotated[float, Field(ge=0.0, le=5.0)] | None = None
    strength: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    """How far to trust the signal: 1 for what the person said, less for what was inferred."""


class Component(StrEnum):
    """What one process has open, in the order in which a chat needs it."""

    LIBRARY = "library"
    EMBEDDER = "embedder"
    INDEX = "index"
    LANGUAGE_MODEL = "language_model"


class Skipped(Value):
    """A record of a source that could not be read, and why. Counted and named, never fatal."""

    record: str
    """Where it is: a file's name, a line's number."""
    reason: str


# --- the request -------------------------------------------------------------------------------


class Intent(StrEnum):
    """What a message asks for."""

    RECOMMEND = "recommend"
    MORE_LIKE = "more_like"
    """More like a pick that it points at."""
    LESS_LIKE = "less_like"
    """Less like a pick that it points at, and other picks than the last ones."""
    SOMETHING_ELSE = "something_else"
    RECALL = "recall"
    """What was shown before."""
    ABOUT = "about"
    """About one video: what it is about, how long it is, who is in it."""
    COMPARE = "compare"
    """Two or more videos side by side."""
    WHY = "why"
    WHY_NOT = "why_not"
    """Why a video was not picked."""
    SIGNAL = "signal"
    """Says what was done with videos, and asks for nothing: "I've seen 2", "rate 3 four stars"."""
    UNDO = "undo"
    """Takes back what was noted or marked last."""
    REMEMBER = "remember"
    """Says something about the person, and asks for nothing: "I never watch subtitled films"."""
    MEMORY = "memory"
    """Asks what is remembered."""
    FORGET = "forget"
    """Takes something back that is remembered."""
    HELP = "help"
    CHAT = "chat"
    """Nothing to recommend on: a greeting, thanks."""
    OFF_TOPIC = "off_topic"
    """Asks for something that has nothing to do with videos."""

    @property
    def recommends(self) -> bool:
        """Whether it is answered with picks."""
        return self in _RECOMMENDS


_RECOMMENDS = frozenset(
    {Intent.RECOMMEND, Intent.MORE_LIKE, Intent.LESS_LIKE, Intent.SOMETHING_ELSE}
)


class Dial(StrEnum):
    """How far from the known the picks may lie."""

    FAMILIAR = "familiar"
    BALANCED = "balanced"
    EXPLORE = "explore"


class Relative(StrEnum):
    """A limit set by comparison with other videos, whose lengths and years a message lacks."""

    SHORTER = "shorter"
    LONGER = "longer"
    OLDER = "older"
    NEWER = "newer"


class Years(Value):
    """A run of years, both ends in it."""

    first: int
    last: int


class Constraints(Value):
    """What a pick must satisfy.

    An unknown property never satisfies a constraint that asks for something; one that rules
    something out ("not in French") it does.
    """

    min_duration_s: int | None = None
    max_duration_s: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    not_years: tuple[Years, ...] = ()
    published_since: date | None = None
    """For what is finer than a year: "uploaded this week"."""
    published_until: date | None = None
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    not_kinds: tuple[Kind, ...] = ()
    channels: tuple[str, ...] = ()
    not_channels: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Of these one at least must be credited; each of them, where `every_person` says so."""
    every_person: bool = False
    not_people: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether everything is admitted."""
        return self == Constraints(every_person=self.every_person and not self.people)

    @property
    def casts(self) -> tuple[tuple[str, ...], ...]:
        """The `people` in groups, of each of which one at least must be credited.

        Where everybody must be, a group is one person in each spelling that is known.
        """
        if not self.every_person:
            return (self.people,) if self.people else ()
        spellings: dict[str, list[str]] = {}
        for name in self.people:
            spellings.setdefault(_letters(name), []).append(name)
        return tuple(map(tuple, spellings.values()))

    def admits(self, video: Video) -> bool:
        """Whether `video` satisfies every constraint."""
        return (
            _within(video.duration_s, self.min_duration_s, self.max_duration_s)
            and _within(video.year, self.min_year, self.max_year)
            and not any(_within(video.year, run.first, run.last) for run in self.not_years)
            and _within(video.published, self.published_since, self.published_until)
            and (not self.languages or video.language in self.languages)
            and video.language not in self.not_languages
            and (not self.kinds or video.kind in self.kinds)
            and video.kind not in self.not_kinds
            and (not self.channels or _one_of((video.channel,), self.channels))
            and not _one_of((video.channel,), self.not_channels)
            and all(_one_of(video.people, names) for names in self.casts)
            and not _one_of(video.people, self.not_people)
        )


def _within(value: _Ordered | None, low: _Ordered | None, high: _Ordered | None) -> bool:
    if low is None and high is None:
        return True
    if value is None:
        return False
    return (low is None or value >= low) and (high is None or value <= high)


def _letters(name: str) -> str:
    """What the spellings of a name have in common: no case, no accents, no marks."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))


def _one_of(names: Iterable[str | None], wanted: Sequence[str]) -> bool:
    """Whether one of `names` is wanted, ignoring case."""
    folded = {name.casefold() for name in wanted}
    return any(name is not None and name.casefold() in folded for name in names)


class Avoided(Value):
    """A term that no pick may carry: "no horror, except zombie comedies"."""

    term: str
    unless: tuple[str, ...] = ()
    """Phrases of which a video that carries the term must carry one, in any order of words."""

    @model_validator(mode="before")
    @classmethod
    def _plain_term(cls, value: object) -> object:
        return {"term": value} if isinstance(value, str) else value


class Company(StrEnum):
    """With whom the person watches."""

    KIDS = "kids"
    PARTNER = "partner"
    FRIENDS = "friends"


class Scope(StrEnum):
    """When something that is remembered holds."""

    ALWAYS = "always"
    SESSION = "session"
    KIDS = "kids"
    """Whenever the kids are there; likewise for other company."""
    PARTNER = "partner"
    FRIENDS = "friends"


class Preference(Value):
    """Something that a person said about themselves, and what it means for picks."""

    id: int | None = None
    """Its row in the library; None for what holds in this session alone."""
    said: Annotated[str, Field(min_length=1)]
    """In their own words."""
    scope: Scope = Scope.ALWAYS
    constraints: Constraints = Constraints()
    """"I never watch films over two hours"."""
    avoid: tuple[Avoided, ...] = ()
    """"Never show me horror"."""
    likes: tuple[str, ...] = ()
    """Subjects, people, studios: "I love Ghibli"."""
    dislikes: tuple[str, ...] = ()
    """What counts against a pick, and does not rule it out: "I'm not that much into sports"."""
    at: datetime | None = None


class SaidSignal(Value):
    """What a message says was done with a video: "I've seen 2", "I loved Alien"."""

    video_id: str
    signal: Signal
    rating: Annotated[float, Field(ge=0.0, le=5.0)] | None = None


class Facet(StrEnum):
    """What can be asked of a video."""

    SUBJECT = "subject"
    LENGTH = "length"
    YEAR = "year"
    PEOPLE = "people"
    LANGUAGE = "language"
    KIND = "kind"
    CHANNEL = "channel"
    POPULARITY = "popularity"
    LINK = "link"


class Slot(StrEnum):
    """A part of a request that can be said, changed and taken back by itself."""

    WISH = "wish"
    DURATION = "duration"
    YEAR = "year"
    PUBLISHED = "published"
    LANGUAGE = "language"
    KIND = "kind"
    CHANNEL = "channel"
    PEOPLE = "people"
    AVOID = "avoid"
    LESS = "less"
    NAMED = "named"
    REFERENCES = "references"
    COUNT = "count"
    DIAL = "dial"
    COMPANY = "company"


class NamedTitle(Value):
    """A title that a message names, resolved to a video of the library."""

    video_id: str
    title: str
    mention: str
    """The words of the message that named it."""
    match: Annotated[float, Field(ge=0.0, le=1.0)]
    """How well the mention fits the title: 1 is exact."""
    liking: Literal[-1, 0, 1] = 1
    """Whether the message speaks of it as wanted (1), unwanted (-1), or just names it (0)."""
    year: int | None = None
    """Of the video."""
    others: Annotated[int, Field(ge=0)] = 0
    """How many other videos the mention may mean, each less likely."""


class Request(Value):
    """A message as understood, together with what still stands from the turns before it."""

    message: str
    intent: Intent = Intent.RECOMMEND
    language: str = "en"
    """Of the message (ISO 639-1): the answer is given in it."""
    wish: str = ""
    """What the picks should be about: the message without titles, constraints and filler."""
    said: str = ""
    """The person's own words that still stand, the last of them: titles, moods and asides too."""
    constraints: Constraints = Constraints()
    relative: tuple[Relative, ...] = ()
    """Limits still to be settled: "shorter" than a title named or what was shown last."""
    avoid: tuple[Avoided, ...] = ()
    """Terms that no pick may carry: "no horror" gives ``horror``."""
    less: tuple[str, ...] = ()
    """What counts against a pick for the moment, and does not rule it out: "less technical"."""
    named: tuple[NamedTitle, ...] = ()
    references: tuple[str, ...] = ()
    """Ids of videos that the message points at: "the second one", "it"."""
    count: Annotated[int, Field(ge=1, le=100)] | None = None
    dial: Dial | None = None
    """Set when the message itself asks for it: "surprise me"."""
    company: Company | None = None
    """Who watches too, as far as was said."""
    facets: tuple[Facet, ...] = ()
    """What is asked of a video, or what videos are compared by; none for all that is known."""
    subject: str = ""
    """What a message beside recommending is about where that is no video of the library: a title
    that it does not hold, a memory to be forgotten."""
    signals: tuple[SaidSignal, ...] = ()
    """What this message alone says was done with videos."""
    noted: tuple[Preference, ...] = ()
    """What this message alone says about the person."""
    changed: tuple[Slot, ...] = ()
    """What this message changed of what stood before."""
    by_model: tuple[Slot, ...] = ()
    """Of these, what a language model read where the rules had found nothing."""


class DialogueState(Value):
    """What understanding needs to know of the turns before this one."""

    standing: Request | None = None
    last_pick_ids: tuple[str, ...] = ()
    """The picks of the last answer, in the order in which they were shown."""
    shown_ids: tuple[str, ...] = ()
    """Every pick of the session."""
    focus_ids: tuple[str, ...] = ()
    """The videos that were spoken of last, beside recommending: what "it" means."""
    offer: Request | None = None
    """What the last answer offered in place of what cannot be met; "yes" takes it."""
    preferences: tuple[Preference, ...] = ()
    """What is remembered of the person for this session alone."""


# --- taste -------------------------------------------------------------------------------------


class InterestSetting(Value):
    """What a person set for one of their interests: kept by the likes that it was made of then."""

    id: int | None = None
    """Its row in the library."""
    name: Annotated[str, Field(max_length=60)] = ""
    """The person's own; empty for the one that its keywords make."""
    weight: Annotated[float, Field(ge=0.0, le=2.0)] = 1.0
    """How much it counts beside the others."""
    off: bool = False
    """Whether its likes count at all."""
    video_ids: Annotated[tuple[str, ...], Field(min_length=1)]
    """The liked videos that it was made of when this was set."""
    at: datetime | None = None
    """When it was set."""

    @property
    def factor(self) -> float:
        """What a like of it counts: 0 when it is switched off."""
        return 0.0 if self.off else self.weight


@dataclass(frozen=True, slots=True)
class Interest:
    """One of a person's interests: a cluster of the liked videos."""

    name: str
    keywords: tuple[str, ...]
    vector: Vector
    weight: float
    """Its share of the person's taste; the interests' weights sum to 1."""
    video_ids: tuple[str, ...]
    place: int = 0
    """Among all interests as they are found, from 0; what is set for them does not change it."""
    setting: InterestSetting | None = None
    """What the person set for it."""

    @property
    def factor(self) -> float:
        """How much a like of it counts, beside one of an interest for which nothing is set."""
        return 1.0 if self.setting is None else self.setting.factor


@dataclass(frozen=True, slots=True)
class Taste:
    """What a person's history says, in the space of one embedding model."""

    vector: Vector | None = None
    """The user vector; None with no liking in the history."""
    interests: tuple[Interest, ...] = ()
    dislike_vector: Vector | None = None
    liked_ids: tuple[str, ...] = ()
    """The videos behind the user vector, strongest first."""
    said_liked_ids: frozenset[str] = frozenset()
    """Of `liked_ids`, those that the person said they like; the others they just watched."""
    liked_vectors: Matrix | None = None
    """Their vectors, in the same order."""
    liked_weights: tuple[float, ...] = ()
    """How much each of them counts, in the same order."""
    like_factors: Mapping[str, float] = field(default_factory=dict)
    """How many times those count whose interest the person gave another weight than 1, by id."""
    liked_at: Mapping[str, datetime] = field(default_factory=dict)
    """When the person did what makes each video a liked one, by id, switched off or not."""
    switched_off: tuple[Interest, ...] = ()
    """Interests that the person does not want to count. Their likes are in nothing else here,
    but for what is not recommended."""
    latest_likes: Mapping[str, float] = field(default_factory=dict)
    """What the person said they like, or else watched, by id: 1/√rank among all their signals, the
    latest having rank 1, times what its interest weighs. So much each counts where other people's
    ratings are asked."""
    excluded_ids: frozenset[str] = frozenset()
    """Watched, liked, rated, disliked and hidden videos: they are not recommended."""
    method: Literal["weighted", "mean"] = "weighted"
    """``mean``: the user vector alone is the taste, similarity to it the whole of the score."""


# --- the answer --------------------------------------------------------------------------------


class Part(StrEnum):
    """The parts of a score. Their contributions add up to it."""

    REQUEST = "request"
    TASTE = "taste"
    INTEREST = "interest"
    NAMED = "named"
    WORDS = "words"
    POPULARITY = "popularity"
    COMMUNITY = "community"
    """What other people liked or named together with what this viewer likes or names."""
    MEMORY = "memory"
    """What the person said about themselves."""
    DISLIKE = "dislike"
    RELEVANCE = "relevance"
    """The relevance model trained on the viewer's own signals."""
    MODEL = "model"
    """The language model's opinion of the title."""


class Stage(StrEnum):
    """What of a recommendation can be switched off, to see what it is worth."""

    WISH_MEANING = "wish_meaning"
    WORDS = "words"
    NAMED = "named"
    TASTE = "taste"
    INTEREST = "interest"
    DISLIKE = "dislike"
    POPULARITY = "popularity"
    COMMUNITY = "community"
    MEMORY = "memory"
    RELEVANCE = "relevance"
    DIVERSITY = "diversity"
    MODEL = "model"


class Candidate(Value):
    """A video that may be recommended, with everything that its score is made of."""

    video: Video
    score: float
    parts: Mapping[Part, float]
    """Weighted contributions; they sum to `score`."""
    nearest_community_id: str | None = None
    """The liked or named video for which other people's liking speaks for this one most."""
    interest: str | None = None
    """The name of the viewer's interest that lies nearest."""
    nearest_memory: str | None = None
    """What the person said about themselves, in their words, that speaks for this one most."""
    matched_words: tuple[str, ...] = ()
    """Words of the wish that its title, description or tags contain."""


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """A candidate that is on the shortlist, and the name of the cluster that it stands for."""

    candidate: Candidate
    cluster: str


class EvidenceKind(StrEnum):
    """What may be given as a reason."""

    LIKED_VIDEO = "liked_video"
    HISTORY_VIDEO = "history_video"
    """A video behind the person's taste of which they never said that they like it."""
    NAMED_TITLE = "named_title"
    INTEREST = "interest"
    REQUEST_WORDS = "request_words"
    REQUEST_MEANING = "request_meaning"
    CONSTRAINT = "constraint"
    PERSON = "person"
    COMMUNITY = "community"
    MEMORY = "memory"
    """Something that the person said about themselves, and that is remembered."""
    POPULARITY = "popularity"
    EXPLORATION = "exploration"


class Evidence(Value):
    """One true reason for a pick."""

    kind: EvidenceKind
    text: str
    """The fact itself: the title of the liked video, the words matched, the limit kept."""
    contribution: float
    """How much of the score it accounts for (the scale of `Candidate.score`)."""
    fall: Annotated[int, Field(ge=0)] = 0
    """How many places the pick would fall among the candidates without it."""
    video_id: str | None = None


class Pick(Value):
    """A recommended video."""

    video: Video
    rank: Annotated[int, Field(ge=1)]
    score: float
    parts: Mapping[Part, float]
    cluster: str
    evidence: tuple[Evidence, ...] = ()
    sentence: str = ""


class Turn(Value):
    """A message and what came of it, as the session keeps it."""

    message: str
    request: Request
    picks: tuple[Pick, ...] = ()
    summary: str = ""
    """How the picks differ, in one line."""
    answer: str = ""
    """What was said beside the picks: a "why", what was noted, or that nothing was found."""
    noted: tuple[Preference, ...] = ()
    """What was remembered of it."""
    session: tuple[Preference, ...] = ()
    """What was remembered for its session alone when it ended."""
    model: str | None = None
    """The language model that took part; None when the answer was made without one."""
    retrieval: Literal["index", "scan", "none"] = "none"
    """How candidates were found: through the index, by exact scan, or not at all."""
    stopped: bool = False
    """Whether the person stopped it before its end."""
    timings: Mapping[str, float] = {}
    """Seconds, by stage."""


class Understood(Value):
    """The message is understood."""

    type: Literal["understood"] = "understood"
    request: Request
    remembered: tuple[str, ...] = ()
    """Limits that come of what is remembered of the person, in words."""


class Retrieved(Value):
    """Candidates are found."""

    type: Literal["retrieved"] = "retrieved"
    candidates: int
    method: Literal["index", "scan"]


class Ranked(Value):
    """The picks are chosen and in order; their sentences follow."""

    type: Literal["ranked"] = "ranked"
    picks: tuple[Pick, ...]
    model: str | None = None
    summary: str = ""


class ExplanationChunk(Value):
    """A piece of the sentence of one pick."""

    type: Literal["explanation_chunk"] = "explanation_chunk"
    video_id: str
    text: str


class Answered(Value):
    """Something said beside the picks, whole."""

    type: Literal["answered"] = "answered"
    text: str


class TurnFinished(Value):
    """The turn is over; this is what the session keeps."""

    type: Literal["turn_finished"] = "turn_finished"
    turn: Turn
    session_id: str | None = None
    """Under which it is kept; None where it is not."""


class TurnFailed(Value):
    """The turn could not be finished. Nothing of it is kept."""

    type: Literal["turn_failed"] = "turn_failed"
    title: str
    detail: str = ""
    hint: str = ""


TurnEvent = Annotated[
    Understood | Retrieved | Ranked | ExplanationChunk | Answered | TurnFinished | TurnFailed,
    Field(discriminator="type"),
]
"""What a turn yields, in this order; `TurnFinished` or `TurnFailed` is the last."""
