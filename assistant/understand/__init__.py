"""Understanding: a message and the dialogue before it become a `Request`, by rules alone.

Each rule is a module with one function from text to what it read; `draft` applies them in turn,
`standing` merges the result with what stands from the turns before. English and Chinese.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assistant.titles import TitleIndex
from assistant.types import DialogueState, Intent, Request
from assistant.understand.compare import settle
from assistant.understand.draft import read_message
from assistant.understand.message import message_language, tidy
from assistant.understand.small_talk import is_chat
from assistant.understand.standing import merge, together

__all__ = ["settle", "together", "understand"]


def understand(
    message: str,
    state: DialogueState,
    titles: TitleIndex,
    channels: Collection[str] = (),
    *,
    today: date | None = None,
) -> Request:
    """Understand a message in its dialogue.

    The request holds what still stands beside what is new, also where the message asks for no
    recommendation ("thanks", "why 2?"), so that it can be kept as what stands from then on.

    Args:
        message: what the person wrote; anything.
        state: what the turns before it left.
        titles: the titles of the library.
        channels: the names of its channels.
        today: what "this year" is reckoned from; the clock's today by default.
    """
    text = tidy(message)
    language = message_language(text)
    if is_chat(text):
        standing = state.standing or Request(message="")
        update = {"message": message, "intent": Intent.CHAT, "language": language, "relative": ()}
        return standing.model_copy(update=update)
    draft = read_message(
        text,
        titles.find(text),
        state.last_pick_ids,
        channels,
        today or date.today(),
        continued=state.standing is not None,
    )
    return merge(message, language, draft, state)
