"""What `/memory` does: list what is remembered, add to it, change it, forget it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.acts import Acts
from assistant.replies.memory import (
    changed_text,
    find,
    forgotten_text,
    list_memory,
    noted_text,
    usage_text,
)
from assistant.types import Preference, Scope
from assistant.understand.commands import EVERYTHING
from assistant.understand.language import message_language
from assistant.understand.message import tidy
from assistant.understand.preferences import read_stated

ALL = ("--all", "all", "everything", "全部")


def run(command: str, acts: Acts, preferences: Sequence[Preference], language: str) -> str:
    """Carry out a command, and say what was done.

    Args:
        command: nothing to list, ``add TEXT``, ``edit NUMBER TEXT``, ``forget NUMBER…`` (or words,
            or ``all``). Numbers are those of the list.
        acts: what was done, and can be undone.
        preferences: what is remembered, in the order of the list.
        language: of the answer, ``zh`` or English for every other.

    Raises:
        MatineeError: the library cannot be written to.
    """
    verb, _, argument = command.strip().partition(" ")
    argument = argument.strip()
    match verb.casefold():
        case "":
            return list_memory(preferences, language)
        case "add" if argument:
            return noted_text(acts.remember(stated(argument)), None, language)
        case "edit":
            number, _, text = argument.partition(" ")
            if (found := _numbered(number, preferences)) and text.strip():
                return changed_text(_changed(found, text, acts), language)
        case "forget" if argument:
            meant = _meant(argument, preferences)
            for one in meant:
                acts.forget(one)
            return forgotten_text(meant, argument, language)
    return usage_text(language)


def stated(text: str, scope: Scope | None = None) -> tuple[Preference, ...]:
    """What a person wants remembered, in any form, read.

    Args:
        text: in their words.
        scope: when it holds, where they say so beside the text.
    """
    found = read_stated(tidy(text), message_language(text))
    return tuple(one.model_copy(update={"scope": scope}) for one in found) if scope else found


def instead_of(preference: Preference, text: str, scope: Scope | None = None) -> Preference | None:
    """What takes the place of a preference; it holds when that did, unless it says otherwise."""
    for one in stated(text, scope):
        kept = scope is None and one.scope is Scope.ALWAYS
        return one.model_copy(update={"scope": preference.scope}) if kept else one
    return None


def _changed(preference: Preference, text: str, acts: Acts) -> Preference:
    new = instead_of(preference, text)
    return acts.change(preference, new) if new is not None else preference


def _numbered(number: str, preferences: Sequence[Preference]) -> Preference | None:
    return next(iter(find(number, preferences)), None) if number.isdigit() else None


def _meant(argument: str, preferences: Sequence[Preference]) -> tuple[Preference, ...]:
    """By numbers, by words, or all of them."""
    if argument.casefold() in ALL:
        return find(EVERYTHING, preferences)
    numbers = argument.replace(",", " ").split()
    if all(number.isdigit() for number in numbers):
        found = [one for number in numbers for one in find(number, preferences)]
        return tuple(dict.fromkeys(found))
    return find(argument, preferences)
