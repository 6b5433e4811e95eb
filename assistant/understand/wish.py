"""The wish: what is left of a message when all that is understood and all filler is gone.

The person's words stay as they are, in their order; nothing is cut out of the middle of a phrase.
"""

from __future__ import annotations

import re

from assistant.understand.reading import MASK, inside, mask, subjects

_ME = r"(?: (?:me|us))?"
_FILLER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:(?:(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: there| matinee)?|yes|"
        r"yeah|yep|no|nope|ok|okay|sure|cool|great|nice|well|oh|hmm+|um+|so|right|perfect|now|then|"
        r"actually|maybe|and|but|also)\b(?:\s*[,.!?…-]+\s*|\s+(?=(?:yes|yeah|can|could|i|we|please|"
        r"what|recommend|show|any|give|find|do|how|something|let)\b)|\W*$))+",
        rf"\b(?:can|could|would|will) (?:you|u) (?:please |maybe )?(?:recommend|suggest|find|show|"
        rf"give|get|tell|help|pick|list){_ME}(?: (?:find|pick|choose|with))?(?: (?:some|any|a|an|"
        rf"more))?\b",
        r"\b(?:recommend|suggest|find|show|give|get|bring|pick|list)(?: me| us)(?: some| any|"
        r" more)?\b",
        r"(?:^|[.!?]\s*)\W*(?:please )?(?:recommend|suggest|show|find|give|list|search for)\b",
        r"\bhelp me (?:find|pick|choose)\b",
        r"\b(?:i|we)(?:'m|'re| am| are|m)? (?:\w+ly |just )?(?:looking|searching|seeking|hoping|"
        r"hunting)"
        r"(?: for| to (?:watch|see|find))?\b|\b(?:looking|searching) for\b",
        r"\b(?:i|we)(?:'d| would)? (?:\w+ly |just |also |only )?(?:like|love|want|need|fancy|"
        r"prefer|wanna|wish|enjoy)(?: to)?(?: (?:watch|see|find|have|hear|get))?\b(?! it\b)",
        r"\b(?:i(?:'m| am) )?in (?:the|a) mood (?:for|to (?:watch|see))\b|\b(?:i |"
        r"we )?feel(?:ing)? like"
        r"(?: watching| seeing)?\b",
        r"\b(?:do|have) you (?:have|know|got)(?: of| about)?(?: any| some| a)?\b",
        r"\b(?:are|is) there (?:any(?:thing)?|a|some(?:thing)?)?\b",
        r"\bwhat (?:should|can|could|shall|do|would) (?:i|we|you) (?:watch|see|recommend|suggest|"
        r"have)\b"
        r"(?: to watch)?",
        r"\bwhat(?:'s| is| are) (?:a|an|some|the) (?:good|best|great|nice)\b",
        r"\b(?:any|some|your)? ?(?:good |other )?(?:recommendations?|suggestions?|recs?)\b(?: for|"
        r" on| about)?",
        r"\blet(?:'s| us) (?:watch|see)\b",
        r"(?:^|\W)(?:how|what) about\b",
        r"\b(?:please|pls|plz|thanks|thank you|thx|for me|for us|tonight|right now|this evening|"
        r"at the "
        r"moment|instead|of all time|ever made|either|at all|after all|any ?more|i guess|"
        r"if possible|you know|if you (?:can|have)|"
        r"help)\b",
        r"\bto (?:watch|see)\b|\b(?:that )?(?:i|we|you|one) (?:can|could) (?:watch|see|enjoy)\b",
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
        r"(?:请问?|麻烦)?(?:你|您)?(?:能不能|能否|可不可以|可以|能)?(?:再)?(?:帮我|帮忙|给我|为我|"
        r"跟我)?"
        r"(?:推荐|找找|找|介绍|安利|放)(?:一下|一点|一些|点|些|几)?(?:给我)?[个部条集]?(?!算法|"
        r"系统)",
        r"(?:我|咱们?|我们)?(?:今晚|现在|今天|最近)?(?:就)?(?:想要|想|要|喜欢|爱|需要)(?:看看|看|"
        r"听|找|学习?(?=\W))?(?:一下|一些|点|些)?"
        r"(?:[一几][个部条集])?",
        r"(?:请|给我|帮我|来)(?:[一几]?[些点个部条集])?|有没有|有什么|有哪些|哪些|(?<![为什])什么|"
        r"能不能|可不可以",
        r"一些|几[个部条]|一[个部条集]|(?:好看|值得看|不错|好)的|谢谢|的?(?:视频|片子|影片|内容|"
        r"作品)|今晚|我(?=\W|$)",
    )
)  # fmt: skip
_SMALL = frozenset(
    """
    a about also an and any at be both but by for from i in is it like me of on one ones or really
    so some than that that's the these they this those to very was we were which who will with you
    """.split()  # noqa: SIM905 - a list of strings would be unreadable
)
_LEADING = _SMALL | frozenset(
    """
    all another are as awesome because best concerning cool decent even good great i'd i'm i've
    ideally if im interesting it's just maybe more nice only other perhaps plus preferably
    regarding similar them then there too w/ well
    """.split()  # noqa: SIM905
)
_TRAILING = _SMALL | {
    *("all", "are", "as", "because", "if", "just", "maybe", "more", "only", "please", "though")
}
_QUALITY = frozenset({"good", "great", "best", "nice", "interesting", "cool", "awesome", "decent"})
_NOISE = frozenset(
    """
    thing things stuff kind kinds type types sort work yes yeah yep no nope ok okay sure oh ooh wow
    lol haha hi hello hey right well hmm meh much twice actually
    """.split()  # noqa: SIM905
)
"""Words that say nothing when they are all that is left of a phrase."""
_PUNCTUATION = " \t,.;:!?…-–—&~*_，。；：！？、·"
_CHINESE_LEADING = re.compile(
    r"(?:关于|有关|讲述|讲的是|讲(?!座)|介绍|的|和|跟|与|但是|但|而且|不过|还要|也要|最好|就|再|"
    r"吧|吗|呢|啊|是|那(?![个些么样种])|[，。；：！？、\s])+"
)
_CHINESE_TRAILING = re.compile(r"(?:但是|[的和跟与但吧吗呢啊呀了，。；：！？、\s])$")
_BETWEEN_PIECES = re.compile(rf"{MASK}+|[.!?。！？]+(?=\s|$)")
_STARTS_WIDE = re.compile(r"^[\u3000-\u9fff]")
_ENDS_WIDE = re.compile(r"[\u3000-\u9fff]$")


