"""``watch-history.json``: an array of what was watched, the latest first.

The title stands in a sentence of the account's language: “Watched …”, “… を視聴しました”.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, islice

from assistant.importers import fields
from assistant.importers.json_items import array_items
from assistant.importers.reading import Unreadable
from assistant.importers.takeout.entry import Entry

_LOOKED_AT = 2_000
_FEWEST = 20
"""Titles from which the sentence around them can be learned."""
_SHARE = 0.9
"""Of the titles that must have a beginning before it is taken for the sentence's."""
_LONGEST = 60
_KNOWN = (
    ("Watched ", ""),
    ("Has visto ", ""),
    ("Vous avez regardé ", ""),
    ("Hai guardato ", ""),
    ("Você assistiu a ", ""),
    ("Viste ", ""),
    ("", " angesehen"),
    ("", " bekeken"),
    ("", " を視聴しました"),
    ("", "을(를) 시청했습니다"),
    ("已观看 ", ""),
    ("观看了 ", ""),
    ("已觀看 ", ""),
    ("觀看了 ", ""),
)


def entries(pieces: Iterable[bytes]) -> Iterator[Entry | None]:
    """The entries of a history; None for what is none.

    Raises:
        Unreadable: it is damaged; what came before is good.
    """
    items = array_items(pieces)
    first, damage = _first(items)
    titles = [fields.text(item.get("title")) for item in first if isinstance(item, dict)]
    before, after = _around([title for title in titles if "://" not in title])
    yield from (_entry(item, before, after) for item in first)
    if damage is not None:
        raise damage
    yield from (_entry(item, before, after) for item in items)


def _first(items: Iterator[object]) -> tuple[list[object], Unreadable | None]:
    """The first items, and what came in between where they end too early."""
    first: list[object] = []
    try:
        first.extend(islice(items, _LOOKED_AT))
    except Unreadable as error:
        return first, error
    return first, None


def _entry(item: object, before: str, after: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    title = fields.text(item.get("title"))
    if title.startswith(before) and title.endswith(after):
        title = title.removeprefix(before).removesuffix(after).strip()
    return Entry(
        title=title,
        link=fields.text(item.get("titleUrl"), max_chars=2_000),
        channel=_name(item.get("subtitles")),
        at=_moment(item.get("time")),
        is_ad="Google" in _name(item.get("details")),
        is_music=item.get("header") == "YouTube Music",
    )


def _name(value: object) -> str:
    """The name of the first of a list of things."""
    first = value[0] if isinstance(value, list) and value else None
    return fields.text(first.get("name")) if isinstance(first, Mapping) else ""


def _moment(value: object) -> datetime | None:
    """To the second, as the page of the same history says it."""
    try:
        at = datetime.fromisoformat(fields.text(value, max_chars=40))
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.replace(microsecond=0) if 1970 <= at.year <= fields.LAST_YEAR else None


def _around(titles: Sequence[str]) -> tuple[str, str]:
    """What stands before and after a title: known of many languages, else learned from all."""
    for before, after in _KNOWN:
        fitting = sum(title.startswith(before) and title.endswith(after) for title in titles)
        if fitting * 2 > len(titles):
            return before, after
    different = sorted(set(titles))
    if len(different) < _FEWEST:
        return "", ""
    return _shared(different), _shared([title[::-1] for title in different])[::-1]


def _shared(texts: Sequence[str]) -> str:
    """The longest beginning that nearly all texts have."""
    least = _SHARE * len(texts)
    shared = ""
    while len(shared) < _LONGEST:
        letters = Counter(
            text[len(shared)]
            for text in texts
            if len(text) > len(shared) and text.startswith(shared)
        )
        letter, count = next(chain(letters.most_common(1), [("", 0)]))
        if count < least:
            break
        shared += letter
    return shared
