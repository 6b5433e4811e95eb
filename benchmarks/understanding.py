"""How many messages are understood rightly: the whole of each, and slot by slot.

usage: python -m benchmarks.understanding [--failures] FILE_OR_FOLDER…

Each message is compared with what a person wrote down as its right understanding
(`benchmarks.utterances`), over the starter library.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.dialogues import starter_names, understood
from benchmarks.judging import Judged
from benchmarks.utterances import Utterance, load

OPEN_SET = Path(__file__).parents[1] / "tests" / "utterances"


class Case(NamedTuple):
    """An utterance and how it was understood."""

    utterance: Utterance
    judged: Judged

    @property
    def exact(self) -> bool:
        """Whether all of it is understood rightly."""
        return not self.judged.wrong


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("places", nargs="*", type=Path, default=[OPEN_SET])
    parser.add_argument("--failures", action="store_true", help="print what is misunderstood")
    arguments = parser.parse_args()
    cases = measure(load(arguments.places))
    print(by_stratum(cases), by_slot(cases), sep="\n\n")
    if arguments.failures:
        for case in cases:
            if not case.exact:
                print(f"\n{failure(case)}")


def measure(utterances: Iterable[Utterance]) -> list[Case]:
    """Understand every utterance in its dialogue."""
    with tempfile.TemporaryDirectory() as folder:
        names = starter_names(Path(folder))
        return [Case(utterance, understood(utterance, names)) for utterance in utterances]


def exact_rate(cases: Sequence[Case]) -> float:
    """The share of utterances of which every slot is right."""
    return sum(case.exact for case in cases) / len(cases)


def by_stratum(cases: Sequence[Case]) -> str:
    """A table of exact matches: one message, dialogues, both."""
    lines = [f"{'exact match':<12}{'all':>14}{'one message':>16}{'dialogues':>16}"]
    for stratum in [*dict.fromkeys(case.utterance.stratum for case in cases), ""]:
        chosen = [case for case in cases if stratum in ("", case.utterance.stratum)]
        single = [case for case in chosen if not case.utterance.before]
        longer = [case for case in chosen if case.utterance.before]
        lines.append(
            f"{stratum or 'all':<12}{_share(chosen):>14}{_share(single):>16}{_share(longer):>16}"
        )
    return "\n".join(lines)


def by_slot(cases: Sequence[Case]) -> str:
    """A table of precision and recall: of all values understood, of all that are right."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for _, (expected, got) in cases:
        for slot, facts in expected.items():
            right[slot] += len(facts & got[slot])
            wrong[slot] += len(got[slot] - facts)
            missed[slot] += len(facts - got[slot])
    lines = [f"{'slot':<12}{'precision':>10}{'recall':>8}{'F1':>7}{'values':>8}"]
    lines.extend(
        f"{slot:<12}{_rates(right[slot], wrong[slot], missed[slot])}"
        for slot in sorted(right | wrong | missed)
    )
    return "\n".join(lines)


def failure(case: Case) -> str:
    """What was misunderstood, for a person."""
    said = " / ".join([*case.utterance.before, case.utterance.say])
    lines = [f"{case.utterance.id}: {said}"]
    for slot in case.judged.wrong:
        expected, got = (
            ", ".join(sorted(facts[slot])) or "nothing"
            for facts in (case.judged.expected, case.judged.got)
        )
        lines.append(f"  {slot}: expected {expected}; got {got}")
    return "\n".join(lines)


def _share(cases: Sequence[Case]) -> str:
    if not cases:
        return "-"
    exact = sum(case.exact for case in cases)
    return f"{exact / len(cases):.3f} ({exact}/{len(cases)})"


def _rates(right: int, wrong: int, missed: int) -> str:
    precision = right / (right + wrong) if right + wrong else float("nan")
    recall = right / (right + missed) if right + missed else float("nan")
    f1 = 2 * right / (2 * right + wrong + missed)
    return f"{precision:>10.3f}{recall:>8.3f}{f1:>7.3f}{right + missed:>8}"


if __name__ == "__main__":
    main()
