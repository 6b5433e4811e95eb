"""What is found: the figures, and the first of each kind with what reproduces it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from assistant.errors import MatineeError
from benchmarks.bad_input.judge import unfit

TIME_LIMIT_S = 60
"""What takes longer hangs."""
SLOW_S = 1.0


class Hang(BaseException):
    """Something took longer than `TIME_LIMIT_S`. No handler of the app's catches it."""


@dataclass
class Findings:
    """Everything that was found so far."""

    keep: Path
    """The folder for what reproduces a finding."""
    inputs: int = 0
    texts: int = 0
    """How many texts were judged."""
    errors_told: int = 0
    """Errors of importers that a person is told of, as they should be."""
    commands: Counter[bool] = field(default_factory=Counter)
    """How many commands ended well (False) and with an error that was told (True)."""
    cards: int = 0
    """How many picks were drawn as cards."""
    kinds: Counter[str] = field(default_factory=Counter)
    exceptions: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    """Unfit characters, by where they were shown."""
    touched: list[str] = field(default_factory=list)
    examples: dict[str, str] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    slow: list[tuple[float, str]] = field(default_factory=list)
    """What took longer than `SLOW_S`."""
    hungriest: tuple[float, str] = (0.0, "")
    """The MB by which the peak of memory rose, and where."""

    def judge(
        self, where: str, text: str, source: Path | None = None, *, heaps: bool = True
    ) -> None:
        """Look at a text that is shown at a place."""
        self.texts += 1
        for wrong in unfit(text, heaps=heaps):
            self.shown[where] += 1
            if where not in self.examples:
                self.examples[where] = f"{wrong} in {text[:300]!a}{self._kept(where, source)}"

    @contextmanager
    def guarding(self, where: str, source: Path | None = None) -> Iterator[None]:
        """Meanwhile, note what is raised and how long it takes; a `MatineeError` may be."""
        started, peak = time.perf_counter(), _peak_mb()
        try:
            with _deadline():
                yield
        except MatineeError:
            self.errors_told += 1
        except (Exception, Hang) as error:
            self._note(where, error, source)
        seconds = time.perf_counter() - started
        place = f"{where}: {source!a}" if source else where
        if seconds > SLOW_S:
            self.slow.append((seconds, place))
        self.slowest = max(self.slowest, (seconds, place))
        self.hungriest = max(self.hungriest, (_peak_mb() - peak, place))

    def report(self) -> str:
        """The figures, and an example of each finding."""
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(self.kinds.items()))
        lines = [
            f"inputs                              {self.inputs:>9,}  ({kinds})",
            f"texts looked at                     {self.texts:>9,}",
            f"errors in reading that were told    {self.errors_told:>9,}",
            f"commands run                        {self.commands.total():>9,}  "
            f"({self.commands[True]:,} ended with an error that was told)",
            f"picks drawn as cards                {self.cards:>9,}",
            f"unhandled exceptions                {self.exceptions.total():>9,}",
            f"control bytes reaching a terminal   {self.shown.total():>9,}",
            f"files touched outside the data      {len(self.touched):>9,}",
            f"slowest                             {self.slowest[0]:>9.2f} s  ({self.slowest[1]})",
            f"peak memory                         {_peak_mb():>9,.0f} MB",
            f"largest rise of it                  {self.hungriest[0]:>9,.0f} MB "
            f"({self.hungriest[1]})",
        ]
        for seconds, place in sorted(self.slow, reverse=True)[:20]:
            lines.append(f"  {seconds:6.2f} s  {place}")
        for kind, count in (self.exceptions + self.shown).most_common():
            lines.append(f"\n{count:,} x {kind}\n{self.examples.get(kind, '')}")
        return "\n".join([*lines, *sorted(set(self.touched))[:20]])

    @property
    def clean(self) -> bool:
        """Whether everything that must be 0 is."""
        return not (self.exceptions or self.shown or self.touched)

    def _note(self, where: str, error: BaseException, source: Path | None) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{where}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        self.exceptions[kind] += 1
        if kind not in self.examples:
            trace = "".join(traceback.format_exception(error, limit=-6))[-2_500:]
            self.examples[kind] = trace + self._kept(kind, source)

    def _kept(self, kind: str, source: Path | None) -> str:
        """Put aside what reproduces a finding, and say where."""
        if source is None or not os.path.lexists(source):
            return ""
        target = self.keep / f"{len(self.examples):03}"
        target.mkdir(parents=True, exist_ok=True)
        (target / "what.txt").write_text(ascii(kind))
        # A pipe is copied as a pipe, and not read.
        subprocess.run(["/bin/cp", "-a", "--", os.fspath(source), target], check=True)
        return f"\nkept in {target}"


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _deadline() -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hang(f"took longer than {TIME_LIMIT_S} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
