"""What a session is called where nobody gave it a title."""

from __future__ import annotations

import re
from collections.abc import Callable

from store.cleaning import clean_text

LONGEST = 200
"""The most characters of a title that a person gives."""
CELLS = 48
"""The widest a title is that was made here, in columns of a terminal."""
_ELLIPSIS = "…"
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])")
_SHORTEST_SENTENCE = 12
"""A first sentence of fewer columns says too little: "Hi. I want something sad"."""


def clean_title(text: str) -> str | None:
    """A title as a person types it, in one line; None where nothing is left of it."""
    return clean_text(text, max_chars=LONGEST) or None


def short_title(text: str, cells: int = CELLS) -> str:
    """A request in a line that is no wider than `cells`: its first sentence, or its beginning.

    Args:
        text: what was asked, in any language, or a title that was given.
        cells: columns of a terminal; a Chinese character takes two.
    """
    from rich.cells import cell_len  # 20 ms

    line = " ".join(text.split())
    if cell_len(line) > cells:
        line = _first_sentence(line, cell_len) or line
    if cell_len(line) > cells:
        return _beginning(line, cells)
    return line.rstrip(" .,;:。，；：、")


def _first_sentence(line: str, width: Callable[[str], int]) -> str:
    """The sentences at the beginning that say something."""
    said = ""
    for sentence in _END_OF_SENTENCE.split(line):
        said = f"{said} {sentence}" if said and said.isascii() else said + sentence
        if width(said) >= _SHORTEST_SENTENCE:
            return said
    return said


def _beginning(line: str, cells: int) -> str:
    """As much as there is room for, to the end of a word if there is one in the second half."""
    from rich.cells import set_cell_size

    cut = set_cell_size(line, cells - 1).rstrip()
    if cut[-1:].isalnum() and line[len(cut) : len(cut) + 1].isalnum() and cut.isascii():
        head, _, _ = cut.rpartition(" ")
        if len(head) >= len(cut) // 2:
            cut = head
    return cut.rstrip(" .,;:-–—。，；：、") + _ELLIPSIS
