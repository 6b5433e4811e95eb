"""Other people's ratings: what is liked together, learned once and joined to the library.

Only what was learned is kept, never who rated what.
"""

from __future__ import annotations

from store.community.community import Community, CommunitySource
from store.community.joining import RatedItem, joined_by_title
from store.community.learned import Learned, learn
from store.community.ratings import CommunityKind, Ratings
from store.community.weights import Weights

__all__ = [
    "Community",
    "CommunityKind",
    "CommunitySource",
    "Learned",
    "RatedItem",
    "Ratings",
    "Weights",
    "joined_by_title",
    "learn",
]
