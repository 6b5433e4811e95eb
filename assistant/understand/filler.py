"""What people say around a wish: patterns and words that wish for nothing."""

from __future__ import annotations

import re

from assistant.understand.reading import MASK

_ME = r"(?: (?:me|us))?"
FILLER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:(?:(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: there| matinee)?|yes|"
        r"yeah|yep|no|nope|ok|okay|sure|cool|great|nice|well|oh|hmm+|um+|so|right|perfect|now|then|"
        r"actually|maybe|and|but|also)\b(?:\s*[,.!?…-]+\s*|\s+(?=(?:yes|yeah|nice|great|cool|but|can|could|i|we|"
        r"please|"
        r"what|recommend|show|any|give|find|do|how|something|let)\b)|\W*$))+",
        r"\bwhat (?:should|can|could|shall|do|would) (?:i|we|you) (?:watch|see|recommend|suggest|"
        r"have)\b"
        r"(?: to watch)?",
        rf"\b(?:can|could|would|will) (?:you|u) (?:please |maybe )?(?:make it(?: something)?|"
        rf"recommend|suggest|find|show|"
        rf"give|get|tell|help|pick|list){_ME}(?: (?:find|pick|choose|with))?(?: (?:some|any|a|an|"
        rf"more))?\b",
        r"\b(?:recommend|suggest|find|show|give|get|bring|pick|list|rec)(?: me| us)(?: some| any|"
        r" more)?\b",
        r"(?:^|[.!?]\s*)\W*(?:please )?(?:recommend|suggest|show|find|give|list|search for)\b"
        rf"(?=\W*$|\s+(?:(?:some|any|an?|the|more|good)\b|\d|{MASK}))",
        r"\bhelp me (?:find|pick|choose)\b",
        r"\b(?:i|we)(?:'m|'re| am| are|m)? (?:\w+ly |just )?(?:looking|searching|seeking|hoping|"
        r"hunting)"
        r"(?: for| to (?:watch|see|find))?\b|\b(?:looking|searching) for\b",
        r"\b(?:i|we)(?:'d| would)? (?:\w+ly |just |also |only )?(?:like|love|want|need|fancy|"
        r"prefer|wanna|wish|enjoy)(?: to)?(?: (?:watch|see|find|have|hear|get))?\b(?! it\b)",
        r"\b(?:i|we)(?:'d| would) (?:much |really )?(?:rather|sooner) (?:watch|see|have)\b",
        r"\b(?:i(?:'m| am) )?in (?:the|a) mood (?:for|to (?:watch|see))\b|\b(?:i |"
        r"we )?feel(?:ing)? like"
        r"(?: watching| seeing)?\b",
        r"\b(?:do|have) you (?:have|know|got)(?: of| about)?(?: any| some| a)?\b",
        r"\b(?:are|is) there (?:any(?:thing)?|a|some(?:thing)?)?\b",
        r"\bwhat(?:'s| is| are) (?:(?:a|an|some|the) )?(?:good|best|great|nice)\b",
        r"\bcan (?:i|we) (?:get|have)\b",
        r"\b(?:any|some|your)? ?(?:good |other )?(?:recommendations?|suggestions?|"
        r"recs?)\b(?!\s+(?!for\b|on\b|about\b|please\b)\w)(?: for|"
        r" on| about)?",
        r"\blet(?:'s| us) (?:watch|see)\b",
        r"(?:^|\W)(?:how|what) about\b",
        r"\b(?:please|pls|plz|thanks|thank you|thx|for me|for us|tonight|right now|this evening|"
        r"at the "
        r"moment|instead|of all time|ever made|either|at all|after all|any ?more|i guess|"
        r"if possible|you know|if you (?:can|have)|"
        r"help)\b",
        r"\bto (?:watch|see)\b|\b(?:that )?(?:i|we|you|one) (?:can|could) (?:watch|see|enjoy)\b"
        rf"|\b(?:that )?(?:i|we) (?:can|could)(?=\s*(?:{MASK}|$))",
        r"^\W*(?:please )?(?:tell|teach) (?:me|us)(?: about| something about)?\b",
        r"^\W*(?:need|want|wanna|watch|see)\b(?=\s+(?:some|any|smth|sth|an?\b))",
        r"\b(?:something|anything|smth|sth)(?: (?:that(?:'s| is)|which is|a (?:bit|little)|really|"
        r"very|else|more))*\b",
        r"\b(?:it|they|that|this|which|and) (?:should|must|has to|have to|needs? to) be\b|"
        r"\bmake it\b",
        r"\b(?:i|we)(?:'ve| have)? (?:only |just )?(?:got|have)\b",
        r"\b(?:i(?:'ve| have| haven't| have not|'d)? )?(?:never |already |not |just )*"
        r"(?:seen|loved?|liked?|hated?|enjoyed?|saw|watched|heard of)(?: \w+ly)? "
        r"(?:it|that|this|them|those|these|that one|those ones|both|all of (?:it|them|these))"
        r"(?: (?:one|movie|film|already|before|too|yet))?\b",
        r"\bsounds? (?:good|great|interesting|nice|fun|perfect)\b",
        r"\bi(?:'m| am) (?:so |really )?bored\b|\bi don't (?:mind|care)\b",
        r"\b(?:videos?|clips?|vids?)\b(?!\s*(?:games?|gaming|editing|editor|production|codecs?|"
        r"stream|compression|calls?|cards?|art\b|essays?))",
    )
)  # fmt: skip
"""Phrases of English, wherever they stand."""

