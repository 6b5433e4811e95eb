"""Text as it is searched: words, stems. How it is cleaned where it enters: `store.cleaning`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from store.cleaning import clean_text, printable
from store.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from snowballstemmer.porter_stemmer import PorterStemmer

__all__ = [
    "STOP_WORDS",
    "clean_text",
    "folded",
    "has_cjk",
    "is_latin",
    "printable",
    "segment",
    "stem",
    "tokens",
    "typed_words",
]

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HIRAGANA = "\u3041-\u309f"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CJK = re.compile(f"[{_HAN}{_KATAKANA}{_HIRAGANA}{_HANGUL}]")
_UNSPACED = f"(?P<han>[{_HAN}]+)|[{_KATAKANA}]+|[{_HIRAGANA}]+"
_UNSPACED_RUN = re.compile(_UNSPACED)
_WORD = re.compile(rf"{_UNSPACED}|(?:[^\W_{_HAN}{_KATAKANA}{_HIRAGANA}]|[{_MARKS}])+")


def has_cjk(text: str) -> bool:
    """Whether there is Chinese, Japanese or Korean writing in `text`."""
    return not text.isascii() and _CJK.search(text) is not None


def folded(text: str) -> str:
    """`text` for a search of its letters: without case and accents, full-width as ordinary."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def is_latin(text: str) -> bool:
    """Whether most letters of `text` are Latin, or it has none.

    A character of Chinese, Japanese or Korean says about as much as two Latin letters.
    """
    if text.isascii():
        return True
    latin = others = 0
    for letter in text:
        if letter.isalpha():
            if letter.isascii() or unicodedata.name(letter, "").startswith("LATIN"):
                latin += 1
            else:
                others += 2 if _CJK.match(letter) else 1
    return others <= latin


def tokens(text: str) -> list[str]:
    """The words of `text`, lower-cased, in order, stop words included.

    Chinese is segmented into words; a run of kana is one word; everywhere else a word is a run
    of letters and digits.
    """
    words: list[str] = []
    for match in _WORD.finditer(_compatible(text).lower()):
        if match["han"] is None:
            words.append(match[0])
        else:
            words.extend(_chinese_words(match[0]))
    return words


def typed_words(text: str) -> list[str]:
    """The words of what is being typed: as `tokens`, but a run of Chinese is one of them.

    How it is to be segmented shows only when it is complete.
    """
    return [match[0] for match in _WORD.finditer(_compatible(text).lower())]


def segment(text: str) -> str:
    """`text` for a full-text index that splits at spaces: Chinese and Japanese runs set apart.

    A long Chinese word is followed into its parts, so that each of them finds it.
    """
    text = _compatible(text)
    if not has_cjk(text):
        return text
    return _UNSPACED_RUN.sub(_set_apart, text)


@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """The form under which the full-text index files a word.

    That is what SQLite's ``porter unicode61 remove_diacritics 2`` makes of it: no accents on
    Latin letters, then Porter's stemmer (1980), which leaves other scripts as they are.
    """
    plain = "".join(_without_accent(letter) for letter in token)
    return str(_porter().stemWord(plain))


def _compatible(text: str) -> str:
    """Full-width Latin and half-width kana as the ordinary letters."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _chinese_words(run: str) -> list[str]:
    import rjieba  # 0.26 s, for its dictionary: not for those who have no Chinese text

    return list(rjieba.cut(run))


def _set_apart(run: re.Match[str]) -> str:
    if run["han"] is None:
        return f" {run[0]} "
    import rjieba

    return f" {' '.join(rjieba.cut_for_search(run[0]))} "


@cache
def _without_accent(letter: str) -> str:
    if letter.isascii():
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    return base if unicodedata.name(base, "").startswith("LATIN") else letter


@cache
def _porter() -> PorterStemmer:
    from snowballstemmer.porter_stemmer import PorterStemmer

    return PorterStemmer()
