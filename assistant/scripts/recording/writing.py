"""A recorded script as YAML that a person can go on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.scripts.format import Given, Head, Step
from assistant.scripts.recording.expected import Plain

if TYPE_CHECKING:
    from assistant.scripts.recording.session import Session

WIDTH = 100
_NOTE = """\
# Recorded from the session {id} of {day}.
# Trim it to what must hold: a wish, a limit, an id. Videos that nothing expects can go.
# What a message means by "this year" moves with the clock: write ${{this_year}} for it.
# What you watched and liked stands in it: look through it before you share it.
"""
_LOST = """\
# With the videos of this script, these came out otherwise, so nothing is expected of them:
"""


def as_yaml(
    head: Head,
    steps: Sequence[Step],
    expected: Sequence[Plain],
    lost: Sequence[tuple[int, str, object]],
    session: Session,
) -> str:
    """Write a script down.

    Args:
        head: all but its turns.
        steps: its turns, in order.
        expected: what to expect of each of those in which something is said, in order.
        lost: what is not expected: the number of the message, the expectation, its value.
        session: what it was recorded from.
    """
    note = _NOTE.format(id=session.id, day=session.started_at.date())
    if lost:
        note += _LOST + "".join(f"#   message {n}: {_flow({name: it})}\n" for n, name, it in lost)
    plain: Plain = head.model_dump(mode="json", exclude_defaults=True)
    if head.history:
        plain["history"] = [_signal(entry) for entry in head.history]
    plain["turns"] = list(_turns(steps, expected))
    return f"{note}\n{_block(_escaped(plain))}"


def _turns(steps: Sequence[Step], expected: Sequence[Plain]) -> Iterator[Plain]:
    expectations = iter(expected)
    for step in steps:
        turn: Plain = step.model_dump(mode="json", exclude_defaults=True)
        if step.signal is not None:
            turn["signal"] = _signal(step.signal)
        if step.say is not None:
            turn["expect"] = next(expectations)
        yield turn


def _signal(given: Given) -> Plain:
    """A signal by its name, also where it is the usual one."""
    plain: Plain = given.model_dump(mode="json", exclude_defaults=True)
    return {"id": given.id, "signal": given.signal.value} | plain


def _escaped(value: Any) -> Any:
    """`value` with ``${`` in its texts written so that it is no variable."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _block(value: object) -> str:
    """`value`, the innermost of its lists and mappings in a line each."""
    import yaml

    text: str = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None
    )
    return text


def _flow(value: object) -> str:
    import yaml

    text: str = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000
    )
    return " ".join(text.split()).removeprefix("{").removesuffix("}")
