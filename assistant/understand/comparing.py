"""Videos side by side: "compare 1 and 3", "which is shorter, 1 or 2", 1和3哪个更短."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.types import Facet
from assistant.understand.targets import END, VIDEO, Pointed

_BY: tuple[tuple[Facet, str], ...] = (
    (Facet.LENGTH, r"short(?:er|est)|long(?:er|est)|length|更?短|更?长|时长|最短|最长"),
    (
        Facet.YEAR,
        r"old(?:er|est)|new(?:er|est)|(?:more|most) (?:recent|modern)|earli(?:er|est)|latest|year"
        r"|更?新|更?老|更?早|最新|最老|最早",
    ),
    (
        Facet.POPULARITY,
        r"(?:more|most|less|least|better|best)[- ](?:popular|famous|known|well-known|viewed|liked|"
        r"views|likes|seen)|views|popularity|有名|受欢迎|热门|火|播放量",
    ),
    (Facet.PEOPLE, r"cast|director|actors"),
    (Facet.LANGUAGE, r"language|语言"),
    (Facet.SUBJECT, r"about|subject|plot|topic|内容|剧情"),
)
_FACETS = tuple(
    (facet, re.compile(rf"(?:\b|(?<=[^\x00-\x7f]))(?:{words})", re.IGNORECASE))
    for facet, words in _BY
)
_MORE = (
    r"(?:shorter|shortest|longer|longest|older|oldest|newer|newest|earlier|earliest|latest|better|"
    r"best|funnier|funniest|scarier|scariest|lighter|lightest|darker|darkest|easier|easiest|"
    r"(?:the )?(?:more|most|less|least|better|best)[ -]\w+)"
)
_WHICH = (
    r"(?:which|wich|what one)(?: one)?(?: of (?:(?:the|these|those|them)(?: \w+)?|[\ue001\ue002]))?"
)
_JOINT = r"(?:\s*(?:,|and|with|to|or|vs\.?|versus|against|&|和|跟|与|还是)\s*)"
_OF_THESE = re.compile(
    rf"\b{_WHICH}(?:(?:['’]?s| is| are) (?:the )?{_MORE}| has (?:the )?(?:most|more|fewest|fewer|"
    rf"least) \w+| came (?:out )?first)\b"
    rf"|\bwh?at(?:['’]?s| is) the {_MORE}(?: ones?| of (?:the|these|those|them|{VIDEO}))?{END}"
    r"|(?:哪一?[个部条]|谁)(?:的)?(?:更|最|比较)(?:短|长|新|老|早|好|有名|热门|受欢迎|火)",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    rf"\bcompare (?:all )?(?:of )?(?P<a>[^?!.;。？！]{{1,80}})"
    rf"|\b(?:difference|differences|comparison) between (?P<b>[^?!.;。？！]{{1,80}})"
    rf"|\bhow (?:do|does|are|is) (?P<c>[^?!.;]{{1,80}}?) (?:differ|compare|different)\b[^?!.;]*"
    rf"|{VIDEO} (?:vs\.?|versus|against) {VIDEO}|^\W*{VIDEO} or {VIDEO}\s*\?"
    rf"|(?:is|are) {VIDEO} {_MORE} than {VIDEO}|(?:is|are) {VIDEO}{_JOINT}{VIDEO} {_MORE}"
    rf"|(?:比较|对比|比一比)(?:一?下)?{VIDEO}(?:{_JOINT}{VIDEO})*"
    rf"|{VIDEO}(?:{_JOINT}{VIDEO})?(?:有什么|有啥|有何)?(?:区别|不同|差别|不一样)"
    rf"|{VIDEO}比{VIDEO}",
    re.IGNORECASE,
)


class Comparison(NamedTuple):
    """Which videos are compared, and by what."""

    facets: tuple[Facet, ...]
    videos: tuple[str, ...]
    names: str
    """What the message calls videos that it does not point at."""


def read_comparison(message: Pointed) -> Comparison | None:
    """Read which videos `message` compares; none of them where it compares all that were shown."""
    text = message.text
    facets = tuple(facet for facet, pattern in _FACETS if pattern.search(text))
    if _OF_THESE.search(text):
        return Comparison(facets, message.ids(0, len(text)), "")
    found = _COMPARE.search(text)
    if found is None:
        return None
    videos = message.ids(*found.span())
    names = " ".join(part for part in found.groupdict().values() if part)
    return Comparison(facets, videos, re.sub(VIDEO, " ", names).strip())
