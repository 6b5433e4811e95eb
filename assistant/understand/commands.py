"""Messages about the conversation itself: "undo", "what did you show me before?", "help"."""

from __future__ import annotations

import re

from assistant.types import Intent

_YOU = r"(?:you|u|matinee)"
_PLEASE = (
    r"(?:(?:please|pls|can you|could you|oops|ups|sorry|no|wait|ok|okay|now|just|and|hey)\W+)*"
)
_KNOW = r"(?:know|remember(?:ed)?|noted?|learned|learnt|saved|stored|wrote down|have)"
_SHOWN = (
    r"(?:show(?:n|ed)?|recommend(?:ed)?|suggest(?:ed)?|give|gave|given|pick(?:ed)?|list(?:ed)?|"
    r"offer(?:ed)?|propose[d]?)"
)
_EARLIER = (
    r"(?:before|b4|earlier|at first|first|previously|the first time|last time|just now|so far|"
    r"until now|a while ago|in the beginning|to begin with|at the (?:start|beginning)|already|"
    r"originally|last|again|initially|up to now)"
)
_PATTERNS: tuple[tuple[Intent, str], ...] = (
    (
        Intent.UNDO,
        rf"^\W*{_PLEASE}(?:undo|revert|take (?:that|it|this) back|take back (?:that|it|the last "
        rf"\w+)|"
        r"cancel (?:that|the last \w+|it))(?:\s+(?:that|it|this|please|the last \w+|what \w+ \w+ "
        r"\w+|my last \w+))*\W*$"
        r"|^\W*(?:撤销|撤回|取消|收回|反悔)(?:一下|掉)?(?:刚才|上一|刚刚|前面|之前|上)?(?:的|个"
        r"|步|次|"
        r"操作|那个|那步|标记|评分)*(?:吧|了)?\W*$|^\W*(?:刚才|刚刚)(?:那个|的)?(?:操作)?(?:不算"
        r"|作废)了?\W*$",
    ),
    (
        Intent.RECALL,
        rf"\b(?:wh?at|which|wich)(?: \w+){{0,3}} (?:did|have|had|were) {_YOU} (?:\w+ )?{_SHOWN}"
        rf"(?: to)?(?: me| us)?(?: \w+)?(?: {_EARLIER})+"
        rf"|\b(?:wh?at|which|wich)(?: ones?| films| movies| videos)? (?:did|have|had) "
        rf"{_YOU} (?:\w+ )?{_SHOWN}(?: to)?(?: me| "
        rf"us)?\W*$"
        rf"|\bwh?at (?:were|was) (?:the |your |those )?(?:previous|first|earlier|last|old|other|"
        rf"original)(?: \w+)?(?: (?:picks?|suggestions?|recommendations?|ones?|results?|list|"
        rf"videos?|films?|movies?))\b"
        rf"|\b(?:show|list|repeat|remind)(?: me| us)?(?: of)? (?:again )?(?:what {_YOU} "
        rf"{_SHOWN}|(?:the |your |my )?(?:previous|earlier|old|first|last|original|same)"
        rf"(?: \w+)? (?:picks|suggestions|recommendations|ones|results|list|videos|films|movies))"
        rf"|\b(?:go back to|back to|return to) (?:the |your )?(?:previous|first|earlier|last|old)"
        rf"(?: \w+)? (?:picks|suggestions|recommendations|ones|results|list)"
        rf"|\bthe (?:picks|suggestions|ones|films|videos|list) (?:from )?(?:before|earlier)\W*$"
        r"|(?:刚才|刚刚|之前|先前|前面|以前|最开始|一开始|最初|上次|早些时候)(?:你|都|给我|给"
        r"|跟我|为我)*"
        r"(?:推荐|看|展示|列|介绍|说|给)(?:了|过|的)*(?:哪些|什么|哪几[个部]|啥|哪[个部])"
        r"|你?(?:都)?(?:推荐|给我看|给我推荐)(?:了|过)(?:哪些|什么|哪几[个部]|啥)"
        r"|(?:再|重新)?(?:看看|给我看|列出|回到)(?:一下)?(?:刚才|之前|前面|上次|上一批"
        r"|第一批)(?:的|推荐)+",
    ),
    (
        Intent.MEMORY,
        rf"\b(?:wh?at|which \w+|how much) (?:do|did|have|all do) {_YOU} (?:\w+ )?{_KNOW}"
        rf"(?: down)?(?: \w+)? (?:about|of|on|for) me\b|\bwhat do {_YOU} remember\W*$"
        rf"|\bwhat (?:have|did) {_YOU} (?:note[d]?|remember(?:ed)?|write down|written down)\W*$"
        r"|\b(?:show|list|see|view)(?: me)? (?:my |your |the )?(?:memory|memories|preferences|"
        r"notes(?: (?:about|on) me)?|profile)\W*$|\bwhat(?:'s| is| are) (?:in )?my (?:preferences|"
        r"memory|profile|tastes?)\W*$|\bdo you (?:know|remember) (?:anything|something) about me"
        r"|你(?:都|还)?(?:记得|知道|记住|记|了解|记下)(?:了|住|得)*(?:关于)?我(?:的)?(?:什么"
        r"|哪些|多少|啥)"
        r"|(?:关于我)(?:你)?(?:都|还)?(?:记得|知道|记住|记)(?:了)?(?:什么|哪些|啥)"
        r"|(?:看看|显示|查看|列出)?我的(?:偏好|喜好|记忆|资料)(?:有哪些|是什么)?\W*$"
        r"|你(?:都|还)*记(?:住|下)?了(?:什么|哪些|啥)",
    ),
    (
        Intent.HELP,
        rf"^\W*{_PLEASE}(?:(?:i need |some |get )?help(?: me)?(?: please)?|"
        rf"wh?at (?:can|do|could) {_YOU} do(?: for me)?|how (?:do|does|can|should) (?:i|this|it|we|"
        rf"one) (?:use|work|operate)(?: (?:this|it|{_YOU})(?: (?:thing|app|tool|program))?)?|"
        r"what can i (?:ask|say|do|type)(?: (?:you|here|to you))?|how does (?:this|it) (?:thing "
        r"|app "
        r")?work|commands?|(?:show|list)(?: me)? (?:the |your |all )?commands|usage|manual|"
        r"instructions|what are (?:the|my) (?:commands|options)|what is this(?: \w+)? for)\W*$"
        r"|^\W*(?:帮助|帮帮我|帮忙|求助|怎么用|如何使用|怎么使用|使用说明|说明|有什么功能|"
        r"(?:你)?(?:会|能|可以)(?:做|干)?(?:什么|啥)(?:呢|呀|啊)?|(?:你|这个|这)?(?:怎么"
        r"|如何)(?:用|使用)|"
        r"我(?:可以|能)(?:问|说|做)(?:你)?什么)(?:啊|呀|呢|吗)?\W*$",
    ),
)
_COMPILED = tuple((intent, re.compile(words, re.IGNORECASE)) for intent, words in _PATTERNS)

