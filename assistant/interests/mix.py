"""What was recommended beside the taste itself: whether every interest had its share.

Calibration (Steck 2018, "Calibrated recommendations", RecSys): p is the distribution of interests
in the taste, q that of the videos recommended. They are compared by KL(p ‖ q̃), with
q̃ = (1 − α)·q + α·p so that it is finite, and in words by ½·Σ|p − q|: so large a share of the picks
would have had to be others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.types import Value

PICKS = 30
"""The last ones are looked at."""
ALPHA = 0.01
LITTLE_OFF, MUCH_OFF = 0.2, 0.4
"""Shares of the picks: up to the one the mix is about that of the taste, from the other on it is
far from it. Of thirty picks drawn by chance from a taste of five interests, nine times in ten no
more would have to be others."""


class Portion(Value):
    """How much of the taste an interest is, and of what was recommended."""

    name: str
    taste: float
    picks: int
    share: float
    """Of the picks."""


class Mix(Value):
    """The last picks beside the taste."""

    portions: tuple[Portion, ...]
    """One for each interest that counts, by falling share of the taste."""
    outside: int
    """Picks that are near to no interest."""
    picks: int
    asked: int
    """Picks that were given to a wish, and not to "what shall I watch": they follow that."""
    divergence: float
    """KL(p ‖ q̃) in nats; 0 for the mix of the taste itself."""
    others: int
    """So many of the picks would have had to be of other interests."""


def mix_of(
    shares: Mapping[str, float], labels: Sequence[str | None], *, asked: int = 0
) -> Mix | None:
    """Compare what was recommended with the taste.

    Args:
        shares: of the interests in the taste, by name; they sum to 1.
        labels: the interest that each pick is nearest to, None for one that is near to none.
        asked: how many of the picks were given to a wish.

    Returns:
        None without an interest or a pick.
    """
    if not shares or not labels:
        return None
    counts = {name: labels.count(name) for name in shares}
    outside = len(labels) - sum(counts.values())
    portions = tuple(
        Portion(name=name, taste=share, picks=counts[name], share=counts[name] / len(labels))
        for name, share in sorted(shares.items(), key=lambda item: -item[1])
    )
    away = (sum(abs(one.taste - one.share) for one in portions) + outside / len(labels)) / 2
    return Mix(
        portions=portions,
        outside=outside,
        picks=len(labels),
        asked=asked,
        divergence=max(sum(_term(one.taste, one.share) for one in portions), 0.0),
        others=round(away * len(labels)),
    )


def in_words(mix: Mix) -> str:
    """The comparison as a sentence or two."""
    away = mix.others / mix.picks
    counted = f"the last {mix.picks} picks" if mix.picks > 1 else "the last pick"
    if away <= LITTLE_OFF:
        said = f"The mix of {counted} is about that of your taste."
    else:
        far = "far from" if away >= MUCH_OFF else "not quite"
        said = f"The mix of {counted} is {far} that of your taste: {mix.others} would be others."
        most = max(mix.portions, key=lambda one: abs(one.taste - one.share))
        short = "short of" if most.share < most.taste else "over"
        said += f" “{most.name}” is {short} its share: {most.share:.0%} of the picks,"
        said += f" {most.taste:.0%} of your taste."
    if mix.asked:
        said += f" {mix.asked} of them answer a wish of yours, and follow that."
    return said


def _term(own: float, shown: float) -> float:
    return own * math.log(own / ((1 - ALPHA) * shown + ALPHA * own)) if own else 0.0
