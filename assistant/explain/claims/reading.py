"""Splitting a sentence into its claims, and holding each against what is known.

Rules take out what they recognise and leave its marks; numbers follow; what is then left of the
sentence are words. Each of those must be glue or stand in the pick's record: what nothing accounts
for counts as a claim that is not supported.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping

from assistant.explain.claims.claim import Claim, ClaimKind
from assistant.explain.claims.idiom import Check, Idiom
from assistant.explain.claims.known import Known, Tie, folded
from assistant.explain.claims.marks import OWN, PERSON, QUOTE, TITLE, Marked, mark
from assistant.explain.claims.numbers import (
    How,
    count_holds,
    decade_holds,
    length_holds,
    year_holds,
)
from assistant.languages import LANGUAGE_NAMES
from assistant.types import Constraints, Kind, Video
from store.text import STOP_WORDS, has_cjk, stem, tokens

_SPOKEN = frozenset({Kind.TALK, Kind.LECTURE, Kind.COURSE, Kind.TUTORIAL})
_TIES: Mapping[Check, Tie] = {
    Check.NEAR: Tie.NEAR,
    Check.LIKED: Tie.LIKED,
    Check.HISTORY: Tie.HISTORY,
    Check.WATCHED: Tie.WATCHED,
    Check.NAMED: Tie.NAMED,
    Check.OTHERS: Tie.OTHERS,
}
_ABOUT_VIEWER = {
    Check.LIKED, Check.HISTORY, Check.WATCHED, Check.NAMED, Check.ASKED, Check.TOLD,
    Check.INTEREST, Check.VIEWER,
}  # fmt: skip
_NEVER: Mapping[Check, tuple[ClaimKind, str]] = {
    Check.IDENTITY: (ClaimKind.TITLE, "the pick is another video"),
    Check.OF_ANOTHER: (ClaimKind.TITLE, "nothing is said here of another video's record"),
    Check.VIEWER: (ClaimKind.VIEWER, "nothing of the kind is known of the viewer"),
    Check.NOT_A_ROLE: (ClaimKind.PERSON, "records do not say who did what"),
    Check.SUPERLATIVE: (ClaimKind.COMPARISON, "there is nothing to compare it with"),
    Check.DENIAL: (ClaimKind.TOPIC, "what a video lacks is not known"),
}
_SEPARATOR = " · "


def read_claims(sentence: str, known: Known, idiom: Idiom) -> Iterator[Claim]:
    """Every claim of a sentence, with its verdict, in no particular order."""
    return _Reader(mark(sentence, known), known, idiom).claims()


class _Reader:
    """Reads one sentence, taking out of it what is accounted for."""

    def __init__(self, marked: Marked, known: Known, idiom: Idiom) -> None:
        self._marked = marked
        self._known = known
        self._idiom = idiom
        self._found: list[Claim] = []
        self._tied: set[str] = set()
        """The marks of which something was said, true or not."""

    def claims(self) -> Iterator[Claim]:
        text = self._marked.text
        text = self._idiom.counts.sub(self._count, text)
        text = self._idiom.lengths.pattern.sub(self._length, text)
        text = self._idiom.years.sub(self._year, text)
        for check, pattern in self._idiom.rules:
            text = pattern.sub(functools.partial(self._ruled, check), text)
            text = re.sub(" +", " ", text)
        self._loose_marks(text)
        self._words(re.sub("[\ue000-\uefff]", _SEPARATOR, text))
        yield from self._found

    def _add(self, kind: ClaimKind, text: str, supported: bool, why: str) -> None:
        text = self._marked.spelled(text)
        self._found.append(Claim(kind=kind, text=text, supported=supported, why=why))

    # --- rules ---------------------------------------------------------------------------------

    def _ruled(self, check: Check, match: re.Match[str]) -> str:
        """Verify what a rule has matched; what is left of it are its marks."""
        if check in _NEVER:
            kind, lack = _NEVER[check]
            self._add(kind, match[0], False, lack)
            self._tied.update(match[0])
            return _marks_of(match[0])
        if check is Check.NOTHING:
            return _marks_of(match[0])
        if check is Check.RANK:
            return self._rank(match)
        if check is Check.COMPARED:
            return self._compared(match)
        of = match["of"]
        self._tied.update(re.findall(f"{TITLE}|{PERSON}|{QUOTE}", of))
        verify: Mapping[Check, Callable[[str], tuple[bool, str]]] = {
            Check.BY: self._by,
            Check.CREDITED: self._credited,
            Check.ABOUT_PERSON: self._about_person,
            Check.ASKED: self._asked,
            Check.NEAR_WORDS: self._asked,
            Check.TOLD: self._told,
            Check.INTEREST: self._interest,
        }
        if check in verify:
            supported, why = verify[check](of)
        else:
            supported, why = self._tie(_TIES[check], of)
        kind = (
            ClaimKind.VIEWER if check in _ABOUT_VIEWER
            else ClaimKind.PERSON if check in (Check.BY, Check.CREDITED, Check.ABOUT_PERSON)
            else ClaimKind.TITLE
        )  # fmt: skip
        self._add(kind, match[0], supported, why)
        return _marks_of(match[0])

    def _tie(self, tie: Tie, of: str) -> tuple[bool, str]:
        """Whether all titles of `of` have the tie; for words, whether the viewer's taste does."""
        titles = re.findall(TITLE, of)
        if OWN in of:
            return False, "the pick is not tied to itself"
        if titles:
            lacking = [mark for mark in titles if tie not in self._ties_of(mark)]
            return not lacking, f"evidence: {tie}" if not lacking else f"no evidence: {tie}"
        if tie is Tie.LIKED:
            return self._interest(of)
        if tie is Tie.NAMED and re.search(PERSON, of):
            return self._mentioned(of)
        return False, f"no evidence: {tie}"

    def _ties_of(self, mark: str) -> frozenset[Tie]:
        key = folded(self._marked.meant[mark])
        if key in self._known.ties:
            return self._known.ties[key]
        for title, ties in self._known.ties.items():
            if key.endswith("…") and title.startswith(key[:-1].rstrip()):
                return ties
        return frozenset()

    def _mentioned(self, of: str) -> tuple[bool, str]:
        names = [self._marked.meant[mark].casefold() for mark in re.findall(PERSON, of)]
        said = " ".join((self._known.request.message, self._known.request.said)).casefold()
        known = bool(names) and all(name in said for name in names)
        return known, "the viewer's words" if known else "the viewer did not name this person"

    def _asked(self, of: str) -> tuple[bool, str]:
        """Whether the viewer asked for it: every word of it, title or person is theirs."""
        if re.search(PERSON, of):
            return self._mentioned(of)
        if titles := re.findall(TITLE, of):
            named = all(Tie.NAMED in self._ties_of(mark) for mark in titles)
            return named, "the viewer named it" if named else "the viewer did not name it"
        words = _content(self._marked.spelled(of))
        request = self._known.request
        if not words:
            limited = request.constraints != Constraints()
            asked = bool(request.wish or request.named or limited)
            return asked, "the request" if asked else "nothing was asked for"
        spoken = self._known.asked_words | _limit_words(request.constraints)
        missing = [word for word in words if word not in spoken]
        return not missing, "the viewer's words" if not missing else "the viewer did not say so"

    def _told(self, of: str) -> tuple[bool, str]:
        words = set(_content(self._marked.spelled(of)))
        known = any(words <= set(_content(one)) for one in self._known.memories)
        return bool(words) and known, "what is remembered" if known else "nothing like it is kept"

    def _interest(self, of: str) -> tuple[bool, str]:
        if re.search(f"{TITLE}|{PERSON}", of):
            return False, "that is no interest"
        words = set(_content(self._marked.spelled(of)))
        held = (*self._known.interests, *self._known.memories)
        known = bool(words) and any(words <= set(_content(one)) for one in held)
        return known, "an interest" if known else "no such interest is known"

    # --- people --------------------------------------------------------------------------------

    def _is_credited(self, of: str) -> bool:
        credited = " | ".join(self._known.video.people).casefold()
        names = [self._marked.meant[mark].casefold() for mark in re.findall(PERSON, of)]
        return bool(names) and all(name in credited for name in names)

    def _by(self, of: str) -> tuple[bool, str]:
        if self._known.video.kind not in _SPOKEN:
            return False, "records do not say who did what"
        return self._credited(of)

    def _credited(self, of: str) -> tuple[bool, str]:
        credited = self._is_credited(of)
        return credited, "credited" if credited else "not credited"

    def _about_person(self, of: str) -> tuple[bool, str]:
        names = [self._marked.meant[mark] for mark in re.findall(PERSON, of)]
        about = all(set(_content(name)) <= self._known.topic_words for name in names)
        return about, "title or tags" if about else "credited is not what it is about"

    # --- comparisons ---------------------------------------------------------------------------

    def _rank(self, match: re.Match[str]) -> str:
        said = match["of"].lower()
        number = int(said) if said.isdecimal() else self._idiom.numerals.get(said, 0)
        true = number == self._known.pick.rank
        self._add(ClaimKind.COMPARISON, match[0], true, f"its rank is {self._known.pick.rank}")
        return _SEPARATOR

    def _compared(self, match: re.Match[str]) -> str:
        marks = re.findall(TITLE, match["of"])
        self._tied.update(marks)
        others = [self._known.others.get(folded(self._marked.meant[mark])) for mark in marks]
        true = all(
            other is not None and _compares(match["how"].lower(), self._known.video, other)
            for other in others
        )
        self._add(
            ClaimKind.COMPARISON, match[0], true, "both records" if true else "not so, or not known"
        )
        return _SEPARATOR

    # --- numbers -------------------------------------------------------------------------------

    def _length(self, match: re.Match[str]) -> str:
        units = self._idiom.lengths.seconds
        unit = (
            units[match["unit"][0].lower()]
            if match["unit"][0].lower() in units
            else units[match["unit"]]
        )
        seconds = self._number(match["n"]) * unit
        if match["n2"]:
            part = self._number(match["n2"])
            seconds += part * (3600 if part < 1 else 60)
        true = length_holds(self._how(match), seconds, self._known.video)
        self._add(ClaimKind.NUMBER, match[0], true, f"its length: {self._known.video.duration_s} s")
        return _SEPARATOR

    def _year(self, match: re.Match[str]) -> str:
        year, video = int(match["y"]), self._known.video
        if match["topic"]:
            true = str(year) in f"{video.title} {video.description}"
        elif match["s"]:
            true = decade_holds(year, video)
        else:
            true = year_holds(self._how(match), year, video)
        self._add(ClaimKind.NUMBER, match[0], true, f"its year: {video.year}")
        return _SEPARATOR

    def _count(self, match: re.Match[str]) -> str:
        scale = self._idiom.scales.get((match["scale"] or "").lower(), 1)
        digits = match["n"].replace(",", "").rstrip(".")
        decimals = len(digits.partition(".")[2])
        said = self._number(match["n"]) * scale
        video = self._known.video
        known = video.likes if match["what"].lower() in self._idiom.likes else video.views
        true = count_holds(self._how(match), said, scale / 10**decimals, known)
        self._add(ClaimKind.NUMBER, match[0], true, f"counted: {known}")
        return _SEPARATOR

    def _number(self, text: str) -> float:
        digits = text.replace(",", "").rstrip(".").lower()
        try:
            return float(digits)
        except ValueError:
            return self._idiom.numerals.get(digits, float("nan"))

    def _how(self, match: re.Match[str]) -> How:
        return self._idiom.hows.get((match["how"] or "").lower(), How.IS)

    # --- what is left --------------------------------------------------------------------------

    def _loose_marks(self, text: str) -> None:
        """Titles and people of which nothing was said that could be verified; quoted words."""
        for one in dict.fromkeys(re.findall(f"{TITLE}|{PERSON}|{QUOTE}", text)):
            if one in self._tied:
                continue
            if re.fullmatch(TITLE, one):
                self._add(ClaimKind.TITLE, one, False, "not said how it is tied to the pick")
            elif re.fullmatch(PERSON, one):
                spoken = self._known.video.kind in _SPOKEN and self._is_credited(one)
                self._add(
                    ClaimKind.PERSON, one, spoken, "credited" if spoken else "not said as what"
                )
            else:
                phrase = self._marked.meant[one].casefold().strip(" .,")
                written = bool(phrase) and phrase in self._known.record_text
                self._add(
                    ClaimKind.TOPIC, one, written, "its record" if written else "not in its record"
                )

    def _words(self, text: str) -> None:
        for word in _words_of(text):
            self._word(word)

    def _word(self, word: str) -> None:
        lower, idiom, video = word.casefold(), self._idiom, self._known.video
        if lower in idiom.kinds:
            true = video.kind in idiom.kinds[lower] or (
                not idiom.kinds[lower] and self._written(lower)
            )
            self._add(ClaimKind.TOPIC, word, true, f"its kind: {video.kind}")
        elif code := _LANGUAGES.get(lower):
            true = video.language == code or self._written(lower)
            self._add(ClaimKind.TOPIC, word, true, f"its language: {video.language}")
        elif lower in idiom.glue:
            return
        elif any(letter.isdigit() for letter in word):
            in_title = re.search(rf"(?<!\w){re.escape(lower)}(?!\w)", video.title.casefold())
            self._add(
                ClaimKind.NUMBER, word, bool(in_title), "its title" if in_title else "not known"
            )
        else:
            true = self._written(lower)
            self._add(ClaimKind.TOPIC, word, true, "its record" if true else "not in its record")

    def _written(self, word: str) -> bool:
        if has_cjk(word):
            return word in self._known.record_text
        return stem(word) in self._known.record_words