def read_wish(text: str) -> str:
    """What `text`, with all that is understood masked, asks for; empty if only filler is left."""
    about = subjects(text)
    for pattern in _FILLER:
        spans = [found.span() for found in pattern.finditer(text)]
        text = mask(text, (span for span in spans if not inside(span[0], about)))
    pieces = [_trimmed(piece) for piece in _BETWEEN_PIECES.split(text)]
    wish = ""
    for piece in filter(None, pieces):
        wide = _ENDS_WIDE.search(wish) and _STARTS_WIDE.search(piece)
        wish += piece if wide or not wish else f" {piece}"
    return wish


def _trimmed(piece: str) -> str:
    """`piece` without the small words and punctuation at its ends."""
    words = piece.split()
    while words and _is_small(words[0], _LEADING):
        if words[0].casefold() in _QUALITY and words[1:2] == ["and"]:
            break  # "good and evil"
        del words[0]
    while words and _is_small(words[-1], _TRAILING):
        del words[-1]
    piece = " ".join(words).strip(_PUNCTUATION)
    if leading := _CHINESE_LEADING.match(piece):
        piece = piece[leading.end() :]
    while trailing := _CHINESE_TRAILING.search(piece, max(0, len(piece) - 2)):
        piece = piece[: trailing.start()]
    return piece if re.search(r"\w", piece) and piece.casefold() not in _NOISE else ""


def _is_small(word: str, small_words: frozenset[str]) -> bool:
    word = word.strip(_PUNCTUATION).casefold()
    return not word or word in small_words
