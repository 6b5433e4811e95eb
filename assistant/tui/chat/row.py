"""Words in a line that can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content


class ClickableRow:
    """Words in a line, as many as there is room for.

    Args:
        words: what a word stands for, and the word; the most wanted first.
        width: of the line, in cells.
    """

    def __init__(self, words: Sequence[tuple[str, str]], width: int) -> None:
        gap = 2 if _length(words, 2) <= width else 1
        self._places: list[tuple[int, int, str]] = []
        pieces: list[str | tuple[str, str]] = []
        x = 0
        for meaning, word in words:
            end = x + cell_len(word)
            if end > width:
                break
            self._places.append((x, end, meaning))
            pieces += [(word, "$accent"), " " * gap]
            x = end + gap
        self.content = Content.assemble(*pieces[:-1])

    def at(self, x: int) -> str:
        """What the word in column `x` stands for; empty where there is none."""
        return next((meaning for start, end, meaning in self._places if start <= x < end), "")


def _length(words: Sequence[tuple[str, str]], gap: int) -> int:
    return sum(cell_len(word) + gap for _, word in words) - gap
