"""The format of scripted conversations; see ``docs/scripts.md``.

A file holds a `ScriptFile`. Read, with its variables filled in and its fragments put in their
places, it becomes one `Script` for each of its cases.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from assistant.scripts.expectations import WITHOUT_A_MESSAGE, Expectation, Written
from assistant.types import VERBS, Avoided, Constraints, Dial, Scope, Signal, Video

Scalar = bool | int | float | str
"""What a variable may stand for."""

EVERYTHING = "everything"
LIFT = "lift "
PRESSES = rf"({'|'.join(VERBS)}) \d+|rate \d+ [0-5](\.\d+)?|undo \d+|{LIFT}\S.*"


class Given(Written):
    """A signal on any video of the library."""

    id: str
    signal: Signal = Signal.LIKED
    rating: Annotated[float, Field(ge=0.0, le=5.0)] | None = None
    """Out of 5; it belongs to the signal rated."""


class HistoryEntry(Given):
    """A signal given before the conversation begins."""

    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


def _lasting(scope: Scope) -> Scope:
    if scope is Scope.SESSION:
        raise ValueError("what holds for the session alone has to be said in it")
    return scope


class Remark(Written):
    """Something to be remembered of the person, as if they had said so in an earlier session."""

    said: Annotated[str, Field(min_length=1)]
    scope: Annotated[Scope, AfterValidator(_lasting)] = Scope.ALWAYS
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    avoid: tuple[Avoided, ...] = ()
    constraints: Constraints = Constraints()


class Step(Written):
    """One thing that the person does, and what must hold after it."""

    say: str | None = None
    """A message."""
    press: Annotated[str, Field(pattern=rf"^({PRESSES})$")] | None = None
    """A key on a pick of the last answer, by its place: ``like 2``, ``rate 2 4.5``, ``undo 2``; or
    on a limit, as it is shown or by its slot, which is answered like a message: ``lift duration``,
    ``lift at most 20 min``."""
    signal: Given | None = None
    """A signal on any video of the library."""
    remember: Remark | None = None
    """Something is noted of the person."""
    forget: str | None = None
    """What is kept and was said in words that hold these is forgotten; ``everything`` for all."""
    new_session: Literal[True] | None = None
    """The conversation ends, and another begins over the same library."""
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        done = [name for name in ACTIONS if getattr(self, name) is not None]
        if len(done) != 1:
            raise ValueError(f"a turn has exactly one of: {', '.join(ACTIONS)}, use")
        beyond = sorted(self.expect.model_fields_set - WITHOUT_A_MESSAGE)
        if not self.answered and beyond:
            allowed = ", ".join(sorted(WITHOUT_A_MESSAGE))
            raise ValueError(
                f"after {done[0]} nothing can be expected of {', '.join(beyond)}, only of {allowed}"
            )
        return self

    @property
    def lifts(self) -> str | None:
        """The limit that is taken back, if that is what is done."""
        pressed = self.press or ""
        return pressed.removeprefix(LIFT) if pressed.startswith(LIFT) else None

    @property
    def answered(self) -> bool:
        """Whether a turn of the conversation comes of it."""
        return self.say is not None or self.lifts is not None


ACTIONS = ("say", "press", "signal", "remember", "forget", "new_session")


class Use(Written):
    """The turns of a fragment, in the place of this one."""

    use: str
    """The name of the fragment."""
    with_: dict[str, Scalar] = Field({}, alias="with")
    """Variables of the fragment."""


class Head(Written):
    """A script but for its turns."""

    name: str
    library: Literal["starter", "inline"] | str = "starter"
    """``starter``, ``inline`` (see `videos`), or a source to import, relative to the script."""
    videos: tuple[Video, ...] = ()
    """The library, for ``inline``."""
    history: tuple[HistoryEntry, ...] = ()
    """Signals given before the conversation."""
    model: Literal["packaged", "scripted", "none"] = "scripted"
    """The language model: the small one that comes with Matinee, a stand-in without weights that is
    quick and the same everywhere, or none."""
    picks: Annotated[int, Field(ge=1, le=20)] = 5
    """How many are recommended where the message asks for no number."""
    dial: Dial = Dial.BALANCED
    seed: int = 0


class Script(Head):
    """A scripted conversation, ready to be held."""

    path: Path
    """Its file: what it imports is looked for beside it."""
    turns: tuple[Step, ...]


class ScriptFile(Head):
    """A file as it is written. One without turns holds fragments for others."""

    name: str = ""
    vars: dict[str, Scalar] = Field({})
    """Variables: ``${name}`` in any text stands for their values."""
    cases: tuple[dict[str, Scalar], ...] = ()
    """The script is run once for each of these, whose values take the place of the variables'."""
    include: tuple[str, ...] = ()
    """Files with fragments, relative to this one."""
    fragments: dict[str, tuple[Step | Use, ...]] = Field({})
    """Turns by name, for ``use``."""
    turns: tuple[Step | Use, ...] = ()
