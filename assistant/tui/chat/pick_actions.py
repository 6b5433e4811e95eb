"""What happens when a key is pressed on a card: the card says so at once, then what came of it."""

from __future__ import annotations

from enum import StrEnum

from assistant.engine.client import Engine
from assistant.engine.protocol import Act, Acted, EngineEvent, Explained, Failed, Undo, Why
from assistant.errors import EngineError
from assistant.tui.chat.card import DONE, MARKS, PROBLEM, PickCard
from assistant.tui.links import link_of, open_in_browser
from assistant.types import VERBS, Signal


class PickAction(StrEnum):
    """What one can do with a pick; each is a command of the registry."""

    LIKE = "like"
    DISLIKE = "dislike"
    WATCHED = "watched"
    FINISHED = "finished"
    HIDE = "hide"
    SAVE = "save"
    OPEN = "open"
    WHY = "why"
    UNDO = "undo"


SIGNALS: dict[PickAction, Signal] = {PickAction(verb): signal for verb, signal in VERBS.items()}
"""The actions that are stored as signals."""


class PickActions:
    """Carries out actions on cards through the engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def run(self, action: PickAction, card: PickCard) -> None:
        """Do `action` with the video of `card`."""
        if signal := SIGNALS.get(action):
            await self._signal(card, signal)
        elif action is PickAction.UNDO:
            await self._undo(card)
        elif action is PickAction.WHY:
            await self._why(card)
        else:
            await self._open(card)

    async def _signal(self, card: PickCard, signal: Signal) -> None:
        if card.marks and card.marks[-1] is signal:
            card.note(f"Already {MARKS[signal][0].split()[-1]}. u takes it back.")
            return
        card.mark(signal)
        card.note("…")
        event = await self._ask(Act(video_id=card.pick.video.id, signal=signal), card)
        if isinstance(event, Acted):
            card.note(event.text, DONE)
        else:
            card.unmark()

    async def _undo(self, card: PickCard) -> None:
        event = await self._ask(Undo(video_id=card.pick.video.id), card)
        if isinstance(event, Acted):
            card.unmark()
            card.note(event.text, DONE)

    async def _why(self, card: PickCard) -> None:
        card.note("…")
        event = await self._ask(Why(pick=card.pick, language=card.language), card)
        if isinstance(event, Explained):
            card.note(event.text)

    async def _open(self, card: PickCard) -> None:
        link = link_of(card.pick.video)
        what = "Searching the web for it" if link.is_search else "Opening"
        card.note(f"{what}: {link.url}")
        if not await open_in_browser(link.url):
            card.note(f"No browser could be started. The link: {link.url}", PROBLEM)

    async def _ask(self, request: Act | Undo | Why, card: PickCard) -> EngineEvent | None:
        """The engine's last word on `request`; a failure is noted on the card."""
        try:
            event = await self._engine.last(request)
        except EngineError as error:
            card.note(f"{error.title} {error.hint}", PROBLEM)
            return None
        if isinstance(event, Failed):
            card.note(" ".join(part for part in (event.title, event.hint) if part), PROBLEM)
        return event
