"""Corrections: "no, I meant the series", "not the film, the series", 我是说电视剧."""

from __future__ import annotations

import re
from datetime import date

from assistant.constraints import slots_of
from assistant.understand.phrase import limits_named
from assistant.understand.reading import Span

_FILL = (
    r"(?:(?:no|nope|nah|sorry|oops|ups|wait|hmm+|well|actually|but|oh|ah|hold on|ok"
    r"|okay)\b[\s,.!…:-]*)*"
)
_MEANT = re.compile(
    rf"^\W*{_FILL}(?:what )?(?:i|we)(?:'m| am| was)? (?:actually |really |just )?"
    r"(?:meant?|said|meaning|talking about)(?: to (?:say|type|write)| was| that| is| it's| "
    r"about)*\b"
    r"[\s,:]*"
    r"|^\W*(?:(?:no|sorry|oops|wait|actually|hmm+|hold on)\b[\s,.!…:-]*)*"
    r"(?:make|change|correct) (?:that|it)(?: to)?\s+(?=\S)"
    r"|^\W*(?:不对?|错了|说错了|不好意思|等等|哦)?[，,。\s]*(?:我(?:是说|说的是|的意思是|是指"
    r"|指的是|要的是|想说的是))"
    r"|^\W*(?:不对|说错了|错了|搞错了|不好意思)[，,。\s]+(?:应该)?(?:是|要)?"
    r"|^\W*(?:还是|那就?)?(?:换成|改成|改为)(?=\S{2})",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:(?:no|nope|nah|sorry|oops|ups|wrong|not that|not quite)\b\s*[,.!;:…-]+\s*"
    r"|no,? (?:wait|sorry)\b[\s,.!]*|wait\b[\s,.!]+)+(?=\S)",
    re.IGNORECASE,
)
_MOST_WORDS = 5
"""After a mere "no", a correction is short: "no, French"."""
_NOT_BUT = re.compile(
    r"\b(?P<denied>not (?:the |an? |in |from )?(?P<no>[^,.;!?]{1,30}?)\s*(?:[,;]|\bbut\b)\s*"
    r"(?:but |rather |it's |i want )*)(?:the |an? |in |from )?(?P<yes>[^,.;!?]{1,40})\W*$"
    r"|\b(?P<yes_first>[^,.;!?]{1,40}?)(?P<denied_after>\s*,?\s+(?:and )?not (?:the |an? |in "
    r"|from )?"
    r"(?P<no_after>[^,.;!?]{1,30}?))\W*$"
    r"|(?P<zh_denied>不(?:是|要)(?P<zh_no>[^，,。]{1,12})[，,\s]*(?:而)?(?=[是要]))"
    r"[是要](?P<zh_yes>[^，,。]{1,20})\W*$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"(?:吧|才对|来着)\W*$")


def read_correction(text: str, today: date) -> list[Span]:
    """Where `text` says that it corrects what stands; what remains is said in its place."""
    spans: list[Span] = []
    if opened := _MEANT.match(text):
        spans.append(opened.span())
        if ended := _INSTEAD.search(text, opened.end()):
            spans.append(ended.span())
    elif (refused := _NO.match(text)) and len(text[refused.end() :].split()) <= _MOST_WORDS:
        spans.append(refused.span())
    start = spans[0][1] if spans else 0
    if (put_right := _NOT_BUT.search(text, start)) and (span := _denied(put_right, today)):
        spans.append(span)
    return spans


def _denied(found: re.Match[str], today: date) -> Span | None:
    """Where something is denied to which the rest of the text names an alternative."""
    for denied, no, yes in (
        ("denied", "no", "yes"),
        ("denied_after", "no_after", "yes_first"),
        ("zh_denied", "zh_no", "zh_yes"),
    ):
        if found[no]:
            alike = {*slots_of(limits_named(found[no], today))} & {
                *slots_of(limits_named(found[yes], today))
            }
            return found.span(denied) if alike else None
    return None
