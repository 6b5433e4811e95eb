"""Statements about oneself, by their form: "I never watch …", "I'm a fan of …", 我从来不看……

Each is anchored at the start of a clause, so that "films I love" and "what I never watch" are none.
"""

from __future__ import annotations

import re
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
    r"^\W*(?:(?:well|hi|hey|hello|also|and|but|so|ok(?:ay)?|oh|btw|by the way|just so you know|fyi|"
    r"for your information|honestly|actually|because|since|as|cause|though|sorry|look|listen|please|"
    r"you (?:should )?know|that|in general|generally|usually|as a rule|personally|thing is)\b[\s,:—-]*)*"
)
_ADVERBS = (
    r"(?:(?:really|also|absolutely|just|generally|usually|personally|always|honestly|simply|truly|"
    r"totally|mostly|still|actually|do|quite|so|both|all|particularly|especially|normally|typically|"
    r"basically|definitely|certainly|strongly|have always|'ve always|(?:very )?much)\s+)*"
)
_BE = r"(?:['’]?m| am|['’]?re| are|['’]?s| is)"
_NOT = r"(?:n['’]?t| not)"
_VERB = r"(?:watch|see|look at|listen to|enjoy|like|want|choose|finish|bother with|do|go for|stand)"
_WATCH = r"(?:watch|see|look at|listen to|enjoy|like)"
_THINGS = r"(?:\s+(?:to (?:watch|see)|watching|seeing))?\s+(?P<things>.+)"


