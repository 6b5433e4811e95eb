"""How interests are told apart: each has a shape of its own, and a colour beside it."""

from __future__ import annotations

from typing import NamedTuple

SEEN = "●■▲◆★▼♠♣"
"""Of each interest, for what was seen; by its place in the list."""
NEW = "○□△◇☆▽♤♧"
"""The same shapes hollow, for what was not."""
SEEN_OUTSIDE, NEW_OUTSIDE = "•", "·"
"""What is near to no interest."""
ON_DARK = (
    "#e69f00",
    "#56b4e9",
    "#35c49a",
    "#f0e442",
    "#7d9bf5",
    "#e8743b",
    "#cc79a7",
    "#c3c7cf",
)
"""Okabe and Ito's colours, which those who see few colours tell apart too ("Color universal
design", 2008); green and blue are made lighter to be read on black."""
ON_LIGHT = (
    "#9c6a00",
    "#1f6fa3",
    "#00714f",
    "#7d7500",
    "#2b50c8",
    "#b04a00",
    "#9a4378",
    "#555a63",
)
"""The same, darker."""
OUTSIDE_ON_DARK, OUTSIDE_ON_LIGHT = "#5c6070", "#a3a3a8"


class Marks(NamedTuple):
    """Shapes and colours for a theme."""

    dark: bool

    def shape(self, place: int, *, seen: bool) -> str:
        """That of an interest by its place, or of what is near to none (−1)."""
        if not 0 <= place < len(SEEN):
            return SEEN_OUTSIDE if seen else NEW_OUTSIDE
        return (SEEN if seen else NEW)[place]

    def colour(self, place: int) -> str:
        """Likewise, in the form ``#rrggbb``."""
        if not 0 <= place < len(SEEN):
            return OUTSIDE_ON_DARK if self.dark else OUTSIDE_ON_LIGHT
        return (ON_DARK if self.dark else ON_LIGHT)[place]
