"""The order of checks, what they need of each other, and what becomes of repairs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.doctor import CHECKS, Check, Context, Finding, Repair, Row, State, examine
from assistant.doctor.findings import failed, ok, warning
from assistant.errors import MatineeError, StoreError
from assistant.locations import Locations


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(Locations(data=tmp_path, config=tmp_path, state=tmp_path))


class Thing:
    """Something that may be broken."""

    def __init__(self, *, broken: bool = True) -> None:
        self.broken = broken

    def examine(self, _context: Context) -> Iterator[Finding]:
        yield failed("it is broken", repair=Repair.INDEX) if self.broken else ok("it is well")

    def mend(self, _context: Context) -> str:
        self.broken = False
        return "glued"


def states(rows: Iterator[Row]) -> dict[str, State]:
    return {row.check: row.state for row in rows}


def test_a_check_that_breaks_is_a_row_and_stops_no_other(context: Context) -> None:
    def breaks(_context: Context) -> Iterator[Finding]:
        raise ZeroDivisionError("division by zero")
        yield ok("never")

    checks = [Check("a", breaks), Check("b", lambda _: [ok("fine")])]
    first, second = examine(context, checks)
    assert first.state is State.FAILED
    assert "ZeroDivisionError: division by zero" in first.detail
    assert second.state is State.OK


def test_an_error_for_people_is_told_with_its_hint(context: Context) -> None:
    def breaks(_context: Context) -> Iterator[Finding]:
        yield ok("so far")
        raise MatineeError("It is gone.", "the file", "Get it.")

    [row] = examine(context, [Check("a", breaks)])
    assert (row.state, row.detail, row.hint) == (State.FAILED, "It is gone. the file", "Get it.")


def test_damage_that_a_check_meets_can_be_repaired(context: Context) -> None:
    def meets(context: Context) -> Iterator[Finding]:
        memory = sqlite3.connect(":memory:")
        memory.deserialize(b"no database at all".ljust(4096))
        memory.execute("SELECT * FROM sqlite_master")
        yield ok("never")

    mended: list[str] = []
    [row] = examine(context, [Check("a", meets)])
    assert row.detail.startswith("The library is damaged.")
    assert "doctor --repair" in row.hint

    def mend(_context: Context) -> str:
        mended.append("yes")
        return "done"

    list(examine(context, [Check("a", meets)], {Repair.LIBRARY: mend}))
    assert mended == ["yes"]


def test_what_builds_on_something_that_failed_is_skipped_and_says_why(context: Context) -> None:
    checks = [
        Check("a", Thing().examine),
        Check("b", lambda _: [ok("fine")], ("a",)),
        Check("c", lambda _: [ok("fine")], ("b",)),
        Check("d", lambda _: [ok("fine")]),
    ]
    rows = {row.check: row for row in examine(context, checks)}
    assert [rows[name].state for name in "abcd"] == ["failed", "skipped", "skipped", "ok"]
    assert rows["c"].detail == "see a", "the root of it, not the next link"


def test_a_warning_stands_in_nobodys_way(context: Context) -> None:
    checks = [
        Check("a", lambda _: [warning("hm")]),
        Check("b", lambda _: [ok("fine")], ("a",)),
    ]
    assert states(examine(context, checks)) == {"a": State.WARNING, "b": State.OK}


def test_without_being_asked_nothing_is_mended_and_the_command_is_named(context: Context) -> None:
    thing = Thing()
    [row] = examine(context, [Check("a", thing.examine)])
    assert thing.broken
    assert row.hint == f"matinee --data-dir {context.locations.data} doctor --repair"


def test_what_is_mended_is_looked_at_again_and_what_needs_it_is_too(context: Context) -> None:
    thing = Thing()
    checks = [Check("a", thing.examine), Check("b", lambda _: [ok("fine")], ("a",))]
    first, second = examine(context, checks, {Repair.INDEX: thing.mend})
    assert (first.state, first.detail) == (State.REPAIRED, "glued")
    assert second.state is State.OK


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            StoreError("The disk is full.", "no room in x", "Free some."),
            "The disk is full. no room",
        ),
        (PermissionError(13, "Permission denied", "/x"), "Permission denied"),
        (ValueError("odd"), "ValueError: odd"),
    ],
)
def test_a_repair_that_fails_says_why(context: Context, error: Exception, said: str) -> None:
    def mend(_context: Context) -> str:
        raise error

    [row] = examine(context, [Check("a", Thing().examine)], {Repair.INDEX: mend})
    assert row.state is State.FAILED
    assert row.detail.startswith("it is broken; not repaired: ")
    assert said in row.detail
    assert row.hint == getattr(error, "hint", "")


def test_a_repair_that_does_not_help_is_not_called_one(context: Context) -> None:
    [row] = examine(context, [Check("a", Thing().examine)], {Repair.INDEX: lambda _: "stirred"})
    assert row.state is State.FAILED
    assert row.detail == "it is broken; repaired in part: stirred"


def test_of_two_things_one_is_mended_and_the_other_told(context: Context) -> None:
    thing = Thing()

    def both(context: Context) -> Iterator[Finding]:
        yield from thing.examine(context)
        yield warning("and this", "do that")

    first, second = examine(context, [Check("a", both)], {Repair.INDEX: thing.mend})
    assert first.state is State.REPAIRED
    assert (second.state, second.detail, second.hint) == (State.WARNING, "and this", "do that")


def test_a_check_is_announced_before_it_is_made(context: Context) -> None:
    told: list[str] = []

    def look(_context: Context) -> list[Finding]:
        assert told == ["a"]
        return [ok("fine")]

    list(examine(context, [Check("a", look)], started=told.append))


def test_what_a_broken_folder_is_called_cannot_reach_the_terminal() -> None:
    finding = failed("cannot read \x1b[31mred\x1b[0m\u202e.txt\nand more")
    assert finding.detail == "cannot read red.txt and more"


def test_every_check_comes_after_those_that_it_needs() -> None:
    before: set[str] = set()
    for check in CHECKS:
        assert set(check.needs) <= before, check.name
        assert check.name not in before
        before.add(check.name)
