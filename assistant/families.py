"""Words of one family, as far as a stemmer leaves them apart: violent, violence; scary, scare.

Porter's stemmer joins the forms of a word, and few of the words that are made of it. Rules for more
of these join what does not belong together ("party", "part"), so that all but two are listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from store.text import stem

_FEWEST_LETTERS = 3
"""Before a suffix: with fewer, what is left is no word."""
_SUFFIXES = {"ent": "enc", "enc": "ent", "ant": "anc", "anc": "ant"}
"""As the stemmer leaves them: silent, silence; romantic, romance."""


def relatives(word: str) -> frozenset[str]:
    """The stems of all words of the family of `word`, its own among them.

    Args:
        word: written small. One of another script than Latin has no family.
    """
    own = stem(word)
    made = _SUFFIXES.get(own[-3:]) if len(own) >= _FEWEST_LETTERS + 3 else None
    alike = {own, own[:-3] + made} if made else {own}
    return frozenset(alike | _listed().get(own, frozenset()))


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """The families that are listed, by the stem of each of their words."""
    text = resources.files("assistant").joinpath("families.txt").read_text("utf-8")
    families = (
        frozenset(map(stem, line.split())) for line in text.splitlines() if not line.startswith("#")
    )
    return {one: family for family in families for one in family}
