"""What no pick may carry: what the person declines, and what is left out for who watches too."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from assistant.families import relatives
from assistant.types import Avoided, Company, Request
from store.text import has_cjk, stem, tokens


def left_out(request: Request) -> tuple[Avoided, ...]:
    """The terms that no pick may carry.

    With children there, those of ``with_kids.toml`` are among them, but for what the request itself
    wishes for: who asks for a horror film for the kids means it.
    """
    return (*request.avoid, *for_company(request))


def for_company(request: Request) -> tuple[Avoided, ...]:
    """Of these, the ones that are left out for who watches too."""
    if request.company is not Company.KIDS:
        return ()
    return tuple(one for one in _for_kids() if not wishes_for(request.wish, one.term))


def wishes_for(wish: str, term: str) -> bool:
    """Whether a wish has all the words of a term in it, or others of their families."""
    if has_cjk(term):
        return term in wish
    words, wished = tokens(term), {stem(word) for word in tokens(wish)}
    return bool(words) and all(relatives(word) & wished for word in words)


@cache
def _for_kids() -> tuple[Avoided, ...]:
    text = resources.files("assistant").joinpath("with_kids.toml").read_text("utf-8")
    return tuple(Avoided(term=term) for terms in tomllib.loads(text).values() for term in terms)
