"""What must hold of the evidence of the picks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.scripts.checks.wording import holds, record, short
from assistant.scripts.expectations import EvidenceExpectation
from assistant.types import EvidenceKind, Pick

QUOTED = re.compile(r"“([^”]+)”|《([^》]+)》|「([^」]+)」|『([^』]+)』|«([^»]+)»|„([^“]+)“")
"""A title in a sentence, in the quotation marks of its language."""
_CUT = "….,;:!?。，；：！？ "
"""What may follow what is quoted within the quotation marks."""


def check_evidence(expected: EvidenceExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    """What does not hold of the evidence."""
    yield from _check_kinds(expected, picks)
    texts = "\n".join(item.text for pick in picks for item in pick.evidence)
    for wanted in expected.contains:
        if not holds(texts, wanted):
            yield f"no evidence says {wanted!r}: {texts.splitlines()}"
    for unwanted in expected.excludes:
        if holds(texts, unwanted):
            yield f"some evidence says {unwanted!r}: {texts.splitlines()}"
    if expected.supported:
        yield from _unsupported(picks)


def _check_kinds(expected: EvidenceExpectation, picks: Sequence[Pick]) -> Iterator[str]:
    kinds = _kinds(picks)
    if expected.any and not kinds & set(expected.any):
        yield f"evidence {short(kinds)}, none of {short(expected.any)}"
    if missing := set(expected.all) - kinds:
        yield f"evidence {short(kinds)}, without {short(missing)}"
    if unwanted := kinds & set(expected.none):
        yield f"evidence of {short(unwanted)}"
    for pick in picks:
        if expected.each and not _kinds([pick]) & set(expected.each):
            found = short(_kinds([pick]))
            yield f"{pick.video.id} has evidence {found}, none of {short(expected.each)}"
    if expected.first:
        first = picks[0].evidence[0].kind if picks and picks[0].evidence else None
        if first not in expected.first:
            yield f"the first evidence is {short(first)}, none of {short(expected.first)}"


def _kinds(picks: Sequence[Pick]) -> set[EvidenceKind]:
    return {item.kind for pick in picks for item in pick.evidence}


def _unsupported(picks: Sequence[Pick]) -> Iterator[str]:
    for pick in picks:
        known = "\n".join((record(pick.video), *(item.text for item in pick.evidence)))
        for match in QUOTED.finditer(pick.sentence):
            quoted = next(text for text in match.groups() if text)
            if not holds(known, quoted.rstrip(_CUT)):
                yield f"{pick.video.id} names {quoted!r}, which is no evidence of it"
