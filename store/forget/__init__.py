"""Forgetting: videos, history, sessions, or all, so that no file of ours names them any more."""

from __future__ import annotations

from store.forget.finding import Found, find
from store.forget.forgetting import Forgotten, forget, unfinished
from store.forget.selection import ASPECTS, Selection, What

__all__ = ["ASPECTS", "Forgotten", "Found", "Selection", "What", "find", "forget", "unfinished"]
