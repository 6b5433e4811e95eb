"""What came of a language model's writing, for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.evaluation.sentences import LEAST_SUPPORTED, MOST_FALLBACKS

if TYPE_CHECKING:
    from assistant.evaluation.sentences import SentenceReport

_PIPED_WIDTH = 200


def show(report: SentenceReport) -> None:
    """Print a report to standard output."""
    from rich.console import Console

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    lines = [
        f"\n{report.model}, in its own words, about {report.sentences} picks of your library",
        f"  says only what is known: {report.supported:.1%}"
        f" ({report.low:.1%} … {report.high:.1%}); wanted: {LEAST_SUPPORTED:.0%} at the least",
        f"  no attempt can be shown: {report.fallbacks:.1%}; wanted: {MOST_FALLBACKS:.0%} at most",
        f"  in the right language: {report.right_language:.1%};"
        f" one whole sentence: {report.whole:.1%}; {report.mean_chars:.0f} characters",
        f"  claims: {report.claims}, not known to be true: {_kinds(report)}",
        "",
    ]
    for one in report.examples:
        lines += [f"  {one.title}", f"    {one.sentence}"]
        if one.unsupported:
            lines.append(f"    not known: {'; '.join(one.unsupported)}")
    lines += ["", _verdict(report)]
    for line in lines:
        console.print(line, markup=False)


def _kinds(report: SentenceReport) -> str:
    counts = report.unsupported.items()
    return ", ".join(f"{number} {kind}" for kind, number in counts) or "none"


def _verdict(report: SentenceReport) -> str:
    if report.passed:
        return (
            "It may give reasons in its own words from now on; each is checked before it is shown."
        )
    return "It may not: reasons stay within the grammar of true sentences, from which it chooses."