SMALL = frozenset(
    """
    a about also an and any at be both but by for from i in is it like me of on one ones or really
    so some than that that's the these they this those to very was we were which who will with you
    """.split()  # noqa: SIM905 - a list of strings would be unreadable
)
LEADING = SMALL | frozenset(
    """
    all another are as awesome because best concerning cool decent even good great i'd i'm i've
    ideally if im interesting it's just maybe more nice only other perhaps plus preferably
    regarding similar them then there too w/ well
    """.split()  # noqa: SIM905
)
TRAILING = SMALL | {
    *("all", "are", "as", "because", "if", "just", "maybe", "more", "only", "please", "stuff"),
    "though",
}
QUALITY = frozenset({"good", "great", "best", "nice", "interesting", "cool", "awesome", "decent"})
NOISE = frozenset(
    """
    thing things stuff kind kinds type types sort work options picks results yes yeah yep no
    nope ok okay sure oh ooh wow lol haha hi hello hey right well hmm meh much twice actually
    """.split()  # noqa: SIM905
)
"""Words that say nothing when they are all that is left of a phrase."""
PUNCTUATION = " \t,.;:!?…-–—&~*_，。；：！？、·"

CHINESE_LEADING = frozenset(
    """
    你好 您好 嗨 哈喽 早上好 下午好 晚上好
    那样 这样 只要 只想 算了 或者 或 都 都行 好 就好 就行 好了
    我 我想 我要 我们 咱们 你 您 请 请问 麻烦 能 能不能 能否 可以 可不可以 帮 帮我 帮忙 给我 跟我
    为我 推荐 推荐一下 找 找找 找个 找部 介绍 安利 来 来点 来个 再来 放 看 看看 看点 听 听听 想
    想看 想要 想听 想找 要 要看 喜欢 爱看 需要 有 有没有 有什么 有哪些 什么 哪些 一下 一些 一点 点
    些
    关于 有关 讲 讲述 讲讲 的 和 跟 与 但 但是 而且 不过 还 还要 也 也要 最好 就 再 吧 吗 呢 啊
    是 那 今晚 现在 今天 最近 好看 值得 不错 类似 像
    """.split()  # noqa: SIM905
)
"""Words at the beginning of a phrase, whole ones: 和 goes, 和平 stays."""
CHINESE_SUBJECTS = frozenset((("推荐", "算法"), ("推荐", "系统"), ("推荐", "引擎")))
"""Not filler: 推荐系统 is a subject."""
CHINESE_MEASURES = frozenset(
    {"一个", "一部", "一集", "一条", "一", "几个", "几部", "几条", "几", "个", "部", "条", "集"}
)
"""After those: 推荐一部, 想看几个."""
CHINESE_TRAILING = frozenset(
    """
    的 了 吧 吗 呢 啊 呀 啦 好 行 都 都行 也行 可以 就好 就行 一点 一些 点 或者 或
    和 跟 与 但 但是 也 视频 片子 影片 内容 作品 谢谢 推荐 好看
    """.split()  # noqa: SIM905
)
