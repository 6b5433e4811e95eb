"""A JSON array of any length, one item at a time, out of pieces of bytes."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator

from assistant.importers.reading import Unreadable

MAX_ITEM_CHARS = 1_000_000
"""The longest item that is read; of a history, one takes less than a thousand."""
_BETWEEN = " \t\r\n,"


def array_items(pieces: Iterable[bytes]) -> Iterator[object]:
    """The items of the array that a document is.

    Raises:
        Unreadable: it is no array, or is damaged; what came before is good.
    """
    text = _Text(pieces)
    if not text.skip(" \t\r\n") or text.held[text.at] != "[":
        raise Unreadable("is not a JSON array")
    text.at += 1
    while True:
        if not text.skip(_BETWEEN):
            raise Unreadable("is cut off from here on")
        if text.held[text.at] == "]":
            return
        yield text.item()


class _Text:
    """The text of a document, as far as it is needed."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._json = json.JSONDecoder()
        self.held = ""
        self.at = 0

    def _more(self) -> bool:
        """Read on; False at the end."""
        piece = next(self._pieces, None)
        if piece is None:
            return False
        try:
            text = self._decoder.decode(piece)
        except UnicodeDecodeError as error:
            raise Unreadable("is not UTF-8 text") from error
        self.held, self.at = self.held[self.at :] + text, 0
        return True

    def skip(self, signs: str) -> bool:
        """Go on to what is none of `signs`; False where nothing is."""
        while True:
            while self.at < len(self.held):
                if self.held[self.at] not in signs:
                    return True
                self.at += 1
            if not self._more():
                return False

    def item(self) -> object:
        """The value that begins here; read on until it is whole."""
        while True:
            try:
                value, end = self._json.raw_decode(self.held, self.at)
            except RecursionError as error:
                raise Unreadable("is nested too deeply") from error
            except ValueError as error:
                if len(self.held) - self.at > MAX_ITEM_CHARS or not self._more():
                    raise Unreadable("is damaged from here on") from error
                continue
            if end == len(self.held) and self._more():
                continue  # a number may go on
            self.at = end
            return value
