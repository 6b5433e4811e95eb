"""Statements about oneself, by their form: "I never watch", "I'm a fan of", 我从来不看.

Each begins its clause, so that "films I love" and "what I never watch" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from assistant.types import Company
from assistant.understand.company import CHINESE_PEOPLE, PEOPLE
from assistant.understand.reading import MASK


class Manner(StrEnum):
    """How a statement speaks of what it is about."""

    NEVER = "never"
    LITTLE = "little"
    ONLY = "only"
    LIKES = "likes"
    SPEAKS = "speaks"
    SPEAKS_NOT = "speaks_not"


class Statement(NamedTuple):
    """What somebody says of themselves."""

    manner: Manner
    things: str
    """What it is about."""
    company: Company | None = None
    """Whose it is; None for the person's own."""


_LEAD = (
    r"^\W*(?:(?:well|hi|hey|hello|also|and|but|so|ok(?:ay)?|oh|btw|by the way|just so you know|"
    r"fyi|for your information|honestly|actually|because|since|as|cause|though|sorry|look|listen|"
    r"please|you (?:should )?know|that|in general|generally|usually|as a rule|personally|"
    r"thing is)\b[\s,:—-]*)*"
)
_ADVERBS = (
    r"(?:(?:really|also|absolutely|just|generally|usually|personally|always|honestly|simply|truly|"
    r"totally|mostly|still|actually|do|quite|so|both|all|particularly|especially|normally|"
    r"typically|basically|definitely|certainly|strongly|have always|'ve always|"
    r"(?:very )?much)\s+)*"
)
_DEGREES = (
    r"(?:(?:a (?:bit|little)|an?|the|one|of|such|big|biggest|huge|great|real|massive|total|avid|"
    r"lifelong|super|most|very|pretty|rather|really|that|so|too|much|all that|exactly|overly|"
    r"terribly|particularly|especially)\s+)*"
)
_BE = r"(?:['’]?m| am|['’]?re| are|['’]?s| is)"
_NOT = r"(?:n['’]?t| not)"
_DO_NOT = rf"do(?:es)?{_NOT}"
_CANNOT = r"(?:can['’]?t|cannot|can not)"
_VERB = r"(?:watch|see|look at|listen to|enjoy|like|want|choose|finish|bother with|do|go for|stand)"
_WATCH = r"(?:watch|see|look at|listen to|enjoy|like)"
_SHOW = r"(?:show|recommend|suggest|give|play|offer|pick|bring up|mention)"
_MY = r"(?:my|our)"
_X = r"\s+(?P<things>.+)"
_THINGS = rf"(?:\s+(?:to (?:watch|see)|watching|seeing))?{_X}"
_FEW = r"(?P<things>[\w' -]{2,40}?)"

