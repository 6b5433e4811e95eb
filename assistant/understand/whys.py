"""Why a pick is there, and why a video is not: "why 3?", "why not Dune?", 为什么没有沙丘."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.understand.reading import MASK
from assistant.understand.targets import END, VIDEO, Pointed

_OPENER = (
    r"(?:(?:oh|ok|okay|so|and|but|well|hmm+|um+|hey|hi|please|wait|cool|great|nice|yes|"
    r"no)\b[\s,.!]*)*"
)
_DONE = (
    r"(?:recommend|pick|choose|suggest|show|list|give|offer|mention|include|recommending|"
    r"suggesting|showing|chosen?|picked|think)\w*"
)
_SPOKEN = rf"(?:{VIDEO}|{MASK})"
_WHY = re.compile(
    rf"^[^\w\ue001\ue002]*{_OPENER}(?:(?:can you )?(?:tell me|explain) )?"
    r"(?:y|why|how come|what made you (?:pick|choose|recommend|suggest)|explain)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WHY_PICK = re.compile(
    rf"[^\w\ue001\ue002]*(?:(?:did|do|are|have|would|were) (?:you|u) (?:\w+ )?{_DONE}(?: me)?"
    rf"|(?:is|was|are|were|'s)(?= )|s(?= ))?\W*"
    rf"(?>(?:the|this|that|these|those|it|them|they|all|of|one|ones|film|movie|video|talk|pick|"
    rf"picks|here|on the list|in the list|there|for me|to me|then|exactly|and|recommend|is|are|"
    rf"good|a|match|fit|{_SPOKEN}+)\W*)*+$",
    re.IGNORECASE,
)
_CHINESE_WHY = re.compile(
    rf"^\W*(?:那|那么|请问)?(?:为什么|为啥|为何|怎么(?=会|给我|推荐))"
    rf"(?:[会要你给我是选了推荐择这那些个部条呢它的]|{_SPOKEN})*+{END}"
    rf"|{_SPOKEN}\W*(?:为什么|为啥)(?:推荐|呢)?{END}"
)

_NAME = r"(?P<name>[^?!;。？！，]{1,80}?)"
_HERE = (
    r"(?:here|there|in (?:here|there|it|the list|your (?:list|picks)|my (?:list|picks))|"
    r"on (?:the|your|my|this) list|among \w+(?: picks)?|included|listed|shown|recommended|"
    r"suggested|picked|one of (?:them|these|the picks)|coming up|showing up)"
)
_WHY_NOT = re.compile(
    rf"\b(?:why|how come) (?:did(?:n't|nt| not)|have(?:n't|nt| not)|do(?:n't|nt| not)|"
    rf"are(?:n't|nt| not)|would(?:n't|nt| not)) (?:you|u) (?:\w+ )?{_DONE}(?: me| us)?"
    rf"(?: (?:any of|something like))? {_NAME}{END}"
    rf"|\b(?:why|how come) (?:(?:you|u) )?(?:didn't|did not|don't|never|haven't) {_DONE}(?: me)? "
    rf"(?P<name2>[^?!;]{{1,80}}?){END}"
    rf"|\b(?:why|how come)(?: is| are| was|'s)?(?:n't|nt)? (?P<name3>[^?!;]{{1,80}}?)"
    rf"(?: is| was| are)?(?: not|n't|nt)? (?:missing|left out|absent|excluded|not {_HERE}){END}"
    rf"|\b(?:why|how come) (?:is|are|was|were)(?:n't|nt| not) (?P<name4>[^?!;]{{1,80}}?) {_HERE}"
    rf"{END}"
    rf"|\b(?:what about|where(?:'s| is)) (?P<name5>[^?!;,]{{1,80}}?), why\b.*\bnot\b.*$"
    rf"|\b(?:why|how come) not\s*[,:]?\s+(?P<plain>[^?!;]{{1,80}}?)(?:\s+(?:instead|then|though|"
    rf"here|there))*{END}"
    rf"|(?:为什么|为啥|为何|怎么)(?:就)?(?:(?:没有|没|不)(?:给我|有)?(?:推荐|选|看到|出现)|没有)"
    rf"(?P<zh>[^？?，。！]{{1,40}}?)(?:呢|啊)?{END}"
    r"|(?P<zh2>[^？?，。！]{1,40}?)(?:为什么|为啥|怎么)(?:没有|没|不在)(?:推荐|出现|列表|里面|上面|被)*"
    rf"(?:呢|啊)?{END}",
    re.IGNORECASE,
)
_NO_VIDEO = re.compile(
    r"(?:an?|some|something|anything|any|more|that|it|this|tonight|today|try|watch|go|do|just|we|i|"
    r"let's|make|show|give|both|now|then)\b",
    re.IGNORECASE,
)
"""After "why not": a proposal, "why not something funny"."""


class WhyNot(NamedTuple):
    """A video that was not picked."""

    videos: tuple[str, ...]
    name: str
    """What the message calls it, where it does not point at it."""
    sure: bool
    """Whether the question is clear even if there is no video of the name."""


def asks_why(message: Pointed) -> bool:
    """Whether a pick is to be explained.

    "Why cats purr" is a subject, "why not" an agreement.
    """
    if _CHINESE_WHY.search(message.text):
        return True
    found = _WHY.match(message.text)
    return bool(found and _WHY_PICK.fullmatch(found["rest"]))


def read_why_not(message: Pointed) -> WhyNot | None:
    """Read which video `message` misses among the picks."""
    found = _WHY_NOT.search(message.text)
    if found is None:
        return None
    group = found.lastgroup or "name"
    name = found[group]
    if group == "plain" and _NO_VIDEO.match(name):
        return None
    videos = message.ids(*found.span(group))
    name = message.original(*found.span(group)).strip(" \"'“”‘’《》「」.,")
    sure = group != "plain" or name[:1].isupper()
    return WhyNot(videos, "" if videos else name, sure)