_FORGET = re.compile(
    rf"^\W*{_PLEASE}(?:you (?:can|should|may) )?(?:"
    r"forget (?:about )?(?:the fact )?(?:that )?(?:i (?:ever )?said (?:that )?)?"
    r"(?P<fact>(?:i|i'm|i've|i'd|we|my|our)\b[^.!?]*)"
    r"|forget (?:about )?(?:that )?(?P<rule>(?:no|never)\b[^.!?]*)"
    r"|forget (?:about )?(?P<about>(?:what|everything|anything|all)(?: that)? (?:i|we)(?:'ve| "
    r"have)? "
    r"(?:said|told you|mentioned)[^.!?]*)"
    r"|(?:forget|delete|erase|remove|drop) (?P<all>(?:everything|all|anything|what)(?: that)?"
    r"(?: you)?(?: \w+)? (?:know|remember|noted|learned|saved|stored|about me)[^.!?]*)"
    r"|forget (?P<every>(?:everything|anything|all) about [^.!?]+)"
    r"|(?:delete|erase|remove|drop|clear) (?:from )?(?:my |your |the )?"
    r"(?P<note>(?:memory|memories|preferences?|notes?)\b[^.!?]*)"
    r"|(?:don't|do not|stop) remember(?:ing)? (?:that )?(?P<stop>[^.!?]+)"
    r"|(?P<untrue>i (?:don't|no longer) (?:\w+ )?(?:[^.!?]+?) any ?more, forget (?:it|that))"
    r")"
    r"|^\W*(?:请)?(?:忘掉|忘了|忘记|别再?记(?:得|住|着)?|不要再?记(?:得|住|着)?|删掉|删除)(?:关于)?"
    r"(?P<zh>(?:我|所有关于我|关于我)[^。！？!?]*)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^(?:(?:everything|anything|all|what)(?: that)? (?:i|we)(?:'ve| have)? (?:said|told you|"
    r"mentioned)|(?:everything|anything|all)|(?:memory|memories|preferences?|notes?))"
    r"\s*(?:(?:that|about|for|of|on|regarding)\s+)+",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"^(?:everything|all|anything|what|memory|memories|preferences|notes)\b(?!.* that i )|"
    r"^(?:所有)?关于我的?(?:一切|所有|全部)?|^我的(?:一切|所有|全部|记忆|偏好)",
    re.IGNORECASE,
)
_CHINESE_END = re.compile(r"(?:的?(?:这件事|事情|事|这点|这一点))?(?:吧|了|呢)?$")
EVERYTHING = "everything"
"""What "forget everything you know about me" is about."""


def read_command(text: str) -> Intent | None:
    """What `text` asks of the conversation itself: to undo, recall, list or explain."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(text)), None)


def read_forget(text: str) -> str | None:
    """The words of what `text` wants forgotten of the person; None if it wants nothing forgotten.

    "Forget the length" takes a limit back, "forget it" all that stands: neither is this.
    """
    found = _FORGET.match(text)
    if found is None:
        return None
    words = next(part for part in found.groupdict().values() if part).strip(" ,.")
    if found["zh"]:
        words = _CHINESE_END.sub("", words)
    if found["all"] and not re.search(r"\babout (?!me\b)", words):
        return EVERYTHING
    stripped = _OF.sub("", words).strip()
    if stripped.casefold() in ("me", "us") or (stripped == words and _EVERYTHING.match(words)):
        return EVERYTHING
    return stripped
