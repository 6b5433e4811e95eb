"""The library of a hundred videos on ten topics that retrieval is tested with."""

from __future__ import annotations

from tests.assistant.retrieve.conftest import empty_store, store

__all__ = ["empty_store", "store"]
