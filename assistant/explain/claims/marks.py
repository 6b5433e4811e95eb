"""Titles, people and quoted words of a sentence, each replaced by a mark of one character.

Rules about what is said of a title can then be written without knowing the title.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.explain.claims.known import Known, folded
from store.text import has_cjk

_TITLES, _PEOPLE, _QUOTES = 0xE000, 0xE400, 0xE800
_OWN, _CHANNEL = "\uec00", "\uec01"
_EACH = 0x400

TITLE = "[\ue000-\ue3ff]"
"""A title that is not the pick's own."""
PERSON = "[\ue400-\ue7ff]"
QUOTE = "[\ue800-\uebff]"
"""Words between quotation marks that are no title and no name."""
OWN = _OWN
CHANNEL = _CHANNEL
MARK = "[\ue000-\uefff]"

_QUOTED = re.compile('“([^“”]*)”|《([^《》]*)》|「([^「」]*)」|"([^"]*)"|‹([^‹›]*)›|«([^«»]*)»')
_SHORTEST_SURNAME = 4
_BEFORE, _AFTER = r"(?<![^\W\u3000-\u9fff])", r"(?![^\W\u3000-\u9fff])"
"""No letter but a Chinese one stands there."""


@dataclass
class Marked:
    """A sentence with marks in place of what was recognised."""

    text: str = ""
    meant: dict[str, str] = field(default_factory=dict)
    """What each mark stands for, as it was written."""

    def add(self, base: int, text: str) -> str:
        """A new mark for `text`."""
        mark = chr(base + sum(base <= ord(one) < base + _EACH for one in self.meant))
        self.meant[mark] = text
        return mark

    def spelled(self, text: str) -> str:
        """`text` with what its marks stand for."""
        return re.sub(MARK, lambda match: f"“{self.meant[match[0]]}”", text).strip()


def mark(sentence: str, known: Known) -> Marked:
    """Mark titles, people and quotations in a sentence, without its private characters."""
    marked = Marked()
    own = {folded(title) for title in (known.video.title, *known.video.other_titles)}
    people = {folded(name) for name in _names(known)}
    channel = folded(known.video.channel or "")

    def quoted(match: re.Match[str]) -> str:
        text = next(group for group in match.groups() if group is not None)
        key = folded(text)
        if key in own:
            return marked.meant.setdefault(_OWN, text) and _OWN
        if _known_title(key, known):
            return marked.add(_TITLES, text)
        if key in people:
            return marked.add(_PEOPLE, text)
        if key and key == channel:
            return marked.meant.setdefault(_CHANNEL, text) and _CHANNEL
        return marked.add(_QUOTES, text)

    marked.text = _QUOTED.sub(quoted, re.sub(MARK, "", sentence))
    for base, name in _unquoted(known):
        if pattern := _spelling(name, anywhere=base != _PEOPLE):
            marked.text = pattern.sub(functools.partial(_again, marked, base), marked.text)
    return marked


def _again(marked: Marked, base: int, match: re.Match[str]) -> str:
    text = match[0]
    if base in (ord(_OWN), ord(_CHANNEL)):
        marked.meant.setdefault(chr(base), text)
        return chr(base)
    return marked.add(base, text)


def _known_title(key: str, known: Known) -> bool:
    if key in known.ties:
        return True
    return key.endswith("…") and any(title.startswith(key[:-1].rstrip()) for title in known.ties)


def _names(known: Known) -> Iterable[str]:
    return (*known.video.people, *known.people_mentioned)


def _unquoted(known: Known) -> Iterator[tuple[int, str]]:
    """What may stand in a sentence without quotation marks, the longest first."""
    own = [(ord(_OWN), title) for title in (known.video.title, *known.video.other_titles)]
    others = [(_TITLES, title) for title in known.ties]
    channel = [(ord(_CHANNEL), known.video.channel)] if known.video.channel else []
    people = [(_PEOPLE, name) for name in _names(known)]
    surnames = [
        (_PEOPLE, name.split()[-1])
        for name in _names(known)
        if len(name.split()) > 1 and len(name.split()[-1]) >= _SHORTEST_SURNAME
    ]
    yield from sorted([*own, *others, *channel, *people, *surnames], key=lambda one: -len(one[1]))


def _spelling(name: str, *, anywhere: bool) -> re.Pattern[str] | None:
    """How a name is found in a sentence; one word only where it begins with a capital letter."""
    name = name.strip()
    if not name or (has_cjk(name) and len(name) < 2):
        return None
    body = re.escape(name)
    if has_cjk(name):
        return re.compile(body, re.IGNORECASE)
    if " " in name and anywhere:
        return re.compile(rf"{_BEFORE}{body}{_AFTER}", re.IGNORECASE)
    capital = re.escape(name[:1].upper() + name[1:])
    return re.compile(rf"{_BEFORE}{capital}{_AFTER}")
