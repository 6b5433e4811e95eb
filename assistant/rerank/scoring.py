"""As many titles as a model reads in the time that there is, best first."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.models.base import LanguageModel, Likelihood

CHUNK = 8
"""Titles read between two looks at the clock: smaller chunks are read more slowly."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Likelihoods by video id, of the videos that there was time for."""

    given: Mapping[str, Likelihood]
    """ln P(title | viewer, message)."""
    anyway: Mapping[str, Likelihood]
    """ln P(title), where it was not known yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The two texts that a title follows."""

    after: str
    anyway: str


def score(
    texts: Mapping[str, str],
    asked: Asked,
    model: LanguageModel,
    known: Mapping[str, Likelihood],
    *,
    budget_s: float | None,
    cancel: CancelToken,
) -> Scored:
    """Ask for each title, in their order, until the time is up.

    The titles are read after the request first, within the share of the time that leaves as much
    for each title whose likelihood anyway is not known; then these are read after the neutral
    text, first those that can be compared, then the others: what is known of them is kept, and
    the next turn has the more time. What is being read when the time is up is given up: a large
    model on a slow machine costs the time and changes nothing.

    Args:
        texts: what is scored of a video, by its id, best first.
        asked: what they follow.
        model: asked in chunks, for its reading cannot be paused.
        known: ln P(title) by video id.
        budget_s: seconds; None for as long as it takes.
        cancel: stops it at once.

    Raises:
        Cancelled: `cancel` was set.
        ModelError: the model failed.
    """
    started = time.monotonic()
    missing = [video_id for video_id in texts if video_id not in known]
    share = len(texts) / (len(texts) + len(missing)) if texts else 1.0

    def until(part: float) -> _Deadline:
        return _Deadline(cancel, None if budget_s is None else started + part * budget_s)

    given = _read(texts, list(texts), asked.after, model, until(share))
    wanted = sorted(missing, key=lambda video_id: video_id not in given)
    anyway = _read(texts, wanted, asked.anyway, model, until(1.0))
    return Scored(given, anyway)


def _read(
    texts: Mapping[str, str],
    ids: Sequence[str],
    prefix: str,
    model: LanguageModel,
    deadline: _Deadline,
) -> dict[str, Likelihood]:
    likelihoods: dict[str, Likelihood] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        try:
            deadline.check()
            values = model.likelihoods(prefix, [texts[one] for one in chunk], deadline)
        except Cancelled:
            if deadline.asked_to_stop:
                raise
            break  # the time is up
        likelihoods.update(zip(chunk, values, strict=True))
    return likelihoods


class _Deadline(CancelToken):
    """Set when another token is, or when a moment has come.

    Args:
        other: the token of the turn.
        at: on the clock of `time.monotonic`; None for never.
    """

    def __init__(self, other: CancelToken, at: float | None) -> None:
        super().__init__()
        self._other = other
        self._at = at

    @property
    def asked_to_stop(self) -> bool:
        """Whether the turn was stopped, rather than its time used up."""
        return self._other.cancelled

    @property
    def cancelled(self) -> bool:
        """Whether to go no further, for either reason."""
        return self._other.cancelled or (self._at is not None and time.monotonic() >= self._at)

    def check(self) -> None:
        """Raise `Cancelled` if so."""
        if self.cancelled:
            raise Cancelled
