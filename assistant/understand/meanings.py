"""What a statement about oneself means for picks: limits, what to leave out, what is liked.

The rules for limits read what the statement is about, and what one never watches is turned round:
"I never watch films over two hours" limits films to two hours.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assistant.constraints import only, slots_of
from assistant.types import Avoided, Constraints, Kind, Slot, Years
from assistant.understand.avoid import read_avoided, singular
from assistant.understand.kinds import read_kinds
from assistant.understand.languages import read_languages
from assistant.understand.lengths import read_lengths
from assistant.understand.reading import MASK, mask
from assistant.understand.wish import read_wish
from assistant.understand.years import read_years

MOST_LETTERS = 60
"""Of something that is liked, disliked or left out."""
_SUBTITLES = re.compile(
    r"\bsub(?:title[ds]?|titling|s|bed)\b|\b(?:foreign|other)[- ]languages?\b"
    r"|\bforeign (?:films?|movies?|stuff|things)\b|字幕|外语片|外国话",
    re.IGNORECASE,
)
"""Who will not read them wants their own language."""
_ARTICLE = re.compile(
    r"^(?:(?:an?|the|any(?:thing)?|some(?:thing)?|all|most|every(?:thing)?|lots of|a lot of|"
    r"plenty of|that is|that's|that are|which is|kinds? of|sorts? of|stuff|things?|films?|movies?|"
    r"videos?|ones|"
    r"about|with|from|of|by|on|involving|featuring|like|really|very|too|watching|seeing|to watch|"
    r"to see|content)\b\s*)+(?=\S)",
    re.IGNORECASE,
)
_MEDIA_AT_END = re.compile(
    r"\s+(?:films?|movies?|flicks?|videos?|clips?|vids?|stuff|things?|content|scenes?|titles?)$",
    re.IGNORECASE,
)
_CHINESE_ENDS = re.compile(
    r"^(?:看|关于|有|带|那种|各种|所有|任何|听)+"
    r"|(?:的|类|型|题材|类型|内容|电影|影片|视频|片子|"
    r"(?<=\S\S)(?<!纪录)(?<!动画)(?<!短)[片剧]|了|啊|呀|哦|吧)+$"
)
_TAIL = re.compile(
    r"[\s,，]*(?:at all|too|as well|though|ever(?: again)?|again|very much|so much|a lot|the most|"
    r"most|more than anything(?: else)?|in general|generally|any ?more|please|either|you know|"
    r"thanks?|these days|anyway|tonight|today|for now|right now|now|this (?:time|evening)|"
    r"at the moment|currently|about it)[\s.!,]*$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\s*,\s*(?:and |or |nor )?|\s+(?:or|nor|and|&|plus)\s+(?!\w+ (?:hours?|minutes?|min)\b)|"
    r"(?<=\S\S)(?:[和或跟与及](?=\S\S)|、|或者|还有|以及)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:black and white|rock and roll|rock 'n' roll|r and b|d and d)\b", re.I)
_EXCEPT = re.compile(
    r"\s*,?\s*\b(?:except(?: for)?|but not|apart from|unless (?:it's|it is|they're|they are)|"
    r"other than)\s+|，?(?:除了|除非是?)(?=\S)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:made|released|produced|shot|that|which|are|is|was|were|older|newer)\b", re.I
)
_ALWAYS = re.compile(
    r"\b(?:ever(?: again)?|from now on|in (?:the )?future|as a rule|in general|going forward|"
    r"always)\b"
    r"|以后(?=请|都|别|不|就)|今后|从今以后|从现在(?:起|开始)|永远",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s+(?:(?:more|rather|better) than|over|instead of|because|since|although|though|even if|when|"
    r"if|so|but|and then)\b|胜过|多过|因为|但",
    re.IGNORECASE,
)
"""What follows says no more of what is liked."""
_OWN = re.compile(r"(?:my|our|your|his|her|their)\b|to\b", re.IGNORECASE)
_JOINT = "\ue001"
"""Stands for a blank where a phrase is not to be parted."""


class Meaning(NamedTuple):
    """What something means for picks."""

    constraints: Constraints = Constraints()
    avoid: tuple[Avoided, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it means nothing."""
        return self == Meaning()


def ruled_out(things: str, language: str, today: date) -> Meaning:
    """What it means never to watch `things`."""
    things, _, exceptions = _parted(things)
    limits, avoid = Constraints(), []
    for thing in _each(things):
        if _SUBTITLES.search(thing):
            limits = _both(limits, Constraints(languages=(language,)))
            continue
        found, rest = _limits(thing, today)
        if found.empty or _left(rest):
            term = _term(thing)
            avoid += [Avoided(term=term, unless=tuple(_each(exceptions)))] if term else []
        else:
            limits = _both(limits, _turned(found))
    return Meaning(limits, tuple(avoid))


def restricted_to(things: str, today: date) -> Meaning:
    """What it means to watch nothing but `things`."""
    found, rest = _limits(things, today)
    return Meaning(_without_plain_kind(found), likes=_names(_left(rest)))


def liked(things: str) -> Meaning:
    """What it means to like `things`."""
    return Meaning(likes=_names(things))


