"""The videos that a message speaks of: picks, titles, and what "it" stands for.

The rules for questions and remarks about videos read a message in which each such place is one
character, so that their patterns can say "what is {VIDEO} about".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.titles import TitleMention
from assistant.types import DialogueState
from assistant.understand.reading import MASK, Span
from assistant.understand.references import CARDINALS, ORDINALS
from assistant.understand.words import CHINESE_NUMBER, MEDIA, number

_POINTER = "\ue001"
_PRONOUN = "\ue002"
VIDEO = f"[{_POINTER}{_PRONOUN}]"
"""A pattern for the place of a video, or of several: "1 and 3"."""
POINTED = _POINTER
"""The same, but of one that is not spoken of as "it"."""
_MARKS = ("《》", "〈〉", "「」", "『』", "“”", '""')
"""Around a title."""
END = rf"[^\w{_POINTER}{_PRONOUN}]*$"
"""A pattern for the end of a message: no words follow, and no video."""

_NOUN = rf"(?:{MEDIA}|picks?|results?|options?)"
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|(?P<nth>\d{{1,2}})(?:st|nd|rd|th))"
_NO_WORD = r"(?![A-Za-z0-9_'-]|[.,]\d)"
_AFTER = (
    r"(?=\s*(?:$|[^\w\s]|[^\x00-\x7f]|(?:about|again|already|and|are|as|at|before|but|by|for|from|"
    r"gets?|has|have|here|i|in|instead|is|isn't|isnt|long|looks?|not|of|off|on|or|out|please|"
    r"really|s|so|sounds?|sucked|than|that|then|there|though|to|too|u|v|versus|vs|was|wasn't|"
    r"were|what|when|which|who|why|with|yesterday|yet|you|a|an|the|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|half|later|more|less|older|newer|longer|shorter|better|any|ever|"
    r"today|tonight|right|"
    r"deserves?|over|because|bored|twice|last|\d)\b))"
)
"""After "the second" where it is a pick: not "the second world war"."""
_COUNTED = (
    rf"(?!\s*(?:{MEDIA}|stars?|points?|hours?|hrs?|minutes?|mins?|years?|people|more|others?|"
    r"out[ ]of|of[ ]10|percent|and[ ]a[ ]half|h|m|s)\b)(?!\s*(?:[个部条集首分星颗年岁点]|小时))"
)
"""Not before what it counts: "3 films", "4 stars"."""
_PICK = re.compile(
    rf"""
      \b(?:the[ ])?(?P<end>first|last)[ ](?P<many>two|three|four|[2-9])(?:[ ]{_NOUN}\b|{_AFTER})
    | \b(?:the[ ]|my[ ])?(?:very[ ])?(?P<last>last|final)[ ]{_NOUN}\b
    | \b(?:the[ ])?(?P<ordinal>{_ORDINAL})[ ]{_NOUN}\b
    | \bthe[ ](?P<last_bare>last|latter){_AFTER}
    | \bthe[ ](?P<ordinal_bare>{_ORDINAL.replace("<nth>", "<nth_bare>")}){_AFTER}
    | (?:\#[ ]?|\bno\.?[ ]?(?=\d)|\bnumbers?[ ]|\bnr\.?[ ]?|\boption[ ]|\bpick[ ]
      |\b(?:film|movie|video)[ ](?=\d))(?P<number>\d{{1,2}}|{"|".join(CARDINALS)})\b
    | (?<!out[ ]of[ ])(?<![\w.,:/\#$%\-])(?P<digit>[1-9]|1\d|20){_NO_WORD}(?![%/]|:\d)
      {_COUNTED}{_AFTER}
    | (?<=[\u3400-\u9fff])(?P<zh_digit>[1-9]|1\d|20)(?![\d%:/.]){_COUNTED}
    | (?P<zh_end>前|后|最后)(?P<zh_many>[两二三四2-9])[个部条首集]
    | 第(?P<zh>{CHINESE_NUMBER})(?:[个個部条條集首种種]|(?=\W|$))
    | (?P<zh_last>最后一?[个个部条首]|倒数第一[个部条]?)
    | (?P<zh_number>\d{{1,2}})[号號](?!线|店|楼)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IT = re.compile(
    rf"""
      \b(?:(?P<all>all[ ](?:of[ ])?(?:them|these|those)|(?:these|those|the)[ ](?:two|three|four)
        (?:[ ]{_NOUN})?|them[ ]?all|them|'em|they|these|those|both)(?:[ ]{_NOUN})?\b
      | (?P<one>(?:that|this)(?:[ ](?:one|last|film|movie|video|talk|series|show|documentary))?
        |it)\b(?![-]))
    | (?P<zh_all>它们|他们|这些|那些|这[几两]个|那[几两]个|这两部)
    | (?P<zh_one>它|这[个部条集]|那[个部条集])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*|&|\band\b|、|和|跟|与)+\s*", re.IGNORECASE)


class Target(NamedTuple):
    """A place of a message that speaks of videos."""

    span: Span
    ids: tuple[str, ...]
    """None where there is no such pick, or nothing that "it" can stand for."""
    pronoun: bool = False
    title: bool = False


class Pointed:
    """A message in which every place that speaks of videos is one character.

    Args:
        text: the message, tidied.
        mentions: the titles found in it.
        state: what the turns before it left.
    """

    def __init__(self, text: str, mentions: Sequence[TitleMention], state: DialogueState) -> None:
        self.source = text
        self.targets = _targets(text, mentions, state)
        pieces: list[str] = []
        self._starts: list[int] = []
        """For each character of `text` where it stands in the source."""
        position = 0
        for target in self.targets:
            start, end = target.span
            pieces.append(text[position:start] + (_PRONOUN if target.pronoun else _POINTER))
            self._starts += [*range(position, start), start]
            position = end
        pieces.append(text[position:])
        self._starts += range(position, len(text) + 1)
        self.text = "".join(pieces)

    def ids(self, start: int, end: int) -> tuple[str, ...]:
        """Of the videos spoken of in ``text[start:end]``."""
        found = (video_id for target in self.within(start, end) for video_id in target.ids)
        return tuple(dict.fromkeys(found))

    @property
    def last(self) -> tuple[str, ...]:
        """Of the videos that it pointed at or named last: a later message means them by "it"."""
        clear = [target.ids for target in self.targets if not target.pronoun]
        return clear[-1] if clear else ()

    def within(self, start: int, end: int) -> list[Target]:
        """The places in ``text[start:end]`` that speak of videos."""
        places = [n for n, one in enumerate(self.text) if one in (_POINTER, _PRONOUN)]
        return [
            target
            for place, target in zip(places, self.targets, strict=True)
            if start <= place < end
        ]

    def only_titles(self, start: int, end: int) -> bool:
        """Whether the videos spoken of in ``text[start:end]`` are all named by their titles."""
        return all(target.title for target in self.within(start, end))

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the source."""
        return self._starts[start], self._end(end)

    def _end(self, end: int) -> int:
        if end == 0:
            return 0
        source = self._starts[end - 1]
        covering = [target.span[1] for target in self.targets if target.span[0] == source]
        return covering[0] if covering else source + 1

    def original(self, start: int, end: int) -> str:
        """``text[start:end]`` as it was written."""
        low, high = self.span(start, end)
        return self.source[low:high]

    def covered(self, spans: Iterable[Span]) -> Pointed:
        """The same with the places in `spans` (of `text`) blotted out."""
        rest = object.__new__(Pointed)
        rest.source, rest.targets, rest._starts = self.source, list(self.targets), self._starts
        letters = list(self.text)
        for start, end in spans:
            for place in range(start, end):
                if letters[place] not in (_POINTER, _PRONOUN):
                    letters[place] = MASK
        rest.text = "".join(letters)
        return rest


def spoken_of(state: DialogueState) -> tuple[str, ...]:
    """What "it" stands for: what was spoken of last, else the one pick there is."""
    if state.focus_ids:
        return state.focus_ids
    standing = state.standing
    if standing is not None and standing.references:
        return standing.references
    return state.last_pick_ids if len(state.last_pick_ids) == 1 else ()


def likened_to(state: DialogueState) -> tuple[str, ...]:
    """What "like it" stands for: what was spoken of last, else the one title that is liked."""
    liked = [] if state.standing is None else [t for t in state.standing.named if t.liking > 0]
    alone = (liked[0].video_id,) if len(liked) == 1 else ()
    return spoken_of(state) or alone


def _targets(text: str, mentions: Sequence[TitleMention], state: DialogueState) -> list[Target]:
    picks = state.last_pick_ids
    found = [Target(_with_marks(text, one), (one.video_id,), title=True) for one in mentions]
    for match in _PICK.finditer(text):
        if not _taken(match.span(), found):
            places = _places(match, len(picks))
            ids = tuple(picks[place - 1] for place in places if 1 <= place <= len(picks))
            found.append(Target(match.span(), ids))
    found = _joined(text, sorted(found))
    for match in _IT.finditer(text):
        if not _taken(match.span(), found):
            before = [one for one in found if one.span[1] <= match.start() and not one.pronoun]
            ids = _meant(match, before, state)
            found.append(Target(match.span(), ids, pronoun=True))
    return sorted(found)


def _with_marks(text: str, title: TitleMention) -> Span:
    """Where a title stands, with the marks around it."""
    marked = text[max(title.start - 1, 0) : title.start] + text[title.end : title.end + 1]
    return (title.start - 1, title.end + 1) if marked in _MARKS else (title.start, title.end)


def _meant(match: re.Match[str], before: Sequence[Target], state: DialogueState) -> tuple[str, ...]:
    """What a pronoun stands for: what the message named before, else what was spoken of last."""
    if before:
        if match["one"] or match["zh_one"]:
            return before[-1].ids
        return tuple(dict.fromkeys(video_id for one in before for video_id in one.ids))
    if match["one"] or match["zh_one"]:
        return spoken_of(state)
    return state.focus_ids if len(state.focus_ids) > 1 else state.last_pick_ids


def _taken(span: Span, targets: Iterable[Target]) -> bool:
    return any(span[0] < one.span[1] and span[1] > one.span[0] for one in targets)


def _joined(text: str, targets: Sequence[Target]) -> list[Target]:
    """`targets`, those of a list ("1, 2 and 4") made one; a bare number after a pick is none."""
    joined: list[Target] = []
    for target in targets:
        last = joined[-1] if joined else None
        if last is None or last.title != target.title:
            joined.append(target)
        elif _JOINT.fullmatch(text, last.span[1], target.span[0]):
            ids = tuple(dict.fromkeys(last.ids + target.ids))
            joined[-1] = Target((last.span[0], target.span[1]), ids, title=last.title)
        elif text[last.span[1] : target.span[0]].strip():
            joined.append(target)
    return joined


def _places(match: re.Match[str], picks: int) -> list[int]:
    """The places in the list of picks, from 1, that an expression means."""
    said = match.groupdict()
    if many := said["many"] or said["zh_many"]:
        wanted = int(many) if many.isdigit() else _value(many)
        from_start = (said["end"] or "").casefold() == "first" or said["zh_end"] == "前"
        first = 1 if from_start else picks - wanted + 1
        return list(range(first, first + wanted))
    if said["last"] or said["last_bare"] or said["zh_last"]:
        return [picks]
    figures = ("nth", "nth_bare", "digit", "zh_digit", "zh_number")
    if figure := next((said[name] for name in figures if said[name]), None):
        return [int(figure)]
    return [_value(said["ordinal"] or said["ordinal_bare"] or said["number"] or said["zh"])]


def _value(word: str) -> int:
    word = word.casefold()
    return ORDINALS.get(word) or CARDINALS.get(word) or int(number(word))
