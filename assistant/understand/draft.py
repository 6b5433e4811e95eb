"""A message read by itself, without what stands from the turns before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant.constraints import FIELDS, slots_of
from assistant.titles import TitleMention
from assistant.types import (
    Avoided,
    Company,
    Constraints,
    Dial,
    DialogueState,
    Kind,
    Preference,
    Relative,
    Request,
    Slot,
)
from assistant.understand import intents
from assistant.understand.avoid import read_avoided
from assistant.understand.channels import read_channels
from assistant.understand.corrections import read_correction
from assistant.understand.counts import read_count
from assistant.understand.dates import read_dates
from assistant.understand.kinds import read_kinds
from assistant.understand.languages import read_languages
from assistant.understand.lengths import read_lengths
from assistant.understand.less import read_less
from assistant.understand.lift import lift
from assistant.understand.naming import Liking, Naming, read_titles
from assistant.understand.people import read_people
from assistant.understand.preferences import read_preferences
from assistant.understand.reading import Reading, Span, mask
from assistant.understand.references import Reference, read_references, unclear
from assistant.understand.remarks import remarks
from assistant.understand.resets import read_reset
from assistant.understand.taking_back import take_back
from assistant.understand.traditional import as_written
from assistant.understand.vocabulary import Vocabulary
from assistant.understand.wish import read_wish
from assistant.understand.years import read_years

SHORT_FILM_S = 45 * 60
"""Who wants a film of at most this length takes a short film as well."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message says, taken by itself."""

    wish: str
    constraints: Constraints
    relative: tuple[Relative, ...]
    avoid: tuple[Avoided, ...]
    less: tuple[str, ...]
    namings: tuple[Naming, ...]
    references: tuple[Reference, ...]
    count: int | None
    dial: Dial | None
    company: Company | None
    noted: tuple[Preference, ...]
    """What it says about the person."""
    standing: Request
    """What stands, without what the message takes back."""
    took_back: bool
    """Whether it takes anything back."""
    corrects: bool
    """Whether what it says takes the place of what was understood wrongly."""
    other: bool
    """Whether other picks than the last ones are asked for."""
    open: bool
    """Whether anything good will do."""
    reset: bool
    """Whether all that stands is dropped."""
    extends: bool
    """Whether it goes on with what stands."""
    replaces: bool
    """Whether its wish takes the place of the one that stands, within the same limits."""
    complete: bool
    """Whether it is a request of its own although it has no wish."""

    @property
    def asks_for_nothing_new(self) -> bool:
        """Whether it brings neither a wish nor limits of its own."""
        return not (self.wish or self.relative or self.avoid or self.less or self.namings) and (
            self.constraints.empty
        )

    @property
    def silent(self) -> bool:
        """Whether it asks for nothing at all."""
        return self.asks_for_nothing_new and not (
            self.references
            or self.count
            or self.dial
            or self.other
            or self.open
            or self.reset
            or self.took_back
        )


class Heard(NamedTuple):
    """A message as the rules for requests find it."""

    text: str
    """Tidied, and without what only says what was done with videos."""
    written: str
    """The same, character by character, in the person's own ones: the wish is in these."""
    mentions: Sequence[TitleMention]
    """The titles found in it."""
    liked: Mapping[str, Liking]
    """How it says that it likes some of them, by the ids of their videos."""
    it: Sequence[str]
    """Ids of the videos that "it" stands for."""
    language: str
    """Of the message: who reads no subtitles wants that."""


def read_message(heard: Heard, state: DialogueState, names: Vocabulary, today: date) -> Draft:
    """Apply all rules to a tidied message, each to what the ones before it have left.

    Args:
        heard: the message.
        state: what the turns before it left.
        names: what of the library it may name.
        today: what "this year" is reckoned from.
    """
    rest = _Rest(heard.text)
    namings = tuple(read_titles(heard.text, heard.mentions, heard.liked))
    rest.take(naming.span for naming in namings if naming.manner != "subject")
    picks = state.last_pick_ids
    reset = rest.take(read_reset(rest.text))
    self_told = read_preferences(rest.text, heard.language, source=heard.written, today=today)
    rest.take(self_told.spans)
    standing, took_back, corrects = state.standing or Request(message=""), False, False
    if state.standing is not None:
        standing, taken = take_back(rest.text, state.standing, today)
        took_back = rest.take(taken)
        corrects = rest.take(read_correction(rest.text, today))
    if self_told.left and standing.company is not None:
        standing, took_back = lift(standing, Slot.COMPANY), True
    with_titles_masked = rest.text
    rest.take(intents.proposal(rest.text))
    readings = [
        rest.read(lambda left: read_dates(left, today)),
        rest.read(read_lengths),
        rest.read(lambda left: read_years(left, today)),
    ]
    references = tuple(read_references(rest.text, picks, heard.it))
    rest.take(reference.span for reference in references)
    rest.take(unclear(rest.text))
    readings += [
        rest.read(lambda left: read_channels(left, names.channels)),
        rest.read(lambda left: read_people(left, names.people)),
        rest.read(read_languages),
    ]
    if count := read_count(rest.text):
        rest.take(count.spans)
    readings.append(rest.read(read_kinds))
    other = rest.take(intents.asks_for_else(rest.text))
    but = other and intents.extends_else(rest.text)
    dial, dial_spans = intents.read_dial(rest.text)
    is_open = rest.take(intents.open_request(rest.text))
    rest.take(dial_spans)
    less = read_less(rest.text)
    rest.take(found.span for found in less)
    if state.standing is not None:
        rest.take(remarks(rest.text))
    avoided = read_avoided(rest.text)
    rest.take(found.span for found in avoided)
    constraints = _together(readings)
    return Draft(
        wish=as_written(read_wish(rest.text), heard.text, heard.written),
        constraints=constraints,
        relative=tuple(reading.relative for reading in readings if reading.relative),
        avoid=tuple(
            {one.term: Avoided(term=one.term, unless=one.unless) for one in avoided}.values()
        ),
        less=tuple(dict.fromkeys(found.term for found in less)),
        namings=namings,
        references=references,
        count=count.value if count else None,
        dial=dial,
        company=self_told.company,
        noted=self_told.preferences,
        standing=standing,
        took_back=took_back,
        corrects=corrects,
        other=other,
        open=is_open or dial is Dial.EXPLORE,
        reset=reset,
        extends=but or intents.extends(with_titles_masked),
        replaces=intents.replaces(with_titles_masked),
        complete=intents.is_complete(with_titles_masked, slots_of(constraints)),
    )


class _Rest:
    """What no rule has understood yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, spans: Iterable[Span]) -> bool:
        """Mask `spans`; whether there was any."""
        spans = tuple(spans)
        self.text = mask(self.text, spans)
        return bool(spans)

    def read(self, rule: Callable[[str], Reading]) -> Reading:
        reading = rule(self.text)
        self.take(reading.spans)
        return reading


def _together(readings: Iterable[Reading]) -> Constraints:
    """The limits of all slots in one."""
    values: dict[str, object] = {}
    for reading in readings:
        for slot in slots_of(reading.constraints):
            values.update({name: getattr(reading.constraints, name) for name in FIELDS[slot]})
    constraints = Constraints.model_validate(values)
    most = constraints.max_duration_s
    if Kind.FILM in constraints.kinds and most is not None and most <= SHORT_FILM_S:
        kinds = dict.fromkeys((*constraints.kinds, Kind.SHORT))
        constraints = constraints.model_copy(update={"kinds": tuple(kinds)})
    return constraints
