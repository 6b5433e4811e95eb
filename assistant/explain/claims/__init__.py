"""Whether a sentence that a model wrote freely says only what is known.

A sentence is split into its claims: titles, people, numbers, topics, comparisons and statements
about the viewer. Each is verified together with its relation (liked is not shown, like is not is,
by is not about) against the pick's evidence, its own record and the request. The checker is
conservative: what it cannot verify is unsupported, and so are words that it does not know.
"""

from __future__ import annotations

from assistant.explain.claims.claim import Claim, ClaimKind
from assistant.explain.claims.known import Known, known_of

__all__ = ["Claim", "ClaimKind", "Known", "check_claims", "known_of", "unsupported"]


def check_claims(sentence: str, known: Known, language: str) -> tuple[Claim, ...]:
    """Every claim of `sentence`, with whether it is supported.

    Args:
        sentence: one sentence or a few, in `language`.
        known: what may be claimed.
        language: ``zh``, or English for every other.
    """
    from assistant.explain.claims.chinese import CHINESE
    from assistant.explain.claims.english import ENGLISH
    from assistant.explain.claims.reading import read_claims

    idiom = CHINESE if language == CHINESE.language else ENGLISH
    return tuple(read_claims(sentence, known, idiom))


def unsupported(sentence: str, known: Known, language: str) -> tuple[Claim, ...]:
    """The claims of `sentence` that are not supported."""
    return tuple(one for one in check_claims(sentence, known, language) if not one.supported)
