"""The language of a message: by its script, else by its frequent words and by py3langid.

In doubt it is English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Protocol

SERVED = ("en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "tr", "ru", "uk")
"""Languages that are told apart by their letters' order (ISO 639-1)."""
MARGIN = 3.0
"""How much likelier (in nats) another language must be than English: chosen on messages in ten
languages and on 2,000 of English conversations."""
UNSURE = 8.0
"""The same of plain letters without any frequent word of the language: "spaghetti western"."""
CONTINUED = 6.0
"""How much likelier the language spoken before is; chosen likewise."""
TELLING = 5.0
"""How much likelier (in nats) each frequent word of a language makes it; chosen likewise."""
PLAINLY_ENGLISH = 0.5
"""With so large a share of English function words a message is not looked at further: the model
takes half a second to load."""
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_ENGLISH = frozenset(
    """
    a about after all am an and any anything are around at be been before better between but by
    can could did do does don't few for forget from funny get give good had has have help her here
    him his how i i'd i'll i'm i've if in is it it's its just last less like long make many me more
    most movie movies my never new no not nothing of old on one ones only or other our out over
    please recommend seen she short shorter show shows some something than thanks that the their
    them then there these they thing this those three to two under us very want was watch watched
    hi hello hey ok okay oh yes yeah action comedy comedies drama series documentary documentaries
    video videos music media concert concerts
    we were what when where which who why will with without would year years you your film films
    talk talks minutes hours
    """.split()  # noqa: SIM905 - a list of strings would be unreadable
)


_CHINESE_ASKING = frozenset("想看要找来给我推荐关于的和部个有没")
"""Characters that ask: with two of them a message is Chinese, however much English it holds."""


def message_language(text: str, before: str | None = None) -> str:
    """The language of a message (ISO 639-1).

    Chinese, Japanese and Korean are told by their characters: one of Chinese says about as much
    as two Latin letters, so "想看 Python 的视频" is Chinese.

    Args:
        text: the message, tidied.
        before: the language of the message before it: a word or two say little by themselves.
    """
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    han, letters = len(_HAN.findall(text)), len(_LETTER.findall(text))
    if 3 * han > letters - han or len(_CHINESE_ASKING & set(text)) > 1:
        return "ja" if before == "ja" else "zh"
    if not letters:  # "2", "??"
        return before or "en"
    if _plainly_english(text, before):
        return "en"
    likely = _likelihoods(text)
    if before in likely:
        likely[before] += CONTINUED
    best = max(likely, key=lambda one: likely[one])
    sure = (
        best == before
        or not text.isascii()
        or bool(_words(text) & _telling().get(best, frozenset()) & _foreign())
    )
    return best if likely[best] - likely["en"] > (MARGIN if sure else UNSURE) else "en"


def _plainly_english(text: str, before: str | None) -> bool:
    """Whether it need not be looked at: it has enough function words, or is one plain word."""
    if not text.isascii():
        return False
    words = _WORD.findall(text.lower())
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(any(part in _foreign() for part in _parts(word)) for word in words)
    if foreign and foreign >= english:
        return False
    if len(words) == 1 and before in (None, "en"):
        return True
    return english >= PLAINLY_ENGLISH * len(words)


def _words(text: str) -> set[str]:
    """The words of `text`, in small letters, with those that are joined in one."""
    return {part for word in _WORD.findall(text.lower()) for part in _parts(word)}


def _parts(word: str) -> Iterable[str]:
    """A word, and the words that an apostrophe or a hyphen joins in it."""
    return word, *re.split("['-]", word)


def _likelihoods(text: str) -> dict[str, float]:
    """The logarithm of P(text | language), up to a constant, for each that is served."""
    words = _words(text)
    telling = {"en": _ENGLISH, **_telling()}
    return {
        language: likelihood + TELLING * len(words & telling[language])
        for language, likelihood in _ranker()(text)
    }


@cache
def _telling() -> Mapping[str, frozenset[str]]:
    """The frequent words of requests, by language."""
    import yaml

    file = resources.files("assistant.understand").joinpath("telling_words.yaml")
    listed = yaml.safe_load(file.read_text("utf-8"))
    return {language: frozenset(words.split()) for language, words in listed.items()}


@cache
def _foreign() -> frozenset[str]:
    """The frequent words of other languages that are none of English."""
    return frozenset(word for words in _telling().values() for word in words) - _ENGLISH


class _Ranker(Protocol):
    def __call__(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _ranker() -> _Ranker:
    from py3langid import langid  # type: ignore[import-untyped]

    langid.set_languages(SERVED)
    return langid.rank  # type: ignore[no-any-return]
