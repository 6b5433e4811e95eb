"""The phrases of a language, read from its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LEXICONS = ("es",)
"""The languages that have one (ISO 639-1)."""
UNSPACED = frozenset({"ja"})
"""Languages without spaces between words: a phrase may begin and end anywhere."""
_TOKEN = re.compile(r"<([a-z]+)(\d?)>")
_ANY_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_OPEN: Mapping[str, str] = {
    "word": r"[^\W\d_][\w'-]*",
    "rest": r"[^.,;:!?。、，！？]+?",
    "digits": r"\d{1,4}",
    "year": r"(?:19|20)\d\d",
}
"""What a token stands for that no table of the file lists; it stays as it is written."""


class LexiconFile(BaseModel):
    """What a file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    tables: Mapping[str, Mapping[str, str]]
    """Words by what they are: for each a regular expression and its English. ``number`` stands for
    figures as well."""
    phrases: tuple[tuple[str, str], ...]
    """A regular expression and its English. ``<media>`` stands for a word of that table, in the
    English for its translation; ``<word>`` and ``<rest>`` for any words, which are rewritten in
    their turn. Of several that fit in one place the longest counts, then the first."""


class Phrase(BaseModel):
    """A phrase that is ready to be looked for."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    pattern: re.Pattern[str]
    english: str


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
            Phrase(pattern=_compiled(source, alternatives, bounded=bounded), english=english)
            for source, english in read.phrases
        ),
        tables={
            name: tuple(
                (re.compile(word, re.IGNORECASE), english) for word, english in table.items()
            )
            for name, table in read.tables.items()
        },
    )


def _compiled(source: str, alternatives: Mapping[str, str], *, bounded: bool) -> re.Pattern[str]:
    def group(token: re.Match[str]) -> str:
        name = token[1]
        if name not in alternatives and name not in _OPEN:
            raise ValueError(f"“{source}” has a token of no table: <{name}>")
        return f"(?P<{name}{token[2]}>{alternatives.get(name) or _OPEN[name]})"

    pattern = _TOKEN.sub(group, source)
    if bounded:
        pattern = rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
    return re.compile(pattern, re.IGNORECASE)
