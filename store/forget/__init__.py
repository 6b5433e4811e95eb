"""Forgetting: videos, history, sessions, or all, so that no file of ours names them any more."""

from __future__ import annotations

from store.forget.forgetting import Forgotten, forget, matching, unfinished
from store.forget.selection import ASPECTS, Selection, What

__all__ = ["ASPECTS", "Forgotten", "Selection", "What", "forget", "matching", "unfinished"]
