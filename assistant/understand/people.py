"""People: "with Tom Hanks", "directed by Hitchcock", "Bill Murray comedies", 宫崎骏的电影.

Only who is credited in the library is read. What a video is about is no limit: "a documentary
about Tom Hanks" stays a wish. A last name alone must be one person's, written with a capital where
it could be a word, and led or followed by something that asks for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.people import PeopleIndex, PersonMention
from assistant.types import Constraints
from assistant.understand.reading import MASK, Reading, Span, inside, subjects
from assistant.understand.remarks import remarks
from assistant.understand.words import CHINESE_MEDIA, GENRE, GENRE_NOUN, LANGUAGE, MEDIA
from store.text import STOP_WORDS

_ROLE = (
    r"(?:(?:(?:co-)?(?:directed|written|narrated|presented|hosted|played|performed|sung|given|made|"
    r"filmed|taught|produced|created|done) by|starring|featuring|feat\.?|ft\.?|acted by|"
    r"(?:by|from|with) (?:the )?(?:director|actor|actress|comedian|filmmaker|speaker))\s+)"
)
_LEAD = r"(?:(?:by|from|with|of|has|have)\s+)"
_SURE_LEAD = re.compile(rf"\b{_ROLE}$|(?:由|主演是|导演是|演员是?|主演|导演)$", re.IGNORECASE)
_ANY_LEAD = re.compile(rf"\b(?:{_ROLE}|(?:by|with)\s+)(?=\w)", re.IGNORECASE)
_PLAIN_LEAD = re.compile(
    rf"\b(?:(?:by|from|with)|(?:{MEDIA}|best|all|works)\s+(?P<of>of))\s+$|(?:有|来自|看|想看)$",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    rf"(?:\b(?:(?:not|no|nothing|without|except(?: for)?|(?:anything|anyone|everything) but|avoid|"
    r"other than|skip|no more|(?:i |we )?(?:hate|dislike|can't stand)|tired of|"
    r"(?:i |we )?(?:don't|do not) (?:want|like)(?: to see)?)"
    rf"(?: (?:any|anything|something|more|one|ones|with|{MEDIA}))*\s+)(?:{_ROLE}|{_LEAD})?"
    r"|(?:不要|不看|不想看|别推荐|别给我|别|不是|除了|没有)(?:看|推荐|由|有|来自)?)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:['’]s?)?\s+(?:(?:{GENRE}|{LANGUAGE})\s+){{0,2}}(?:{MEDIA}|{GENRE_NOUN})\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?(?=\s)|\s+in it\b", re.IGNORECASE)
_CHINESE_AFTER = re.compile(
    rf"(?:\s*(?:等人?)?(?:主演|导演|执导|出演|参演|演|拍|讲)(?:过)?的|(?:主演|导演|执导)(?=\W|$)"
    rf"|的(?=(?:\w{{0,4}}?){CHINESE_MEDIA}|\W|$)|(?={CHINESE_MEDIA})|除外|以外)"
)
_JOINT = re.compile(
    r"\s*(?:,|&|/|，|、|(?:,\s*)?\b(?:and|or|nor)\b|和|或者?|跟|与)\s*(?:by\s+|with\s+)?",
    re.IGNORECASE,
)
_AND = re.compile(r"&|\band\b|[和跟与]", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|nor)\b|或", re.IGNORECASE)
_AUTHORS = re.compile(
    r"\b(?:by|from|of)\s+(?:(?:the )?(?:director|comedian|filmmaker|speaker)s?\s+)?$|来自$",
    re.IGNORECASE,
)
_AUTHORED = re.compile(r"\s*(?:导演|执导|拍|讲)")
"""Before, and after, names of whom each has works of their own: "films by Ozu and Kurosawa"."""
_ALONE_BEFORE = re.compile(
    r"(?:^|[.!?;,:，。；])\s*(?:(?:and|or|but|only|maybe|just|some|something|anything|more)\s+)*$",
    re.IGNORECASE,
)
_ALONE_AFTER = re.compile(r"\s*(?:please|maybe|again|only|instead)?\s*(?:$|[.!?;，。；])", re.I)
_CAPITALISED = re.compile(
    r"(?<![\w'’-])(?:(?:de|del|van|von|di|da|la|le|du)\s+)*[A-ZÀ-ÞŁŠŽ][\w’'-]+"
)
_GOES_ON = re.compile(r"\s+[A-ZÀ-Þ][^\W\d_]+")
_ANY_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w’'-]+")
_SORT = re.compile(rf"{GENRE}|{GENRE_NOUN}|{MEDIA}", re.IGNORECASE)
_WORDS_TOO = frozenset(
    """
    action air an april art august austin band bell berlin best bird black blue boston brown canada
    carolina chicago china christ christmas church city classic cook cool cross dallas day december
    denver easter england english fall february fish fox france free french friday friend friends
    game georgia german germany gold golden good grace gray green grey hall halloween heaven hell
    hero hill history holland hollywood home house houston india iran ireland israel italian italy
    january japan jersey jordan june kid kids king knight lake law life light lincoln little london
    long love march marvel may mexico monday moon music new night noble north november oak october
    old orleans paris park phoenix power price prime prince queen race read real rice rich river
    rock rome rose russia saturday scotland sea september short singer small snow south space spain
    spring star stone story street summer sun sunday sydney texas thursday tiger train true tuesday
    venice vienna virginia wales war washington water weather wednesday weeks west white wild
    winter wise wolf wood woods world york young
    """.split()  # noqa: SIM905
)
"""Last names that are words, months and places as well: alone they name nobody."""

_ABOUT_A_TITLE = re.compile(
    rf"\b(?:loved?|liked?|enjoyed?|seen|saw|watched|was|is|hated?)\b[^.!?]*{MASK}\s*\(?(?:with|by)\s+$"
    r"|\b(?:is|was)(?:n't)? (?:that|it) (?:the one )?with\s+$",
    re.IGNORECASE,
)
"""Before who is in a title that is spoken of: "I loved Big with Tom Hanks"."""
_REACH = 64
"""Characters before a name in which what leads to it must stand."""


class _Group(NamedTuple):
    """People named in a row: "Bill Murray or Jim Carrey"."""

    start: int
    end: int
    mentions: tuple[PersonMention, ...]
    joints: str
    """What stands between them."""

    @property
    def together(self) -> bool:
        """Whether they are named as being together: "with Bill Murray and Dan Aykroyd"."""
        return bool(_AND.search(self.joints)) and not _OR.search(self.joints)


def read_people(text: str, people: PeopleIndex) -> Reading:
    """Read whom `text` wants to see or hear, and whom not.

    Args:
        text: the message.
        people: who is credited in the library.
    """
    about, passing = subjects(text), remarks(text)
    wanted: list[str] = []
    together: list[bool] = []
    before = 0
    unwanted: list[str] = []
    spans: list[Span] = []
    for group in _groups(text, _mentions(text, people)):
        names = [name for mention in group.mentions for name in mention.names]
        if denial := _led(_DENIAL, text, group.start):
            unwanted += names
            spans.append((denial.start(), _end(text, group.end)))
        elif inside(group.start, passing) or _ABOUT_A_TITLE.search(text, 0, group.start):
            continue
        elif (start := _start(text, group, about)) is not None:
            if wanted:
                together.append(not _OR.search(text, before, start))
            if len(group.mentions) > 1:
                together.append(group.together and not _authors(text, group))
            wanted += names
            before = _end(text, group.end)
            spans.append((start, before))
    limits = Constraints(
        people=tuple(dict.fromkeys(wanted)),
        every_person=bool(together) and all(together),
        not_people=tuple(dict.fromkeys(unwanted)),
    )
    return Reading(tuple(spans), limits)


def _mentions(text: str, people: PeopleIndex) -> list[PersonMention]:
    """Full names, and last names that something speaks for, in order."""
    found = [
        mention for mention in people.find(text) if mention.whole or _may_stand_alone(text, mention)
    ]
    taken = [(mention.start, mention.end) for mention in found]
    for start in dict.fromkeys(_places_of_last_names(text)):
        if not inside(start, taken):
            mention = people.by_last_name(text, start)
            if mention and _GOES_ON.match(text, mention.end):
                continue  # a first name, of somebody who is not known
            if mention and not inside(mention.end - 1, taken):
                found.append(mention)
                taken.append((mention.start, mention.end))
    for start in dict.fromkeys(_places_of_names(text)):
        if not inside(start, taken) and (mention := people.misspelled(text, start)):
            found.append(mention)
            taken.append((mention.start, mention.end))
    return sorted(found)


def _places_of_names(text: str) -> Iterator[int]:
    """Where a name may begin that is typed wrongly: after words that lead to names."""
    for lead in _ANY_LEAD.finditer(text):
        yield lead.end()


def _places_of_last_names(text: str) -> Iterator[int]:
    """Where a last name may stand: after a role, or, with a capital, after other words."""
    for word in _ANY_WORD.finditer(text):
        if word[0].casefold() not in STOP_WORDS and _led(_SURE_LEAD, text, word.start()):
            yield word.start()
    for word in _CAPITALISED.finditer(text):
        if _is_name_like(word[0]):
            yield word.start()


def _may_stand_alone(text: str, mention: PersonMention) -> bool:
    """Whether a name of one word is meant as a name: "Madonna", not "madonna"."""
    word = text[mention.start : mention.end]
    return bool(_led(_SURE_LEAD, text, mention.start)) or (
        word[:1].isupper() and _is_name_like(word)
    )


def _is_name_like(word: str) -> bool:
    word = word.casefold()
    return not (word in _WORDS_TOO or word in STOP_WORDS or _SORT.fullmatch(word))


def _groups(text: str, mentions: Sequence[PersonMention]) -> Iterator[_Group]:
    """`mentions`, those in a row made one."""
    row: list[PersonMention] = []
    for mention in mentions:
        if row and not _JOINT.fullmatch(text, row[-1].end, mention.start):
            yield _group(text, row)
            row = []
        row.append(mention)
    if row:
        yield _group(text, row)


def _group(text: str, row: Sequence[PersonMention]) -> _Group:
    joints = "|".join(text[one.end : other.start] for one, other in pairwise(row))
    return _Group(row[0].start, row[-1].end, tuple(row), joints)


def _start(text: str, group: _Group, about: Sequence[Span]) -> int | None:
    """Where what asks for the people of a group begins; None where nothing does."""
    if sure := _led(_SURE_LEAD, text, group.start):
        return sure.start()
    if plain := _led(_PLAIN_LEAD, text, group.start):
        return plain.start("of") if plain["of"] else plain.start()
    if inside(group.start, about):
        return None
    followed = _AFTER.match(text, group.end) or _CHINESE_AFTER.match(text, group.end)
    alone = _led(_ALONE_BEFORE, text, group.start) and _ALONE_AFTER.match(text, group.end)
    whole = all(mention.whole for mention in group.mentions)
    return group.start if followed or (alone and whole) else None


def _authors(text: str, group: _Group) -> bool:
    """Whether those of a group are asked for as who makes something, each by themselves."""
    authors = _led(_AUTHORS, text, group.start) or _AUTHORED.match(text, group.end)
    return authors is not None


def _led(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    """What of `pattern` leads straight to `start`."""
    return pattern.search(text, max(0, start - _REACH), start)


def _end(text: str, end: int) -> int:
    after = _POSSESSIVE.match(text, end) or _CHINESE_AFTER.match(text, end)
    return after.end() if after else end