_ENGLISH: tuple[tuple[Manner, str], ...] = (
    (Manner.SPEAKS_NOT, rf"(?:{_DO_NOT}|{_CANNOT}) {_ADVERBS}(?:even )?"
                        rf"(?:speak|understand|know|follow|read)(?: any)?{_X}"),
    (Manner.SPEAKS, rf"{_ADVERBS}(?:can )?only {_ADVERBS}(?:speak|understand|know)s?{_X}"),
    (Manner.SPEAKS, rf"{_ADVERBS}(?:speak|understand)s? only{_X}"),
    (Manner.LITTLE, rf"{_DO_NOT} (?:really|particularly|especially|much|usually|often|quite|"
                    rf"generally|normally|necessarily)\s+"
                    rf"(?:like|love|enjoy|watch|dig|care (?:much )?(?:for|about)|go for){_THINGS}"),
    (Manner.LITTLE, rf"{_DO_NOT} care (?:much )?(?:for|about){_THINGS}"),
    (Manner.LITTLE, rf"(?:{_BE}(?: not|n't)|ain't)\s+{_DEGREES}"
                    rf"(?:into|big on|keen on|fond of|crazy about|interested in|fan of|for)"
                    rf"{_THINGS}"),
    (Manner.LITTLE, rf"(?:rarely|seldom|hardly ever|almost never)\s+{_VERB}{_THINGS}"),
    (Manner.NEVER, rf"{_ADVERBS}(?:would |will |could |can |have |['’](?:d|ll|ve) )?never\s+"
                   rf"(?:ever )?(?:want to |like to |care to |wanna |going to )?"
                   rf"{_VERB}(?:e?s)?{_THINGS}"),
    (Manner.NEVER, rf"{_ADVERBS}(?:(?:hate|detest|loathe|despise|dislike|avoid)s?|"
                   rf"refuses? to {_VERB}|{_CANNOT} (?:stand|bear|handle|take|watch|stomach))"
                   rf"{_THINGS}"),
    (Manner.NEVER, rf"(?:{_DO_NOT}|wo{_NOT}|will not)\s+(?:ever )?"
                   rf"(?:watch|do|like|enjoy){_THINGS}"),
    (Manner.NEVER, rf"{_BE}\s+{_ADVERBS}(?:allergic to|terrified of|scared of|afraid of|"
                   rf"sick of seeing|squeamish about){_THINGS}"),
    (Manner.ONLY, rf"{_ADVERBS}only\s+{_ADVERBS}(?:ever )?(?:want to )?{_WATCH}(?:e?s)?{_THINGS}"),
    (Manner.ONLY, rf"{_ADVERBS}{_WATCH}(?:e?s)? (?:only|nothing but|exclusively){_THINGS}"),
    (Manner.LIKES, rf"{_ADVERBS}(?:love|adore|like|enjoy|prefer|dig)s?{_THINGS}"),
    (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}{_DEGREES}(?:into|fond of|crazy about|obsessed with|"
                   rf"mad about|keen on|addicted to|passionate about){_THINGS}"),
    (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}{_DEGREES}(?:fans?|lovers?|admirers?) of{_THINGS}"),
    (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}an?\s+{_DEGREES}(?P<things>(?:[\w'-]+\s+){{1,3}}?)"
                   rf"(?:fan|lover|buff|nerd|junkie|geek|enthusiast|fanatic|aficionado|person|"
                   rf"addict)\b"),
    (Manner.LIKES, rf"(?:usually|mostly|often|always|regularly)\s+watch(?:es)?{_THINGS}"),
    (Manner.LIKES, rf"{_ADVERBS}watch(?:es)?\s+(?:a lot|lots|loads|tons|plenty) of{_THINGS}"),
)  # fmt: skip
"""After whoever it is that says it, or of whom it is said."""

_ENGLISH_ALONE: tuple[tuple[Manner, str], ...] = (
    (Manner.NEVER, rf"(?:please )?(?:never(?: ever)?|(?:do not|don't) ever)\s+{_SHOW}"
                   rf"(?:\s+(?:me|us))?{_X}"),
    (Manner.NEVER, rf"(?:please )?stop (?:showing|recommending|suggesting|giving)(?: me| us)?{_X}"),
    (Manner.LIKES, rf"(?:big|huge|massive) fan of{_X}"),
    (Manner.LIKES, rf"{_MY} (?:all[- ]time )?favou?rites?(?: \w+){{0,2}} (?:is|are){_X}"),
    (Manner.LIKES, rf"{_FEW} (?:is|are) {_MY} (?:all[- ]time )?favou?rites?(?: \w+)?\W*$"),
    (Manner.LITTLE, rf"{_FEW} (?:is|are)(?: not|n't)(?: really| exactly)? {_MY} "
                    r"(?:thing|cup of tea|style|taste|jam)\b"),
)  # fmt: skip

_CHINESE_LEAD = (
    r"^\W*(?:(?:你好|您好|嗨|哈喽)[呀啊]?\W*)*"
    r"(?:另外|其实|还有|对了|因为|不过|但是?|而且|请|那个)*(?:平时|平常|一般|通常)?"
)
_DEGREE = (
    r"(?:今天|今晚|现在|这次|真的|一般|通常|平时|平常|特别|非常|很|最|超级?|比较|其实|也|就|都|还|"
    r"一直|一向|尤其|更|挺|蛮)*"
)
_ALL = r"(?:都|也|其实|完全|根本)*"
_NEVER = (
    r"(?:从来|从|向来|一向|永远|绝对|根本|基本上?|坚决)?都?不(?:会|想|要)?再?(?<!不想)(?<!不要)"
)

_CHINESE: tuple[tuple[Manner, str], ...] = (
    (Manner.LIKES, r"最(?:喜欢|爱)的\S{1,6}?就?是(?P<things>.+)"),
    (Manner.SPEAKS_NOT, rf"{_ALL}(?:[听看]不懂|不太?懂|不会说?)(?P<things>\S*?[语文话])"),
    (Manner.SPEAKS, rf"{_ALL}[只仅](?:[听看]得懂|会说?|懂|能听懂)(?P<things>\S+)"),
    (Manner.LITTLE, rf"{_ALL}不(?:太|怎么|是很|大|那么|是特别|算)"
                    r"(?:喜欢看?|爱看?|看|感兴趣)(?P<things>.+)"),
    (Manner.LITTLE, rf"{_ALL}对(?P<things>.+?)"
                    r"(?:不(?:太|怎么|是很)?感兴趣|没(?:有|什么|啥)?兴趣|兴趣不大|无感)"),
    (Manner.NEVER, rf"{_DEGREE}{_NEVER}(?:看|听|喜欢看?|爱看?|碰)(?!懂|过|了|到|见)(?P<things>.+)"),
    (Manner.NEVER, rf"{_DEGREE}(?:讨厌看?|反感|受不了|厌恶|烦|恨|怕看?|害怕看?|拒绝看?)"
                   r"(?P<things>.+)"),
    (Manner.NEVER, r"对(?P<things>.+?)过敏"),
    (Manner.ONLY, rf"{_DEGREE}[只仅](?:会|肯|爱|喜欢|能|想)?(?<!只想)看(?P<things>.+)"),
    (Manner.ONLY, rf"{_DEGREE}[只仅](?:爱|喜欢)(?P<things>.+)"),
    (Manner.LIKES, rf"{_DEGREE}(?:喜欢|热?爱|偏爱|钟爱|痴?迷于?|沉迷)[看听]?(?P<things>.+)"),
    (Manner.LIKES, rf"{_DEGREE}是一?个?(?P<things>\S{{1,12}}?)"
                   r"(?:迷|粉丝?|的(?:忠实)?(?:粉丝?|影迷|爱好者)|爱好者)"),
    (Manner.LIKES, r"(?:经常|常常|总是|常)看(?P<things>.+)"),
)  # fmt: skip

_CHINESE_ALONE: tuple[tuple[Manner, str], ...] = (
    (Manner.NEVER, r"请?(?:从来不|从不|坚决不|永远不)要?看(?P<things>.+)"),
    (Manner.NEVER, r"不看(?=带?字幕|有字幕)(?P<things>.+)"),
)

_Forms = tuple[tuple[Manner, re.Pattern[str]], ...]


def _compiled(lead: str, forms: Iterable[tuple[Manner, str]]) -> _Forms:
    return tuple((manner, re.compile(lead + form, re.IGNORECASE)) for manner, form in forms)


def _english(people: str) -> _Forms:
    return _compiled(rf"{_LEAD}{people}(?=\W|m\b|re\b|s\b)\s*", _ENGLISH)


_FORMS: tuple[tuple[Company | None, _Forms], ...] = (
    (None, _english("(?:i|we)")),
    (None, _compiled(_LEAD, _ENGLISH_ALONE)),
    (None, _compiled(f"{_CHINESE_LEAD}(?:我们?|本人)", _CHINESE)),
    (None, _compiled(_CHINESE_LEAD, _CHINESE_ALONE)),
    *((who, _english(people)) for who, people in PEOPLE.items()),
    *(
        (who, _compiled(f"{_CHINESE_LEAD}(?:我们?家|咱家|我的?)?{people}", _CHINESE))
        for who, people in CHINESE_PEOPLE.items()
    ),
)

_NOTHING = re.compile(
    rf"^\W*(?:(?:it|that|this|these|those|them|him|her|you|your|me|how|what|when|where|why|which|if|"
    rf"something|anything|nothing|everything|one|ones|more|less|the (?:first|second|third|fourth|"
    rf"fifth|last|other|next|previous|idea|sound|look)\w*|number|pick|both|any|either|neither|"
    rf"another|again|much|to|my|our|\d+)\b|{MASK}|第|这|那|它|他|她|你|什么|啥)",
    re.IGNORECASE,
)
"""What is no thing that one likes or not in general."""
_GENERAL_THING = re.compile(
    r"^\W*(?:anything|something|everything|nothing|any|ones?|things)\s+(?!of|else|new|good|fun|light|nice|"
    r"short|like|different)\S|^\W*(?:那种|这种)\S",
    re.IGNORECASE,
)
"""But "anything over two hours" is."""


def read_statement(clause: str) -> Statement | None:
    """Read a clause as a statement about oneself, or about those one watches with."""
    for company, forms in _FORMS:
        for manner, form in forms:
            found = form.match(clause)
            if found is None:
                continue
            things = found["things"]
            if _NOTHING.match(things) and not (
                _GENERAL_THING.match(things) and manner in (Manner.NEVER, Manner.ONLY)
            ):
                return None
            return Statement(manner, things, company)
    return None
