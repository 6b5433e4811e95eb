"""A map of the library: every video as a point, near to what it is like. Derived, and kept."""

from __future__ import annotations

from store.map.kept import LibraryMap, load, map_file, save
from store.map.making import is_outdated, make, with_new

__all__ = ["LibraryMap", "is_outdated", "load", "make", "map_file", "save", "with_new"]
