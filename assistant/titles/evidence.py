"""What in a text speaks for a run of its words being a title, and not just words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.titles.words import Word

Cue = Literal["comparison", "memory", "wish"]
"""What leads to a name: "something like …"; "I loved …"; "I want to see …", "I like …"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands around a run of words, and how it is written."""

    cue: Cue | None
    cased: bool
    """Written like a name, in a text where that means something."""
    capital: bool
    """Its first letter is one, which at the beginning of a sentence means little."""
    apart: bool
    """No word before or after it is written like a part of the same name."""
    closed: bool
    """The phrase ends with it: not "big" in "big robots"."""
    judged: bool
    """What follows speaks of a title: "… was great"."""
    subject: bool
    """It says what something should be about: "a talk on …"."""
    governed: bool
    """A preposition or the like leads to it: "in …", "some …"."""
    alone: bool
    """It is the whole text."""
    indefinite: bool
    """After a small "a" or "an": "a silence" is hardly *Silence*."""


_THING = r"(?:movies?|films?|series|shows?|talks?|videos?|documentar(?:y|ies)|lectures?|ones?)"
_LINK = (
    rf"(?:\s+(?:the|that|this|both|either|also|maybe|it'?s)(?=\s+{_THING}))?"
    rf"(?:\s+{_THING})?(?:\s+(?:called|named|titled|like|such as|are|is|was|were))?"
    r"(?:\s+(?:both|either|maybe|the|a|an))?\s*:?\s*[\"“‘'(*_@]*$"
)
_COMPARISON = re.compile(
    r"\b(?:similar(?:ly)? to|in the (?:style|vein|spirit|mood|manner) of|reminiscent of|akin to|"
    r"along the lines of|such as|[àa] la|same (?:vibe|feel|style|kind|type) (?:as|of)|vibes? of|"
    r"close to|reminds? me of|reminded me of|fans? of|better than|as \w+ as|sequels? (?:to|of)|"
    r"compared? (?:to|with)|instead of|unlike|than|(?P<like>like))" + _LINK,
    re.IGNORECASE,
)
_LIKE_IS_VERB = re.compile(
    r"(?:\b(?:i|we|you|they|really|also|would|do|dont|does|not|to|might|feels?|looks|sounds|seems)|"
    r"n['’]t|['’]d) $",
    re.IGNORECASE,
)
_MEMORY = re.compile(
    r"\b(?:loved|liked|enjoyed|hated|disliked|adored|seen|saw|watched|rewatch(?:ed)?|finished|"
    r"heard of|remember(?:ed)?|did(?:n'?t|n’t| not| you)? (?:really )?(?:like|love|enjoy|see|"
    r"watch)|ever (?:see|watch)|favou?rites?(?: \w+)? (?:is|are|was|were|include)|called|titled|"
    r"tried|checked out|obsessed with)" + _LINK,
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:like|love|enjoy|hate|dislike|adore|see|watch|watching|try|recommend(?:ed)?|suggest|"
    r"prefer|check out|checkout|know|about watching|how about|what about|maybe|think|thought)"
    + _LINK,
    re.IGNORECASE,
)
_CHINESE_CUE = re.compile(
    r"(?:像|类似于?|如同|跟|和|同|喜欢过?|喜爱|爱看|看过了?|看完了?|刚看了?|讨厌|重温|比)[\s“\"『「《〈]*$"
)
_SUBJECT = re.compile(
    r"\b(?:(?<!how )(?<!what )about|on|regarding|into)\s+(?:the\s+)?$", re.IGNORECASE
)
_GOVERNED = re.compile(
    r"\b(?:(?<!how )(?<!what )about|on|of|in|with|using|for|by|to|from|at|and|or|some|any|more|"
    r"new|good|great|best|my|your|his|her|their|our|this|that|no|learn)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"[\"”’'*_)]*\s*(?:(?:is|was|were|are)(?:n'?t|n’t)?\s+(?:\w+\s+){0,2}?(?:great|good|awesome|"
    r"amazing|boring|bad|ok|okay|fun|funny|favou?rites?|best|better|excellent|terrible|awful|"
    r"fantastic|brilliant|hilarious|classic|one|scary|sad|interesting|nice|cool|incredible|perfect|"
    r"wonderful|overrated|underrated|disappointing|decent|enjoyable|lovely|beautiful)\b|vibes?\b)"
    r"|[”\"』」》〉\s]*(?:那样|这样|那种|这种|一样|之类|一类|的风格|那类|这类|差不多|的续集|很好看|真好看|太好看)",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"[\s\"”’'*_)』」》〉]*(?:$|[,.;:!?…)\-–—/，。；：！？、的但和跟吗了吧呢或]|(?:and|or|but|with|"
    r"because|is|was|were|are|when|so|though|although|except|too|also|as well|please|if|which|"
    r"where|that|just|only|yet|before|last|again|for|in|from|at|i|it|my|the|what|have|did|vibes?|"
    r"then|than)\b)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"[\s\"”’'*_)》]*(?:[,;/&、]|\b(?:and|or|nor|then)\b|[和跟或与])"
    r"[\s\"“‘'(*_《]*(?:(?:and|or|also|the|a|an|maybe|even|both)\s+)*[\s\"“‘'(*_]*",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n])[\s\"“‘'(*_\-–—]*$")
_REACH = 64
"""Characters before a name in which its cue must stand."""
_LONGEST_LINK = 24
"""Characters between two names of a list."""


class Context:
    """A text in which names are looked for."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._capitals = [self._has_capital(number) for number in range(len(words))]
        self._small_words = sum(text[word.start].islower() for word in words)

    def around(self, first_word: int, last: int, start: int) -> Evidence:
        """The evidence on words `first` to `last`; with its article, the name begins at `start`."""
        first, end = first_word, self._words[last].end
        if self._words[first].start > start:  # the article belongs to the name
            first -= 1
        capital = self._text[start].isupper()
        return Evidence(
            cue=self.cue_before(start),
            cased=self.is_cased(first if capital else first_word, last),
            capital=capital,
            apart=not any(
                self._capitals[max(0, first - 1) : first] + self._capitals[last + 1 : last + 2]
            ),
            closed=bool(_CLOSED.match(self._text, end)),
            judged=bool(_VERDICT.match(self._text, end)),
            subject=bool(_SUBJECT.search(self._before(start))),
            governed=bool(_GOVERNED.search(self._before(start))),
            alone=not self._text[:start].strip() and last == len(self._words) - 1,
            indefinite=first < first_word and self._words[first].key != "the" and not capital,
        )

    def cue_before(self, start: int) -> Cue | None:
        """The cue that leads straight to `start`."""
        before = self._before(start)
        comparison = _COMPARISON.search(before)
        if comparison and comparison["like"]:
            if not _LIKE_IS_VERB.search(before[: comparison.start()]):
                return "comparison"
        elif comparison or _CHINESE_CUE.search(before):
            return "comparison"
        if _MEMORY.search(before):
            return "memory"
        return "wish" if _WISH.search(before) else None

    def continues_list(self, previous_end: int, start: int) -> bool:
        """Whether only "and" or a comma stands between two names."""
        between = self._text[previous_end:start]
        return len(between) <= _LONGEST_LINK and bool(_LIST.fullmatch(between))

    def is_cased(self, first: int, last: int) -> bool:
        """Whether words `first` to `last` have capitals, where that means something.

        Small words may be small. A capital that begins a sentence does not count alone, and none
        does in a text that has more capitals elsewhere than small words.
        """
        written = [self._text[word.start : word.end] for word in self._words[first : last + 1]]
        small = [word for word in written if word[0].islower()]
        if any(len(word) > 4 for word in small) or written[0] in small or written[-1] in small:
            return False
        capitals = sum(self._capitals) - sum(self._capitals[first : last + 1])
        if not capitals <= self._small_words - len(small) > 0:
            return False
        return len(written) - len(small) > 1 or not self._begins_sentence(first)

    def _has_capital(self, number: int) -> bool:
        """Whether word `number` has a capital that no grammar demands."""
        word = self._words[number]
        written = self._text[word.start : word.end]
        return written[0].isupper() and written != "I" and not self._begins_sentence(number)

    def _begins_sentence(self, number: int) -> bool:
        return bool(_SENTENCE_START.search(self._before(self._words[number].start)))

    def _before(self, start: int) -> str:
        return self._text[max(0, start - _REACH) : start]
