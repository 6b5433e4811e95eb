"""Questions about videos: "what is 2 about, how long?", "who's in it", 第二个讲什么."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.types import Facet
from assistant.understand.targets import END, VIDEO, Pointed
from store.text import has_cjk

_IS = r"(?:['’]?s|['’]?re| is| are| was| were)"
_KIND = (
    r"(?:films?|movies?|series|shows?|documentar(?:y|ies)|talks?|lectures?|courses?|tutorials?|"
    r"shorts?|short films?|concerts?|interviews?|cartoons?|animated|animation)"
)
_LANGUAGE = (
    r"(?:english|french|german|spanish|italian|japanese|korean|chinese|mandarin|russian|hindi|"
    r"portuguese|swedish|danish|dutch|polish|arabic|turkish|dubbed|subtitled)"
)
_ASKED = (
    r"(?:(?<![\w'])(?<![\w'] )|(?<=\band )|(?<=\bso )|(?<=\bknow )|(?<=\bhave not )|(?<=\bme ))"
)
"""Before "who" where it asks: not "the man who made it"."""
_NAME = r"(?P<name>[^?!.,;，。？！]{1,60}?)"
_PATTERNS: tuple[tuple[Facet | None, str], ...] = (
    (
        Facet.SUBJECT,
        rf"wh?at{_IS} {_NAME} (?:all )?about\b|what happens in {_NAME}(?={END})"
        rf"|(?:what(?:['’]?s| is) |^\W*)(?:the )?(?:plot|story|subject|topic|premise|summary) of "
        rf"{VIDEO}(?={END})"
        rf"|what (?:does|do) {VIDEO} (?:talk|deal)"
        rf"|summari[sz]e {VIDEO}"
        rf"|{VIDEO}(?:是|在|都是|主要)*(?:讲|说|关于|讲述|演)(?:的)?(?:是)?(?:什么|啥)(?:的|内容"
        rf"|故事)?"
        rf"|{VIDEO}(?:的)?(?:内容|剧情|情节|简介|故事)(?:是什么|如何)?",
    ),
    (
        Facet.LENGTH,
        rf"how long{_IS} {_NAME}(?={END}|,|\band\b)|how many (?:minutes|hours){_IS} {VIDEO}"
        rf"|\bhow long(?: (?:is|does) (?:it|that))?(?={END}|,|\band\b)"
        rf"|\b(?:length|duration|running time|runtime) of {VIDEO}(?={END})"
        r"|多长(?:时间)?|多久|时长(?:是多少)?|几分钟|几个小时|多少分钟",
    ),
    (
        Facet.YEAR,
        rf"(?:when|what year|which year|how old){_IS} {_NAME}(?: (?:made|from|released|out|shot|"
        rf"published|filmed|come out))?(?={END}|,|\band\b)"
        rf"|when did {_NAME} (?:come out|air|appear|get released)"
        rf"|(?:what|which) year{_IS}? {VIDEO}|\b(?:what|which) year\b(?={END}|,)|\bhow old"
        r"|哪年|哪一年|什么时候(?:拍|上映|出|发布)的?|几几年",
    ),
    (
        Facet.PEOPLE,
        rf"{_ASKED}who(?:['’]?s| is| are| stars| plays| acts| appears| was) (?:in|on) {_NAME}"
        rf"(?={END}|,|\band\b)|{_ASKED}who(?:['’]?s| is)? (?:star(?:s|ring)|acting|speaking"
        rf"|speaks|talking|"
        rf"presenting|directing) (?:in |at |on )?{VIDEO}"
        rf"|{_ASKED}who (?:made|directed|wrote|gave|gives|presents|presented|produced|shot|hosts"
        rf"|teaches|"
        rf"speaks in|plays in|acts in|stars in|starred in) {_NAME}(?={END}|,|\band\b)"
        rf"|{_ASKED}who(?:['’]?s| is| are)? (?:the )?(?:director|cast|actors?|speakers?|host"
        rf"|presenter|"
        rf"lecturer|star|author|narrator)s?(?: (?:of|in|for) {_NAME})?(?={END}|,|\band\b)"
        rf"|{VIDEO}(?:'s)? (?:cast|director|actors)|\bwho(?:'s| is) in(?={END}|,)"
        r"|谁(?:演|主演|导演|导|拍|讲|主持|出演)的?|是谁(?:演|拍|导|导演|讲|主演)的?|"
        r"(?:主演|导演|演员|主讲人?)(?:是谁|有谁|有哪些|都有谁)|有谁",
    ),
    (
        Facet.LANGUAGE,
        rf"(?:what|which) language(?:s)?{_IS} {VIDEO}(?: in)?"
        rf"|(?:what|which) languages?\b(?={END}|,)"
        rf"|\b(?:is|are) {VIDEO} (?:in |also in )?(?:\w+ )?{_LANGUAGE}\b(?: or {_LANGUAGE})*"
        rf"|does {VIDEO} have (?:\w+ )?(?:subtitles|subs|audio|dub)|in (?:what|which) language"
        r"|什么语言|哪种语言|哪国语言|是(?:英语|中文|法语|日语|韩语|德语|西班牙语|国语)的?吗",
    ),
    (
        Facet.POPULARITY,
        rf"how (?:popular|well[- ]known|many (?:views|likes|people (?:saw|watched|liked)))"
        rf"(?:{_IS}| does| do| did| has| have)? ?{VIDEO}?(?: have| got| get)?"
        rf"|(?:is|are) {VIDEO} (?:very |really )?(?:popular|famous|well[- ]known)"
        r"|(?:多少人|播放量|点赞|多火|有多(?:火|受欢迎)|受欢迎吗|火吗|热门吗)",
    ),
    (
        Facet.LINK,
        rf"where (?:can|could|do|should) i (?:watch|see|find|get|stream) {_NAME}(?={END}|,|\band\b)"
        rf"|(?:the |a )?(?:link|url|address)(?: (?:to|of|for) {_NAME})?(?={END}|,)"
        rf"|(?:open|play) {VIDEO}(?={END})|(?:链接|网址|地址|在哪(?:里|儿)?(?:能|可以)?看)",
    ),
    (
        Facet.CHANNEL,
        rf"(?:what|which|whose) channel{_IS}? ?{VIDEO}?(?: (?:on|from))?|who (?:uploaded|posted|"
        rf"published) {VIDEO}|where{_IS} {VIDEO} from|(?:哪个|什么)频道|谁上传的?",
    ),
    (
        Facet.KIND,
        rf"\b(?:is|are) {VIDEO} (?:an? |really an? |all )?{_KIND}\b(?: or (?:an? )?{_KIND})*"
        rf"|(?:what|which) (?:kind|sort|type|genre)(?: of \w+)?{_IS} {VIDEO}"
        r"|(?:是|算)(?:电影|电视剧|纪录片|演讲|短片|动画)(?:还是(?:电影|电视剧|纪录片|演讲|短片"
        r"|动画))?吗?"
        r"|什么类型",
    ),
    (
        None,
        rf"tell (?:me|us) (?:more )?about (?P<name>[A-Z“\"'][^?!.,;]{{1,60}}){END}"
        rf"|(?:tell|say|know) (?:me |us )?(?:a (?:bit|little) )?(?:something |anything |some )?"
        rf"(?:more )?(?:about|on|of) {VIDEO}|(?:more|details|info|information)(?: \w+)? "
        rf"(?:about|on|for) {VIDEO}|describe {VIDEO}|(?:explain|introduce) {VIDEO}"
        rf"|what do you know about {VIDEO}|(?:what|how)(?:['’]?s| is| are) {VIDEO}(?: "
        rf"like)?(?={END})"
        rf"|what can you (?:tell|say) (?:me )?about {VIDEO}"
        rf"|what about (?P<pick>{VIDEO})(?={END})"
        rf"|^\W*(?:is|are|was) {VIDEO} (?:any |really |worth |a )?[\w ]+\??{END}"
        rf"|^\W*(?:does|do|did|has) {VIDEO} [\w ]+\?{END}"
        rf"|(?:详细)?(?:介绍|说说|讲讲|聊聊)(?:一下)?{VIDEO}|{VIDEO}(?:怎么样|好看吗|如何"
        rf"|好不好看)",
    ),
)


def _compiled(words: str) -> re.Pattern[str]:
    """`words` with each name in a group of its own: a pattern cannot hold one group twice."""
    first, *others = words.split("(?P<name>")
    numbered = (f"(?P<name{number}>{part}" for number, part in enumerate(others))
    return re.compile("".join((first, *numbered)), re.IGNORECASE)


_COMPILED = tuple((facet, _compiled(words)) for facet, words in _PATTERNS)
_VIDEO = re.compile(VIDEO)
_BEFORE = re.compile(r"(?:是|的|这部|电影|，|,|\s)+$|^(?:请问|那|电影)")
"""Around a name that stands before the question, as it does in Chinese."""


class Question(NamedTuple):
    """What is asked of which videos."""

    facets: tuple[Facet, ...]
    """None for all that is known."""
    videos: tuple[str, ...]
    name: str
    """What the message calls a video that it does not point at; empty if it points at one."""
    spoken: bool
    """Whether it speaks of a video at all, if only as "it"."""


def read_question(message: Pointed) -> Question | None:
    """Read what `message` asks of videos; None if it asks nothing."""
    found = list(_found(message))
    if not found:
        return None
    videos: list[str] = []
    name = ""
    spoken = False
    for _, match in found:
        said = next(filter(None, match.groupdict().values()), "")
        name = name or ("" if _VIDEO.search(said) else said.strip(" \"'“”‘’《》"))
        spoken = spoken or bool(_VIDEO.search(match[0]))
        videos += message.ids(*match.span())
    spoken = spoken or (not name and bool(_VIDEO.search(message.text)))
    if not (videos or name or spoken):
        before = message.text[: min(match.start() for _, match in found)]
        name = _BEFORE.sub("", before) if has_cjk(before) else ""
    if not videos and not name and spoken:
        videos += message.ids(0, len(message.text))
    facets = tuple(facet for facet in Facet if any(facet is one for one, _ in found))
    return Question(facets, tuple(dict.fromkeys(videos)), name, spoken)


def _found(message: Pointed) -> Iterator[tuple[Facet | None, re.Match[str]]]:
    for facet, pattern in _COMPILED:
        for match in pattern.finditer(message.text):
            # "what about Alien?" proposes it; "what about 2?" asks of it
            if not (match.groupdict().get("pick") and message.only_titles(*match.span())):
                yield facet, match
