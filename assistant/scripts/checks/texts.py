"""What must hold of texts: sentences, the summary, the answer."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from assistant.scripts.checks.evidence import QUOTED
from assistant.scripts.checks.wording import holds
from assistant.scripts.expectations import SentencesExpectation, TextExpectation
from assistant.types import Pick

_SCRIPTS: dict[str, frozenset[str]] = {
    "zh": frozenset({"CJK"}),
    "ja": frozenset({"HIRAGANA", "KATAKANA", "CJK"}),
    "ko": frozenset({"HANGUL"}),
    "ru": frozenset({"CYRILLIC"}),
    "uk": frozenset({"CYRILLIC"}),
    "ar": frozenset({"ARABIC"}),
    "fa": frozenset({"ARABIC"}),
    "he": frozenset({"HEBREW"}),
    "el": frozenset({"GREEK"}),
    "hi": frozenset({"DEVANAGARI"}),
    "th": frozenset({"THAI"}),
}
_LATIN = frozenset({"LATIN"})
_KANA = frozenset({"HIRAGANA", "KATAKANA"})


def check_text(
    what: str, expected: TextExpectation, text: str, names: Iterable[str] = ()
) -> Iterator[str]:
    """What does not hold of a text, which is called `what`; `names` are of no language."""
    if expected.empty is not None and expected.empty == bool(text):
        yield f"{what} is {text!r}" if text else f"{what} is empty"
    for words in expected.contains:
        if not holds(text, words):
            yield f"{what} does not say {words!r}: {text!r}"
    if expected.contains_any and not any(holds(text, words) for words in expected.contains_any):
        yield f"{what} says none of {list(expected.contains_any)}: {text!r}"
    for words in expected.excludes:
        if holds(text, words):
            yield f"{what} says {words!r}: {text!r}"
    if expected.matches is not None and not re.search(expected.matches, text):
        yield f"{what} does not match {expected.matches!r}: {text!r}"
    if expected.language is not None and not written_in(text, expected.language, names):
        yield f"{what} is not written as {expected.language}: {text!r}"


def check_sentences(expected: SentencesExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    """What does not hold of the sentences of the picks."""
    for pick in picks:
        if not pick.sentence:
            yield f"{pick.video.id} has no sentence"
    sentences = [pick.sentence for pick in picks]
    if expected.distinct and len(set(sentences)) < len(sentences):
        yield f"the same sentence twice: {sentences}"
    together = expected.model_copy(update={"language": None})
    yield from check_text("the sentences", together, "\n".join(sentences))
    alone = TextExpectation(language=expected.language)
    for pick in picks:
        yield from check_text(f"the sentence of {pick.video.id}", alone, pick.sentence)


def written_in(text: str, language: str, names: Iterable[str] = ()) -> bool:
    """Whether most letters of `text`, quotations and `names` aside, are of a language's script.

    Languages of one script are not told apart: an English text is written like a French one.
    """
    text = QUOTED.sub("", text)
    held = {name for name in names if name.casefold() in text.casefold()}
    for name in sorted(held, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "", text, flags=re.IGNORECASE)
    letters = Counter(_script(letter) for letter in text if letter.isalpha())
    wanted = _SCRIPTS.get(language, _LATIN)
    kana = any(letters[script] for script in _KANA)
    if (language == "zh" and kana) or (language == "ja" and not kana):
        return False
    own = sum(letters[script] for script in wanted)
    return 2 * own > letters.total()


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]
