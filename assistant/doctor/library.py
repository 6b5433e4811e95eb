"""The library file: there, of a version that this program knows, and whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.doctor.findings import Finding, Repair, failed, ok, skipped, warning
from assistant.doctor.wording import named, size

if TYPE_CHECKING:
    from assistant.doctor.context import Context

PATIENCE_S = 300.0
"""SQLite checks some 500 MB a second from memory, and a twentieth of that from an old disk."""
_OWN_TABLES = {"videos", "interactions"}
_UNKNOWN = " is unknown"


def library_file(context: Context) -> Iterator[Finding]:
    """Whether there is a library, and whether it is one that this program can use."""
    from store.library import migrations

    path = context.locations.library
    if not path.exists():
        yield _missing(context)
        return
    tables = context.inspection.tables()
    found, known = context.inspection.version(), migrations.latest()
    if not tables:
        yield failed(f"{path} is empty", repair=Repair.LIBRARY)
    elif not tables & _OWN_TABLES:
        # With snapshots beside it, it lies where our library was.
        ours = path.with_name("snapshots").is_dir()
        yield failed(
            f"{path} is the database of another program",
            "" if ours else f"Move it away, or name another folder with --data-dir: {path}",
            Repair.LIBRARY if ours else None,
        )
    elif found > known:
        yield failed(
            f"{path} is of version {found}, made by a newer Matinee: this one knows {known}",
            "pip install --upgrade matinee",
        )
    elif found < known:
        yield skipped(f"{path} is of version {found}: the next start upgrades it to {known}")
    else:
        yield ok(f"{path}, version {found}, {size(path.stat().st_size)}")


def _missing(context: Context) -> Finding:
    """What to say where there is no library: it was never made, or something took it."""
    path = context.locations.library
    left = [name for name in ("snapshots", "index") if path.with_name(name).is_dir()]
    if left:
        return failed(
            f"{path} is gone, although there is still: {', '.join(left)}", repair=Repair.LIBRARY
        )
    return skipped("there is none yet: it is made at the first start")


def schema(context: Context) -> Iterator[Finding]:
    """Whether the tables and indexes are those that the migrations make."""
    differences = context.inspection.schema_differences()
    more = [text.removesuffix(_UNKNOWN) for text in differences if text.endswith(_UNKNOWN)]
    wrong = [text for text in differences if not text.endswith(_UNKNOWN)]
    if wrong:
        yield failed(named(wrong), repair=Repair.LIBRARY)
    if more:
        yield warning(
            f"somebody else made these: {named(more)}",
            "They do no harm. Whoever made them may take them away.",
        )
    if not differences:
        yield ok("the tables and indexes are as they were made")


def pages(context: Context) -> Iterator[Finding]:
    """Whether every page of the file, every index and every reference is right."""
    try:
        complaints = context.inspection.damage(PATIENCE_S)
    except TimeoutError as error:
        yield warning(f"SQLite's check of the file was {error}", "Try again on a faster disk.")
        return
    strays = context.inspection.missing_references()
    if complaints:
        yield failed(f"the file is damaged: {named(complaints)}", repair=Repair.LIBRARY)
    if strays:
        tables = [f"{row.id} ({row.problem})" for row in strays]
        yield failed(f"rows of nothing: {named(tables)}", repair=Repair.LIBRARY)
    if not (complaints or strays):
        yield ok("SQLite finds nothing wrong with the file")
