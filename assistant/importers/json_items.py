"""A JSON array of any length, one item at a time, out of pieces of bytes."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from assistant.importers.reading import Unreadable

MAX_ITEM_CHARS = 1_000_000
"""The longest item that is read; of a history, one takes less than a thousand."""
_BLANK = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_BEHIND = frozenset(" \t\r\n,]")
"""What stands behind an item that is whole."""


def array_items(pieces: Iterable[bytes]) -> Iterator[object]:
    """The items of the array that a document is.

    Raises:
        Unreadable: it is no array, or is damaged; what came before is good.
    """
    text = _Text(pieces)
    if not text.skip(_BLANK) or text.held[text.at] != "[":
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

    def skip(self, signs: re.Pattern[str]) -> bool:
        """Go on to what is none of `signs`; False where nothing is."""
        while True:
            if found := signs.match(self.held, self.at):
                self.at = found.end()
            if self.at < len(self.held):
                return True
            if not self._more():
                return False

    def item(self) -> object:
        """The value that begins here; read on until it is whole."""
        while True:
            try:
                value, end = self._json.raw_decode(self.held, self.at)
            except RecursionError as error:
                raise Unreadable("is nested too deeply") from error
            except ValueError:
                pass
            else:
                if self.held[end : end + 1] in _BEHIND:  # a number may go on
                    self.at = end
                    return value
            if len(self.held) - self.at > MAX_ITEM_CHARS or not self._more():
                raise Unreadable("is damaged from here on")
