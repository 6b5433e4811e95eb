"""What a person says about themselves: "I never watch subtitled films", 我喜欢吉卜力.

A statement about oneself is remembered; a wish of the moment ("I want", "I'd love something funny",
"no horror") is not, unless it is said to hold in general ("from now on", "remember that").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.types import Company, Preference, Scope
from assistant.understand import meanings
from assistant.understand.company import CHINESE_PEOPLE, PEOPLE, read_company
from assistant.understand.meanings import Meaning
from assistant.understand.reading import MASK, Span, mask
from assistant.understand.statements import Manner, Statement, read_statement

MOST_SAID = 200
"""Characters of a statement that are kept."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What a message says about the person, and who watches."""

    preferences: tuple[Preference, ...] = ()
    """Without ids and moments."""
    company: Company | None = None
    left: bool = False
    """Whether it says that nobody watches with the person any more."""
    spans: tuple[Span, ...] = ()
    """The places that it has understood."""


_SENTENCE = re.compile(r"[^.!?;。！？；\n]*(?:\.(?=\w)[^.!?;。！？；\n]*)*[.!?;。！？；\n]?")
_HEAD = (
    r"(?:i|i['’]\w+|we|we['’]\w+|my|our|what|which|show|find|give|recommend|suggest|surprise|"
    r"can you|could you|would you|do you|is there|are there|any|got|how|let['’]s|please|never|"
    r"remember|something|anything|the (?:kids|children)|when|who)\b"
)
_PART = re.compile(
    rf"\s*[,:—–]\s+(?:(?:and|but|so|because|since)\s+)?(?={_HEAD})"
    rf"|\s+(?:and|but|so|because|since|cause)\s+(?=(?!any|something|what|when|who|which){_HEAD})"
    r"|(?<!never)(?<!ever)(?<!n't)(?<!always)(?<!only)(?<!not)\s+(?="
    r"(?:(?:what|which) (?:should|can|do|would|could)|give me|show me|find me|recommend me|"
    r"can you|could you)\b)"
    r"|[，,：:]\s*(?:而且|但是?|所以|不过)?(?=我|你|有什么|有没有|推荐|想|来|给|请|今晚|孩子|帮|那|求)",
    re.IGNORECASE,
)
_REMEMBER = re.compile(
    r"^\W*(?:(?:please|can you|could you|and|also|just)\s+)*"
    r"(?:(?:remember|note|keep in mind|bear in mind|don't forget|do not forget|know|be aware|"
    r"make a note|write down|memori[sz]e|for the record|fyi|just so you know)\b(?: down)?"
    r"(?:\s*[:,]?\s*\b(?:that|this|of the fact that)\b)?\s*[:,]?\s+)"
    r"|^\W*(?:请|帮我|麻烦)*(?:你)?(?:记住|记下来?|记一下|记得|别忘了|不要忘记)[，,：:\s]*",
    re.IGNORECASE,
)
_FORCED = re.compile(
    r"\b(?:remember|note|mind|forget|memori[sz]e|write down|record)\b|记|忘", re.IGNORECASE
)
_GENERAL = re.compile(
    r"\b(?:from now on|in (?:the )?future|as a rule|in general|going forward|never again)\b"
    r"|\b(?:no|nothing|not|never|without|don't|do not)\b.*\bever\b"
    r"|^\W*(?:请)?(?:以后|今后|从今以后|从现在(?:起|开始)|永远)",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"\b(?:tonight|today|for now|right now|this (?:time|evening|session|afternoon|morning|weekend)|"
    r"at the moment|just now|currently)\b|今晚|今天|今日|现在(?!起|开始)|这次|目前|暂时",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:i|we)(?:'d|’d| would) (?:love|like|prefer|hate|enjoy)\b", re.IGNORECASE
)


def _whenever(who: Company) -> re.Pattern[str]:
    """Where a statement says that it holds in some company."""
    people, chinese = PEOPLE[who], CHINESE_PEOPLE[who]
    return re.compile(
        rf"\b(?:when(?:ever)?|if|while|as long as) "
        rf"(?:(?:i'm|i am|we're|we are|i|we) (?:watch(?:ing)? )?(?:together )?with {people}"
        rf"|{people} (?:is|are|'re|'s|watch(?:es)?|sit)(?: (?:here|around|with (?:me|us)|watching|"
        rf"there|home|present|in the room|too|along))*)[\s,]*"
        rf"|(?:我)?(?:和|跟|与|陪|带)(?:我的?)?{chinese}(?:一起|一块)?(?:看)?(?:的?时候?|时)[，,]?"
        rf"|(?:有)?{chinese}(?:也|都)?在(?:旁边|身边|场|家)?(?:的时候|时)[，,]?",
        re.IGNORECASE,
    )


