"""What a capable language model reads in a message beside the rules.

It fills in a form, in a JSON schema made of the library's own vocabulary. What the rules have read
stands; what it adds must be grounded: a language or a kind that the library has, a person whom it
credits, a term or a number that the message says. A model of less than `CAPABLE` parameters is not
asked: it fills in what is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import prompts
from assistant.constraints import FIELDS, slots_of
from assistant.languages import LANGUAGE_NAMES
from assistant.types import Avoided, Constraints, Request, Slot
from store.text import stem, tokens

if TYPE_CHECKING:
    from assistant.cancel import CancelToken
    from assistant.models.base import LanguageModel
    from assistant.names import Names

CAPABLE = 1_500_000_000
"""Parameters from which on a model is asked."""
MOST_TOKENS = 160
MOST_ITEMS = 4
"""Of a list that it fills in."""
LEAST_WORDS = 4
"""A shorter message has nothing that the rules could have missed."""
_NUMBERS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|half|quarter|couple|decade|century)\b|[一二两三四五六七八九十百半刻]",
    re.IGNORECASE,
)


def extract(request: Request, names: Names, model: LanguageModel, cancel: CancelToken) -> Request:
    """`request` with what the model reads in its message where the rules had found nothing.

    Args:
        request: as the rules understand it.
        names: what the library has.
        model: a capable one.
        cancel: stops it.

    Raises:
        Cancelled: as soon as `cancel` is set.
        ModelError: the model fails.
    """
    if len(request.message.split()) < LEAST_WORDS:
        return request
    pieces = model.write(
        prompts.load("extract_system").render(),
        prompts.load("extract_user").render(message=request.message),
        cancel,
        max_tokens=MOST_TOKENS,
        temperature=0.0,
        seed=0,
        schema=schema_of(names),
    )
    filled = _parsed("".join(pieces))
    return _with(request, _Form(filled, request.message, names))


def schema_of(names: Names) -> dict[str, Any]:
    """The form: every field may be left out."""
    spoken = [LANGUAGE_NAMES[code][0] for code in sorted(names.languages) if code in LANGUAGE_NAMES]
    number = {"type": "integer", "minimum": 1, "maximum": 600}
    year = {"type": "integer", "minimum": 1900, "maximum": 2100}

    def some(items: Mapping[str, object]) -> dict[str, object]:
        return {"type": "array", "items": dict(items), "maxItems": MOST_ITEMS}

    text = {"type": "string", "maxLength": 40}
    fields: dict[str, object] = {
        "max_minutes": number,
        "min_minutes": number,
        "min_year": year,
        "max_year": year,
        "people": some(text),
        "not_about": some(text),
    }
    if spoken:
        fields["languages"] = some({"enum": spoken})
    if names.kinds:
        fields["kinds"] = some({"enum": sorted(kind.value for kind in names.kinds)})
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _parsed(text: str) -> dict[str, Any]:
    """The form as it was filled in; empty where it was cut off."""
    try:
        filled = json.loads(text)
    except ValueError:
        return {}
    return filled if isinstance(filled, dict) else {}


class _Form:
    """What was filled in, as far as it is grounded."""

    def __init__(self, filled: Mapping[str, Any], message: str, names: Names) -> None:
        self._filled = filled
        self._says_numbers = bool(_NUMBERS.search(message))
        self._stems = {stem(token) for token in tokens(message)}
        self._message = message.casefold()
        self._names = names

    def constraints(self) -> Constraints:
        """The limits."""
        codes = {names[0]: code for code, names in LANGUAGE_NAMES.items()}
        languages = [codes[name] for name in self._texts("languages") if name in codes]
        kinds = [one for one in self._names.kinds if one.value in self._texts("kinds")]
        people = [
            spelling
            for name in self._texts("people")
            if name.casefold() in self._message
            for mention in self._names.people.find(name)
            for spelling in mention.names
        ]
        return Constraints(
            min_duration_s=self._number("min_minutes", 60),
            max_duration_s=self._number("max_minutes", 60),
            min_year=self._number("min_year"),
            max_year=self._number("max_year"),
            languages=tuple(one for one in languages if one in self._names.languages),
            kinds=tuple(kinds),
            people=tuple(people),
        )

    def avoid(self) -> tuple[Avoided, ...]:
        """What is declined, in words that the message has."""
        said = (text.strip().casefold() for text in self._texts("not_about"))
        return tuple(
            Avoided(term=term)
            for term in dict.fromkeys(said)
            if (stems := {stem(token) for token in tokens(term)}) and stems <= self._stems
        )

    def _number(self, name: str, unit: int = 1) -> int | None:
        value = self._filled.get(name)
        return value * unit if isinstance(value, int) and self._says_numbers else None

    def _texts(self, name: str) -> Sequence[str]:
        values = self._filled.get(name)
        return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []


def _with(request: Request, form: _Form) -> Request:
    """The request with the slots that the rules left empty."""
    read, own = form.constraints(), request.constraints
    added = [slot for slot in slots_of(read) if slot not in slots_of(own)]
    values = own.model_dump()
    for slot in added:
        values |= {name: getattr(read, name) for name in FIELDS[slot]}
    update: dict[str, object] = {"constraints": Constraints.model_validate(values)}
    if not request.avoid and (avoid := form.avoid()):
        update["avoid"] = avoid
        added.append(Slot.AVOID)
    if not added:
        return request
    update["by_model"] = tuple(added)
    update["changed"] = tuple(dict.fromkeys((*request.changed, *added)))
    return request.model_copy(update=update)
