"""Text as it enters and as it is searched: cleaning, words, stems.

A title is a stranger's text that ends up in a terminal, a full-text query and a prompt, so it is
cleaned once, where it enters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from store.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from snowballstemmer.porter_stemmer import PorterStemmer

__all__ = ["STOP_WORDS", "clean_text", "has_cjk", "segment", "stem", "tokens"]

# --- cleaning ----------------------------------------------------------------------------------

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])"  # OSC, DCS, SOS, PM, APC: up to their end
    r"[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"  # the short ones
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+|\u2800")  # a braille blank looks like a space and is not one
_PLAIN = re.compile(r"[\n -~]*")  # most texts: nothing in them to take out
_JOINED = "\u0600-\u06ff\u0750-\u077f\u0900-\u0dff"  # Arabic and Indic: joiners change the word
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
    rf"|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
)


def clean_text(text: str, *, max_chars: int = 20_000, keep_lines: bool = False) -> str:
    """Make a stranger's text safe to show, store and put into a prompt.

    The result is NFC, without control characters, terminal escape sequences, lone surrogates,
    bidirectional controls and invisible characters; white space is collapsed and trimmed.
    Cleaning twice changes nothing.

    Args:
        text: anything.
        max_chars: the most characters that the result may have.
        keep_lines: keep line breaks (no more than one blank line in a row) instead of turning
            them into spaces.
    """
    text = text[: 4 * max_chars]  # bounds the work; escapes and blanks may still fall away
    if not _PLAIN.fullmatch(text):
        text = _BREAKS.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
        text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
    if keep_lines:
        lines = (" ".join(line.split()) for line in text.split("\n"))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    else:
        text = " ".join(text.split())
    return unicodedata.normalize("NFC", text)[:max_chars].strip()


# --- words -------------------------------------------------------------------------------------

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_HIRAGANA = "\u3041-\u309f"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_CJK = re.compile(f"[{_HAN}{_KATAKANA}{_HIRAGANA}{_HANGUL}]")
_UNSPACED = f"(?P<han>[{_HAN}]+)|[{_KATAKANA}]+|[{_HIRAGANA}]+"
_UNSPACED_RUN = re.compile(_UNSPACED)
_WORD = re.compile(rf"{_UNSPACED}|(?:[^\W_{_HAN}{_KATAKANA}{_HIRAGANA}]|[{_MARKS}])+")


def has_cjk(text: str) -> bool:
    """Whether there is Chinese, Japanese or Korean writing in `text`."""
    return not text.isascii() and _CJK.search(text) is not None


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
