"""The phrases of a language, read from its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import count
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LEXICONS = ("es", "fr", "de", "it", "pt", "ru", "ja", "ko", "nl", "pl", "sv", "tr", "uk")
"""The languages that have one (ISO 639-1)."""
UNSPACED = frozenset({"ja", "ko"})
"""Languages in which words run together, or into their particles: a phrase may begin and end
anywhere."""
_TOKEN = re.compile(r"<([a-z]+)(\d?)>")
_ANY_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_CAPITAL = "(?-i:[A-ZÀ-ÞĄĆĘŁŃŚŹŻİŞĞА-ЯЁІЇЄ])"
FIRST_KEPT = 0xE100
"""From here on private characters stand for what is kept, a title each."""
REWRITTEN: Mapping[str, str] = {
    "word": r"[^\W\d_][\w'-]*",
    "lower": r"(?-i:[a-zß-ÿąćęłńśźżışğа-яёіїє])[\w'-]*",
    "noun": r"(?:[ァ-ヴー・]+|[一-鿿々]+|[가-힣]+|[a-z0-9]+)",
    "rest": r"[^.,;:!?。、，！？]+?",
    "clause": r"[^.,;:!?。、，！？]+",
}
"""What a token stands for that no table of the file lists: a word, one that is written small, a run
of one script, as few words as possible, all to the next stop. It is rewritten in its turn."""
AS_WRITTEN: Mapping[str, str] = {
    "title": f"[{chr(FIRST_KEPT)}-\uf8ff]",
    "name": rf"{_CAPITAL}[\w'.-]*(?: {_CAPITAL}[\w'.-]*)+",
    "proper": rf"{_CAPITAL}[\w'.-]*(?: {_CAPITAL}[\w'.-]*)*",
    "digits": r"\d{1,4}",
    "year": r"(?:19|20)\d\d",
}
"""The same of what stays: a title of the library, several words that are written large, or one."""
_OPEN = {**REWRITTEN, **AS_WRITTEN}


class LexiconFile(BaseModel):
    """What a file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    tables: Mapping[str, Mapping[str, str]]
    """Words by what they are: for each a regular expression and its English. ``number`` stands for
    figures as well."""
    parts: Mapping[str, str] = {}
    """Parts of regular expressions that several phrases share: ``pick`` is written ``<pick>``
    there."""
    phrases: tuple[tuple[str, str], ...]
    """A regular expression and its English. ``<media>`` stands for a word of that table, in the
    English for its translation, ``<media!>`` for the word itself; what tokens no table lists see
    `REWRITTEN` and `AS_WRITTEN`. Of several that fit in one place the longest counts, then the
    first."""
    small: Mapping[str, str]
    """Articles, prepositions and the like, and their English. Between words that stay they stay,
    too: "perros y gatos"."""


class Phrase(BaseModel):
    """A phrase that is ready to be looked for."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    pattern: re.Pattern[str]
    english: str
    small: bool = False


class Lexicon(BaseModel):
    """The phrases of a language."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    language: str
    phrases: tuple[Phrase, ...]
    tables: Annotated[Mapping[str, tuple[tuple[re.Pattern[str], str], ...]], Field(repr=False)]

    def translated(self, token: str, said: str) -> str | None:
        """The English for a word of a table; None where the table does not list it."""
        for pattern, english in self.tables.get(token, ()):
            if pattern.fullmatch(said):
                return english
        return None


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language of `LEXICONS`.

    Raises:
        ValueError: the file is not as it should be.
    """
    import yaml

    file = resources.files("assistant.understand.foreign").joinpath(f"{language}.yaml")
    read = LexiconFile.model_validate(yaml.safe_load(file.read_text("utf-8")))
    alternatives = {name: "|".join(table) for name, table in read.tables.items()}
    if "number" in alternatives:
        alternatives["number"] = f"{_ANY_NUMBER}|{alternatives['number']}"
    bounded = language not in UNSPACED
    return Lexicon(
        language=language,
        phrases=tuple(
            Phrase(
                pattern=_compiled(source, read.parts, alternatives, bounded=bounded),
                english=english,
                small=small,
            )
            for small, listed in ((False, read.phrases), (True, read.small.items()))
            for source, english in listed
        ),
        tables={
            name: tuple(
                (re.compile(word, re.IGNORECASE), english) for word, english in table.items()
            )
            for name, table in read.tables.items()
        },
    )


def _compiled(
    source: str, parts: Mapping[str, str], alternatives: Mapping[str, str], *, bounded: bool
) -> re.Pattern[str]:
    places = count()

    def group(token: re.Match[str]) -> str:
        name = token[1]
        if name in parts:
            return f"(?:{_TOKEN.sub(group, parts[name])})"
        if name not in alternatives and name not in _OPEN:
            raise ValueError(f"“{source}” has a token of no table: <{name}>")
        return f"(?P<{token[1]}{token[2]}_{next(places)}>{alternatives.get(name) or _OPEN[name]})"

    pattern = _TOKEN.sub(group, source)
    if bounded:
        pattern = rf"(?<![^\W_])(?:{pattern})(?:(?<=[\W_])|(?![^\W_]))"  # "l'eau": after l' too
    return re.compile(pattern, re.IGNORECASE)


def said_for(token: str, match: re.Match[str]) -> str:
    """What stands in a match of a phrase for a token of its English."""
    groups = match.groupdict()
    return next((said for name, said in groups.items() if said and name.split("_")[0] == token), "")
