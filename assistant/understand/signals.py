"""What a message says was done with videos: "I've seen 2", "rate 3 four stars", 看过第二个."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from assistant.types import SaidSignal, Signal
from assistant.understand.naming import Liking
from assistant.understand.ratings import CHINESE_RATING, RATING, value
from assistant.understand.reading import Span
from assistant.understand.targets import END, POINTED, VIDEO, Pointed

_START = r"(?:(?<![\w'])(?<![\w'] )|(?<=\band )|(?<=\bbut )|(?<=\bbecause )|(?<=\bso )|(?<=\boh ))"
"""Where a clause begins, or after what joins it to another."""
_ADVERB = (
    r"(?:(?:already|also|just|really|both|totally|absolutely|recently|quite|actually|even"
    r"|have)\s+)*"
)
_WE = rf"(?:\b(?:i|we)(?:['’]?ve|['’]?d| have| had)?\s+)?{_ADVERB}"
_PLEASE = r"(?:(?:please|pls|can you|could you|now|also|just|and|i(?:'| wi)ll|let's)\s+)*"
_VERY = r"(?:\s+(?:\w+ly|so|very|pretty|just|quite|too|a bit|also|kind of|not that))*"
_OF = r"(?:\s+of)?"

_PATTERNS: tuple[tuple[Signal, str], ...] = (
    (
        Signal.RATED,
        rf"{_PLEASE}(?:rate|give|gave|giving|i(?:'d| would) (?:give|rate)|i rated?)\s+{VIDEO}"
        rf"(?:\s+(?:as|at|with|an?|like|about|:))*\s*{RATING}",
    ),
    (Signal.RATED, rf"{RATING}\s+(?:for|to)\s+{VIDEO}"),
    (
        Signal.RATED,
        rf"{VIDEO}\s*(?::|=|gets?|deserves?|is an?|was an?|-)\s*{RATING}",
    ),
    (
        Signal.RATED,
        rf"(?:给|把|对)?{VIDEO}(?:我)?(?:打|评|给|评为|打个|值)?(?:了|个)?{CHINESE_RATING}",
    ),
    (
        Signal.FINISHED,
        rf"{_START}{_WE}(?:finished|watched to the end|got through)\s+(?:watching\s+)?{VIDEO}"
        rf"|(?:刚)?看完了?{VIDEO}了?|{VIDEO}我?(?:已经|刚)?看完了?",
    ),
    (
        Signal.WATCHED,
        rf"{_START}{_WE}(?:seen|watched|saw|been through)\s+(?:all{_OF}\s+|both{_OF}\s+)?{VIDEO}"
        rf"|{VIDEO},?\s+(?:i|we)(?:['’]?ve|'d| have)?\s+{_ADVERB}(?:seen|watched|saw)"
        rf"|{_PLEASE}mark\s+{VIDEO}\s+as\s+(?:seen|watched)"
        rf"|(?<!没)(?<!没有)(?:已经)?看过了?{VIDEO}了?(?!了?[吗么没])|{VIDEO}(?:我|我们)?(?:都|已经|早就|也)*"
        r"(?<!没)(?<!没有)看过",
    ),
    (
        Signal.HIDDEN,
        rf"(?:not|never|no longer)\s+(?:\w+\s+)?interested in\s+{VIDEO}|{_PLEASE}hide\s+{VIDEO}"
        rf"|(?:don't|do not|never|stop)\s+(?:ever\s+)?(?:show|showing|suggest|suggesting|recommend|"
        rf"recommending)\s+(?:me\s+)?{VIDEO}(?:\s+(?:again|any ?more|ever))*"
        rf"|{_START}(?:i |we )?(?:don't|do not) want (?:to (?:see|watch) )?{POINTED}(?: again)?"
        rf"{END}"
        rf"|{_PLEASE}(?:get rid of|remove|block|dismiss|throw out)\s+{VIDEO}"
        rf"|(?:对)?{VIDEO}(?:我)?(?:不|没)(?:感|有)?兴趣|对{VIDEO}(?:不感兴趣|没兴趣)"
        rf"|(?:隐藏|屏蔽|删掉|去掉|移除)(?:掉)?{VIDEO}|把{VIDEO}(?:隐藏|屏蔽|去掉|删掉)"
        rf"|(?:别|不要)再?(?:给我|让我)?(?:看|推荐|推|显示|出现)(?:到|给我)?{VIDEO}",
    ),
    (
        Signal.SAVED,
        rf"{_PLEASE}(?:save|bookmark)\s+{VIDEO}(?:\s+for (?:later|tomorrow|another \w+))?"
        rf"|{_PLEASE}(?:keep|remember|note|store)\s+{VIDEO}\s+for (?:later|tomorrow|another \w+)"
        rf"|{_PLEASE}(?:add|put)\s+{VIDEO}\s+(?:to|on|onto|in)\s+(?:my|the)\s+(?:\w+\s?)?list"
        rf"|(?:收藏|保存|存下|记下|存一下)(?:一下)?{VIDEO}|把{VIDEO}(?:收藏|保存|存|加入|加到|放进)"
        rf"[^，。,.]{{0,6}}|{VIDEO}(?:收藏|保存|存)(?:一下|起来)",
    ),
    (
        Signal.DISLIKED,
        rf"{_START}{_WE}(?:hated|disliked|(?:did(?:n't|nt| not)|couldn't) {_ADVERB}(?:much )?"
        rf"(?:like|love|enjoy|stand|finish)|can't stand)\s+{VIDEO}(?:\s+at all)?"
        rf"|{VIDEO}\s+(?:(?:was|were|is)(?:n't)?{_VERY}\s+(?:boring|bad|terrible|awful|overrated|"
        rf"disappointing|dull|horrible|meh|rubbish|crap)\b|sucked|bored me|(?:was(?:n't| not)|"
        rf"were(?:n't| not)) (?:\w+ )?(?:good|great|fun|funny|my \w+|for me))"
        rf"|thumbs down (?:for|to|on)\s+{VIDEO}"
        rf"|(?:我)?(?:不喜欢|讨厌|不爱看){VIDEO}|{VIDEO}(?:我)?(?:很|太|真|有点)?"
        rf"(?:不喜欢|不好看|难看|无聊|没意思|烂|不行)了?",
    ),
    (
        Signal.LIKED,
        rf"{_START}{_WE}(?:loved|liked|enjoyed|adored)\s+{VIDEO}(?:\s+(?:a lot|very much|so much))?"
        rf"|{VIDEO}\s+(?:(?:was|were){_VERY}\s+(?:great|good|awesome|amazing|fun|funny|excellent|"
        rf"fantastic|brilliant|hilarious|wonderful|perfect|beautiful|lovely|superb|moving)\b|"
        rf"(?:is|are){_VERY} (?:my (?:\w+ )?favou?rite|awesome|amazing|fantastic|brilliant))"
        rf"|thumbs up (?:for|to)\s+{VIDEO}"
        rf"|(?:很|非常|超|超级|特别|最|太)喜欢{VIDEO}了?"
        rf"|{VIDEO}(?:我)?(?:很|真|太|非常|超级?|特别)(?:喜欢|好看|棒|精彩|不错|赞)了?",
    ),
)
_AND_WHEN = re.compile(
    r"(?:,?\s*\b(?:already|yesterday|before|too|twice|again|today|tonight|recently|at all|a lot|"
    r"ages ago|a while ago|years? ago|(?:last|this) (?:night|week|month|year|weekend)|as well|"
    r"(?:a few|two|three|many|several) times|any ?more|please|thanks?)\b)*[了啦啊呀呢吧哦]*",
    re.IGNORECASE,
)
"""After a signal, and of no more weight."""
_COMPILED = tuple((signal, re.compile(pattern, re.IGNORECASE)) for signal, pattern in _PATTERNS)
_LIKING: Mapping[Signal, Liking] = {Signal.LIKED: 1, Signal.DISLIKED: -1}


class Told(NamedTuple):
    """A place of a message that says what was done with videos."""

    signals: tuple[SaidSignal, ...]
    """None where it is not clear with which."""
    span: Span
    """In the text of `Pointed`."""


def read_signals(message: Pointed) -> list[Told]:
    """Read what `message` says was done with videos, in order, each place once."""
    told: list[Told] = []
    for signal, pattern in _COMPILED:
        for found in pattern.finditer(message.text):
            if any(found.start() < one.span[1] and found.end() > one.span[0] for one in told):
                continue
            if one := _told(message, signal, found):
                told.append(one)
    return sorted(told, key=lambda one: one.span)


def _told(message: Pointed, signal: Signal, found: re.Match[str]) -> Told | None:
    rating = value(found) if signal is Signal.RATED else None
    if signal is Signal.RATED and rating is None:
        return None
    ids = message.ids(*found.span())
    signals = tuple(SaidSignal(video_id=one, signal=signal, rating=rating) for one in ids)
    after = _AND_WHEN.match(message.text, found.end())
    end = after.end() if after else found.end()
    return Told(signals, (found.start(), end))


def opinions(told: Iterable[Told], titles: Collection[str]) -> dict[str, Liking]:
    """How the message likes the videos that it names by their `titles`, as far as it says so."""
    return {
        said.video_id: _LIKING[said.signal]
        for one in told
        for said in one.signals
        if said.video_id in titles and said.signal in _LIKING
    }
