"""Length without a number: "a short one", "shorter", "not too long", 短一点."""

from __future__ import annotations

import re

from assistant.types import Constraints, Relative
from assistant.understand.reading import Reading
from assistant.understand.words import comparative

SHORT_S = 15 * 60
"""At most so long is "a short one"."""
LONG_S = 60 * 60
LONG_FILM_S = 150 * 60
FEATURE_S = 60 * 60
"""At least so long is "a long one", "a long film", "feature-length"."""

_THESE = r"(?:(?:that|this|it)(?:'s| is| was)|these are|those are|they're|all)"
_SHORTER = re.compile(
    rf"{comparative('shorter')}|(?:\b{_THESE}\s+)?\b(?<!not )(?<!nothing )too long\b(?! ago\b)"
    r"|\b(?:nothing|not) (?:too|that|very|so) long\b(?! ago\b)"
    r"|[再更稍]?微?短一?[点些]的?|更短的?|(?:不要|别)?太长[了的]?",
    re.IGNORECASE,
)
_LONGER = re.compile(
    rf"{comparative('longer')}|(?:\b{_THESE}\s+)?\b(?<!not )(?<!nothing )too short\b"
    r"|\b(?:nothing|not) (?:too|that|very|so) short\b"
    r"|(?<![成生增])(?:[再更稍]微?长一?[点些]的?|更长的?|长一?[点些]的?)|(?:不要|别)?太短[了的]?",
    re.IGNORECASE,
)
_DEGREE = r"(?:(?:that(?:'s| is| are)|really|very|pretty|fairly|nice and|quite)\s+)*"
_SHORT = re.compile(
    rf"(?:\b(?:something|anything|one|ones|keep it|make it|is|be)\s+{_DEGREE}"
    rf"(?:short|quick|brief)\b(?!\s*(?:film|movie|stor|cut|hair))"
    rf"|\b(?:short|quick|brief)(?=,?\s+(?:and\s+\w+\s+|\w+,?\s+)??"
    rf"(?:videos?|clips?|vids?|talks?|lectures?|presentations?|documentar(?:y|ies)|docs?|"
    rf"tutorials?|ones?|things?|watch|episodes?|concerts?|courses?)\b)"
    rf"|^\W*(?:short|quick|brief)(?: please)?\W*$"
    rf"|短(?=视频)|简短的?|短的|短小的|几分钟的?)",
    re.IGNORECASE,
)
_LONG = re.compile(
    rf"(?:\b(?:something|anything|one|ones)\s+{_DEGREE}long\b(?!\s+(?:ago|time))"
    rf"|\blong(?=\s+(?:(?P<film>films?|movies?)|videos?|talks?|lectures?|documentar(?:y|ies)|ones?|"
    rf"concerts?)\b)|^\W*long(?: please)?\W*$|长(?=视频)"
    rf"|(?P<feature>\b(?:feature|full)[ -]length\b))",
    re.IGNORECASE,
)


def read_length_words(text: str) -> Reading:
    """Read the limits on length that `text` sets without a number."""
    for pattern, relative in ((_SHORTER, Relative.SHORTER), (_LONGER, Relative.LONGER)):
        if said := tuple(found.span() for found in pattern.finditer(text)):
            return Reading(said, relative=relative)
    if found := _SHORT.search(text):
        return Reading((found.span(),), Constraints(max_duration_s=SHORT_S))
    if found := _LONG.search(text):
        least = LONG_FILM_S if found["film"] else FEATURE_S if found["feature"] else LONG_S
        return Reading((found.span(),), Constraints(min_duration_s=least))
    return Reading()
