"""What was shown before."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.replies.reply import Reply
from assistant.replies.texts import spoken, text
from assistant.types import Turn
from assistant.wording import facts

MOST_TURNS = 6
"""The last ones; a session may have hundreds."""


def recall(turns: Sequence[Turn], language: str) -> Reply:
    """The picks of the last turns, the latest turn first, numbered through.

    Args:
        turns: of the session, in order.
        language: ``zh``, or English for every other.
    """
    language = spoken(language)
    shown = [turn for turn in reversed(turns) if turn.picks][:MOST_TURNS]
    if not shown:
        return Reply(text("recall_none", language))
    lines: list[str] = []
    ids: list[str] = []
    for turn in shown:
        lines.append(
            text("recall_for", language, message=turn.message)
            if turn.message
            else text("recall_open", language)
        )
        for pick in turn.picks:
            ids.append(pick.video.id)
            lines.append(f"{len(ids)}. {pick.video.title} — {facts(pick.video, language)}")
    return Reply("\n".join(lines), listed_ids=tuple(ids))
