"""How keys are written for people."""

from __future__ import annotations

NAMES = {
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
}


def shown(keys: str) -> str:
    """``ctrl+q,f10`` as ``Ctrl-Q, F10``; a single letter as it is typed."""
    return ", ".join(_one(key) for key in keys.split(",") if key)


def _one(key: str) -> str:
    *modifiers, name = key.split("+")
    last = NAMES.get(name) or (name if len(name) == 1 and not modifiers else name.upper())
    return "-".join([*(one.capitalize() for one in modifiers), last])
