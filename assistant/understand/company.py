"""Who watches too, and that they have left: "my kids are with me", "just me now", 孩子在旁边."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.types import Company
from assistant.understand.reading import Span, inside, subjects

_WHO: dict[Company, tuple[str, str]] = {
    Company.KIDS: (
        r"(?:kids?|child(?:ren)?|(?:grand)?(?:sons?|daughters?|kids?|child(?:ren)?)|toddlers?|"
        r"little ones?|nephews?|nieces?|(?:\w+[- ])?year[- ]olds?)",
        r"(?:孩子|小孩子?|小朋友|儿子|女儿|宝宝|娃|孙子|孙女|侄子|侄女)们?",
    ),
    Company.PARTNER: (
        r"(?:wife|husband|girlfriend|boyfriend|gf|bf|partner|fianc[eé]e?|spouse)",
        r"(?:老婆|老公|妻子|丈夫|女朋友|女友|男朋友|男友|对象|爱人|伴侣|另一半|媳妇)",
    ),
    Company.FRIENDS: (
        r"(?:friends?|mates|buddies|flatmates?|roommates?|colleagues|guests)",
        r"(?:朋友|同学|室友|闺蜜|哥们儿?|同事)们?",
    ),
}
PEOPLE: dict[Company, str] = {
    who: rf"(?:(?:my|our|the) (?:\w+ )?)?{english}" for who, (english, _) in _WHO.items()
}
"""Who it is in English, as part of a regular expression."""
CHINESE_PEOPLE: dict[Company, str] = {who: chinese for who, (_, chinese) in _WHO.items()}

_HERE = (
    r"(?:here|around|home|with (?:me|us)|in the room|joining(?: me| us)?|next to me|up|awake|"
    r"watching(?: too| with (?:me|us)| along)?|coming(?: over| round)?|over|visiting|staying)"
)
_GONE = (
    r"(?:asleep|sleeping|in bed|gone|out|away|not (?:here|around|with (?:me|us)|watching)|at \w+|"
    r"elsewhere|off to bed)"
)
_START = r"(?:(?<=[,.;:!?—-] )|(?<=[,.;:!?])|(?<=\band )|(?<=\bbut )|(?<=\bso )|(?<=\bas )|^)"
_CHINESE_START = r"(?<![^\s，。；：！？,.;:!?我的今晚天现在])"
_CHINESE_END = r"(?=了?呢?(?:$|[\s，。；：！？,.;:!?]))"
_ENDED = re.compile(
    r"\b(?:it'?s |i'?m |i am )?(?:just|only) me(?: now| tonight| today| again)*\b"
    r"|\bi(?:'m| am) (?:(?:all )?(?:alone|by myself|on my own))(?: now| tonight| today| again)*\b"
    r"|(?:现在|今晚|今天)?(?:就|只有|只剩)我(?:一个人|自己)了?|我(?:现在|今晚|今天)?(?:是)?一个人(?:看|在家)了?",
    re.IGNORECASE,
)


_OCCASIONS = {
    Company.PARTNER: (
        rf"|{_START}(?:(?:it'?s|for|a|our) )*date night\b"
        r"|\bfor (?:(?:a|our|the) )?date night\b|约会(?:之夜)?看的?"
    )
}


class Watching(NamedTuple):
    """What a text says of who watches."""

    company: Company | None = None
    left: bool = False
    """Whether it says that they have left, or that the person is alone."""
    spans: tuple[Span, ...] = ()


def _patterns(who: Company) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Of their being there, and of their having left."""
    people, chinese = PEOPLE[who], CHINESE_PEOPLE[who]
    given = people if who is Company.FRIENDS else rf"(?:my|our|the) (?:\w+ )?{_WHO[who][0]}"
    there = (
        rf"\b(?:i(?:'m| am) |we(?:'re| are) )?(?:here |watching |(?:to )?watch |together )*"
        rf"(?:with|for) (?:my |our |the |some |a few )?(?:\w+ )??{_WHO[who][0]}\b"
        rf"(?! films?| movies?| in (?:it|them))"
        rf"(?: (?:around|here|tonight|today|now|too|in the room))*"
        rf"|\bi(?:'ve| have) (?:got )?{given}(?: (?:with (?:me|us)|here|over|tonight|today))+"
        rf"|{_START}{given} (?:is|are|will be|'re|'s) (?:all |also |still |now |back )*{_HERE}\b"
        rf"(?: (?:now|tonight|today|too|as well))*"
        rf"|{_CHINESE_START}(?:我的?|我家|现在|今天|今晚)*{chinese}(?:也|都|就|正|现在|今晚|今天)*"
        rf"(?:在(?:我们?)?(?:旁边|身边|这里|这儿|场|家|一起看)?{_CHINESE_END}"
        rf"|(?:要?来|来了)(?:我)?家?里?了?{_CHINESE_END})"
        rf"|(?:我|想|要|今晚|今天|晚上)*(?:和|跟|与|陪着?|带着?)(?:我的?|我家)?{chinese}"
        rf"(?:(?:一起|一块儿?)(?:看|观看)?|看)?"
        rf"|(?:适合|给)(?:我的?|我家)?{chinese}(?:一起)?看的?"
    )
    gone = (
        rf"\b{people} (?:is|are|'re|'s) (?:all |already |now |finally )*{_GONE}\b(?: now| tonight)*"
        rf"|\b{people} (?:(?:has|have) )?(?:left|gone(?: to bed| out| home)?|went to bed|"
        rf"went out|went home|fell asleep)\b(?: now)?"
        rf"|\bwithout {people}\b"
        rf"|(?:我的?)?{chinese}(?:们|都|已经|也|终于|现在)*(?:睡(?:着|觉)?了|不在(?:了|家|这)?|走了|"
        rf"上床了?|去睡觉?了?|出去了|回家了)"
    )
    there += _OCCASIONS.get(who, "")
    return re.compile(there, re.IGNORECASE), re.compile(gone, re.IGNORECASE)


_READ = {who: _patterns(who) for who in Company}


def read_company(text: str) -> Watching:
    """Read who watches too, or that they have left; not what a video is to be about."""
    about = subjects(text)
    for who, (there, gone) in _READ.items():
        if left := _first(gone, text, about):
            return Watching(None, True, (left,))
        if found := _first(there, text, about):
            return Watching(who, False, (found,))
    if ended := _first(_ENDED, text, about):
        return Watching(None, True, (ended,))
    return Watching()


def _first(pattern: re.Pattern[str], text: str, about: Iterable[Span]) -> Span | None:
    spans = (found.span() for found in pattern.finditer(text))
    return next((span for span in spans if not inside(span[0], about)), None)
