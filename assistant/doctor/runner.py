"""Making all checks in their order, and mending what they find."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.doctor.findings import Check, Finding, Repair, Row, State, failed, skipped
from assistant.errors import MatineeError

if TYPE_CHECKING:
    from assistant.doctor.context import Context

log = logging.getLogger(__name__)

Mender = Callable[["Context"], str]
"""Mends one thing and says what it did. May raise `MatineeError` or `OSError`."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNKNOWN = (State.FAILED, State.SKIPPED)


def examine(
    context: Context,
    checks: Sequence[Check],
    menders: Mapping[Repair, Mender] | None = None,
    started: Callable[[str], None] | None = None,
) -> Iterator[Row]:
    """Make the checks one after the other and yield what each finds, as it finds it.

    Args:
        context: what is looked at; it is left with nothing open.
        checks: in order, each after those that it needs.
        menders: mend what a finding names; without them nothing is changed.
        started: is told the name of each check before it is made.
    """
    causes: dict[str, str] = {}
    """Of each check that nothing can be built on: the first one that failed on the way to it."""
    try:
        for check in checks:
            if started is not None:
                started(check.name)
            cause = next((causes[name] for name in check.needs if name in causes), None)
            if cause is None:
                findings = _examined(check, context, menders or {})
            else:
                findings = [skipped(f"see {cause}")]
            if any(finding.state in _UNKNOWN for finding in findings):
                causes[check.name] = cause or check.name
            for finding in findings:
                yield _row(check, finding, context, mending=menders is not None)
    finally:
        context.forget()


def _examined(check: Check, context: Context, menders: Mapping[Repair, Mender]) -> list[Finding]:
    """What a check finds, after everything that can be mended is."""
    findings = _made(check, context)
    wanted = dict.fromkeys(finding.repair for finding in findings)
    outcomes = {
        repair: _mend(menders[repair], context)
        for repair in wanted
        if repair is not None and repair in menders
    }
    return _after(outcomes, _made(check, context)) if outcomes else findings


def _made(check: Check, context: Context) -> list[Finding]:
    """What a check finds; of one that breaks, that it does."""
    try:
        return list(check.examine(context))
    except MatineeError as error:
        return [failed(f"{error.title} {error.detail}", error.hint)]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            return [failed(f"The library cannot be read. {error}")]
        return [failed(f"The library is damaged. {error}", repair=Repair.LIBRARY)]
    except Exception as error:  # whatever is broken, the other checks are still made
        log.exception("the check %r broke", check.name)
        return [failed(f"This cannot be looked at. {type(error).__name__}: {error}")]


def _mend(mender: Mender, context: Context) -> Finding:
    """Mend one thing. The finding says what was done, or why nothing was."""
    context.forget()
    try:
        return Finding(state=State.REPAIRED, detail=mender(context))
    except MatineeError as error:
        return failed(f"{error.title} {error.detail}", error.hint)
    except Exception as error:  # one repair that breaks must not keep others from being made
        log.exception("a repair broke")
        return failed(f"{type(error).__name__}: {error}")
    finally:
        context.forget()


def _after(outcomes: Mapping[Repair, Finding], findings: Sequence[Finding]) -> list[Finding]:
    """What to tell after repairs: those that helped, then what is still not well."""
    left = [finding for finding in findings if finding.state is not State.OK]
    unhelped = {finding.repair for finding in left}
    helped = [
        outcome
        for repair, outcome in outcomes.items()
        if outcome.state is State.REPAIRED and repair not in unhelped
    ]
    return [*helped, *(_with_outcome(finding, outcomes) for finding in left)] or [*findings]


def _with_outcome(finding: Finding, outcomes: Mapping[Repair, Finding]) -> Finding:
    """The finding, and why the repair has not done away with it."""
    if finding.repair is None or (outcome := outcomes.get(finding.repair)) is None:
        return finding
    what = "repaired in part" if outcome.state is State.REPAIRED else "not repaired"
    detail = f"{finding.detail.rstrip('.')}; {what}: {outcome.detail}"
    return finding.model_copy(update={"detail": detail, "hint": outcome.hint or finding.hint})


def _row(check: Check, finding: Finding, context: Context, *, mending: bool) -> Row:
    hint = finding.hint
    if finding.repair is not None and not mending and not hint:
        hint = context.command("doctor --repair")
    return Row(check=check.name, state=finding.state, detail=finding.detail, hint=hint)
