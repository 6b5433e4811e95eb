"""What a list is narrowed and sorted by, of every video at once, as columns.

SQLite takes up to a quarter of a second for a page of 20,000 videos in some order; over columns in
memory every page and every count takes milliseconds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.listing import UNKNOWN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.library import Library

    Column = NDArray[np.int64]
    """A number of each video."""
    Mask = NDArray[np.bool_]
    """Whether a video is meant, of each."""

_NO_LETTERS = " \"'([{<#*-–—.…¡¿“”„‘’«»「『【《〈（"
"""What a title may begin with and is not sorted by."""
UNSET = -1
"""Of a year, length or reach that is not known."""
_SELECT = (
    f"SELECT row, title, kind, coalesce(language, '{UNKNOWN}'), source,"  # noqa: S608
    f" coalesce(year, {UNSET}), coalesce(duration_s, {UNSET}), coalesce(reach, {UNSET})"
    " FROM videos ORDER BY row"
)


@dataclass(frozen=True, slots=True)
class Names:
    """A column of names: which of a few each video has."""

    names: tuple[str, ...]
    codes: Column
    """Places in `names`."""

    @classmethod
    def of(cls, values: Sequence[str]) -> Names:
        """The column of these values."""
        places: dict[str, int] = {}
        codes = [places.setdefault(value, len(places)) for value in values]
        return cls(tuple(places), np.array(codes, np.int64))

    def one_of(self, wanted: Sequence[str]) -> Mask:
        """The videos that have one of these names."""
        chosen = [place for place, name in enumerate(self.names) if name in wanted]
        return np.isin(self.codes, chosen)

    def counts(self, among: Mask) -> dict[str, int]:
        """How many of some videos have each name, the most first; names of none are left out."""
        counts = np.bincount(self.codes[among], minlength=len(self.names))
        found = [
            (name, int(count)) for name, count in zip(self.names, counts, strict=True) if count
        ]
        return dict(sorted(found, key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The columns of a library at one moment. All are in the order of `rows`."""

    version: int
    """`Library.data_version` at that moment."""
    rows: Column
    """The numbers of the rows, rising: in this order the videos came."""
    titles: tuple[str, ...]
    """Folded, see `folded`."""
    title_order: Column
    """The place of each in the order of titles."""
    kinds: Names
    languages: Names
    sources: Names
    years: Column
    durations_s: Column
    reaches: Column

    @classmethod
    def read(cls, library: Library) -> Catalogue:
        """The columns as they are now."""
        with library.reading(), library._decoding("videos"):
            version = library.data_version()
            read = library._connection.execute(_SELECT).fetchall()
            columns = list(zip(*read, strict=True)) or [()] * 8
            rows, titles, kinds, languages, sources, years, durations, reaches = columns
            texts = tuple(map(folded, titles))
        order = np.empty(len(texts), np.int64)
        keys = [text.lstrip(_NO_LETTERS) or text for text in texts]
        order[sorted(range(len(texts)), key=keys.__getitem__)] = np.arange(len(texts))
        return cls(
            version=version,
            rows=np.array(rows, np.int64),
            titles=texts,
            title_order=order,
            kinds=Names.of(kinds),
            languages=Names.of(languages),
            sources=Names.of(sources),
            years=np.array(years, np.int64),
            durations_s=np.array(durations, np.int64),
            reaches=np.array(reaches, np.int64),
        )

    def __len__(self) -> int:
        return len(self.rows)

    def mask(self, rows: Sequence[int] | Column) -> Mask:
        """The videos of these rows; what is not here is passed over."""
        found = np.zeros(len(self), bool)
        places, there = self.places(rows)
        found[places[there]] = True
        return found

    def places(self, rows: Sequence[int] | Column) -> tuple[Column, Mask]:
        """Where rows are in the columns, and of which of them that is true."""
        wanted = np.asarray(rows, np.int64)
        places = np.searchsorted(self.rows, wanted)
        inside = places < len(self)
        places = np.where(inside, places, 0)
        there = inside & (self.rows[places] == wanted) if len(self) else inside
        return places, there


def folded(text: str) -> str:
    """`text` as it is sorted and searched: neither case nor accents count, nor full-width forms."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize(
        "NFKC", "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    )
