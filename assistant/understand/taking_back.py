"""What is taken back by its content: "drop the French thing", "horror is fine after all"."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assistant.constraints import Limit, slots_of
from assistant.types import Constraints, Request, Slot
from assistant.understand.lift import LISTS, lift
from assistant.understand.phrase import limits_named
from assistant.understand.reading import MASK, Span
from assistant.understand.resets import DROP, LIMIT, read_cleared
from store.text import stem, tokens

_WHAT = rf"(?P<what>[^,.;!?，。；！？{MASK}]{{1,40}}?)"
_END = rf"(?=\s*(?:$|[,.;!?，。；！？{MASK}]|\b(?:but|and|though|instead|please|now)\b))"
_DROPPED = (
    re.compile(
        rf"\b{DROP} (?:the |that |my |all the |any )?{_WHAT}{LIMIT}(?: now| please)?{_END}"
        rf"|\b(?:it |they |that |this )?(?:does(?:n't| not)|do(?:n't| not)|need(?:n't| not)|no "
        rf"longer)"
        rf"(?: need| have| has| needs)?(?: to)? be (?:in |from |by |about |with |on )?(?:the "
        rf"|an? )?"
        rf"(?P<what2>[^,.;!?{MASK}]{{1,40}}?)(?: any ?more| now| necessarily)?{_END}"
        rf"|\b(?:no need (?:for|to be)|not necessarily|no longer) (?:in |from |by )?(?:the |an? )?"
        rf"(?P<what3>[^,.;!?{MASK}]{{1,40}}?)(?: any ?more| now)?{_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:不一定(?:要|得|非要)?(?:是|在|来自)?|不用(?:是|非得)?|不必(?:是)?|不需要(?:是)?"
        rf"|不非要|去掉|取消|"
        rf"忘掉|忘了|别管|不管)(?P<what>[^，。；！？,.{MASK}]{{1,14}}?)(?:的?(?:限制|要求|条件)"
        rf"|的)?(?:了|吧)*"
        rf"(?=$|[，。；！？,.{MASK}])"
    ),
)
_ALLOWED = (
    re.compile(
        rf"(?:^|[,.;!?]\s*|\b(?:and|but|ok|okay|actually|well),? )\W*{_WHAT}(?: ones?| stuff| "
        rf"films)?"
        rf"(?:'s| is| are|'re| would be| can be| might be) (?:totally |perfectly |actually |also )*"
        rf"(?:fine|ok|okay|allowed|alright|all right|welcome|acceptable)"
        rf"(?: (?:after all|too|again|now|as well|also|with me|actually|by me|though|then))*{_END}"
        rf"|\b(?:i|we) (?:don't|do not|wouldn't) mind (?:some |a bit of |any )?"
        rf"(?P<what2>[^,.;!?{MASK}]{{1,40}}?)(?: after all| now| either| too)*{_END}"
        rf"|\b(?:you (?:can|may) (?:show|include|add)(?: me)?|allow|bring back) "
        rf"(?P<what3>[^,.;!?{MASK}]{{1,40}}?)(?: again| after all| now| too)+{_END}"
        rf"|^\W*(?P<what4>[^,.;!?{MASK}]{{1,40}}?) (?:after all|too|as well){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|[，。,；])\s*(?:其实|那|现在)?(?P<what>[^，。；！？,.{MASK}]{{1,14}}?)(?:的|片|类)?"
        rf"(?:也|都|还是|其实)+(?:可以|行|好|没关系|没事|OK|ok|能接受|无所谓)(?:的|了|吧|啊)*"
        rf"(?=$|[，。；！？,.])"
        rf"|(?:可以|允许)(?:有|包括|出现|推荐)(?P<what2>[^，。；！？,.{MASK}]{{1,14}}?)(?:了|吧)*"
        rf"(?=$|[，。；！？,.])"
    ),
)


_JOINTS = ("and", "or", "和", "或")


class TakenBack(NamedTuple):
    """What still stands when a message has taken something back, and where it did."""

    standing: Request
    spans: tuple[Span, ...]


def take_back(text: str, standing: Request, today: date) -> TakenBack:
    """Take out of what stands what `text` takes back.

    Args:
        text: the message, its titles masked.
        standing: what stands before it.
        today: what years are reckoned from.
    """
    spans: list[Span] = []
    for slot, span in read_cleared(text):
        standing = lift(standing, slot)
        spans.append(span)
    for patterns, change in ((_DROPPED, _drop), (_ALLOWED, _allow)):
        for pattern in patterns:
            for found in pattern.finditer(text):
                if any(found.start() < end and found.end() > start for start, end in spans):
                    continue
                what = next(part for part in found.groupdict().values() if part)
                if (changed := change(standing, what, today)) is not None:
                    standing = changed
                    spans.append(found.span())
    return TakenBack(standing, tuple(spans))


def _drop(standing: Request, what: str, today: date) -> Request | None:
    """`standing` without what `what` names in it; None if it names nothing of it."""
    limits = limits_named(what, today)
    held = [slot for slot in slots_of(limits) if slot in slots_of(standing.constraints)]
    if held:
        for slot in held:
            standing = _without_limits(standing, slot, limits)
        return standing
    return _without_words(standing, what, wanted=True)


def _allow(standing: Request, what: str, today: date) -> Request | None:
    """`standing` with what `what` names no longer ruled out, nor left out by what is wanted."""
    if (allowed := _without_words(standing, what, wanted=False)) is not None:
        return allowed
    limits = limits_named(what, today)
    slots = [slot for slot in slots_of(limits) if slot in LISTS]
    for slot in slots:
        standing = _widened(standing, slot, limits)
    return standing if slots else None


def _without_limits(standing: Request, slot: Slot, limits: Constraints) -> Request:
    if slot not in LISTS:
        return lift(standing, slot)
    for field, mark in zip(LISTS[slot], ("", "not "), strict=True):
        for item in getattr(limits, field):
            standing = lift(standing, Limit(slot=slot, item=f"{mark}{item}", text=item))
    return standing


def _widened(standing: Request, slot: Slot, limits: Constraints) -> Request:
    wanted, _ = LISTS[slot]
    named = getattr(limits, wanted)
    for item in named:
        standing = lift(standing, Limit(slot=slot, item=f"not {item}", text=item))
    held = getattr(standing.constraints, wanted)
    if not held:
        return standing
    update = {wanted: tuple(dict.fromkeys((*held, *named)))}
    return standing.model_copy(
        update={"constraints": standing.constraints.model_copy(update=update)}
    )


def _without_words(standing: Request, what: str, *, wanted: bool) -> Request | None:
    """`standing` without the terms, names and words of its wish that `what` repeats."""
    said = _stems(what)
    limits: list[Limit] = [
        *(Limit(slot=Slot.AVOID, item=one.term, text=one.term) for one in standing.avoid),
        *(Limit(slot=Slot.LESS, item=term, text=term) for term in standing.less),
    ]
    for slot in (Slot.CHANNEL, Slot.PEOPLE):
        for field, mark in zip(LISTS[slot], ("", "not "), strict=True):
            if wanted or mark:
                names = getattr(standing.constraints, field)
                limits += (Limit(slot=slot, item=f"{mark}{name}", text=name) for name in names)
    if wanted:
        limits += (
            Limit(slot=Slot.NAMED, item=one.video_id, text=one.title) for one in standing.named
        )
    meant = [limit for limit in limits if _same(said, _stems(limit.text))]
    for limit in meant:
        standing = lift(standing, limit)
    wish = _without(standing.wish, said) if wanted else standing.wish
    if not meant and wish == standing.wish:
        return None
    return standing.model_copy(update={"wish": wish})


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token) for token in tokens(text))


def _same(said: frozenset[str], held: frozenset[str]) -> bool:
    """Whether one says no more than the other: "scary stuff", "scary"; "Carrey", "Jim Carrey"."""
    return bool(said and held) and (said <= held or held <= said)


def _without(wish: str, said: frozenset[str]) -> str:
    """`wish` without the words in `said`, if it holds all of them."""
    if not said or not said <= _stems(wish):
        return wish
    kept: list[str] = []
    words = iter(wish.split())
    for word in words:
        if not _stems(word) or not _stems(word) <= said:
            kept.append(word)
        elif kept[-1:] and kept[-1] in _JOINTS:
            kept.pop()
        elif (following := next(words, "")) not in _JOINTS:
            kept.append(following)
    return " ".join(kept).strip()
