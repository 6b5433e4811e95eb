"""Remarks: sentences in passing, "I haven't seen that", "was it good?", that wish for nothing."""

from __future__ import annotations

import re

from assistant.understand.reading import MASK, Span

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?\n]+|$)")
_OPENERS = (
    r"\W*(?>(?:yes|yeah|yep|no|nope|ok|okay|oh+|ooh+|ah+|wow|well|so|but|and|hmm+|haha+|lol|right|"
    r"cool|great|nice|also|too|hi|hello|hey)\b[\s,]*)*+"
)
_I = (
    r"i(?:'ve|'d|'ll| (?:have|haven't|havent|had|did|didn't|saw|think|thought|remember|forgot|hear|"
    r"heard|know|don't know|never|recently|just|already|will|would|could|can't|cannot|was|wasn't|"
    r"watched|finished|hope|agree|guess|appreciate|do|don't|am glad|really appreciate|actually))\b"
    r"|i'm (?:glad|sure|afraid|sorry|good|fine|well|ok|okay)\b"
)
_IT = (
    r"(?!that(?:'s| is| are)? not\b|that (?:isn't|aren't)\b)"  # "that's not animated": a wish
    r"(?:it|that|this|those|these|they|he|she|both|you|there)(?:'s|'re|'ll)?(?: \w+)? ?\b(?:is|was|"
    r"were|are|has|had|did|does|do|sounds?|looks?|seems?|dont|doesn't|don't|isn't|wasn't|might|may|"
    r"will|would|can|came|got|made|plays?|starred)?\b"
)
_QUESTION = (
    r"(?!do you have (?:an?|some) )"  # a wish
    r"(?:was|were|is|are|did|does|has|had|do|have) (?:it|that|this|he|she|they|you|there|those)\b"
    r"|(?:who|when|where|which|what)(?:'s|s| is| was| did| does| were| plays| directed| are| kind|"
    rf" type| do)\b(?=.*\b(?:it|that|he|she|they|you)\b|\s*{MASK})"
)
_REMARK = re.compile(
    rf"{_OPENERS}(?:{_I}|{_IT}|{_QUESTION}|sounds?\b|looks? (?:like|good)\b|thank|have a\b)",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:want|wanna|looking|searching|something|anything|any (?:good|other|more)|recommend\w*|"
    r"suggest\w*|show|find|mood|thinking of|learn|need|prefer|should|has to|have to be|must|"
    r"feel like|interested|about|like|love|enjoy|watch|bored|fan)\b",
    re.IGNORECASE,
)


def remarks(text: str) -> list[Span]:
    """The sentences of `text` that only remark on what was said before."""
    return [
        sentence.span()
        for sentence in _SENTENCE.finditer(text)
        if _REMARK.match(sentence[0]) and not _WISHES.search(sentence[0])
    ]
