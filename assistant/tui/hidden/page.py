"""The page of what was hidden or disliked."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from assistant.engine.protocol import Act, Acted
from assistant.engine.protocol.hidden import DeclinedLine, DeclinedListed, ListDeclined, TakeBack
from assistant.errors import MatineeError
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.hidden.line import line_of, name_of
from assistant.tui.page import Page
from assistant.types import Signal
from assistant.wording import typed

DECLINING = (Signal.HIDDEN, Signal.DISLIKED)
EMPTY = (
    "Nothing is hidden.\n\n"
    "On a pick, h hides a video and d says that you dislike it; both are listed here then, and can "
    "be taken back."
)
NOT_FOUND = "Nothing fits. Esc shows all of it."


class HiddenPage(Page):
    """A list to choose from; Enter takes the signals of a video back."""

    PLACE = Place.HIDDEN
    BINDINGS = bindings_of(Place.HIDDEN)
    CSS_PATH = "hidden.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._filter = Input(placeholder="/ search", select_on_focus=False)
        self._list = OptionList(markup=False)
        self._nothing = Static("", markup=False, id="hidden-nothing")
        self._rows: tuple[DeclinedLine, ...] = ()
        self._taken_back: list[DeclinedLine] = []
        """The latest last."""

    def compose_body(self) -> Iterator[Widget]:
        """Words to look for, the list, and what is said where it is empty."""
        yield self._filter
        yield self._list
        yield self._nothing

    def on_mount(self) -> None:
        """Ask for the list."""
        super().on_mount()
        focus_now(self._list)
        self._ask_for_list()

    # --- the list --------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Narrow it, as one types."""
        self._ask_for_list()

    def on_input_submitted(self) -> None:
        """On to the list."""
        focus_now(self._list)

    def action_search(self) -> None:
        """Go where one types what is looked for."""
        focus_now(self._filter)

    def action_back(self) -> None:
        """From the words to the list, then from what they found to all of it, then to the chat."""
        if self._filter.has_focus:
            focus_now(self._list)
        elif self._filter.value:
            self._filter.value = ""
        else:
            super().action_back()

    def _ask_for_list(self) -> None:
        self.background(self._show_list(), "list")

    async def _show_list(self) -> None:
        request = ListDeclined(words=typed(self._filter.value))
        listed = await self.matinee.desk.result(request, DeclinedListed)
        if not self.is_attached:
            return
        self._rows = listed.rows
        place = self._list.highlighted or 0
        self._list.clear_options()
        self._list.add_options(line_of(row) for row in listed.rows)
        self._list.highlighted = min(place, len(listed.rows) - 1) if listed.rows else None
        self._list.display = bool(listed.rows)
        self._filter.display = bool(listed.total)
        self._nothing.display = not listed.rows
        self._nothing.update(NOT_FOUND if listed.total else EMPTY)
        self._say_how_many(listed)

    def _say_how_many(self, listed: DeclinedListed) -> None:
        if len(listed.rows) < listed.found:
            self.say(f"{len(listed.rows):,} of {listed.found:,}; / finds the others")
        elif listed.found < listed.total:
            self.say(f"{listed.found:,} of {listed.total:,}")
        else:
            self.say(f"{listed.total:,}" if listed.total else "")

    # --- taking back -----------------------------------------------------------------------------

    def on_option_list_option_selected(self) -> None:
        """Enter, or a click."""
        self.action_take_back()

    def action_take_back(self) -> None:
        """Take the signals of the chosen video back."""
        place = self._list.highlighted
        if place is not None and place < len(self._rows):
            self.run_worker(self._told_of(self._take_back(self._rows[place])), group="acts")

    async def _take_back(self, row: DeclinedLine) -> None:
        """The engine does it, so that the conversation knows; the desk where it cannot."""
        app = self.matinee
        who = app.engine if app.engine.ready else app.desk
        await who.result(TakeBack(video_id=row.video_id, signals=DECLINING), Acted)
        self._taken_back.append(row)
        app.chat.take_back(row.video_id, *DECLINING)
        await self._show_list()
        self.say(f"{name_of(row)} is not {row.signal.value} any more · h undoes that")

    def action_hide_again(self) -> None:
        """Give the signal that was taken back last once more."""
        if self._taken_back:
            self.run_worker(self._told_of(self._hide_again(self._taken_back[-1])), group="acts")

    async def _hide_again(self, row: DeclinedLine) -> None:
        if not self.matinee.engine.ready:
            hint = "Try it again when everything is loaded."
            raise MatineeError("This has to wait.", "The engine is still loading.", hint)
        await self.matinee.engine.result(Act(video_id=row.video_id, signal=row.signal), Acted)
        self._taken_back.remove(row)
        await self._show_list()
        self.say(f"{name_of(row)} is {row.signal.value} again")
