"""Names of which the first letters are written: "LOTR", "T2", "HP and the Goblet of Fire"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MAX_READINGS = 3
"""Letters that may stand for more names than this stand for none."""
SMALL_WORDS = "a|an|and|at|for|from|in|of|on|the|to"
"""Words that have no letter in many abbreviations: "BTF" as well as "BTTF"."""

_CHAT = frozenset(
    {"afaik", "asap", "btw", "fyi", "idc", "idk", "iirc", "imho", "imo", "irl"}
    | {"lmao", "lmk", "lol", "omg", "rofl", "thx", "ttyl", "wtf"}
)
"""What people write in short that names nothing."""
_WRITTEN = re.compile(r"(?=.*[A-Z])[A-Z][A-Z0-9]{1,6}|[a-z][a-z0-9]{2,6}")
_SKIPPED = rf"(?:(?:{SMALL_WORDS}) )*?"
_SIGN = re.compile(r"\d+|\w")


class Initials:
    """The names of a library, for those who write them by their first letters.

    They are looked up by a regular expression over all of them, which takes a millisecond or two:
    a table of abbreviations would cost every start as much as hundreds of messages need it.

    Args:
        names: as `assistant.titles.words.key_of` makes them, with and without their article.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._lines = "\n".join(("", *names, ""))

    def find(self, words: Sequence[str], short: Sequence[bool]) -> tuple[str, ...]:
        """The keys of the names that `words` may stand for; none if there are too many.

        Args:
            words: as keys, the first of them short.
            short: of each word, whether it stands for several by their first letters.
        """
        rest = " ".join(words[1:])
        if rest and not any(short[1:]) and f" {rest}\n" not in self._lines:
            return ()
        parts = (
            _expanded(word) if is_short else _SKIPPED + re.escape(word)
            for word, is_short in zip(words, short, strict=True)
        )
        name = re.compile("\n(" + " ".join(parts) + ")(?=\n)")
        found = dict.fromkeys(match[1].removeprefix("the ") for match in name.finditer(self._lines))
        return tuple(found) if len(found) <= MAX_READINGS else ()


def is_short(written: str) -> bool:
    """Whether a word may be made of first letters: capitals, or a few small ones."""
    return _WRITTEN.fullmatch(written) is not None and written.casefold() not in _CHAT


def _expanded(word: str) -> str:
    """What the names match that have the letters of `word`."""
    signs = _SIGN.findall(word)
    return " ".join(_SKIPPED + (sign if sign.isdigit() else rf"{sign}\w*") for sign in signs)
