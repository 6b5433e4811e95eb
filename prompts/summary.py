"""The phrases of the line that sums up a list of picks: one YAML file a language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from assistant.types import Kind
from prompts.grammar import GRAMMAR_LANGUAGES, Count, Listing, all_there, only_slots
from prompts.loader import FileModel, Texts, read


class SummaryGrammar(FileModel):
    """All that is needed to sum up in one language. Each list holds ways to say the same."""

    language: str
    capitals: bool
    listing: Listing
    numbers: Texts
    """From one on; larger ones are written in digits."""
    separator: str
    patterns: Texts
    alone: Texts
    """Where there is nothing in which they are known to differ."""
    kinds: Mapping[Annotated[Kind, Field(strict=False)], Count]
    groups: Texts
    more_groups: str
    minutes: Texts
    """A span of lengths that both are whole minutes."""
    lengths: Texts
    """Any other span, its ends with their units."""
    one_length: Texts
    years: Texts
    one_year: Texts
    languages: Texts
    one_language: Texts

    @model_validator(mode="after")
    def _complete(self) -> SummaryGrammar:
        all_there("kinds", self.kinds, Kind)
        only_slots(self.patterns, {"what", "differences"})
        only_slots(self.alone, {"what"})
        only_slots(self.groups, {"names"})
        only_slots([self.more_groups], {"names", "n"})
        only_slots((*self.minutes, *self.lengths, *self.years), {"low", "high"})
        only_slots((*self.one_length, *self.one_year), {"low"})
        only_slots(self.languages, {"n", "language"})
        only_slots(self.one_language, {"language"})
        return self

    def number(self, value: int) -> str:
        """A number in words where it is small."""
        return self.numbers[value - 1] if 0 < value <= len(self.numbers) else str(value)

    def count(self, kind: Kind, number: int) -> str:
        """``three talks``."""
        form = self.kinds[kind]
        return (form.one if number == 1 else form.many).format(n=self.number(number))


@functools.cache
def load_summary(language: str) -> SummaryGrammar:
    """The phrases in `language`, or the English ones where there are none.

    Raises:
        PromptError: a file is not as it must be.
    """
    spoken = language if language in GRAMMAR_LANGUAGES else GRAMMAR_LANGUAGES[0]
    return read(f"summary.{spoken}", SummaryGrammar)