_LANGUAGES = {
    name.casefold(): code for code, names in LANGUAGE_NAMES.items() for name in names if name
}


def _words_of(text: str) -> Iterator[str]:
    """The words of `text`; Chinese ones as they are segmented."""
    for run in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text):
        if has_cjk(run):
            yield from tokens(run)
        elif re.search("['’]s$", run):
            yield from run[:-2].split("-")
        else:
            yield from run.split("-")


def _content(text: str) -> list[str]:
    return [stem(word) for word in tokens(text) if word not in STOP_WORDS]


def _limit_words(limits: Constraints) -> frozenset[str]:
    """The words that limits are spoken of with, whichever words set them."""
    names = [
        *(kind.value for kind in limits.kinds),
        *(name for code in limits.languages for name in LANGUAGE_NAMES.get(code, ())),
        *limits.channels,
        *limits.people,
    ]
    return frozenset(_content(" ".join(names)))


def _marks_of(text: str) -> str:
    marks = "".join(re.findall(f"{TITLE}|{PERSON}|{QUOTE}", text))
    return f" {marks} " if marks else _SEPARATOR


def _compares(how: str, one: Video, other: Video) -> bool:
    attribute = "duration_s" if how in ("shorter", "longer", "短", "长") else "year"
    mine, theirs = getattr(one, attribute), getattr(other, attribute)
    if mine is None or theirs is None:
        return False
    less = how in ("shorter", "older", "短", "早", "老")
    return bool(mine < theirs if less else mine > theirs)