def _with(who: Company) -> re.Pattern[str]:
    """The same said shorter: only where the statement holds in general."""
    people, chinese = PEOPLE[who], CHINESE_PEOPLE[who]
    return re.compile(
        rf"\b(?:with|for) {people}\b[\s,:]*"
        rf"|[和跟与陪带给](?:我的?)?{chinese}(?:一起|一块)?看?[，,]?",
        re.IGNORECASE,
    )


_WHENEVER = {who: _whenever(who) for who in Company}
_WITH = {who: _with(who) for who in Company}


def read_preferences(
    text: str, language: str, *, source: str | None = None, today: date | None = None
) -> Noted:
    """Read what `text` says about the person and about who watches with them.

    Args:
        text: a tidied message, in which what is not to be looked at (titles) is masked.
        language: of the message (ISO 639-1): who reads no subtitles wants that.
        source: the message without masks, of the same length, for the words to be kept.
        today: what "the last ten years" is reckoned from; the clock's today by default.
    """
    source, today = source or text, today or date.today()
    preferences: list[Preference] = []
    spans: list[Span] = []
    for start, end in _clauses(text):
        said = " ".join(source[start:end].split()).strip(" ,，。；;:：—-")
        found = _preference(text[start:end], said, language, today)
        if found is not None:
            preferences.append(found)
            spans.append((start, end))
    watching = read_company(mask(text, spans))
    return Noted(tuple(preferences), watching.company, watching.left, (*spans, *watching.spans))


def read_stated(text: str, language: str, *, today: date | None = None) -> tuple[Preference, ...]:
    """Read a text that is to be remembered in any case, whatever its form.

    Args:
        text: what the person wants remembered: "no horror", "I love Ghibli".
        language: of it (ISO 639-1).
        today: as in `read_preferences`.

    Returns:
        One preference or more; none for a text without words.
    """
    today = today or date.today()
    if found := read_preferences(text, language, today=today).preferences:
        return found
    said = " ".join(text.split()).strip(" ,，。；;:：—-")
    stated = _preference(f"remember that {text.rstrip('?？ ')}", said, language, today)
    return (stated,) if stated is not None else ()


def asks_to_remember(said: str) -> bool:
    """Whether a statement is led by the wish to have it remembered: "remember that I …"."""
    called = _REMEMBER.match(said)
    return called is not None and _FORCED.search(called[0]) is not None


def _clauses(text: str) -> Iterator[Span]:
    """Where each clause stands that may be a statement of its own."""
    for sentence in _SENTENCE.finditer(text):
        start = sentence.start()
        for part in _PART.finditer(sentence[0]):
            yield start, sentence.start() + part.start()
            start = sentence.start() + part.end()
        if start < sentence.end():
            yield start, sentence.end()


def _preference(clause: str, said: str, language: str, today: date) -> Preference | None:
    """The preference that a clause states; None for a wish of the moment, and for a question."""
    if not said or clause.rstrip().endswith(("?", "？")):
        return None
    called = _REMEMBER.match(clause)
    forced = called is not None and _FORCED.search(called[0]) is not None
    plain = clause[called.end() :] if called is not None else clause
    who, plain, whenever = _company(plain, forced)
    statement = read_statement(plain) if not _FEELING.search(plain) else None
    meaning = _meaning(statement, language, today) if statement else Meaning()
    if meaning.empty and (forced or whenever or _GENERAL.search(plain)):
        meaning = meanings.as_said(plain, today)
    if meaning.empty and not (forced and plain.strip(f" .!。！{MASK}")):
        return None
    if statement is not None and statement.company is not None:
        who = statement.company
    scope = Scope(who.value) if who is not None else Scope.ALWAYS
    if _MOMENT.search(plain) and not forced and not whenever:
        if statement is None or statement.manner is Manner.LIKES:
            return None
        scope = Scope.SESSION
    return Preference(said=said[:MOST_SAID], scope=scope, **meaning._asdict())


def _company(clause: str, forced: bool) -> tuple[Company | None, str, bool]:
    """In whose company a clause is said to hold, the rest of it, and whether it said "whenever"."""
    for who, pattern in _WHENEVER.items():
        if pattern.search(clause):
            return who, pattern.sub(" ", clause, count=1).strip(), True
    if (
        forced
        or _GENERAL.search(clause)
        or re.search(r"\b(?:never|only|always)\b|从不|从来", clause)
    ):
        for who, pattern in _WITH.items():
            if pattern.search(clause):
                return who, pattern.sub(" ", clause, count=1).strip(), False
    return None, clause, False


def _meaning(statement: Statement, language: str, today: date) -> Meaning:
    match statement.manner:
        case Manner.NEVER:
            return meanings.ruled_out(statement.things, language, today)
        case Manner.LITTLE:
            return meanings.disliked(statement.things, language, today)
        case Manner.ONLY:
            return meanings.restricted_to(statement.things, today)
        case Manner.LIKES:
            return meanings.liked(statement.things)
        case Manner.SPEAKS:
            return meanings.spoken(statement.things)
        case Manner.SPEAKS_NOT:
            return meanings.not_spoken(statement.things)
