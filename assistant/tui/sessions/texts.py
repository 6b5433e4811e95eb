"""What the list and the preview of earlier conversations say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from assistant.constraints import describe
from assistant.engine.protocol.sessions import SessionLine, TurnsRead
from assistant.sessions.moments import in_full, in_words
from assistant.sessions.titles import short_title
from assistant.tui.chat.shown import Mark
from assistant.types import Pick, Signal, Turn
from assistant.wording import printable

DIM = "$foreground 60%"
_TITLE = 200
EMPTY = """No conversations yet.

Ask for something in the chat: it is kept here by itself, and you can go on with it at any
time. Esc leads back to the chat."""
NOTHING_FOUND = """Nothing found.

Every word has to come up in a conversation: in its title, your messages, the answers, or the
titles of its picks. Esc takes the search back."""


def line(row: SessionLine, now: datetime) -> Content:
    """A session in the list: what it goes by, when it was, how long."""
    title = row.title if row.is_named else short_title(row.title, _TITLE)
    facts = [in_words(row.last_at, now), turns(row.turns)]
    if row.liked:
        facts.append(f"{row.liked} liked")
    return Content("\n").join(
        [
            Content.styled(printable(" ".join(title.split())) or "…", "bold"),
            Content.styled(" · ".join(facts), DIM),
        ]
    )


def turns(count: int) -> str:
    """``1 turn``, ``1,234 turns``."""
    return f"{count:,} turn" + ("" if count == 1 else "s")


def conversations(count: int) -> str:
    """``1 conversation``, ``12 conversations``."""
    return f"{count:,} conversation" + ("" if count == 1 else "s")


def preview(row: SessionLine, read: TurnsRead) -> Content:
    """The end of a conversation, in few lines a turn."""
    head = f"{row.id} · begun {in_full(row.started_at)} · {turns(row.turns)}"
    parts = [Content.styled(head, DIM)]
    if read.more:
        parts.append(Content.styled(f"… {turns(row.turns - len(read.turns))} before", DIM))
    parts.extend(Content("\n").join(_turn(one.turn, read)) for one in read.turns)
    return Content("\n\n").join(parts)


def _turn(turn: Turn, read: TurnsRead) -> Iterator[Content]:
    yield Content.assemble(("❯ ", "bold $accent"), (printable(turn.message), "bold"))
    limits = describe(turn.request, turn.request.language)
    if turn.request.intent.recommends and limits:
        yield Content.styled(printable(f"  {' · '.join(limits)}"), DIM)
    for pick in turn.picks:
        yield _pick(pick, read.marks.get(pick.video.id))
    if turn.answer:
        yield Content(printable("\n".join(f"  {text}" for text in turn.answer.splitlines())))


def _pick(pick: Pick, mark: Signal | None) -> Content:
    year = f" ({pick.video.year})" if pick.video.year else ""
    parts = [
        (f"{pick.rank:>3}  ", "$accent"),
        (printable(pick.video.title), ""),
        (year, DIM),
    ]
    if mark is not None and mark is not Signal.SHOWN:
        parts.append((f"  {Mark(mark).text}", Mark(mark).style))
    return Content.assemble(*parts)
