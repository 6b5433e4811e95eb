"""What happens when something is done with a pick: its card says so at once, then what came of it.

What is done again through the engine is a message of the conversation; the chat asks those.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.engine.protocol import Act, Acted, EngineEvent, Failed, Undo
from assistant.errors import EngineError
from assistant.tui.chat.shown import DONE, PROBLEM, Mark, ShownPick
from assistant.tui.clipboard import copy
from assistant.tui.links import link_of, open_in_browser, open_in_player
from assistant.types import VERBS, Signal
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp

LEAST_STARS, MOST_STARS = 0.5, 5.0


class PickAction(StrEnum):
    """What one can do with a pick; each is a command of the registry."""

    LIKE = "like"
    DISLIKE = "dislike"
    WATCHED = "watched"
    FINISHED = "finished"
    RATE = "rate"
    HIDE = "hide"
    SAVE = "save"
    OPEN = "open"
    COPY = "copy"
    MORE = "more"
    LESS = "less"
    WHY = "why"
    UNDO = "undo"


SIGNALS: dict[PickAction, Signal] = {PickAction(verb): signal for verb, signal in VERBS.items()}
"""The actions that are stored as signals."""


def rating_of(text: str) -> float | None:
    """The stars that are meant by ``4``, ``4.5``, ``4,5``; None where it is no rating."""
    try:
        rating = float(text.strip().rstrip("★*").replace(",", "."))
    except ValueError:
        return None
    is_rating = LEAST_STARS <= rating <= MOST_STARS and rating * 2 == int(rating * 2)
    return rating if is_rating else None


class PickActions:
    """Carries out actions on picks.

    Args:
        app: with the engine, the settings and the clipboard.
        ask: answers a message, as if it had been typed.
        newest: gives the picks that a number means in a message.
        beside: gives the picks of the answer that one is of.
    """

    def __init__(
        self,
        app: MatineeApp,
        ask: Callable[[str], object],
        newest: Callable[[], list[ShownPick]],
        beside: Callable[[ShownPick], list[ShownPick]],
    ) -> None:
        self._app = app
        self._ask_for = ask
        self._newest = newest
        self._beside = beside

    async def run(self, action: PickAction, shown: ShownPick, argument: str = "") -> None:
        """Do `action` with a pick.

        Args:
            action: what.
            shown: the pick; what comes of it is said there.
            argument: of `PickAction.RATE`, the stars.
        """
        match action:
            case PickAction.RATE:
                await self._rate(shown, argument)
            case PickAction.UNDO:
                await self._undo(shown)
            case PickAction.WHY:
                self._why(shown)
            case PickAction.OPEN:
                await self._open(shown)
            case PickAction.COPY:
                await self._copy(shown)
            case PickAction.MORE | PickAction.LESS:
                self._ask_for(self._message(action, shown))
            case _:
                await self._signal(shown, Mark(SIGNALS[action]))

    # --- signals ---------------------------------------------------------------------------------

    async def _rate(self, shown: ShownPick, argument: str) -> None:
        rating = rating_of(argument)
        if rating is None:
            number = shown.pick.rank
            shown.note(f"Say how many stars, from 0.5 to 5: /rate {number} 4.5", PROBLEM)
        else:
            await self._signal(shown, Mark(Signal.RATED, rating))

    async def _signal(self, shown: ShownPick, mark: Mark) -> None:
        if shown.marks and shown.marks[-1] == mark:
            shown.note(f"Already {mark.text.split()[-1]}. u takes it back.")
            return
        shown.mark(mark)
        shown.note("…")
        request = Act(video_id=shown.pick.video.id, signal=mark.signal, rating=mark.rating)
        event = await self._ask(request, shown)
        if isinstance(event, Acted):
            shown.note(f"{event.text} · u undo", DONE)
        else:
            shown.unmark()

    async def _undo(self, shown: ShownPick) -> None:
        event = await self._ask(Undo(video_id=shown.pick.video.id), shown)
        if isinstance(event, Acted):
            shown.unmark()
            shown.note(event.text, DONE)

    # --- what is told ----------------------------------------------------------------------------

    def _why(self, shown: ShownPick) -> None:
        from assistant.tui.why.screen import WhyScreen

        picks = [one.pick for one in self._beside(shown)]
        self._app.push_screen(WhyScreen(shown.pick, shown.language, picks))

    def _message(self, action: PickAction, shown: ShownPick) -> str:
        """How one says it: by its number where that is clear, else by its title."""
        if any(one is shown for one in self._newest()):
            return f"{action.value} like number {shown.pick.rank}"
        wanted = "more" if action is PickAction.MORE else "nothing"
        return f"{wanted} like “{shown.pick.video.title}”"

    # --- links -----------------------------------------------------------------------------------

    async def _open(self, shown: ShownPick) -> None:
        link = link_of(shown.pick.video)
        player = self._app.start.settings.app.player
        if player and not link.is_search:
            shown.note(f"Opening with {printable(player)}: {link.url}")
            if not await open_in_player(player, link.url):
                hint = "Set another player in the settings (F9)."
                shown.note(f"The player could not be started. {hint} The link: {link.url}", PROBLEM)
            return
        what = "Searching the web for it" if link.is_search else "Opening"
        shown.note(f"{what}: {link.url}")
        if not await open_in_browser(link.url):
            shown.note(f"No browser could be started. The link: {link.url}", PROBLEM)

    async def _copy(self, shown: ShownPick) -> None:
        link = link_of(shown.pick.video)
        await copy(self._app, link.url)
        shown.note(f"Copied: {link.url}", DONE)

    async def _ask(self, request: Act | Undo, shown: ShownPick) -> EngineEvent | None:
        """The engine's last word on `request`; a failure is noted on the card."""
        try:
            event = await self._app.engine.last(request)
        except EngineError as error:
            shown.note(f"{error.title} {error.hint}", PROBLEM)
            return None
        if isinstance(event, Failed):
            shown.note(" ".join(part for part in (event.title, event.hint) if part), PROBLEM)
        return event
