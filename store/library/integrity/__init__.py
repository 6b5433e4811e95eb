"""Looking at a library file without changing a byte of it, however broken it is.

`Library.open` makes, upgrades and takes part; an `Inspection` only reads, so that what it sees is
what the next start will find.
"""

from __future__ import annotations

from store.library.integrity.file import BadRow, expected_schema
from store.library.integrity.rows import InspectedRows
from store.library.integrity.vectors import InspectedVectors
from store.library.integrity.words import InspectedWords, WordGaps

__all__ = ["BadRow", "Inspection", "WordGaps", "expected_schema"]


class Inspection(InspectedRows, InspectedWords, InspectedVectors):
    """A library file, open for reading alone.

    Any method may raise `sqlite3.DatabaseError`: the file is damaged where it read.
    """
