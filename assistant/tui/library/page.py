"""The library's page: a list that is searched as one types, and one video beside or over it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from assistant.engine.protocol import State
from assistant.engine.protocol.importing import ImportVideos
from assistant.engine.protocol.library import ListVideos, ShowVideo, VideoShown, VideosListed
from assistant.listing import Order, Show, VideoDetails, VideoFilter, VideoLine, VideoQuery
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.jobs import Running
from assistant.tui.library.changes import Changes
from assistant.tui.library.details import VideoPanel
from assistant.tui.library.filters import Filters
from assistant.tui.library.one import OneVideo
from assistant.tui.library.table import PAGE, VideoTable
from assistant.tui.library.tags import Tags
from assistant.tui.library.wording import ORDERS, described, order_name
from assistant.tui.links import link_of, open_in_browser
from assistant.tui.page import Page
from assistant.tui.question import Question
from assistant.tui.wording import videos
from assistant.types import Component, Signal
from assistant.wording import printable

DIM = "$foreground 60%"
WIDE = 110
"""Columns from which on the details stand beside the list."""
_TYPING_S = 0.08
"""So long nothing must have been typed for the list to be asked for."""
_STEPPING_S = 0.05
_REVERSE = "reverse:"


class LibraryPage(Page):
    """Lists the videos, and changes them."""

    PLACE = Place.LIBRARY
    CSS_PATH = "library.tcss"
    BINDINGS = bindings_of(Place.LIBRARY)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own form

    def __init__(self) -> None:
        super().__init__()
        self._filter = VideoFilter()
        self._order, self._reverse = Order.MATCH, False
        self._waiting_for: dict[str, Timer] = {}
        """What is to be asked in a moment, by the group of the work."""
        self._library: int | None = None
        """How many videos there are; None while that is not known."""

    def compose_body(self) -> Iterator[Widget]:
        """What is searched for, what is shown of it, the list, a video."""
        yield Input(placeholder="/ to search", compact=True, id="search")
        yield Static("", markup=False, id="shown")
        with Horizontal(id="list"):
            yield VideoTable()
            yield VideoPanel(id="beside")

    def on_mount(self) -> None:
        """Show all videos, as soon as there is a library."""
        super().on_mount()
        self._changes = Changes(self.matinee.engine, self.matinee.desk)
        self.matinee.jobs.changed.subscribe(self, self._after_job)
        self.table.focus()
        self._show_shown()
        self.table.instead = "Opening the library…"
        self.background(self._open(), "list")

    @property
    def table(self) -> VideoTable:
        """The list."""
        return self.query_one(VideoTable)

    # --- the list ------------------------------------------------------------------------------

    async def _open(self) -> None:
        """The engine makes the library, where there is none yet: it is waited for."""
        while self.matinee.engine.states[Component.LIBRARY].state in (State.WAITING, State.LOADING):
            await asyncio.sleep(_STEPPING_S)
        await self._list()

    async def _list(self) -> None:
        """Show what is asked for now, from its beginning."""
        event = await self.matinee.desk.result(ListVideos(query=self._query(0)), VideosListed)
        self.problem(None)
        self._library = event.page.library
        self.table.show(event.page.total, event.page.lines)
        self._show_count()

    async def _fill(self) -> None:
        """Get the lines that are to be seen, for as long as some are missing."""
        while (offset := self.table.lacking()) is not None:
            query = self._query(offset)
            event = await self.matinee.desk.result(ListVideos(query=query), VideosListed)
            if not event.page.lines:  # there are fewer by now
                self.table.renew(event.page.total)
            self.table.put(offset, event.page.lines)

    async def _renew(self) -> None:
        """Get the lines again that are to be seen: they have changed."""
        offset = self.table.cursor // PAGE * PAGE
        event = await self.matinee.desk.result(ListVideos(query=self._query(offset)), VideosListed)
        self._library = event.page.library
        self.table.renew(event.page.total)
        self.table.put(offset, event.page.lines)
        self._show_count()
        await self._fill()
        await self._show_beside()

    def _query(self, offset: int) -> VideoQuery:
        return VideoQuery(
            filter=self._filter,
            order=self._order,
            reverse=self._reverse,
            offset=offset,
            limit=PAGE,
        )

    def _ask(self, wait_s: float = _STEPPING_S) -> None:
        self._show_shown()
        self._soon("list", self._list, wait_s)

    def _soon(
        self, group: str, work: Callable[[], Coroutine[Any, Any, None]], wait_s: float
    ) -> None:
        """Do something when nothing newer of its group is to be done for a moment."""
        if timer := self._waiting_for.pop(group, None):
            timer.stop()
        self._waiting_for[group] = self.set_timer(wait_s, lambda: self.background(work(), group))

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        """Search when nothing more is typed for a moment; an older answer is not waited for."""
        event.stop()
        self._filter = self._filter.model_copy(update={"words": event.value})
        self._ask(_TYPING_S)

    @on(Input.Submitted, "#search")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        focus_now(self.table)

    def on_key(self, event: object) -> None:
        """Down leads from what is typed to what is found."""
        if getattr(event, "key", "") == "down" and self.focused is self.query_one("#search"):
            focus_now(self.table)

    @on(VideoTable.Lacking)
    def _lacking(self) -> None:
        self._soon("fill", self._fill, _STEPPING_S)

    def _after_job(self, job: Running) -> None:
        """An import brought something: show it."""
        ended = job.request not in [one.request for one in self.matinee.jobs.running]
        if ended and isinstance(job.request, ImportVideos) and self.is_attached:
            self.background(self._renew(), "list")

    # --- what is said --------------------------------------------------------------------------

    def _show_count(self) -> None:
        total, library = self.table.total, self._library or 0
        self.say(videos(library) if total == library else f"{total:,} of {videos(library)}")
        self.table.instead = self._instead()

    def _instead(self) -> str:
        """What stands in place of a list without any line."""
        if self._filter.show is Show.REMOVED:
            return "You have removed nothing." if not self._filter.words else "Nothing fits."
        if not self._library:
            return f"No videos yet. {self._key('import-more')} brings your own."
        return f"Nothing fits. Type less, or change the filters with {self._key('filters')}."

    @property
    def _order_in_force(self) -> Order:
        """Without words nothing fits better than another."""
        without_words = self._order is Order.MATCH and not self._filter.words.strip()
        return Order.TITLE if without_words else self._order

    def _show_shown(self) -> None:
        """Say what the list is narrowed by and sorted by."""
        narrowed = described(self._filter)
        order = order_name(self._order_in_force, reverse=self._reverse)
        text = Content.assemble(
            (narrowed or "all videos", "$accent" if narrowed else DIM),
            (f"   {self._key('filters')} filters", DIM),
            (f"   {self._key('sort')} sorted by: {order}", DIM),
        )
        self.query_one("#shown", Static).update(text)

    def _key(self, name: str) -> str:
        from assistant.tui.commands import commands_of

        command = next(one for one in commands_of(Place.LIBRARY) if one.name == name)
        return self.matinee.key_of(command)

    # --- one video -----------------------------------------------------------------------------

    @on(VideoTable.Moved)
    def _moved(self) -> None:
        if self.has_class("-wide"):
            self._soon("details", self._show_beside, _STEPPING_S)

    async def _show_beside(self) -> None:
        line = self.table.current
        if self.has_class("-wide"):
            details = await self._details(line) if line else None
            self.query_one("#beside", VideoPanel).show(details)

    @on(VideoTable.Chosen)
    def _chosen(self, event: VideoTable.Chosen) -> None:
        if self.has_class("-wide"):
            self.query_one("#beside").focus()
        else:
            self.background(self._show_over(event.line), "details")

    async def _show_over(self, line: VideoLine) -> None:
        self.app.push_screen(OneVideo(await self._details(line)))

    async def _details(self, line: VideoLine) -> VideoDetails:
        event = await self.matinee.desk.result(ShowVideo(video_id=line.id), VideoShown)
        return event.details

    def on_resize(self) -> None:
        """Where there is room beside the list now, use it."""
        self._soon("details", self._show_beside, _STEPPING_S)

    # --- commands ------------------------------------------------------------------------------

    def action_back(self) -> None:
        """From what is typed or read to the list, from there to the chat."""
        if self.focused in (None, self.table):
            self.dismiss()
        else:
            focus_now(self.table)

    def action_search(self) -> None:
        """Type what to look for."""
        focus_now(self.query_one("#search"))

    def action_filters(self) -> None:
        """Choose what is shown."""
        self.app.push_screen(Filters(self._filter), self._filtered)

    def _filtered(self, chosen: VideoFilter | None) -> None:
        if chosen is not None and chosen != self._filter:
            self._filter = chosen
            self._ask()

    def action_sort(self) -> None:
        """Choose the order."""
        answers = [(order.value, order_name(order, reverse=False)) for order in ORDERS]
        turned = order_name(self._order_in_force, reverse=not self._reverse)
        answers.append((_REVERSE, f"turn it round: {turned}"))
        question = Question("Sort by", "What comes first?", answers)
        self.app.push_screen(question, self._sorted)

    def _sorted(self, answer: str | None) -> None:
        if answer == _REVERSE:
            self._reverse = not self._reverse
        elif answer:
            self._order, self._reverse = Order(answer), False
        else:
            return
        self._ask()

    def action_tags(self) -> None:
        """Edit the tags of the video at the pointer."""
        if (line := self._there()) is not None:
            self.background(self._tag(line), "tags")

    async def _tag(self, line: VideoLine) -> None:
        details = await self._details(line)
        tags = await self.app.push_screen_wait(Tags(details))
        if tags is not None:
            await self._done(line.title, self._changes.tag(details, tags))

    def action_remove(self) -> None:
        """Remove the video at the pointer, or bring it back."""
        if line := self.table.current:
            self.background(self._remove(line), "change")

    async def _remove(self, line: VideoLine) -> None:
        if self._filter.show is Show.REMOVED:
            await self._done(line.title, self._changes.bring_back(line))
            return
        answers = [("", "keep it"), ("remove", "remove it")]
        question = Question(f"Remove “{line.title}”?", await self._what_goes(line), answers)
        if await self.app.push_screen_wait(question) == "remove":
            await self._done(line.title, self._changes.remove(line))

    async def _what_goes(self, line: VideoLine) -> str:
        signals = len((await self._details(line)).signals)
        kept = (
            f" What you said of it ({signals}) stays in your history, and counts again if it is"
            " brought back."
            if signals
            else ""
        )
        return (
            "It leaves the library, and no import brings it again unless you ask."
            f"{kept} The files of the video itself are not touched."
        )

    def action_like(self) -> None:
        """Like the video at the pointer."""
        self._act(Signal.LIKED)

    def action_dislike(self) -> None:
        """Dislike it."""
        self._act(Signal.DISLIKED)

    def action_watched(self) -> None:
        """Mark it as watched."""
        self._act(Signal.WATCHED)

    def action_hide(self) -> None:
        """Hide it."""
        self._act(Signal.HIDDEN)

    def action_save(self) -> None:
        """Save it for later."""
        self._act(Signal.SAVED)

    def _act(self, signal: Signal) -> None:
        if (line := self._there()) is not None:
            self.background(self._done(line.title, self._changes.act(line, signal)), "change")

    def action_undo(self) -> None:
        """Take back the last change made on this page."""
        self.background(self._undo(), "change")

    async def _undo(self) -> None:
        undone = await self._changes.undo()
        if undone is None:
            self.notify("There is nothing to take back here.", markup=False)
            return
        title, told = undone
        self.notify(printable(told), title=_short(title), markup=False)
        await self._renew()

    async def _done(self, title: str, change: Awaitable[str]) -> None:
        """Wait for a change, say what came of it, and show the list as it is now."""
        told = await change
        self.problem(None)
        undo = self._key("undo")
        self.notify(printable(f"{told} {undo} takes it back."), title=_short(title), markup=False)
        await self._renew()

    def action_more_like(self) -> None:
        """Ask for more like the video at the pointer."""
        if line := self._there():
            self.matinee.back_to_chat(f"something like {line.title}")

    def action_open(self) -> None:
        """Open it in the browser."""
        if line := self.table.current:
            self.background(self._browse(line), "open")

    async def _browse(self, line: VideoLine) -> None:
        link = link_of((await self._details(line)).video)
        opened = await open_in_browser(link.url)
        what = "Opening" if opened else "No browser could be started. The link:"
        self.notify(f"{what} {link.url}", markup=False)

    def action_import_more(self) -> None:
        """Bring more videos."""
        self.matinee.open_page(Place.IMPORT)

    def _there(self) -> VideoLine | None:
        """The video at the pointer, if it is in the library."""
        if self._filter.show is Show.REMOVED:
            self.notify(
                f"It is not in the library. {self._key('remove')} brings it back.", markup=False
            )
            return None
        return self.table.current


def _short(title: str) -> str:
    text = printable(title)
    return text if len(text) <= 50 else f"{text[:49]}…"
