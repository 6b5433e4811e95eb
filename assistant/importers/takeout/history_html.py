"""``watch-history.html``: the same history as a page, which is what Takeout makes by default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from assistant.importers.reading import Unreadable
from assistant.importers.takeout.entry import Entry
from assistant.importers.takeout.moments import moment

CELL = b'<div class="outer-cell'
"""What every entry begins with."""
MAX_ENTRY_BYTES = 32 * 1024
"""The longest entry that is read; one takes a thousand."""
_ADS = ("Google Ads", "Google 広告", "Google 광고", "Google 广告", "Google 廣告")
"""What is said beside an ad, to have come from there."""
_MAX_FOREWORD = 4 * 1024 * 1024
"""The page's styles, before the first entry."""


def entries(pieces: Iterable[bytes]) -> Iterator[Entry | None]:
    """The entries of a page; None for what is none.

    Raises:
        Unreadable: it is damaged; what came before is good.
    """
    for cell in _cells(pieces):
        yield _entry(cell) if len(cell) <= MAX_ENTRY_BYTES else None


def _cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The entries as they are written. Of one that is too long, the beginning."""
    held, is_entry = b"", False
    for piece in pieces:
        *whole, held = (held + piece).split(CELL)
        for cell in whole:
            if is_entry:
                yield cell
            is_entry = True
        if len(held) > _MAX_FOREWORD:
            if not is_entry:
                raise Unreadable("has no entries that are known")
            held = held[: MAX_ENTRY_BYTES + 1] + held[-len(CELL) :]
    if is_entry:
        yield held


class _Cell(HTMLParser):
    """The links and the texts of an entry, by the part of it in which they stand."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, list[str]]] = []
        """Of the part that says what was watched: where they lead, and their texts."""
        self.texts: list[str] = []
        self.heading: list[str] = []
        self.caption: list[str] = []
        self._into: list[str] | None = None
        self._link: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "div":
            self._into = self._part(given.get("class") or "")
        elif tag == "a" and self._into is self.texts:
            self._link = []
            self.links.append((given.get("href") or "", self._link))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._link is not None:
            self._link.append(data)
        elif self._into is not None:
            self._into.append(data)

    def _part(self, classes: str) -> list[str] | None:
        if "header-cell" in classes:
            return self.heading
        if "mdl-typography--caption" in classes:
            return self.caption
        is_body = "mdl-typography--body-1" in classes and "text-right" not in classes
        return self.texts if is_body else None


def _entry(cell: bytes) -> Entry | None:
    """An entry: a link to the video, one to its channel, and the moment as the last text."""
    parser = _Cell()
    parser.feed((CELL + cell).decode("utf-8", "replace"))
    if not parser.texts and not parser.links:
        return None
    link, title = parser.links[0] if parser.links else ("", [])
    channel = parser.links[1][1] if len(parser.links) > 1 else []
    found = (moment(text) for text in reversed(parser.texts))
    return Entry(
        title="".join(title),
        link=link,
        channel="".join(channel),
        at=next(filter(None, found), None),
        is_ad=any(name in "".join(parser.caption) for name in _ADS),
        is_music="".join(parser.heading).strip() == "YouTube Music",
    )
