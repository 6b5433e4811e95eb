"""The words that a genre, a mood or a theme goes by in other languages.

What is declined in one language must not be shown in another: 不要恐怖片 rules out what an English
library calls horror. Where words are compared by meaning, near ones would do; here they would
rule out what nobody declined, so each theme lists its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

UNDERSTOOD_ONLY = "~"
"""Before a word that is understood, but not looked for."""
LOOKED_FOR_ONLY = "+"
"""Before a word of another theme that is of this one as well: who declines what is scary declines
horror, and who declines horror does not decline all that is scary."""
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NOUN = re.compile(
    r"(?:[类類]?[型]?(?:影?片|电影|電影|影片|题材|題材)|映画|もの|系|\s?(?:영화|물)"
    r"|\s(?:movies?|films?|filme[ns]?))$"
)
"""After a theme, the thing that is of it: 恐怖片, "horror films"."""


def variants(term: str) -> tuple[str, ...]:
    """`term`, and the words of the same theme in all languages.

    Args:
        term: a word or a phrase as it was said, in any case, with or without its accents.

    Returns:
        At least `term` itself, first. Words are written small, in each form that is looked for.
    """
    folded = _folded(term)
    by_word = _by_word()
    same = by_word.get(folded) or by_word.get(_NOUN.sub("", folded)) or ()
    return tuple(dict.fromkeys((term, *same)))


@cache
def _by_word() -> Mapping[str, tuple[str, ...]]:
    """What to look for, by each word that is understood."""
    import tomllib

    file = resources.files("assistant").joinpath("themes.toml")
    found: dict[str, tuple[str, ...]] = {}
    for theme in tomllib.loads(file.read_text("utf-8"))["themes"]:
        words = [word for listed in theme.values() for word in listed.split(", ")]
        looked_for = tuple(
            word.removeprefix(LOOKED_FOR_ONLY)
            for word in words
            if not word.startswith(UNDERSTOOD_ONLY)
        )
        for word in words:
            if word.startswith(LOOKED_FOR_ONLY):
                continue
            folded = _folded(word.removeprefix(UNDERSTOOD_ONLY))
            found[folded] = tuple(dict.fromkeys((*found.get(folded, ()), *looked_for)))
    return found


def _folded(word: str) -> str:
    """`word` without case and accents."""
    compatible = unicodedata.normalize("NFKC", word).casefold().strip()
    return _ACCENTS.sub("", unicodedata.normalize("NFD", compatible))
