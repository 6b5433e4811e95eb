"""Understanding: a message and the dialogue before it become a `Request`, by rules alone.

Each rule is a module with one function from text to what it read. `asides` reads what asks for no
picks; for all else `draft` applies the rules in turn, and `standing` merges the result with what
stands from the turns before. English and Chinese.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.titles import TitleMention
from assistant.types import DialogueState, Intent, Preference, Request, SaidSignal, Slot
from assistant.understand.asides import Aside, read_aside
from assistant.understand.changes import changed
from assistant.understand.compare import settle
from assistant.understand.draft import Heard, read_message
from assistant.understand.foreign import LEXICONS, in_english
from assistant.understand.language import message_language
from assistant.understand.lift import lift
from assistant.understand.message import tidy
from assistant.understand.offers import takes_offer
from assistant.understand.preferences import MOST_SAID
from assistant.understand.reading import mask
from assistant.understand.signals import Told, opinions, read_signals
from assistant.understand.small_talk import is_chat
from assistant.understand.standing import merge, together
from assistant.understand.state import follow
from assistant.understand.targets import Pointed, likened_to
from assistant.understand.traditional import simplified
from assistant.understand.typos import correct
from assistant.understand.vocabulary import Vocabulary

CORRECTED = ("en", "zh")
"""Languages in which typing errors are corrected."""

__all__ = ["Vocabulary", "follow", "lift", "settle", "together", "understand"]


def understand(
    message: str, state: DialogueState, names: Vocabulary, *, today: date | None = None
) -> Request:
    """Understand a message in its dialogue.

    The request holds what still stands beside what is new. Where the message asks for no picks
    ("thanks", "why 2?", "I've seen it") what stands is as it was; `references` are then the videos
    that it is about.

    Args:
        message: what the person wrote; anything.
        state: what the turns before it left (see `follow`).
        names: what of the library may be named.
        today: what "this year" is reckoned from; the clock's today by default.
    """
    text = tidy(message)
    language = message_language(text, state.standing.language if state.standing else None)
    if language in LEXICONS:
        kept = [(mention.start, mention.end) for mention in names.titles.find(text)]
        text = in_english(text, language, kept)
    mentions = names.titles.find(text)
    if language in CORRECTED:
        text, mentions = _corrected(text, mentions, names)
    written, text = text, simplified(text) if language == "zh" else text
    if state.offer is not None and takes_offer(text):
        return _taken(message, language, state.offer, state)
    if is_chat(text):
        return _beside(message, language, Aside(Intent.CHAT), state)
    pointed = Pointed(text, mentions, state)
    told = [one for one in read_signals(pointed) if one.signals or state.last_pick_ids]
    signals = _signals(told)
    rest = pointed.covered(one.span for one in told)
    if aside := read_aside(rest, state, names.titles):
        return _beside(message, language, aside, state, signals)
    liked = opinions(told, {one.video_id for one in mentions})
    text, mentions = _without(text, pointed, told, mentions, liked)
    heard = Heard(text, written, mentions, liked, pointed.last or likened_to(state), language)
    draft = read_message(heard, state, names, today or date.today())
    if language in LEXICONS:
        draft = replace(draft, noted=_in_own_words(draft.noted, message))
    if draft.silent and (told or draft.noted or draft.company):
        intent = Intent.SIGNAL if told else Intent.REMEMBER
        request = _beside(message, language, Aside(intent), state, signals)
        before = state.standing or Request(message="")
        update = {"noted": draft.noted, "company": draft.company or request.company}
        request = request.model_copy(update=update)
        slots = (Slot.COMPANY,) if request.company is not before.company else ()
        return request.model_copy(update={"changed": slots})
    request = merge(message, language, draft, state, names)
    return request.model_copy(update={"signals": signals})


def _corrected(
    text: str, mentions: list[TitleMention], names: Vocabulary
) -> tuple[str, list[TitleMention]]:
    """The text without typing errors, and the titles in it."""
    titles = [(title.start, title.end) for title in mentions]
    people = [(person.start, person.end) for person in names.people.find(text)]
    right = correct(text, titles + people, names.knows)
    return (text, mentions) if right == text else (right, names.titles.find(right))


def _in_own_words(noted: Iterable[Preference], message: str) -> tuple[Preference, ...]:
    """What was read in the English of a message, with the words that were said."""
    said = tidy(message)[:MOST_SAID]
    return tuple(one.model_copy(update={"said": said}) for one in noted)


def _taken(message: str, language: str, offer: Request, state: DialogueState) -> Request:
    """The request that an offer becomes when it is taken up."""
    before = state.standing or Request(message="")
    update = {
        "message": message,
        "intent": Intent.RECOMMEND,
        "language": language,
        "changed": changed(before, offer),
    }
    return offer.model_copy(update=update)


def _beside(
    message: str,
    language: str,
    aside: Aside,
    state: DialogueState,
    signals: tuple[SaidSignal, ...] = (),
) -> Request:
    """A request that asks for no picks, with all that stands."""
    standing = state.standing or Request(message="")
    update = {
        "message": message,
        "intent": aside.intent,
        "language": language,
        "relative": (),
        "references": aside.references,
        "facets": aside.facets,
        "subject": aside.subject,
        "signals": signals,
        "noted": (),
        "changed": (),
        "by_model": (),
    }
    return standing.model_copy(update=update)


def _signals(told: Sequence[Told]) -> tuple[SaidSignal, ...]:
    """What was said to have been done, each thing once."""
    return tuple(dict.fromkeys(said for one in told for said in one.signals))


def _without(
    text: str,
    pointed: Pointed,
    told: Sequence[Told],
    mentions: Sequence[TitleMention],
    liked: Collection[str],
) -> tuple[str, list[TitleMention]]:
    """The text, and the titles, beside what only says what was done with videos.

    Titles that were `liked` or disliked say what is wanted, too: "I loved Alien".
    """
    spans = [pointed.span(*one.span) for one in told]
    kept = [(one.start, one.end) for one in mentions if one.video_id in liked]
    spans = [span for span in spans if not any(span[0] <= start < span[1] for start, _ in kept)]
    left = [one for one in mentions if not any(start <= one.start < end for start, end in spans)]
    return mask(text, spans), left
