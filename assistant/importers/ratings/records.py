"""What a rating says: the values of one record of a stranger's file, or why it is left out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant.importers import fields
from assistant.importers.reading import Unreadable
from assistant.types import VIDEO_ID
from store.text import clean_text

if TYPE_CHECKING:
    from store.community import RatedItem

MAX_KEY = 400
_IMDB = re.compile(r"(?:tt)?(\d{1,10})")
_WITH_LETTERS = re.compile(r"tt\d{1,10}")


def stars(value: object) -> float | None:
    """A rating; None where there is none.

    Raises:
        Unreadable: it is no rating.
    """
    if value is None or value == "":
        return None
    try:
        number = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not 0.0 <= number <= 100.0:
        raise Unreadable(f"has a rating that is none: {str(value)[:40]}")
    return number


def key(value: object, what: str) -> str:
    """The name of a person or an item, to tell it from others.

    Raises:
        Unreadable: there is none.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    name = clean_text(value, max_chars=MAX_KEY) if isinstance(value, str) else ""
    if not name:
        raise Unreadable(f"names no {what}")
    return name


def video_id(item: str) -> str | None:
    """The namespaced id that an item's own id is, or says: ``imdb:tt0117038``, ``tt0117038``."""
    if VIDEO_ID.match(item):
        return item
    return imdb_id(item) if _WITH_LETTERS.fullmatch(item) else None


def imdb_id(number: str) -> str | None:
    """The id of a film in the Internet Movie Database, with its letters or without."""
    found = _IMDB.fullmatch(number.strip())
    return f"imdb:tt{int(found[1]):07d}" if found and int(found[1]) else None


def year(value: object) -> int | None:
    """A year in which there are films."""
    text = str(value).strip()
    if not re.fullmatch(r"\d{4}", text):
        return None
    return int(text) if fields.FIRST_YEAR <= int(text) <= fields.LAST_YEAR else None


def item(id_: str | None, title: object, of_year: object = None) -> RatedItem:
    """What is rated: its year may stand at the end of its title, in brackets."""
    from store.community import RatedItem
    from store.community.joining import split_year

    name, at_its_end = split_year(fields.text(title))
    return RatedItem(id_, name, year(of_year) or at_its_end)


def first_of(record: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The first value that is there, of several names that a column may have."""
    return next((record[name] for name in names if record.get(name)), "")
