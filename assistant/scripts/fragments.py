"""Fragments: turns with a name, in this file or another, put where a script uses them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from assistant.errors import ScriptError
from assistant.scripts.documents import Document, Place, parse
from assistant.scripts.format import Scalar, Step, Use
from assistant.scripts.problems import told
from assistant.scripts.variables import UnknownVariable, fill

TITLE = "The script is not as it should be."

_Turn = TypeVar("_Turn", Step, Use)


@dataclass(frozen=True)
class Fragment:
    """Turns as they are written, and the file that they are written in."""

    name: str
    document: Document
    turns: Sequence[Any]
    reach: Mapping[str, Fragment]
    """The fragments that it may use in turn."""
    place: Place

    def __str__(self) -> str:
        return f"{self.name} ({self.document.path})"


def gather(document: Document, above: tuple[Path, ...] = ()) -> dict[str, Fragment]:
    """The fragments that a file may use: its own and those of the files that it includes.

    Args:
        document: the file.
        above: the files that include it, the outermost first.

    Raises:
        ScriptError: a file includes itself, or two fragments have one name.
    """
    chain = (*above, document.path.resolve())
    if chain[-1] in above:
        raise ScriptError(
            "Files of fragments include each other in a circle.",
            " → ".join(path.name for path in chain),
            "Take one include: out.",
        )
    reach: dict[str, Fragment] = {}
    for name in _file_names(document):
        included = gather(parse(document.path.parent / name), chain)
        for fragment in included.values():
            _add(reach, fragment, document)
    own = document.data.get("fragments") or {}
    if not isinstance(own, Mapping):
        raise ScriptError(TITLE, f"{document.where(('fragments',))}: must hold turns by name")
    for name, turns in own.items():
        if not isinstance(turns, list) or not turns:
            place = document.where(("fragments", name))
            raise ScriptError(TITLE, f"{place}: a fragment is a list of turns")
        _add(reach, Fragment(str(name), document, turns, reach, ("fragments", name)), document)
    return reach


def _add(reach: dict[str, Fragment], fragment: Fragment, document: Document) -> None:
    there = reach.get(fragment.name)
    if there is not None and there.document.path.resolve() != fragment.document.path.resolve():
        raise ScriptError(
            "Two fragments have one name.", f"{there} and {fragment}, both for {document.path}"
        )
    reach[fragment.name] = fragment


def defaults(document: Document) -> Mapping[str, Scalar]:
    """The variables of a file.

    Raises:
        ScriptError: they are no values by name.
    """
    value = document.data.get("vars") or {}
    if not isinstance(value, Mapping) or not all(
        isinstance(item, Scalar) for item in value.values()
    ):
        where = document.where(("vars",))
        raise ScriptError(TITLE, f"{where}: must hold texts, numbers or true and false, by name")
    return value


def _file_names(document: Document) -> list[str]:
    value = document.data.get("include") or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        where = document.where(("include",))
        raise ScriptError(TITLE, f"{where}: must be a list of names of files")
    return value


def expand(
    source: Fragment, variables: Mapping[str, Scalar], within: tuple[str, ...] = ()
) -> Iterator[Step]:
    """The turns of a script or a fragment, every ``use`` replaced by the turns that it names.

    Args:
        source: what is expanded.
        variables: by name.
        within: the fragments that are being expanded around it, the outermost first.

    Raises:
        ScriptError: a turn is wrong, or a fragment uses itself.
    """
    for number, raw in enumerate(source.turns):
        place = (*source.place, number)
        if isinstance(raw, Mapping) and "use" in raw:
            use = _checked(Use, raw, source.document, place, variables)
            fragment = _found(use, source, place)
            if fragment.name in within:
                circle = " → ".join((*within, fragment.name))
                raise ScriptError(
                    "A fragment uses itself.", f"{source.document.where(place)}: {circle}"
                )
            inner = {**defaults(fragment.document), **variables, **use.with_}
            yield from expand(fragment, inner, (*within, fragment.name))
        else:
            yield _checked(Step, raw, source.document, place, variables)


def _found(use: Use, source: Fragment, place: Place) -> Fragment:
    fragment = source.reach.get(use.use)
    if fragment is None:
        known = ", ".join(sorted(source.reach)) or "none"
        where = source.document.where((*place, "use"))
        raise ScriptError(
            "There is no such fragment.", f"{where}: {use.use}", f"There are: {known}"
        )
    return fragment


def _checked(
    model: type[_Turn],
    raw: Any,
    document: Document,
    place: Place,
    variables: Mapping[str, Scalar],
) -> _Turn:
    try:
        return model.model_validate(fill(raw, variables))
    except UnknownVariable as error:
        raise ScriptError(TITLE, f"{document.where(place)}: {error}") from error
    except ValidationError as error:
        raise ScriptError(TITLE, "\n".join(told(error, document, place, model))) from error
