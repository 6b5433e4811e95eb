"""Titles named in a text, found among the titles of a library.

    TitleIndex(rows).find("something like Spirited Away, but for grown-ups")

A name is looked up exactly (case, accents, punctuation, articles and numerals aside), and believed
only with evidence that it is one: quotes, a year, a cue before it ("like", "I loved"), a capital
inside a sentence. Where a cue or quotes promise a title and none is there, spelling mistakes and
shortened names are tried.
"""

from assistant.titles.index import TitleIndex
from assistant.titles.mentions import TitleMention

__all__ = ["TitleIndex", "TitleMention"]
