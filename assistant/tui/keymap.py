"""The keys that a person has chosen, checked against the registry before they are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.keys import Keys

from assistant.tui.commands import COMMANDS, Command, Place
from assistant.tui.keys import shown

MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}
EVERYWHERE = {Place.ANYWHERE, Place.PAGE}
IN_CHAT = {Place.CHAT, Place.PICK}


@dataclass(frozen=True, slots=True)
class Keymap:
    """What holds of the keys in the settings, and what is wrong with the others."""

    keys: dict[str, str]
    """By the id of the command, as `App.set_keymap` takes them."""
    problems: tuple[str, ...]
    """Whole sentences; the commands they are about keep their own keys."""


def keymap(chosen: Mapping[str, str]) -> Keymap:
    """Check the keys that were chosen.

    A key that the registry gives to another command of the same place is free only if that one has
    been given another key too.

    Args:
        chosen: by the id of a command (``like``, ``library.sort``): a key of Textual, or several
            parted by commas.
    """
    by_id = {command.id: command for command in COMMANDS}
    problems = []
    known = {}
    for id_, keys in chosen.items():
        if id_ not in by_id:
            problems.append(f"The settings give a key to “{id_}”, which is no command.")
        elif wrong := [key for key in _parts(keys) if not is_key(key)] or not _parts(keys):
            what = "nothing" if wrong is True else "“" + "”, “".join(wrong) + "”"
            problems.append(f"The settings give “{id_}” the key {what}, which is none.")
        else:
            known[id_] = ",".join(_parts(keys))
    taken = dict(known)
    for id_ in known:
        if other := _clash(by_id[id_], taken):
            key = shown(taken.pop(id_))
            problems.append(f"“{id_}” keeps its own key: {key} belongs to “{other.id}”.")
    return Keymap(taken, tuple(problems))


def is_key(name: str) -> bool:
    """Whether Textual knows a key of this name: ``l``, ``f2``, ``ctrl+up``, ``slash``."""
    *modifiers, last = name.split("+")
    if not set(modifiers) <= MODIFIERS:
        return False
    return len(last) == 1 or last in {key.value for key in Keys} or last.isidentifier()


def _parts(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",") if key.strip()]


def _clash(command: Command, taken: Mapping[str, str]) -> Command | None:
    """Another command that has one of the keys of `command` where both can be given."""
    wanted = set(_parts(taken[command.id]))
    for other in COMMANDS:
        keys = set(_parts(taken.get(other.id, other.key)))
        if other.id != command.id and wanted & keys and _meet(command.place, other.place):
            return other
    return None


def _meet(one: Place, other: Place) -> bool:
    if one is other or Place.ANYWHERE in (one, other):
        return True
    if {one, other} <= IN_CHAT:
        return True
    return Place.PAGE in (one, other) and not {one, other} & IN_CHAT
