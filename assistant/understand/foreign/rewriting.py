"""Putting a message into words that the rules read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from assistant.understand.foreign.lexicon import (
    FIRST_KEPT,
    REWRITTEN,
    UNSPACED,
    Lexicon,
    Phrase,
    load_lexicon,
    said_for,
)
from assistant.understand.reading import Span

_TOKEN = re.compile(r"<([a-z]+)(\d?)(!?)>")
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_STOP = re.compile(r"[ \t]+(?=[.,;:!?])")
_WORD = re.compile(r"[^\W_]+|.", re.DOTALL)
_IN_A_WORD = "'-&"


def in_english(text: str, language: str, kept: Iterable[Span] = ()) -> str:
    """`text` with every phrase of the language's lexicon in English, all other words as they are.

    Args:
        text: the message, tidied: it holds no private characters.
        language: one of `LEXICONS`.
        kept: places that stay as they are: titles.
    """
    spans = sorted(kept)
    originals = [text[start:end] for start, end in spans]
    for number, (start, end) in reversed(list(enumerate(spans))):
        text = text[:start] + chr(FIRST_KEPT + number) + text[end:]
    rewritten = _rewritten(text, load_lexicon(language))
    for number, original in enumerate(originals):
        rewritten = rewritten.replace(chr(FIRST_KEPT + number), original)
    return _BEFORE_STOP.sub("", _SPACES.sub(" ", rewritten)).strip()


class _Piece(NamedTuple):
    said: str
    english: str
    kind: Literal["phrase", "small", "word", "gap"]
    """A gap is white space; stops count as phrases."""


def _rewritten(text: str, lexicon: Lexicon) -> str:
    pieces: list[_Piece] = []
    position = 0
    while position < len(text):
        found = _longest(text, position, lexicon)
        piece = _plain(text, position, lexicon) if found is None else _replaced(*found, lexicon)
        pieces.append(piece)
        position += len(piece.said)
    return "".join(
        piece.said if kept else piece.english
        for piece, kept in zip(pieces, _between_words(pieces), strict=True)
    )


def _between_words(pieces: Sequence[_Piece]) -> list[bool]:
    """For each piece whether it is a small word between words that stay."""
    kept = [False] * len(pieces)
    kinds = "".join(piece.kind[0] for piece in pieces)
    for run in re.finditer("(?<=w)g*s[sg]*(?=w)", kinds):
        kept[slice(*run.span())] = [True] * len(run[0])
    return kept


def _longest(text: str, position: int, lexicon: Lexicon) -> tuple[Phrase, re.Match[str]] | None:
    """The phrase that reaches farthest from `position`, the first of several."""
    best: tuple[Phrase, re.Match[str]] | None = None
    for phrase in lexicon.phrases:
        match = phrase.pattern.match(text, position)
        if match and match.end() > position and (best is None or match.end() > best[1].end()):
            best = phrase, match
    return best


def _plain(text: str, position: int, lexicon: Lexicon) -> _Piece:
    """What no phrase has: a word, of an unspaced language a character."""
    word = _WORD.match(text, position)
    said = text[position] if word is None or lexicon.language in UNSPACED else word[0]
    if said.isspace():
        return _Piece(said, said, "gap")
    is_word = said[0].isalnum() or said[0] in _IN_A_WORD or said[0] >= chr(FIRST_KEPT)
    return _Piece(said, said, "word" if is_word else "phrase")


def _replaced(phrase: Phrase, match: re.Match[str], lexicon: Lexicon) -> _Piece:
    def word(token: re.Match[str]) -> str:
        name, said = token[1], said_for(f"{token[1]}{token[2]}", match)
        if token[3]:
            return said
        if name in REWRITTEN:
            return _rewritten(said, lexicon)
        translated = lexicon.translated(name, said)
        return said if translated is None else translated

    english = _TOKEN.sub(word, phrase.english)
    if lexicon.language in UNSPACED:
        english = f" {english} "
    if english.casefold() == match[0].casefold():
        return _Piece(match[0], match[0], "word")
    return _Piece(match[0], english, "small" if phrase.small else "phrase")
