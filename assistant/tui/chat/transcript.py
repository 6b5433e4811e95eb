"""The conversation: it scrolls, and follows what comes until the reader scrolls up.

Only its last entries are on the screen as widgets; earlier ones are put there when the reader
scrolls up to them. Nothing of them is lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from assistant.errors import Cancelled, EngineError
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import PickCard
from assistant.tui.chat.exchange import Exchange
from assistant.tui.chat.notice import Notice
from assistant.tui.chat.shown import Mark, ShownPick
from assistant.tui.chat.welcome import Welcome
from assistant.types import Answered, Ranked, SaidSignal, Signal, Turn, TurnEvent, TurnFinished
from assistant.wording import printable

MOUNTED = 40
"""So many entries are widgets while the reader is at the end."""
STEP = 8
"""So many are added when the reader scrolls up to the first of them."""
AT_ONCE = 2
"""So many are put up before keys are looked at again."""
NEAR = 1
"""Rows from the end at which the reader still is at it."""

Entry = Exchange | Content


class Held(NamedTuple):
    """Turns of an earlier time."""

    turns: Sequence[Turn]
    """The first first."""
    marks: Mapping[str, Signal] = {}
    """What the person did last with each video, by its id."""
    more: bool = False
    """Whether there are earlier ones."""

    def exchanges(self) -> Iterator[Exchange]:
        """The turns as they were shown."""
        titles: dict[str, str] = {}
        for turn in self.turns:
            yield Exchange.of(turn, self.marks, titles)
            titles |= {pick.video.id: pick.video.title for pick in turn.picks}


class Source(Protocol):
    """Where what came before is read from."""

    async def read(self) -> Held:
        """The turns before those that were read last."""


class Transcript(VerticalScroll, can_focus=False):
    """Everything that was said, the newest at the end."""

    class Behind(Message):
        """Whether something has come below what the reader sees."""

        def __init__(self, *, behind: bool) -> None:
            super().__init__()
            self.behind = behind

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._first = 0
        """The place of the first entry that is a widget."""
        self._widgets: list[Widget] = []
        """Of the entries from there on."""
        self._titles: dict[str, str] = {}
        self._picks: dict[str, list[ShownPick]] = {}
        """Every time that a video was shown, by its id."""
        self._with_picks: list[Exchange] = []
        self._source: Source | None = None
        self._is_new = True
        """Whether the conversation began here."""
        self._begun: Exchange | None = None
        self._is_reading_above = False
        """Whether the reader has left the end."""
        self._is_behind = False
        self._is_loading = False
        self._earlier = Earlier()
        self.welcome = Welcome()

    def compose(self) -> ComposeResult:
        """What stands before everything that is said."""
        yield self._earlier
        yield self.welcome

    def on_mount(self) -> None:
        """Follow the end."""
        self.anchor()

    # --- what is said ----------------------------------------------------------------------------

    def add(self, entry: Entry, *, follow: bool = True) -> AwaitMount:
        """Put `entry` at the end.

        Args:
            entry: an exchange, or a notice.
            follow: whether to go there; where not, a reader who is elsewhere is only told of it.
        """
        self._entries.append(entry)
        widget = _widget(entry)
        self._widgets.append(widget)
        mounted = self.mount(widget)
        if follow or not self._is_reading_above:
            self.anchor()
            self._take_down()
        else:
            self.call_after_refresh(self._note_more)
        return mounted

    def show(self, exchange: Exchange, event: TurnEvent) -> None:
        """Show an event of the turn that answers the message of `exchange`."""
        exchange.show(event)
        if isinstance(event, Ranked):
            self._know(exchange)
        elif isinstance(event, TurnFinished):
            self._mark(event.turn.request.signals)
        if not self._is_reading_above:
            self.call_after_refresh(self._show_beginning, exchange)
        elif exchange is not self._begun and isinstance(event, Ranked | Answered):
            self.call_after_refresh(self._note_more)

    def remove_entry(self, entry: Entry) -> None:
        """Take an entry out again."""
        place = self._entries.index(entry)
        del self._entries[place]
        if place >= self._first:
            self._widgets.pop(place - self._first).remove()

    async def replace(self, held: Held, source: Source | None = None) -> None:
        """Show a conversation that was held before, in the place of everything.

        Args:
            held: its last turns; none for a new conversation.
            source: reads what came before.
        """
        gone, self._widgets = self._widgets, []
        self._entries, self._with_picks, self._begun = [], [], None
        self._titles, self._picks, self._source = {}, {}, source
        self._is_new = not held.turns
        for exchange in held.exchanges():
            self._entries.append(exchange)
            self._know(exchange)
        self._first = max(len(self._entries) - MOUNTED, 0)
        await self.remove_children(gone)
        self._say_earlier()
        await self._mount_upwards(self._entries[self._first :])
        self.anchor()

    def _know(self, exchange: Exchange) -> None:
        if exchange.picks:
            self._with_picks.append(exchange)
        for video_id, shown in exchange.picks.items():
            self._titles[video_id] = shown.pick.video.title
            self._picks.setdefault(video_id, []).append(shown)

    def _mark(self, said: Iterable[SaidSignal]) -> None:
        """Show on the picks what a message told of them."""
        for one in said:
            for shown in self.times_shown(one.video_id):
                shown.mark(Mark(one.signal, one.rating))

    def _know_earlier(self, held: Held) -> None:
        """Put turns before everything; none of them is a widget yet."""
        earlier = list(held.exchanges())
        self._entries[:0] = earlier
        self._first += len(earlier)
        self._with_picks[:0] = [exchange for exchange in earlier if exchange.picks]
        for exchange in reversed(earlier):
            for video_id, shown in exchange.picks.items():
                self._titles.setdefault(video_id, shown.pick.video.title)
                self._picks.setdefault(video_id, []).insert(0, shown)

    # --- where the reader is ---------------------------------------------------------------------

    @property
    def is_at_end(self) -> bool:
        """Whether the end is seen, but for a row or two."""
        return self.max_scroll_y - self.scroll_offset.y <= NEAR

    def anchor(self, anchor: bool = True) -> None:
        """Go to the end, and follow it."""
        super().anchor(anchor)
        self._is_reading_above = False

    def release_anchor(self) -> None:
        """The reader scrolls."""
        super().release_anchor()
        self._is_reading_above = True

    def _show_beginning(self, exchange: Exchange) -> None:
        """Once an answer is taller than the view, stay at its beginning: one reads from there."""
        answer = self._widgets[-1] if self._widgets else None
        if exchange is self._begun or not isinstance(answer, Answer):
            return
        if answer.exchange is not exchange or self._is_reading_above:
            return
        if answer.outer_size.height > self.container_size.height:
            self._begun = exchange
            self.scroll_to_widget(answer, top=True, animate=False)

    def _note_more(self) -> None:
        self._set_behind(behind=not self.is_at_end)

    def _set_behind(self, *, behind: bool) -> None:
        if behind is not self._is_behind:
            self._is_behind = behind
            self.post_message(self.Behind(behind=behind))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Put earlier entries there where the reader comes to the first."""
        super().watch_scroll_y(old_value, new_value)
        if self.is_at_end:
            self._is_reading_above = False
            self._set_behind(behind=False)
        elif new_value <= NEAR and new_value < old_value:
            self.show_earlier()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._entries

    # --- what is on the screen -------------------------------------------------------------------

    @property
    def has_earlier(self) -> bool:
        """Whether something is above that is no widget."""
        return bool(self._first or self._source)

    def show_earlier(self) -> None:
        """Make widgets of some earlier entries; the view stays on what it shows."""
        if not self._is_loading and self.has_earlier:
            self._is_loading = True
            self.run_worker(self._put_up(), group="earlier")

    async def _put_up(self) -> None:
        try:
            if not self._first and self._source:
                self._know_earlier(held := await self._source.read())
                self._source = self._source if held.more else None
        except (EngineError, Cancelled) as error:
            self._earlier.say(f"{error} Click here to try again.")
            self._is_loading = False
            return
        before, entries = self.virtual_size.height, self._entries[: self._first][-STEP:]
        self._first -= len(entries)
        await self._mount_upwards(entries)
        self._say_earlier()
        self.call_after_refresh(self._stay, before)

    async def _mount_upwards(self, entries: Sequence[Entry]) -> None:
        """Put up widgets before the others, the last first: the reader sees that one."""
        for end in range(len(entries), 0, -AT_ONCE):
            widgets = [_widget(entry) for entry in entries[max(end - AT_ONCE, 0) : end]]
            old = self._widgets[0] if self._widgets else None
            self._widgets[:0] = widgets
            await self.mount_all(widgets, before=old)
            await asyncio.sleep(0)

    def _stay(self, height: int) -> None:
        """Show what was shown when all of it was `height` rows high."""
        grown = self.virtual_size.height - height
        self.scroll_to(y=self.scroll_y + grown, animate=False, force=True, immediate=True)
        self._is_loading = False

    def _take_down(self) -> None:
        """Take the widgets of the earliest entries away where there are many."""
        spare = len(self._widgets) - MOUNTED
        if spare <= 0 or self._is_loading:
            return
        gone, self._widgets = self._widgets[:spare], self._widgets[spare:]
        self._first += spare
        self.remove_children(gone)
        self._say_earlier()

    def _say_earlier(self) -> None:
        self._earlier.display = self.has_earlier
        self._earlier.say(f"↑ {self._first:,} earlier" if self._first else "↑ earlier")
        self.welcome.display = self._is_new and not self.has_earlier

    # --- picks -----------------------------------------------------------------------------------

    def titles(self) -> Mapping[str, str]:
        """The title of every pick so far, by video id."""
        return self._titles

    def times_shown(self, video_id: str) -> list[ShownPick]:
        """Every time that a video was shown."""
        return self._picks.get(video_id, [])

    @property
    def newest_picks(self) -> list[ShownPick]:
        """The picks of the newest answer that has any, by rank."""
        return list(self._with_picks[-1].picks.values()) if self._with_picks else []

    def picks_beside(self, shown: ShownPick) -> list[ShownPick]:
        """All picks of the answer that one is of, by rank."""
        answers = ([*exchange.picks.values()] for exchange in reversed(self._with_picks))
        return next((picks for picks in answers if any(one is shown for one in picks)), [shown])

    @property
    def newest_cards(self) -> list[PickCard]:
        """The cards of the newest answer that has any, by rank; none where it is taken down."""
        answer = self._with_picks[-1].view if self._with_picks else None
        return list(answer.cards.values()) if isinstance(answer, Answer) else []

    def neighbour(self, card: PickCard, step: int) -> PickCard | None:
        """The card so many places after `card`, across the answers that are on the screen."""
        answer = _answer_of(card)
        cards = list(answer.cards.values())
        place = cards.index(card) + step
        if 0 <= place < len(cards):
            return cards[place]
        at = self._widgets.index(answer)
        others = self._widgets[at + 1 :] if step > 0 else reversed(self._widgets[:at])
        near = (other for other in others if isinstance(other, Answer) and other.cards)
        found = next(near, None)
        return None if found is None else list(found.cards.values())[0 if step > 0 else -1]

    def sibling(self, card: PickCard, number: int) -> PickCard | None:
        """The card of that number in the same answer."""
        cards = _answer_of(card).cards.values()
        return next((other for other in cards if other.pick.rank == number), None)


class Earlier(Static):
    """Says that there is more above."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__("", markup=False, classes="earlier")
        self.display = False

    def say(self, text: str) -> None:
        """Say how much there is, or why it is not shown."""
        self.update(printable(text))

    def on_click(self) -> None:
        """Show some of them."""
        if isinstance(self.parent, Transcript):
            self.parent.show_earlier()


def _widget(entry: Entry) -> Widget:
    return Answer(entry) if isinstance(entry, Exchange) else Notice(entry)


def _answer_of(card: PickCard) -> Answer:
    return next(parent for parent in card.ancestors if isinstance(parent, Answer))
