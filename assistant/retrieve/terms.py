"""Whether a text carries a word: by its stem, or as a substring where words run together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.families import relatives
from assistant.themes import variants
from assistant.types import Avoided, Video
from store.text import STOP_WORDS, has_cjk, stem, tokens

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_LETTER = r"[^\W_]"
_BETWEEN = r"[\W_]+"
_SYMBOLS = re.compile(r"[^\w\s'’-]")
"""What makes a term more than its words: "C++", "C#", ".NET"."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text prepared for looking into."""

    plain: str
    folded: str
    """Without accents, as stems are."""


def _prepared(parts: Iterable[str]) -> _Text:
    plain = "\n".join(parts).lower()
    if plain.isascii():
        return _Text(plain, plain)
    plain = unicodedata.normalize("NFKC", plain)
    return _Text(plain, _ACCENTS.sub("", unicodedata.normalize("NFD", plain)))


_Finder = Callable[[_Text], bool]
"""Whether a text carries one term."""


def _finder(term: str, *, relatives_too: bool = False) -> _Finder:
    """How to find a word or a phrase in texts.

    Words are compared by stem, those of a phrase in a row; a term with Chinese, Japanese or
    Korean in it is found as a substring, one with symbols ("C++") as it is written.

    Args:
        term: in any case.
        relatives_too: whether the words of a word's family stand for it: "violence" for "violent".
    """
    written = unicodedata.normalize("NFKC", term).lower().strip()
    if has_cjk(written):
        return lambda text: written in text.plain
    if _SYMBOLS.search(written) or not tokens(written):
        literal = re.compile(_bounded(written))
        return lambda text: literal.search(text.plain) is not None
    stems_of = relatives if relatives_too else _only_stem
    return _stem_finder([stems_of(token) for token in tokens(written)])


def _only_stem(token: str) -> frozenset[str]:
    return frozenset({stem(token)})


def _stem_finder(words: Sequence[frozenset[str]]) -> _Finder:
    """How to find words in a row, each by any of its stems."""
    # a stem without its last letter begins every word that has it: comedi, comedy
    beginnings = [[one[:-1] if len(one) > 2 else one for one in sorted(stems)] for stems in words]
    patterns = (f"((?:{'|'.join(map(re.escape, any_of))}){_LETTER}*)" for any_of in beginnings)
    pattern = re.compile(f"(?<!{_LETTER}){_BETWEEN.join(patterns)}")

    def occurs(text: _Text) -> bool:
        folded = text.folded
        for any_of in beginnings:
            if not any(beginning in folded for beginning in any_of):
                return False  # the usual case, and much faster than the pattern
        return any(
            all(stem(said) in stems for said, stems in zip(match.groups(), words, strict=True))
            for match in pattern.finditer(folded)
        )

    return occurs


def _bounded(written: str) -> str:
    before = f"(?<!{_LETTER})" if written[:1].isalnum() else ""
    after = f"(?!{_LETTER})" if written[-1:].isalnum() else ""
    return before + re.escape(written) + after


class AvoidedTerms:
    """Terms that no pick may carry, in any language, and what is excepted from them."""

    def __init__(self, avoided: Sequence[Avoided]) -> None:
        self._terms = [
            (
                _finder(one.term, relatives_too=True),
                _word_finder(variants(one.term)[1:]),
                [_all_words(phrase) for phrase in one.unless],
            )
            for one in avoided
            if one.term.strip()
        ]

    def carried_by(self, video: Video) -> bool:
        """Whether anything that is said of `video` carries one of them, and is no exception."""
        if not self._terms:
            return False
        names = (*video.people, *filter(None, [video.channel]))
        own = (*_own_text(video), *video.keywords)
        text, nameless = _prepared((*own, *names)), _prepared(own)  # Guerra is a name, too
        return any(
            (carries(text) or means(nameless)) and not any(excepts(text) for excepts in exceptions)
            for carries, means, exceptions in self._terms
        )


def _all_words(phrase: str) -> _Finder:
    """How to find all the words of a phrase, wherever they stand: "zombie comedies"."""
    words = [_in_any_language(word) for word in tokens(phrase)] or [_finder(phrase)]
    return lambda text: all(occurs(text) for occurs in words)


def _in_any_language(word: str) -> _Finder:
    as_said, others = _finder(word), _word_finder(variants(word)[1:])
    return lambda text: as_said(text) or others(text)


def _word_finder(words: Sequence[str]) -> _Finder:
    """How to find any of several words as they are written.

    Each must be whole, but for those of Chinese, Japanese and Korean.
    """
    ascii_only = [word for word in words if word.isascii()]

    def occurs(text: _Text) -> bool:
        likely = ascii_only if text.plain.isascii() else words
        return any(
            has_cjk(word) or re.search(_bounded(word), text.plain)
            for word in likely
            if word in text.plain
        )

    return occurs


class WishWords:
    """The words of a wish that say something, as they are written there.

    Where no word does, all count, as in `Library.search`: a wish for "The Who" is one.
    """

    def __init__(self, wish: str) -> None:
        words = tokens(wish)
        telling = [word for word in words if word not in STOP_WORDS] or words
        by_stem = {stem(word): word for word in reversed(telling)}
        self._terms = {
            _as_written(word, wish): _finder(word)
            for word in reversed(by_stem.values())
            if not _too_short(word)
        }

    def matched(self, video: Video) -> tuple[str, ...]:
        """Those that the title, description or tags of `video` contain, in their order."""
        if not self._terms:
            return ()
        text = _prepared(_own_text(video))
        return tuple(word for word, carries in self._terms.items() if carries(text))


def _own_text(video: Video) -> tuple[str, ...]:
    return (video.title, *video.other_titles, video.description, *video.tags)


def _too_short(token: str) -> bool:
    """A single Chinese character is a part of too many words that mean something else."""
    return len(token) == 1 and has_cjk(token)


def _as_written(token: str, wish: str) -> str:
    start = wish.lower().find(token)
    return wish[start : start + len(token)] if start >= 0 else token
