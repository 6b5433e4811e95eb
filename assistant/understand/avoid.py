"""What no pick may be about: "no horror", "without zombies or gore", 不要恐怖片.

Exceptions go with it: "no horror, except zombie comedies", 不要恐怖片，僵尸喜剧除外.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.understand.exceptions import Excepted, read_excepted
from assistant.understand.reading import MASK, Span, inside, mask, subjects
from assistant.understand.words import MEDIA
from store.text import has_cjk

MAX_LETTERS = 40
MAX_WORDS = 3

_TRIGGER = re.compile(
    r"""
    \b(?:
      (?P<list>without(?:\ any)?|avoid(?:ing)?|excluding|minus|skip(?:ping)?)
    | no(?!-|\.)(?:\ more)?
    | nothing\ (?:with|about|on|too|that(?:'s|\ is)|involving|featuring)
    | (?:don't|do\ not|didn't|did\ not)\ (?:really\ )?(?:want|like|need|enjoy|care\ for)
      (?:\ to\ (?:see|watch|hear))?
    | (?:i|we)\ (?:really\ )?(?:hate|dislike|can't\ stand|cannot\ stand)
    | (?:tired|sick)\ of
    | (?:anything|everything)\ but
    | (?:(?:anything|everything)\ )?(?P<except>except(?:\ for)?|other\ than)
    | not
    | (?:isn't|aren't)
    | nothing
    )
    (?:\ (?:any|an?|another|more|the|(?:too|so|that)\ much|a\ lot\ of|lots\ of|too|so|very|really|
       overly|all\ that|that|about|with|into|in\ (?:the|a)\ mood\ for|
       (?:set|taking\ place)\ in|interested\ in|
       looking\ for|of|anything|something))*
    \ +(?=\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
NOT_MEANT = (
    r"(?:idea|ideas|problem|problems|rush|hurry|worries|worry|need|doubt|matter|one|longer|less|"
    r"preference|preferences|thanks|thank|way|wonder|clue|way|thanks|limit|limits|restrictions?|"
    r"particular|special|specific|sure|really|only|just|necessarily|bad|yet|seen|watched|because|"
    r"much|many|today|tonight|now|that|same|this|these|those|if|to|in|it|them|him|her|me|you|i|we|"
    r"they|what|know|knowing|from|for|on|at|as|but|and|or|then|there|here|exactly|quite|able|"
    r"working|being|having|possible|available|some|every|all|always|ever|please|half|again|time|"
    r"than|be|have|has|my|your|his|our|their|like|sense|choice|more|any|is|are|"
    r"else|better|wrong|new|was|were|did|do|does|he|she|not|no|keen|either|go|wait|comes?|beats|compares)\b"
)
"""After "no", "not", "less" and the like: not something to avoid."""
_NOT_MEANT = re.compile(NOT_MEANT, re.IGNORECASE)
_GOVERNED = re.compile(
    r"\b(?:why|how|or|whether|if|do|does|did|could|should|would|can|to|who|has|have|had|was|were|"
    r"will|more|i'm|i am|am|much|far)\s+$",
    re.IGNORECASE,
)
"""Before "not": part of a sentence of its own, "how not to fail"."""
_TASTE = re.compile(r"mood|interested|looking|into", re.IGNORECASE)
"""In a trigger: "I'm not into …" declines, unlike "I'm not …"."""
_TERM = re.compile(
    rf"[^\W_][^\s,.;:!?()\"“”，。；：！？、{MASK}]*"
    rf"(?:\s(?!(?:but|and|or|nor|please|except|that|which|who|with|from|in|about|for|to|i|just|"
    rf"only|though|if|because|thanks|either|this|again|today|tonight|at|on|so|then|something|"
    rf"anything|is|are|was|not|no|without|under|over|shorter|longer|instead|as|of|a|the|my|"
    rf"preferably|ok|okay|some|"
    rf"maybe)\b)[^\W_][^\s,.;:!?()\"“”，。；：！？、{MASK}]*){{0,{MAX_WORDS - 1}}}",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\s*(?:,\s*)?(?:or|nor|and(?: no)?)\s+(?:any\s+|no\s+|too\s+)?(?=\w)", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[.!?;]")
_COMMA = re.compile(rf"\s*,\s*(?=[^,.;:!?{MASK}]{{1,30}}(?:,|\b(?:or|and|nor)\b))", re.IGNORECASE)
_REST = re.compile(rf"\s+(?:{MEDIA}|stuff|content|scenes|needed|required|involved)$", re.IGNORECASE)

_CHINESE = re.compile(
    r"(?:(?<!要)不要|别(?:给我|再|推荐|放|来|看|有)+|别(?=太)|不想看|不想要|不看|不喜欢|讨厌|拒绝|"
    r"避免|不含|不带|(?<!有)没有|除了|排除)"
    r"(?:推荐|给我|任何|太|那么|过于|带|有|看|再|是|关于)*"
    rf"(?P<terms>[^\s，。；：！？,.;:!?{MASK}但而最不]{{1,16}})"
)
_CHINESE_NOT_MEANT = re.compile(
    r"^(?:紧|关系|想法|要求|意见|问题|什么|时间|了|的|别的|其他|限制|偏好|特别)"
)
_CHINESE_OR = re.compile(r"[、和或跟与及]|或者|以及")
_CHINESE_REST = re.compile(
    r"(?:的|类|型|题材|类型|内容|镜头|元素|情节|场面|以外|之外|外|都行|都可以|都好|电影|影片|视频|片子|片|(?<![喜悲歌])剧|了|吧|"
    r"啊|呀|哦)+$"
)
_IES = frozenset(
    {"zombies", "movies", "cookies", "selfies", "hippies", "rookies", "indies", "genies", "pixies",
     "prairies", "calories", "brownies", "foodies", "hoodies", "veggies", "birdies", "groupies",
     "junkies", "magpies", "pies", "ties", "lies"}
)  # fmt: skip
"""Plurals in -ies of words in -ie."""


class Declined(NamedTuple):
    """A term that is to be avoided, and the place where that is said."""

    term: str
    span: Span
    unless: tuple[str, ...] = ()
    """What is welcome although it carries the term."""


def read_avoided(text: str) -> list[Declined]:
    """Read what `text` declines."""
    excepted = list(read_excepted(text))
    rest = mask(text, (one.span for one in excepted))
    found = _excepting([*_english(rest), *_chinese(rest)], excepted)
    return [one._replace(unless=tuple(map(_named, one.unless))) for one in found]


def _excepting(found: list[Declined], excepted: list[Excepted]) -> list[Declined]:
    """`found`, each with what is said to be an exception to it: what stands nearest to that."""
    for one in excepted:
        before = [number for number, term in enumerate(found) if term.span[0] < one.span[0]]
        if numbers := before[-1:] or ([0] if found and one.may_lead else []):
            number = numbers[0]
            whole = (
                min(found[number].span[0], one.span[0]),
                max(found[number].span[1], one.span[1]),
            )
            unless = (*found[number].unless, *one.terms)
            found[number] = found[number]._replace(span=whole, unless=unless)
    return found


def _english(text: str) -> list[Declined]:
    found: list[Declined] = []
    about = subjects(text)
    position = 0
    while trigger := _TRIGGER.search(text, position):
        position = trigger.end()
        if _is_meant(text, trigger, about):
            found += _terms(text, trigger)
            position = max(position, found[-1].span[1] if found else 0)
    return found


def _is_meant(text: str, trigger: re.Match[str], about: list[Span]) -> bool:
    if _NOT_MEANT.match(text, trigger.end()):
        return False
    said = trigger[0].split()[0].casefold()
    if said != "not" or _TASTE.search(trigger[0]):
        return True
    return not (inside(trigger.start(), about) or _GOVERNED.search(text[: trigger.start()]))


def _terms(text: str, trigger: re.Match[str]) -> Iterator[Declined]:
    """The terms that follow a trigger: one, or a list of them."""
    start, position = trigger.start(), trigger.end()
    while term := _TERM.match(text, position):
        name = _named(term[0])
        yield Declined(name, (start, term.end()))
        start = term.end()
        joint = _OR.match(text, start)
        if joint is None and trigger["list"]:
            joint = _COMMA.match(text, start)
        if joint is None or _NOT_MEANT.match(text, joint.end()):
            return
        following = _TERM.match(text, joint.end())
        if following is None or (
            "and" in joint[0] and not trigger["list"] and not following[0].endswith("s")
        ):
            return  # "no horror and funny": what comes after is wanted
        position = joint.end()


def _chinese(text: str) -> Iterator[Declined]:
    for found in _CHINESE.finditer(text):
        if _CHINESE_NOT_MEANT.match(found["terms"]):
            continue
        for part in _CHINESE_OR.split(found["terms"]):
            if term := _CHINESE_REST.sub("", part):
                yield Declined(term, found.span())


def _named(term: str) -> str:
    """How a term is kept: in small letters and the singular, without "films", 片 and the like."""
    if has_cjk(term):
        return _CHINESE_REST.sub("", term)
    return singular(_REST.sub("", term.strip()).casefold())[:MAX_LETTERS]


def singular(term: str) -> str:
    """`term` with its last word in the singular, where that is plain."""
    head, _, word = term.rpartition(" ")
    if word in _IES:
        word = word[:-1]
    elif word.endswith("ies") and len(word) > 4 and word != "series":
        word = f"{word[:-3]}y"
    elif word.endswith(("ches", "shes", "xes", "sses", "zes", "roes", "toes")):
        word = word[:-2]
    elif (
        word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "ics", "ies"))
    ):
        word = word[:-1]
    return f"{head} {word}".strip()
