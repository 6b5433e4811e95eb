"""Accounts of picks as values: what every face tells, in words or as a picture, is in them.

They are made by `assistant.explain.report` and `assistant.replies.why_not`.
"""

from __future__ import annotations

from enum import StrEnum

from assistant.types import EvidenceKind, Part, Signal, Value, Video

# --- why ---------------------------------------------------------------------------------------


class ScorePart(Value):
    """One part of a score."""

    part: Part
    name: str
    """In words."""
    value: float
    """Signed; the values add up to the score, but for what is negligible."""
    share: float
    """Of all that speaks for and against the pick: the absolute values' shares add up to 1."""


class Reason(Value):
    """One piece of evidence in words, and what the pick would be without it."""

    kind: EvidenceKind
    text: str
    fall: int
    """Places."""
    at_least: bool = False
    """Whether they may be more."""
    without: str
    """The same in words."""
    video_id: str | None = None
    """The video that it speaks of."""


class Member(Value):
    """A candidate of the group that a pick stands for."""

    video_id: str
    title: str
    place: int
    """By score, among all candidates, from 1."""


class Neighbour(Value):
    """A video near a pick."""

    video: Video
    similarity: float
    """The cosine of the two embeddings."""
    signal: Signal | None = None
    """What the person did with it last."""
    mark: str = ""
    """The same in words."""


class WhyReport(Value):
    """Everything that is known of why a pick was made."""

    video_id: str
    title: str
    language: str
    rank: int
    score: float
    place: int | None = None
    """By score alone, from 1; None where the candidates are not kept."""
    candidates: int = 0
    """How many there were."""
    parts: tuple[ScorePart, ...] = ()
    """Those that count most first."""
    reasons: tuple[Reason, ...] = ()
    """The strongest first."""
    cluster: str = ""
    """The group that it stands for."""
    others: tuple[Member, ...] = ()
    """What else is in that group, by falling score; none where the candidates are not kept."""
    neighbours: tuple[Neighbour, ...] = ()
    """The nearest videos of the library, the nearest first."""


# --- why not -----------------------------------------------------------------------------------


class Cause(StrEnum):
    """What keeps a video out of an answer."""

    NOT_HELD = "not_held"
    PICKED = "picked"
    """Nothing: it was picked."""
    SEEN = "seen"
    DISLIKED = "disliked"
    HIDDEN = "hidden"
    SHOWN = "shown"
    """Earlier in the session."""
    NAMED = "named"
    """Others like it were asked for."""
    LIMIT = "limit"
    AVOIDED = "avoided"
    """It carries a term that is to be left out."""
    SAME = "same"
    """Another recording of the same came before."""
    BELOW = "below"
    """Its score."""
    SPREAD = "spread"
    """The picks are spread over groups."""
    NOT_FOUND = "not_found"
    """The search put others forward."""

    @property
    def is_score(self) -> bool:
        """Whether it lies with what the video scored, and not with the video."""
        return self in (Cause.BELOW, Cause.SPREAD, Cause.NOT_FOUND)


class KeptOut(Value):
    """One thing that kept a video out, in words."""

    cause: Cause
    text: str


class Beside(Value):
    """One part of two scores."""

    part: Part
    name: str
    own: float
    """Of the video that is asked about."""
    other: float
    """Of the pick."""


class WhyNotReport(Value):
    """Everything that is known of why a video was not picked."""

    title: str
    video_id: str | None = None
    """None where the library does not hold it."""
    language: str = "en"
    kept_out: tuple[KeptOut, ...] = ()
    """What lies with the video first, what lies with its score last."""
    standing: str = ""
    """What it scored, in words; nothing where it has no score."""
    score: float | None = None
    place: int | None = None
    """Among the candidates by score, from 1; None where it is not among them."""
    candidates: int = 0
    beside: str = ""
    """The title of the pick that it is compared with."""
    beside_rank: int = 0
    beside_score: float = 0.0
    parts: tuple[Beside, ...] = ()
    """Of both scores; where they differ most first."""
    anew: bool = False
    """Whether both were scored for this, as things stand now, as the video was no candidate."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What kept it out, in words: what lies with the video, what it scored, what came of it."""
        of_video = (one.text for one in self.kept_out if not one.cause.is_score)
        of_score = (one.text for one in self.kept_out if one.cause.is_score)
        return (*of_video, *filter(None, [self.standing]), *of_score)
