"""What the settings of the dial mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import Dial

RELEVANT = 0.6
"""A candidate may win a seat if it scores so much of what the best do."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What counts for a seat, by the exponents with which it does."""

    sharpness: float
    """Of a candidate's own relevance: the higher, the nearer to the order of the scores."""
    groups: float = 0.0
    """Of the claim of its group, beside those of its keywords."""
    interests: float = 0.0
    """Of the claim of the viewer's interest that it belongs to, where there is an aim."""
    draws: bool = False
    """Whether a seat is drawn among the best of a group, and not given to the best."""


MANNERS: Mapping[Dial, Manner] = {
    Dial.FAMILIAR: Manner(sharpness=8.0, interests=0.5),
    Dial.BALANCED: Manner(sharpness=4.0),
    Dial.EXPLORE: Manner(sharpness=1.0, groups=0.5, draws=True),
}
