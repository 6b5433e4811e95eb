"""Putting a message into words that the rules read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.understand.foreign.lexicon import UNSPACED, Lexicon, Phrase, load_lexicon
from assistant.understand.reading import Span

_TOKEN = re.compile(r"<([a-z]+\d?)>")
_FIRST_KEPT = 0xE100
"""From here on private characters stand for what is kept: no phrase matches them."""
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_STOP = re.compile(r"[ \t]+(?=[.,;:!?])")
_WORD = re.compile(r"[^\W_]+|.", re.DOTALL)


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
        text = text[:start] + chr(_FIRST_KEPT + number) + text[end:]
    rewritten = _rewritten(text, load_lexicon(language))
    for number, original in enumerate(originals):
        rewritten = rewritten.replace(chr(_FIRST_KEPT + number), original)
    return _BEFORE_STOP.sub("", _SPACES.sub(" ", rewritten)).strip()


def _rewritten(text: str, lexicon: Lexicon) -> str:
    written: list[str] = []
    position = 0
    while position < len(text):
        found = _longest(text, position, lexicon)
        if found is None:
            word = _WORD.match(text, position)
            end = position + 1 if word is None or lexicon.language in UNSPACED else word.end()
            written.append(text[position:end])
        else:
            phrase, match = found
            end = match.end()
            written.append(_translated(phrase, match, lexicon))
            if lexicon.language in UNSPACED:
                written = [*written[:-1], f" {written[-1]} "]
        position = end
    return "".join(written)


def _longest(text: str, position: int, lexicon: Lexicon) -> tuple[Phrase, re.Match[str]] | None:
    """The phrase that reaches farthest from `position`, the first of several."""
    best: tuple[Phrase, re.Match[str]] | None = None
    for phrase in lexicon.phrases:
        match = phrase.pattern.match(text, position)
        if match and match.end() > position and (best is None or match.end() > best[1].end()):
            best = phrase, match
    return best


def _translated(phrase: Phrase, match: re.Match[str], lexicon: Lexicon) -> str:
    def word(token: re.Match[str]) -> str:
        said = match[token[1]]
        name = token[1].rstrip("0123456789")
        translated = lexicon.translated(name, said)
        if translated is not None or name not in ("word", "rest"):
            return translated if translated is not None else said
        return _rewritten(said, lexicon)

    return _TOKEN.sub(word, phrase.english)
