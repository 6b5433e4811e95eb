"""Everything that the app offers, done once in a terminal, with the models that come with it.

usage: python -m benchmarks.app.tour [SECTION…]     every step: seconds, and whether it was seen
       python -m benchmarks.app.tour --walk         how far it is for a newcomer: keys and seconds

Needs tmux. Everything happens in a temporary folder; no browser is started, and nothing gets into
the clipboard of the desktop. Ends with 1 if a step failed; what was on the screen then is printed.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence

from benchmarks.app.tmux import NotSeenError, Tmux, flat
from benchmarks.app.tour_steps import SECTIONS
from benchmarks.app.tour_world import LOOK_S, Press, Step, World, in_a_world

CHAT = re.compile("dial [○●]")
"""What is shown in the chat alone."""
MOST_ESCAPES = 5
CHAT_IS_EMPTY = re.compile("What would you like to watch\\?  ?[(]Ctrl-J")


class Report:
    """Says of every step whether it did what it should."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed: list[str] = []

    def heading(self, section: str) -> None:
        """A section begins."""
        print(f"\n{section}", flush=True)

    def step(self, name: str, seconds: float, problem: str = "", screen: str = "") -> None:
        """A step is over."""
        print(f"  {'FAIL' if problem else 'PASS'} {seconds:6.2f} s  {name}", flush=True)
        if not problem:
            self.passed += 1
            return
        self.failed.append(name)
        print(f"       {problem}")
        for line in screen.rstrip().splitlines():
            print(f"       | {line}")

    def left_out(self, steps: Sequence[Step]) -> None:
        """Steps that cannot be taken, for a page had to be left."""
        for step in steps:
            self.failed.append(step.name)
            print(f"  not taken        {step.name}")

    def end(self) -> int:
        """Print the sum; the status to exit with."""
        print(f"\n{self.passed} passed, {len(self.failed)} failed")
        for name in self.failed:
            print(f"  failed: {name}")
        return 1 if self.failed else 0


def take(step: Step, tmux: Tmux, world: World) -> None:
    """Do a step and wait for what must come of it.

    Raises:
        NotSeenError: it did not come in time.
    """
    time.sleep(LOOK_S)
    for act in step.do:
        Press.of(act)(tmux)
    for pattern in step.sees:
        tmux.wait_for(pattern, step.seconds)
    for pattern in step.gone:
        tmux.wait_until_gone(pattern, step.seconds)
    if step.check is not None:
        tmux.wait_until(lambda _: not step.fault(world), step.fault(world), step.seconds)


def tour(sections: Sequence[str]) -> int:
    """Take all steps of some sections (of all, where none is named); the status to exit with."""
    report = Report()
    with in_a_world() as world, Tmux(world.home, world.environment) as tmux:
        for section, steps in SECTIONS.items():
            if sections and section not in sections and section != "start":
                continue
            report.heading(section)
            for place, step in enumerate(steps):
                begin = time.perf_counter()
                try:
                    take(step, tmux, world)
                except NotSeenError as error:
                    report.step(step.name, time.perf_counter() - begin, str(error), error.screen)
                    if back_to_chat(tmux):
                        report.left_out(steps[place + 1 :])
                        break
                else:
                    report.step(step.name, time.perf_counter() - begin)
    return report.end()


def back_to_chat(tmux: Tmux) -> bool:
    """After a failure: where the next section may begin; whether a page had to be left for it."""
    presses = 0
    while presses < MOST_ESCAPES:
        screen = flat(tmux.screen())
        if "› " not in screen and CHAT.search(screen):
            break
        Press("Escape")(tmux)
        presses += 1
    if not CHAT_IS_EMPTY.search(flat(tmux.screen())):
        for key in ("C-End", "C-u", "C-u"):
            Press(key)(tmux)
    return presses > 0


def main() -> int:
    """Take the tour, or walk as a newcomer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], metavar="SECTION")
    parser.add_argument("--walk", action="store_true", help="walk as a newcomer, with a stopwatch")
    arguments = parser.parse_args()
    try:
        if arguments.walk:
            from benchmarks.app.newcomer import walk

            return walk()
        return tour(arguments.sections)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
