"""Reasons in a model's own words: written, checked, and thrown away if they say too much."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import prompts
from assistant.cancel import CancelToken
from assistant.explain.claims import Claim, check_claims, known_of
from assistant.explain.evidence import STRONGEST
from assistant.explain.facts import quotable, record_slots
from assistant.explain.wording import MOST_CHARS, evidence_text
from assistant.languages import language_name
from assistant.models.base import LanguageModel
from assistant.types import Pick, Request, Video
from store.text import has_cjk

ATTEMPTS = 2
MAX_TOKENS = 80
FEWEST_CHARS = 8
TEMPERATURE = 0.7
_FORM = "1"
"""Changes with what of a draft is kept and how it is checked."""
_PROMPTS = ("write_system", "write_user")
_SENTENCE = re.compile(
    '(?:“[^”]*”|《[^》]*》|"[^"]*"|[^“《"])+?'  # what is quoted ends no sentence
    r"(?:(?:(?<=[.!?])|(?<=[.!?][”\"]))(?=\s|$)|(?<=[。！？])|$)"
)
_WRAPPED = re.compile(r"^[\"“'](?P<inside>[^\"“”]*)[\"”']$")

log = logging.getLogger(__name__)


class _Verdicts(Protocol):
    """Where verdicts on writers are kept: the library."""

    def sentence_writer(self, model: str) -> _Verdict | None:
        """The verdict on a writer by its key."""


class _Verdict(Protocol):
    @property
    def passed(self) -> bool:
        """Whether it may write freely."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, and what became of its claims."""

    text: str
    claims: tuple[Claim, ...]
    right_language: bool
    whole: bool
    """Whether it is one sentence of a length that can be shown."""

    @property
    def unsupported(self) -> tuple[Claim, ...]:
        """The claims that are not known to be true."""
        return tuple(claim for claim in self.claims if not claim.supported)

    @property
    def usable(self) -> bool:
        """Whether it may be shown."""
        return self.whole and self.right_language and not self.unsupported


def writer_key(model: LanguageModel) -> str:
    """What a verdict on a writer is filed under: it changes with the weights and the prompts."""
    texts = "\0".join((_FORM, *(prompts.load(name).text for name in _PROMPTS)))
    return f"{model.fingerprint}-{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


def may_write(model: LanguageModel | None, library: _Verdicts) -> bool:
    """Whether `model` has passed ``matinee evaluate --sentences`` with this library."""
    if model is None:
        return False
    verdict = library.sentence_writer(writer_key(model))
    return verdict is not None and verdict.passed


def drafts(
    pick: Pick,
    request: Request,
    model: LanguageModel,
    cancel: CancelToken,
    *,
    seed: int,
    others: Mapping[str, Video] | None = None,
    watched_ids: Collection[str] = (),
) -> Iterator[Draft]:
    """What the model writes about `pick`, attempt after attempt, each checked.

    Args:
        pick: with its evidence.
        request: what was asked; its language is to be written.
        model: writes.
        cancel: stops it.
        seed: another one, another draft.
        others: the videos of the evidence by id, for comparisons with them.
        watched_ids: what the viewer is known to have watched.

    Raises:
        Cancelled: as soon as `cancel` is set.
        ModelError: the prompt does not fit into the context.
    """
    known = known_of(pick, request, others, watched_ids)
    grammar = prompts.load_grammar(request.language)
    system = prompts.load("write_system").render(language=language_name(grammar.language))
    user = _notes(pick, request)
    for attempt in range(ATTEMPTS):
        pieces = model.write(
            system, user, cancel,
            max_tokens=MAX_TOKENS, temperature=TEMPERATURE, seed=seed * ATTEMPTS + attempt,
        )  # fmt: skip
        text = first_sentence("".join(pieces))
        yield Draft(
            text=text,
            claims=check_claims(text, known, grammar.language),
            right_language=has_cjk(_unquoted(text)) == (grammar.language == "zh"),
            whole=FEWEST_CHARS <= len(text) <= MOST_CHARS and text[-1] in ".!?。！？”",
        )


def write_checked(
    pick: Pick, request: Request, model: LanguageModel, cancel: CancelToken, *, seed: int
) -> str | None:
    """A sentence in the model's own words in which everything is known; None if none came."""
    for draft in drafts(pick, request, model, cancel, seed=seed):
        if draft.usable:
            return draft.text
        log.info("a free sentence was refused: %d claims", len(draft.unsupported))
    return None


def first_sentence(text: str) -> str:
    """The first sentence of what a model wrote, without what it wrapped it in."""
    printable = "".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C")
    line = next((line.strip() for line in printable.splitlines() if line.strip()), "")
    if wrapped := _WRAPPED.match(line):
        line = wrapped["inside"].strip()
    match = _SENTENCE.match(line)
    return match[0].strip() if match else ""


def _notes(pick: Pick, request: Request) -> str:
    grammar = prompts.load_grammar(request.language)
    slots = record_slots(pick.video, grammar)
    slots.pop("length", None)
    record = "; ".join(f"{name}: {value}" for name, value in slots.items())
    reasons = [
        prompts.fill(grammar.reasons[one.kind].openings[0], {"text": evidence_text(one, grammar)})
        for one in pick.evidence[:STRONGEST]
    ]
    return prompts.load("write_user").render(
        title=f"“{quotable(pick.video.title)}”",
        record=record,
        reasons="\n".join(f"- {reason}" for reason in reasons) or "-",
    )


def _unquoted(text: str) -> str:
    return re.sub('“[^”]*”|《[^》]*》|"[^"]*"', "", text)
