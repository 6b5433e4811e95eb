"""How far it is for a newcomer who does only what the screen says: keys, letters, seconds.

Before each move the screen must say what is done; where it does not, that is a stumble. The time
is the machine's alone: nobody reads or thinks here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.app.tmux import NotSeenError, Tmux
from benchmarks.app.tour_world import DOWNLOADED, LOOK_S, Act, Press, Say, Start, Type, in_a_world

WAIT_S = 120.0
HINT_S = 3.0
"""So long it is looked for what the screen says."""
PICK = r"[━═╍┄·]{8}"
IN_CHAT = r"dial [○●]"


@dataclass(frozen=True)
class Move:
    """What the screen must say, and what is done then."""

    says: str
    """A regular expression; empty where nothing need be said: it was read before."""
    act: Act
    leads_to: str = ""
    """What must be seen before the next move; empty for nothing."""

    @property
    def keys(self) -> int:
        """Keys pressed; Enter behind a text is one."""
        return 0 if type(self.act) is Type else 1

    @property
    def letters(self) -> int:
        """Letters typed."""
        return len(self.act.text) if isinstance(self.act, Type) else 0


@dataclass(frozen=True)
class Leg:
    """One goal, and the way there."""

    goal: str
    moves: tuple[Move, ...]
    reached: str


LEGS = (
    Leg(
        "the first useful pick",
        (
            Move("", Start(), "What would you like to watch"),
            Move("Say ", Say("a quiet Japanese film, under two hours")),
        ),
        PICK,
    ),
    Leg("the first like", (Move("Tab picks", "Tab"), Move("l like", "l")), "♥ liked"),
    Leg("why it was picked", (Move("y why", "y"),), "What moved it here"),
    Leg(
        "one's own videos",
        (
            Move("Esc back", "Escape", IN_CHAT),
            Move("F1 help", "F1", "› Help"),
            Move("/import", "Escape", IN_CHAT),
            Move("", Say("/import"), "› Import"),
            Move("type its path", Type("videos")),
            Move("Enter imports", "Enter"),
        ),
        f"✓.*{DOWNLOADED}",
    ),
    Leg(
        "a pick of one's own videos",
        (
            Move("Ask for something to watch", "Down"),
            Move("", "Enter", IN_CHAT),
            Move("", Say("something about bees and chess")),
        ),
        "(bees|chess).*" + PICK,
    ),
    Leg("leaving", (Move("Ctrl-Q quit", "C-q"),), "matinee chat --resume"),
    Leg(
        "yesterday's conversation, from a plain start",
        (
            Move("", Start(), "What would you like to watch"),
            Move("F6|[Ee]arlier conversation|[Yy]esterday|/sessions", "F6", "› Sessions"),
            Move("Enter resume", "Enter"),
        ),
        "❯ something about bees and chess",
    ),
)


@dataclass
class Walk:
    """What came of a leg."""

    leg: Leg
    seconds: float = 0.0
    stumbles: list[str] = field(default_factory=list)
    problem: str = ""

    def __str__(self) -> str:
        """A row of the table."""
        keys = sum(move.keys for move in self.leg.moves)
        letters = sum(move.letters for move in self.leg.moves)
        end = self.problem or ("; ".join(self.stumbles) or "–")
        return f"{self.leg.goal:<46}{keys:>5}{letters:>9}{self.seconds:>9.1f}  {end}"


def go(leg: Leg, tmux: Tmux, say: Callable[[str], None]) -> Walk:
    """Walk a leg."""
    walk = Walk(leg)
    begin = time.perf_counter()
    looked = 0.0
    try:
        for move in leg.moves:
            if move.says:
                try:
                    tmux.wait_for(move.says, HINT_S)
                except NotSeenError:
                    looked += HINT_S
                    walk.stumbles.append(f"the screen does not say “{move.says}”")
            time.sleep(LOOK_S)
            Press.of(move.act)(tmux)
            if move.leads_to:
                tmux.wait_for(move.leads_to, WAIT_S)
        tmux.wait_for(leg.reached, WAIT_S)
    except NotSeenError as error:
        walk.problem = f"not reached: {error}"
        say(error.screen)
    walk.seconds = time.perf_counter() - begin - looked
    return walk


def walk() -> int:
    """Walk all of it and print the table; 1 if something was not reached."""
    with in_a_world() as world, Tmux(world.home, world.environment) as tmux:
        print(f"{'to':<46}{'keys':>5}{'letters':>9}{'seconds':>9}  stumbles", flush=True)
        walks = []
        for leg in LEGS:
            walks.append(go(leg, tmux, print))
            print(walks[-1], flush=True)
            if walks[-1].problem:
                break
    total = sum(one.seconds for one in walks)
    print(f"{total:.0f} s, {sum(len(one.stumbles) for one in walks)} stumbles")
    return 1 if walks[-1].problem else 0
