"""A YAML file as data that remembers where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import ScriptError

if TYPE_CHECKING:
    import yaml

Place = tuple[str | int, ...]
"""The way to a part of a document: ``("turns", 2, "expect", "picks")``."""


@dataclass(frozen=True)
class Document:
    """One file, parsed."""

    path: Path
    data: Mapping[str, Any]
    root: yaml.Node

    def where(self, place: Place) -> str:
        """The file, the line and the place, as a person is told: `place` as far as it exists."""
        line = _nearest(self.root, place).start_mark.line + 1
        dotted = ".".join(str(part) for part in place)
        return f"{self.path}, line {line}" + (f": {dotted}" if dotted else "")


def parse(path: Path) -> Document:
    """Read a file.

    Raises:
        ScriptError: it cannot be read, is not YAML, or holds no mapping.
    """
    import yaml

    try:
        text = path.read_text("utf-8")
        root, data = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except OSError as error:
        raise ScriptError("The script cannot be read.", f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ScriptError("The script is not valid YAML.", f"{path}: {error}") from error
    if root is None or not isinstance(data, dict):
        raise ScriptError(
            "This is no script.",
            f"{path}: holds no fields",
            "Begin with a name: and turns:, as docs/scripts.md shows.",
        )
    return Document(path, data, root)


def _nearest(node: yaml.Node, place: Place) -> yaml.Node:
    """The node at `place`, or the last on the way to it that exists."""
    for part in place:
        found = _child(node, part)
        if found is None:
            break
        node = found
    return node


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    value: Any = node.value
    if isinstance(value, str) or not isinstance(value, Sequence):
        return None
    if isinstance(part, int) and part < len(value) and not isinstance(value[part], tuple):
        child: yaml.Node = value[part]
        return child
    pairs = (pair for pair in value if isinstance(pair, tuple))
    return next((held for key, held in pairs if key.value == str(part)), None)