def disliked(things: str, language: str, today: date) -> Meaning:
    """What it means not to like `things` much."""
    if _SUBTITLES.search(things):
        return ruled_out(things, language, today)
    return Meaning(dislikes=_names(things))


def spoken(things: str) -> Meaning:
    """What it means to understand these languages alone."""
    return Meaning(Constraints(languages=read_languages(things).constraints.languages))


def not_spoken(things: str) -> Meaning:
    """What it means not to understand these languages."""
    return Meaning(Constraints(not_languages=read_languages(things).constraints.languages))


def as_said(text: str, today: date) -> Meaning:
    """What a wish means that is said to hold in general: "from now on, no horror"."""
    text, _, exceptions = _parted(_ALWAYS.sub(" ", text))
    found, rest = _limits(text, today)
    terms = dict.fromkeys(one.term for one in read_avoided(rest))
    unless = tuple(_each(exceptions))
    avoid = tuple(Avoided(term=term, unless=unless) for term in terms)
    return Meaning(_without_plain_kind(found), avoid)


# --- limits ------------------------------------------------------------------------------------


def _limits(text: str, today: date) -> tuple[Constraints, str]:
    """What the rules for limits read, and what they leave, of the same length."""
    values: dict[str, object] = {}
    for rule in (read_lengths, lambda left: read_years(left, today), read_languages, read_kinds):
        reading = rule(text)
        values |= reading.constraints.model_dump(exclude_defaults=True)
        text = mask(text, reading.spans)
    return Constraints.model_validate(values), text


def _left(rest: str) -> str:
    """What the rules for limits left of a thing, beside filler."""
    return read_wish(_MADE.sub(" ", rest))


def _without_plain_kind(found: Constraints) -> Constraints:
    """Who watches "films in English" means videos of any kind."""
    plain = not found.not_kinds and set(found.kinds) <= {Kind.FILM, Kind.VIDEO}
    if plain and len(slots_of(found)) > 1:
        return found.model_copy(update={"kinds": ()})
    return found


def _turned(found: Constraints) -> Constraints:
    """What is left when that is never watched. A kind alone goes; with a limit, that goes."""
    slots = slots_of(found)
    if slots == (Slot.KIND,):
        return Constraints(not_kinds=found.kinds)
    values: dict[str, object] = {"not_languages": found.languages}
    if Slot.DURATION in slots:
        low, high = found.min_duration_s, found.max_duration_s
        if low is None or high is None:
            values |= {"max_duration_s": low, "min_duration_s": high}
    if Slot.YEAR in slots:
        values |= _other_years(found.min_year, found.max_year)
    return Constraints.model_validate(values)


def _other_years(first: int | None, last: int | None) -> dict[str, object]:
    if first is not None and last is not None:
        return {"not_years": (Years(first=first, last=last),)}
    return {
        "max_year": first - 1 if first is not None else None,
        "min_year": last + 1 if last is not None else None,
    }


def _both(one: Constraints, other: Constraints) -> Constraints:
    """Both limits, lists joined."""
    values = one.model_dump(exclude_defaults=True)
    for slot in slots_of(other):
        for name, value in only(other, slot).model_dump(exclude_defaults=True).items():
            before = values.get(name)
            values[name] = (*before, *value) if isinstance(before, tuple) else value
    return Constraints.model_validate(values)


# --- phrases -----------------------------------------------------------------------------------


def _parted(things: str) -> tuple[str, str, str]:
    """What it is about, and what is excepted."""
    found = _EXCEPT.search(things)
    if found is None:
        return things, "", ""
    return things[: found.start()], found[0], things[found.end() :]


def _names(things: str) -> tuple[str, ...]:
    """What is liked or disliked: no sentences, and nobody of one's own."""
    head = _MORE.split(things.replace(MASK, " "), maxsplit=1)[0]
    named = (_named(thing) for thing in _each(head))
    return tuple(name for name in named if name and not _OWN.match(name))


def _each(things: str) -> list[str]:
    """The things that a list names, as they are called."""
    kept = _WHOLE.sub(lambda found: found[0].replace(" ", _JOINT), things)
    parts = (part.replace(_JOINT, " ") for part in _LIST.split(kept))
    return [
        part.strip(" .!?。！？,，;:：") for part in parts if part.strip(f" .!?。！？,，;:：{MASK}")
    ]


def _named(thing: str) -> str:
    """A thing without what only says that it is watched."""
    thing = _TAIL.sub("", thing.replace(MASK, " ").strip(" ,，.!。！"))
    thing = _CHINESE_ENDS.sub("", thing).strip() or thing
    thing = _MEDIA_AT_END.sub("", _ARTICLE.sub("", thing))
    thing = " ".join(thing.split()).strip(" '\"“”‘’「」《》.,!，。！")[:MOST_LETTERS].strip()
    if re.fullmatch(
        r"(?:电影|影片|片子?|视频|节目|作品|内容|films?|movies?|videos?|things?|stuff|的)",
        thing,
        re.I,
    ):
        return ""
    return thing


def _term(thing: str) -> str:
    """As it is avoided: in the singular, in small letters."""
    return singular(_named(thing).casefold())
