"""A conversation that was held before, shown in the chat as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Static

from assistant.constraints import Limit
from assistant.engine.protocol.sessions import ReadTurns, TurnsRead
from assistant.errors import Cancelled, EngineError
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.chips import Chips
from assistant.tui.chat.transcript import Transcript
from assistant.tui.chat.welcome import Welcome
from assistant.types import Answered, Component, Ranked, Turn, TurnFinished, Understood

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp
    from assistant.tui.chat.screen import ChatScreen

TURNS = 50
"""So many are shown at first, and so many more for each time that one scrolls to the beginning."""
_AT_ONCE = 2
"""Answers are put on the screen so many at a time, so that keys are taken in between."""


class Earlier(Static, can_focus=True):
    """The beginning of what is shown: whoever scrolls here, or clicks, sees what came before."""

    BINDINGS = [("enter", "read", "earlier turns")]  # noqa: RUF012 - Textual's own form

    def __init__(self, session_id: str, before: int) -> None:
        super().__init__("↑ earlier turns", markup=False)
        self._session_id = session_id
        self._before = before
        self._reading = False

    def on_mount(self) -> None:
        """Look where the reader is."""
        self.watch(self.transcript, "scroll_y", self._scrolled, init=False)

    @property
    def transcript(self) -> Transcript:
        """What it is the beginning of."""
        return next(one for one in self.ancestors if isinstance(one, Transcript))

    def _scrolled(self, scroll_y: float) -> None:
        if scroll_y <= 0 < self.transcript.max_scroll_y:
            self.action_read()

    def on_click(self, event: events.Click) -> None:
        """A click is enough."""
        event.stop()
        self.action_read()

    def action_read(self) -> None:
        """Read the turns before, once at a time."""
        if not self._reading:
            self._reading = True
            self.update("…")
            self.run_worker(self._read(), group="earlier")

    async def _read(self) -> None:
        app: MatineeApp = self.app  # type: ignore[assignment]
        request = ReadTurns(session_id=self._session_id, before=self._before, limit=TURNS)
        try:
            read = await app.desk.result(request, TurnsRead)
        except (EngineError, Cancelled) as error:
            self._reading = False
            self.update(f"{error} Press Enter here to try again.")
            return
        await _put_before(self.transcript, self, read)
        if read.more:
            self._before = read.turns[0].row
            self.update("↑ earlier turns")
            self._reading = False
        else:
            self.remove()  # not awaited: this is a worker of what is removed


async def show_session(
    chat: ChatScreen, read: TurnsRead | None, limits: Sequence[Limit] = ()
) -> None:
    """Show a session in the place of the conversation so far.

    Args:
        chat: the chat.
        read: the last turns of the session; None for a new conversation.
        limits: those that stand.
    """
    transcript = chat.transcript
    await transcript.remove_children()
    if read is None or not read.turns:
        await _welcome(chat)
    else:
        if read.more:
            await transcript.mount(Earlier(read.session_id, read.turns[0].row))
        await _put_at_the_end(transcript, read)
    for chips in chat.query(Chips):
        await chips.show(limits)
    if chat.app.screen is chat:
        chat.prompt.focus()


async def _welcome(chat: ChatScreen) -> None:
    welcome = Welcome()
    await chat.transcript.mount(welcome)
    library = chat.matinee.engine.states.get(Component.LIBRARY)
    if library is not None and library.count is not None:
        welcome.show_count(library.count)


async def _put_at_the_end(transcript: Transcript, read: TurnsRead) -> None:
    """The newest turn first: it is what the reader sees while the others are put before it."""
    first: Answer | None = None
    for number, one in enumerate(reversed(read.turns)):
        answer = Answer(one.turn.message, transcript.titles)
        await transcript.mount(answer, before=first)
        if first is None:
            transcript.anchor()
        show(answer, one.turn, read)
        first = answer
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)


async def _put_before(transcript: Transcript, earlier: Earlier, read: TurnsRead) -> None:
    """Put turns after the mark of the beginning; what the reader looks at stays where it is."""
    for number, one in enumerate(reversed(read.turns)):
        answer = Answer(one.turn.message, transcript.titles)
        height = transcript.virtual_size.height
        await transcript.mount(answer, after=earlier)
        show(answer, one.turn, read)
        transcript.call_after_refresh(_keep_in_place, transcript, height)
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)


def _keep_in_place(transcript: Transcript, height: int) -> None:
    grown = transcript.virtual_size.height - height
    transcript.scroll_relative(y=grown, animate=False, force=True)


def show(answer: Answer, turn: Turn, read: TurnsRead) -> None:
    """Show a turn as it was answered, with what was done with its picks since."""
    answer.show(Understood(request=turn.request))
    if turn.picks:
        answer.show(Ranked(picks=turn.picks, model=turn.model, summary=turn.summary))
    if turn.answer:
        answer.show(Answered(text=turn.answer))
    answer.show(TurnFinished(turn=turn))
    for video_id, card in answer.cards.items():
        if (mark := read.marks.get(video_id)) is not None:
            card.mark(mark)
