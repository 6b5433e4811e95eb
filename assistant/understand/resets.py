"""What is dropped by its name: "start over", "any length", "forget the language", 不限时长."""

from __future__ import annotations

import re

from assistant.types import Slot
from assistant.understand.reading import Span

_RESET = re.compile(
    r"\b(?:start (?:over|again|afresh|anew)|(?:start )?from scratch|reset|new (?:topic|search)|"
    r"forget (?:everything|it all|all (?:of )?(?:that|this)|(?:about )?(?:that|it|this)))\b"
    r"|重新(?:开始|来)|从头(?:开始|再?来)|重来|(?:忘掉|不管)(?:刚才|之前|前面)(?:的|说的)*",
    re.IGNORECASE,
)
_NOUNS: dict[Slot, str] = {
    Slot.DURATION: r"lengths?|durations?|running times?|run ?times?|times?|long|时长|长度|长短"
    r"|多长",
    Slot.YEAR: r"years?|dates?|ages?|eras?|decades?|periods?|old|年份|年代|时间|年",
    Slot.PUBLISHED: r"(?:upload|publication|publishing) dates?|发布时间|上传时间",
    Slot.LANGUAGE: r"languages?|语言|语种",
    Slot.KIND: r"kinds?|types?|formats?|类型|种类|形式",
    Slot.CHANNEL: r"channels?|sources?|频道|来源",
    Slot.PEOPLE: r"actors?|directors?|people|cast|speakers?|演员|导演|人物",
    Slot.COUNT: r"number|count|数量|个数",
    Slot.COMPANY: r"company|同伴",
}
DROP = (
    r"(?:forget|drop|ignore|never ?mind|lift|remove|scrap|lose|skip|leave out|lose|undo|cancel|"
    r"take (?:away|out)|get rid of)(?: about)?"
)
LIMIT = (
    r"(?: (?:limit|thing|part|bit|restriction|requirement|filter|stuff|condition|constraint)s?)?"
)


def _dropped(nouns: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:of |in |from )?any (?:{nouns})\b(?: of (?:videos?|films?|movies?|thing)\b)?"
        rf"(?! (?:but|except|other than)\b)"
        rf"(?: (?:is|will|would be) (?:fine|ok|okay|good|do|alright))?"
        rf"|\b{DROP} (?:the|my|that) (?:{nouns}){LIMIT}\b(?! of)"
        rf"|\b(?:the )?(?:{nouns})(?:{LIMIT}) (?:doesn't|does not|don't|no longer) matters?"
        rf"(?: any ?more)?\b|\bno (?:{nouns}) (?:limit|restriction)s?\b"
        rf"|\b(?:i )?(?:don't|do not) (?:care|mind)(?: about)?(?: (?:the|how|which|what))? "
        rf"(?:{nouns})\b(?: it is)?"
        rf"|\b(?:keep|leave) (?:everything|all|the rest) (?:but|except(?: for)?) the (?:{nouns})\b"
        rf"|\beverything (?:but|except(?: for)?) the (?:{nouns}) (?:stays|stands|can stay)\b"
        rf"|(?:任何|什么|多少|不管|无论)(?:{nouns})(?:都行|都可以|都好|均可|也行|的?都行)"
        rf"|(?:{nouns})(?:的)?(?:限制|要求|条件)?(?:不限|无所谓|不重要|随意|随便|不用管|都行"
        rf"|都可以)了?"
        rf"|(?:不限(?:制)?|不用管|不管|别管|不考虑|不用考虑|忽略|去掉|取消|忘掉"
        rf"|放开)(?:一下)?(?:{nouns})"
        rf"(?:的)?(?:限制|要求|条件)?了?"
        rf"|除了?(?:{nouns})(?:以外|之外|外)?[，,]?(?:其他|其它|别的|剩下)?(?:的)?(?:条件)?(?:都"
        rf"|全部?)"
        rf"(?:保留|留着|不变|一样|照旧)",
        re.IGNORECASE,
    )


_SLOTS = {slot: _dropped(nouns) for slot, nouns in _NOUNS.items()}
_ANYBODY = re.compile(
    r"^\W*(?:(?:by|with|from) )?(?:anybody|anyone|no matter who|whoever)"
    r"(?: (?:is fine|will do))?(?=\W*$|,)",
    re.IGNORECASE,
)


def read_reset(text: str) -> tuple[Span, ...]:
    """Where `text` drops all that stands: "start over"."""
    return tuple(found.span() for found in _RESET.finditer(text))


def read_cleared(text: str) -> list[tuple[Slot, Span]]:
    """Which slots `text` empties by their names, and where: "any length", "forget the year"."""
    cleared = [
        (slot, found.span()) for slot, pattern in _SLOTS.items() for found in pattern.finditer(text)
    ]
    if anybody := _ANYBODY.match(text):
        cleared.append((Slot.PEOPLE, anybody.span()))
    return cleared
