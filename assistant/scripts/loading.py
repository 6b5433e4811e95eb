"""From files and folders to scripts that are ready to be held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import ScriptError
from assistant.scripts.documents import Document, parse
from assistant.scripts.format import Head, Scalar, Script, ScriptFile
from assistant.scripts.fragments import TITLE, Fragment, defaults, expand, gather
from assistant.scripts.problems import told
from assistant.scripts.variables import UnknownVariable, built_in, fill

SUFFIXES = frozenset({".yaml", ".yml"})


def load(paths: Iterable[Path], variables: Mapping[str, Scalar] | None = None) -> list[Script]:
    """Every script of `paths`, all of them checked.

    Args:
        paths: files, and folders of them. In a folder, a file of fragments alone is passed over.
        variables: values that take the place of the scripts' own.

    Raises:
        ScriptError: some script is wrong (every file that is wrong is told), there is none, or no
            script has a variable of that name.
    """
    given = variables or {}
    scripts: list[Script] = []
    problems: list[ScriptError] = []
    declared: set[str] = set()
    paths = list(paths)
    for path, chosen in _files(paths):
        try:
            document = parse(path)
            if not chosen and _only_fragments(document):
                continue
            scripts.extend(_scripts(document, given))
            declared |= _declared(document)
        except ScriptError as error:
            problems.append(error)
    if problems:
        raise _together(problems)
    if unknown := sorted(given.keys() - declared):
        known = ", ".join(sorted(declared)) or "none"
        raise ScriptError("No script has such a variable.", ", ".join(unknown), f"Known: {known}")
    if not scripts:
        raise ScriptError("There are no scripts here.", ", ".join(str(path) for path in paths))
    return scripts


def read(path: Path, variables: Mapping[str, Scalar] | None = None) -> tuple[Script, ...]:
    """The script of one file, once for each of its cases.

    Raises:
        ScriptError: the file cannot be read, is not YAML, or is not a script.
    """
    return tuple(load([path], variables))


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """The files to read, each with whether it was chosen by itself."""
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        for file in sorted(path.rglob("*")):
            if file.suffix in SUFFIXES and file.is_file():
                yield file, False


def _only_fragments(document: Document) -> bool:
    return "fragments" in document.data and "turns" not in document.data


def _declared(document: Document) -> set[str]:
    """The names of the variables that a script uses."""
    names = {*defaults(document)}
    for row in document.data.get("cases") or ():
        names.update(row)
    for fragment in gather(document).values():
        names.update(defaults(fragment.document))
    return names


def _scripts(document: Document, given: Mapping[str, Scalar]) -> Iterator[Script]:
    own = defaults(document)
    reach = gather(document)
    turns = document.data.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ScriptError(TITLE, f"{document.where(('turns',))}: a script has one turn or more")
    source = Fragment("", document, turns, reach, ("turns",))
    for case in _cases(document):
        variables = {**built_in(), **own, **case, **given}
        head = _head(document, variables)
        steps = tuple(expand(source, variables))
        name = _named(head.name, str(document.data.get("name")), case)
        yield Script(**{**dict(head), "name": name}, path=document.path, turns=steps)


def _cases(document: Document) -> tuple[Mapping[str, Scalar], ...]:
    cases = document.data.get("cases") or []
    try:
        return ScriptFile.model_validate({"cases": cases}).cases or ({},)
    except ValidationError as error:
        raise ScriptError(TITLE, "\n".join(told(error, document, (), ScriptFile))) from error


def _head(document: Document, variables: Mapping[str, Scalar]) -> Head:
    beside = ScriptFile.model_fields.keys() - Head.model_fields.keys()
    raw: dict[Any, Any] = {k: v for k, v in document.data.items() if k not in beside}
    try:
        return Head.model_validate(fill(raw, variables))
    except UnknownVariable as error:
        raise ScriptError(TITLE, f"{document.where(())}: {error}") from error
    except ValidationError as error:
        raise ScriptError(TITLE, "\n".join(told(error, document, (), ScriptFile))) from error


def _named(filled: str, written: str, case: Mapping[str, Scalar]) -> str:
    """The name of a script; where its cases would all be called the same, with their values."""
    if not case or filled != written:
        return filled
    return f"{filled} [{', '.join(f'{name}={value}' for name, value in case.items())}]"


def _together(problems: list[ScriptError]) -> ScriptError:
    if len(problems) == 1:
        return problems[0]
    return ScriptError(
        "Some scripts are not as they should be.",
        "\n".join(str(problem) for problem in problems),
    )
