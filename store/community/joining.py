"""Which video of the library a rated item is, where their ids do not tell: by title and year."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from store.library.videos import TitleRow

_YEAR_AT_END = re.compile(r"\s*\((?P<year>(?:18|19|20)\d\d)(?:[-–]\s?(?:\d{4})?)?\)\s*$")
_OTHER_NAMES_AT_END = re.compile(r"\s*\([^()]*\)\s*$")
_ARTICLES = "the|a|an|les|le|la|l'|il|los|las|el|der|die|das|das"
_ARTICLE_AT_END = re.compile(rf"^(.*),\s*(?:{_ARTICLES})$", re.IGNORECASE)
_ARTICLE_AT_START = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w]+|_")


class RatedItem(NamedTuple):
    """What people rated or named."""

    video_id: str | None
    """Namespaced, such as ``imdb:tt0117038``; None where only the title is known."""
    title: str
    year: int | None


def split_year(title: str) -> tuple[str, int | None]:
    """A title and the year in brackets at its end: ``Matrix, The (1999)``."""
    found = _YEAR_AT_END.search(title)
    return (title[: found.start()], int(found["year"])) if found else (title, None)


def folded(title: str) -> str:
    """What titles are compared as: without case, accents, signs, spaces, and the leading article.

    The article may also stand at the end, as in “Matrix, The”. Empty where nothing is left.
    """
    title = title.strip()
    if moved := _ARTICLE_AT_END.match(title):
        title = moved[1]
    text = title.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    text = text.replace("'", "").replace("’", "").replace("&", " and ")
    return _NO_WORD.sub("", _ARTICLE_AT_START.sub("", text))


def names(title: str) -> list[str]:
    """The folded forms of a title, the likeliest first: with and without a second name in brackets.

    MovieLens writes “Seven (a.k.a. Se7en)”.
    """
    forms = [folded(title)]
    while (shorter := _OTHER_NAMES_AT_END.sub("", title)) not in ("", title):
        title = shorter
        forms.append(folded(title))
    return [form for form in dict.fromkeys(forms) if form]


def joined_by_title(
    items: Iterable[tuple[int, RatedItem]], videos: Iterable[TitleRow]
) -> dict[int, str]:
    """The ids of the videos that have an item's title, and its year or the one beside it.

    Where several fit equally well, none is taken; nor one whose year is not known, unless the
    item's is not known either and nothing else has that title.

    Args:
        items: each with a number to know it by.
        videos: of the library.
    """
    known: dict[str, list[tuple[int | None, str]]] = defaultdict(list)
    for row in videos:
        for title in dict.fromkeys(folded(name) for name in (row.title, *row.other_titles)):
            if title:
                known[title].append((row.year, row.video_id))
    found = {number: _best(item, known) for number, item in items}
    return {number: video_id for number, video_id in found.items() if video_id is not None}


def _best(item: RatedItem, known: dict[str, list[tuple[int | None, str]]]) -> str | None:
    for name in names(item.title):
        offered = known.get(name, [])
        if item.year is None:
            return offered[0][1] if len(offered) == 1 else None
        for apart in (0, 1):
            near = [
                id_ for year, id_ in offered if year is not None and abs(year - item.year) == apart
            ]
            if near:
                return near[0] if len(near) == 1 else None
    return None
