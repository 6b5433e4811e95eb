"""What commands say beside their data, on standard error: sentences, and how far long work is."""

from __future__ import annotations

import sys

import click


def narrate(text: str) -> None:
    """Say something about the work to standard error: standard output is for data."""
    click.echo(shown(text), err=True)


def tell(text: str, *, nl: bool = True) -> None:
    """Print an answer for a person to standard output; what it quotes steers no terminal."""
    click.echo(shown(text), nl=nl)


def shown(text: str) -> str:
    """`text`, which may quote names of files and errors of others, as a terminal may have it."""
    from store.cleaning import printable

    return printable(text)


class LineNarrator:
    """A `Narrator` that takes a line for each stage, rewritten as it goes on where that shows."""

    def __init__(self) -> None:
        self._rewrites = sys.stderr.isatty()
        self._name = ""
        self._total = self._done = self._shown = 0

    def say(self, text: str) -> None:
        """Say it on lines of its own."""
        narrate(text)

    def stage(self, name: str, total: int | None) -> None:
        """Begin a line; of a number of steps that is not known, or for no terminal, a whole one."""
        self._name, self._total, self._done, self._shown = name, total or 0, 0, 0
        if total == 0:
            return
        narrate(f"{name[:1].upper()}{name[1:]}…") if not self._live else self._rewrite()

    def advance(self, n: int) -> None:
        """Rewrite the line for every hundredth of the steps."""
        self._done += n
        if self._live and (self._done - self._shown) * 100 >= self._total:
            self._rewrite()

    @property
    def _live(self) -> bool:
        return self._rewrites and self._total > 0

    def _rewrite(self) -> None:
        self._shown = self._done
        ended = self._done >= self._total
        line = f"\r{self._name[:1].upper()}{self._name[1:]}: {self._done:,} of {self._total:,}"
        click.echo(line, nl=ended, err=True)
