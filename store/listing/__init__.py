"""The library as one looks through it: pages of videos, narrowed, sorted and counted."""

from __future__ import annotations

from store.listing.listing import VideoList

__all__ = ["VideoList"]
