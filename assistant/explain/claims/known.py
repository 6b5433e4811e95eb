"""What is known of a pick: the only things that a sentence about it may claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.explain.facts import quotable
from assistant.types import EvidenceKind, Pick, Request, Video
from store.text import STOP_WORDS, stem, tokens


class Tie(StrEnum):
    """How another title is tied to the viewer or to the pick. One tie is not another."""

    NEAR = "near"
    LIKED = "liked"
    HISTORY = "history"
    WATCHED = "watched"
    NAMED = "named"
    OTHERS = "others"
    """Other people like it together with the pick."""


_TIES: Mapping[EvidenceKind, tuple[Tie, ...]] = {
    EvidenceKind.LIKED_VIDEO: (Tie.NEAR, Tie.LIKED),
    EvidenceKind.HISTORY_VIDEO: (Tie.NEAR, Tie.HISTORY),
    EvidenceKind.NAMED_TITLE: (Tie.NEAR, Tie.NAMED),
    EvidenceKind.COMMUNITY: (Tie.OTHERS,),
}
_NEGATIONS = frozenset({"not", "no", "never", "without", "isn", "aren", "doesn", "don", "nor"})
_NEGATED_WORDS = 4
"""So many words after a negation in a description are not what the video is about."""


@dataclass(frozen=True)
class Known:
    """A pick's record, its evidence and the request, as a checker asks them."""

    pick: Pick
    request: Request
    ties: Mapping[str, frozenset[Tie]]
    """Of other titles, by `folded` title."""
    others: Mapping[str, Video]
    """Their records, as far as they are at hand, by `folded` title."""
    interests: tuple[str, ...]
    memories: tuple[str, ...]
    people_mentioned: tuple[str, ...]
    record_words: frozenset[str]
    """Stems of what is written about the pick."""
    topic_words: frozenset[str]
    """Stems of its title, its tags and keywords: what it is about."""
    asked_words: frozenset[str]
    """Stems of the viewer's own words."""
    record_text: str = field(repr=False)
    """What is written about it, folded."""

    @property
    def video(self) -> Video:
        """The pick's own record."""
        return self.pick.video

    def has(self, kind: EvidenceKind) -> bool:
        """Whether there is evidence of that kind."""
        return any(one.kind is kind for one in self.pick.evidence)


def known_of(
    pick: Pick,
    request: Request,
    others: Mapping[str, Video] | None = None,
    watched_ids: Collection[str] = (),
) -> Known:
    """What is known of `pick`.

    Args:
        pick: its record and its evidence.
        request: what the viewer said.
        others: the videos of the evidence by id, for comparisons with them.
        watched_ids: videos that the viewer is known to have watched.
    """
    ties: dict[str, set[Tie]] = {}
    records: dict[str, Video] = {}
    for one in pick.evidence:
        if one.kind in _TIES:
            found = ties.setdefault(folded(one.text), set())
            found.update(_TIES[one.kind])
            if one.video_id in watched_ids:
                found.add(Tie.WATCHED)
            if one.video_id and one.video_id in (others or {}):
                records[folded(one.text)] = (others or {})[one.video_id]
    for title in request.named:
        for name in (title.title, title.mention):
            ties.setdefault(folded(name), set()).add(Tie.NAMED)
    video = pick.video
    record = [video.title, *video.other_titles, *video.tags, *video.keywords, video.channel or ""]
    text = " \n ".join([*record, video.description])
    texts = {kind: _texts(pick, kind) for kind in EvidenceKind}
    return Known(
        pick=pick,
        request=request,
        ties={title: frozenset(found) for title, found in ties.items()},
        others=records,
        interests=texts[EvidenceKind.INTEREST],
        memories=texts[EvidenceKind.MEMORY],
        people_mentioned=texts[EvidenceKind.PERSON],
        record_words=frozenset(_affirmed(text)) | _stems(" ".join(texts[EvidenceKind.EXPLORATION])),
        topic_words=_stems(" ".join([video.title, *video.tags, *video.keywords])),
        asked_words=_stems(f"{request.message} {request.said} {request.wish}"),
        record_text=text.casefold(),
    )


def folded(title: str) -> str:
    """A title as it is compared: as it stands between quotation marks, without case."""
    return quotable(title).casefold().strip(" .,!?。，！？")


def _texts(pick: Pick, kind: EvidenceKind) -> tuple[str, ...]:
    return tuple(one.text for one in pick.evidence if one.kind is kind)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if word not in STOP_WORDS)


def _affirmed(text: str) -> list[str]:
    """The stems of a text without those that follow a negation closely."""
    found, denied = [], 0
    for word in tokens(text):
        if word in _NEGATIONS:
            denied = _NEGATED_WORDS
        elif denied:
            denied -= 1
        elif word not in STOP_WORDS:
            found.append(stem(word))
    return found