def _compiled(people: str) -> tuple[tuple[Manner, re.Pattern[str]], ...]:
    """The forms, said by `people`."""
    forms: tuple[tuple[Manner, str], ...] = (
        (Manner.SPEAKS_NOT, rf"(?:do(?:es)?|can){_NOT} {_ADVERBS}(?:even )?(?:speak|understand|know|"
                            rf"follow|read)\s+(?:any )?(?P<things>.+)"),
        (Manner.SPEAKS_NOT, r"cannot (?:speak|understand|follow|read)\s+(?P<things>.+)"),
        (Manner.SPEAKS, rf"{_ADVERBS}(?:can )?only {_ADVERBS}(?:speaks?|understands?|knows?)\s+"
                        r"(?P<things>.+)"),
        (Manner.SPEAKS, rf"{_ADVERBS}(?:speaks?|understands?) only\s+(?P<things>.+)"),
        (Manner.LITTLE, rf"do(?:es)?{_NOT} (?:really|particularly|especially|much|usually|often|quite|"
                        rf"generally|normally|necessarily|particularly)\s+(?:like|love|enjoy|watch|dig|"
                        rf"care (?:much )?(?:for|about)|go for){_THINGS}"),
        (Manner.LITTLE, rf"do(?:es)?{_NOT} care (?:much )?(?:for|about){_THINGS}"),
        (Manner.LITTLE, rf"(?:{_BE}(?: not|n't)|ain't)\s+(?:(?:really|that|so|too|very|much|all that|"
                        rf"an?|the|exactly|particularly|especially|overly|terribly|huge|big|great|one|"
                        rf"biggest)\s+)*(?:into|big on|keen on|fond of|crazy about|interested in|"
                        rf"fan of|for){_THINGS}"),
        (Manner.LITTLE, rf"(?:rarely|seldom|hardly ever|almost never)\s+{_VERB}{_THINGS}"),
        (Manner.NEVER, rf"{_ADVERBS}(?:would |will |could |can |have |['’](?:d|ll|ve) )?never\s+"
                       rf"(?:ever )?(?:want to |like to |care to |wanna |going to )?{_VERB}(?:e?s)?{_THINGS}"),
        (Manner.NEVER, rf"{_ADVERBS}(?:hates?|detests?|loathes?|despises?|dislikes?|avoids?|"
                       rf"refuses? to {_VERB}|(?:can['’]?t|cannot|can not) (?:stand|bear|handle|take|"
                       rf"watch|stomach)){_THINGS}"),
        (Manner.NEVER, rf"(?:do(?:es)?{_NOT}|wo{_NOT}|will not)\s+(?:ever )?(?:watch|do|like|enjoy){_THINGS}"),
        (Manner.NEVER, rf"{_BE}\s+{_ADVERBS}(?:allergic to|terrified of|scared of|afraid of|sick of "
                       rf"seeing|squeamish about){_THINGS}"),
        (Manner.ONLY, rf"{_ADVERBS}only\s+{_ADVERBS}(?:ever )?(?:want to )?{_WATCH}(?:e?s)?{_THINGS}"),
        (Manner.ONLY, rf"{_ADVERBS}{_WATCH}(?:e?s)? (?:only|nothing but|exclusively){_THINGS}"),
        (Manner.LIKES, rf"{_ADVERBS}(?:loves?|adores?|likes?|enjoys?|prefers?|digs?){_THINGS}"),
        (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}(?:(?:a (?:bit|little)|big|very|pretty|rather|super|huge|"
                       rf"most)\s+)*(?:into|fond of|crazy about|obsessed with|mad about|keen on|"
                       rf"addicted to|passionate about){_THINGS}"),
        (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}(?:(?:an?|the|such|big|huge|great|real|massive|lifelong|"
                       rf"avid|total|biggest)\s+)*(?:fans?|lovers?|admirers?) of{_THINGS}"),
        (Manner.LIKES, rf"{_BE}\s+{_ADVERBS}an?\s+(?:(?:big|huge|great|real|massive|total|avid)\s+)*"
                       r"(?P<things>(?:[\w'-]+\s+){1,3}?)(?:fan|lover|buff|nerd|junkie|geek|"
                       r"enthusiast|fanatic|aficionado|person|addict)\b"),
        (Manner.LIKES, rf"(?:usually|mostly|often|always|regularly)\s+watch(?:es)?{_THINGS}"),
        (Manner.LIKES, rf"{_ADVERBS}watch(?:es)?\s+(?:a lot|lots|loads|tons|plenty) of{_THINGS}"),
    )  # fmt: skip
    who = people or "(?:i|we)"
    return tuple(
        (manner, re.compile(_LEAD + who + r"(?=\W|['’]|m\b|re\b|s\b)\s*" + form, re.IGNORECASE))
        for manner, form in forms
    )


_ALONE: tuple[tuple[Manner, re.Pattern[str]], ...] = tuple(
    (manner, re.compile(_LEAD + form, re.IGNORECASE))
    for manner, form in (
        (Manner.NEVER, r"(?:please )?(?:never(?: ever)?|(?:do not|don't) ever)\s+(?:show|recommend|suggest|"
                       r"give|play|offer|pick|bring up|mention)(?:\s+(?:me|us))?\s+(?P<things>.+)"),
        (Manner.NEVER, r"(?:please )?stop (?:showing|recommending|suggesting|giving)(?: me| us)?\s+"
                       r"(?P<things>.+)"),
        (Manner.LIKES, r"(?:big|huge|massive) fan of\s+(?P<things>.+)"),
        (Manner.LIKES, r"(?:my|our) (?:all[- ]time )?favou?rites?(?: \w+){0,2} (?:is|are)\s+(?P<things>.+)"),
        (Manner.LIKES, r"(?P<things>[\w' -]{2,40}?) (?:is|are) (?:my|our) (?:all[- ]time )?favou?rites?"
                       r"(?: \w+)?\W*$"),
        (Manner.LITTLE, r"(?P<things>[\w' -]{2,40}?) (?:is|are)(?: not|n't)(?: really| exactly)? (?:my|our) "
                        r"(?:thing|cup of tea|style|taste|jam)\b"),
    )
)  # fmt: skip

_DEGREE = r"(?:今天|今晚|现在|这次|真的|一般|通常|平时|平常|特别|非常|很|最|超级?|比较|其实|也|就|都|还|一直|一向|尤其|更|挺|蛮)*"
_MINE = r"(?:我们?|本人)"


def _chinese(people: str) -> tuple[tuple[Manner, re.Pattern[str]], ...]:
    forms: tuple[tuple[Manner, str], ...] = (
        (Manner.LIKES, r"最(?:喜欢|爱)的\S{1,6}?(?:就)?是(?P<things>.+)"),
        (Manner.SPEAKS_NOT, r"(?:都|也|完全|根本)*(?:听不懂|看不懂|不懂|不会说?|不太懂)(?P<things>\S*?[语文话])"),
        (Manner.SPEAKS, r"(?:都|也)*(?:只|仅)(?:听得懂|看得懂|会说?|懂|能听懂)(?P<things>\S+)"),
        (Manner.LITTLE, r"(?:都|也|其实)*不(?:太|怎么|是很|大|那么|是特别|算)(?:喜欢看?|爱看?|看|感兴趣)(?P<things>.+)"),
        (Manner.LITTLE, r"(?:都|也|其实)*对(?P<things>.+?)(?:不(?:太|怎么|是很)?感兴趣|没(?:有|什么|啥)?兴趣|兴趣不大|无感)"),
        (Manner.NEVER, rf"{_DEGREE}(?:从来|从|向来|一向|永远|绝对|根本|基本上?|坚决)?(?:都)?不(?:会|想|要)?(?:再)?"
                       r"(?<!不想)(?<!不要)(?:看|听|喜欢看?|爱看?|碰)(?!懂|过|了|到|见)(?P<things>.+)"),
        (Manner.NEVER, rf"{_DEGREE}(?:讨厌看?|反感|受不了|厌恶|烦|恨|怕看?|害怕看?|拒绝看?)(?P<things>.+)"),
        (Manner.NEVER, r"对(?P<things>.+?)过敏"),
        (Manner.ONLY, rf"{_DEGREE}(?:只|仅)(?:会|肯|爱|喜欢|能|想)?(?<!只想)看(?P<things>.+)"),
        (Manner.ONLY, rf"{_DEGREE}(?:只|仅)(?:爱|喜欢)(?P<things>.+)"),
        (Manner.LIKES, rf"{_DEGREE}(?:喜欢|爱|热爱|偏爱|钟爱|迷|痴迷于?|沉迷)(?:看|听)?(?P<things>.+)"),
        (Manner.LIKES, rf"{_DEGREE}是(?:个|一个)?(?P<things>\S{{1,12}}?)(?:迷|粉丝?|的(?:忠实)?(?:粉丝?|影迷|爱好者)|爱好者)"),
        (Manner.LIKES, r"(?:经常|常常|总是|常)看(?P<things>.+)"),
    )  # fmt: skip
    return tuple(
        (
            manner,
            re.compile(
                rf"^\W*(?:另外|其实|还有|对了|因为|不过|但是?|而且|请|那个)*(?:平时|平常|一般|通常)?{people}{form}"
            ),
        )
        for manner, form in forms
    )


_CHINESE_ALONE = (
    (Manner.NEVER, re.compile(r"^\W*(?:请)?(?:从来不|从不|坚决不|永远不)(?:要?看)(?P<things>.+)")),
    (Manner.NEVER, re.compile(r"^\W*不看(?=带?字幕|有字幕)(?P<things>.+)")),
)

_FORMS: tuple[tuple[Company | None, tuple[tuple[Manner, re.Pattern[str]], ...]], ...] = (
    (None, (*_compiled(""), *_ALONE, *_chinese(_MINE), *_CHINESE_ALONE)),
    *((who, _compiled(people)) for who, people in PEOPLE.items()),
    *(
        (who, _chinese(rf"(?:我们?家|咱家|我的?)?{people}"))
        for who, people in CHINESE_PEOPLE.items()
    ),
)

_NOTHING = re.compile(
    rf"^\W*(?:(?:it|that|this|these|those|them|him|her|you|your|me|how|what|when|where|why|which|if|"
    rf"something|anything|nothing|everything|one|ones|more|less|the (?:first|second|third|fourth|"
    rf"fifth|last|other|next|previous|idea|sound|look)\w*|number|to be|to have|to get|pick|both|any|"
    rf"either|neither|another|again|much|to|my|our|\d+)\b|{MASK}|第|这|那|它|他|她|你|什么|啥)",
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
