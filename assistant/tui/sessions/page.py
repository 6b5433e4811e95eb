"""Earlier conversations: the list, what one of them was about, and what can be done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from assistant.engine.protocol.sessions import (
    DeleteSession,
    ExportSession,
    ListSessions,
    ReadTurns,
    RenameSession,
    SessionDeleted,
    SessionExported,
    SessionLine,
    SessionRenamed,
    Sessions,
    TurnsRead,
)
from assistant.sessions.files import Format
from assistant.sessions.titles import LONGEST, short_title
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.page import Page
from assistant.tui.sessions.listing import SessionList
from assistant.tui.sessions.resuming import resume
from assistant.tui.sessions.texts import EMPTY, NOTHING_FOUND, conversations, preview, turns
from assistant.wording import printable

_PREVIEWED = 8
"""Turns."""
_PAUSE_S = 0.08
"""Nothing is asked for while somebody types, or runs through the list."""


class SessionsPage(Page):
    """Earlier conversations."""

    PLACE = Place.SESSIONS
    CSS_PATH = "sessions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.SESSIONS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._more = False
        self._to_delete: str | None = None

    def compose_body(self) -> Iterator[Widget]:
        """The search, the list, the preview; a new title is typed where the search is."""
        yield Input(placeholder="/  search titles, messages, answers and picks", id="search")
        yield Input(max_length=LONGEST, id="new-title")
        yield Static("", markup=False, id="told")
        with Horizontal(id="sessions"):
            with Vertical(id="sessions-list"):
                yield SessionList()
                yield Static("", markup=False, id="nothing")
            with VerticalScroll(id="preview-pane", can_focus=False):
                yield Static("", markup=False, id="preview")

    def on_mount(self) -> None:
        """Ask for the first page of the list."""
        super().on_mount()
        self.query_one("#new-title").display = False
        self._ask("")
        self.list.focus()
        self._look_for("")

    @property
    def list(self) -> SessionList:
        """The sessions."""
        return self.query_one(SessionList)

    @property
    def search(self) -> Input:
        """Where one says what is looked for."""
        return self.query_one("#search", Input)

    @property
    def new_title(self) -> Input:
        """Where one types a title."""
        return self.query_one("#new-title", Input)

    @property
    def _left(self) -> bool:
        """Whether the page is gone, so that nothing can be shown on it."""
        return not self.query(SessionList)

    # --- the list --------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        self._look_for(event.value)

    def _look_for(self, words: str) -> None:
        self.background(self._read_list(words), "list")

    async def _read_list(self, words: str, keep: str | None = None) -> None:
        if words:
            await asyncio.sleep(_PAUSE_S)
        found = await self.matinee.desk.result(ListSessions(words=words), Sessions)
        if self._left:
            return
        self.problem(None)
        self._more = found.more
        self.list.show(found.rows, keep)
        self._say_how_many(found)
        if not found.rows:
            self.query_one("#preview", Static).update("")

    def _say_how_many(self, found: Sessions) -> None:
        nothing = self.query_one("#nothing", Static)
        nothing.update("" if found.rows else NOTHING_FOUND if found.total else EMPTY)
        nothing.display = not found.rows
        self.list.display = self.search.display = True
        if not found.rows:
            self.list.display = False
            self.search.display = bool(found.total)
        if found.total and self.search.value:
            plus = "+" if found.more else ""
            self.say(f"{len(found.rows):,}{plus} of {conversations(found.total)}")
        else:
            self.say(conversations(found.total) if found.total else "")

    def on_session_list_end_is_near(self) -> None:
        """Read on, if there is more."""
        if self._more:
            self._more = False
            self.background(self._read_on(len(self.list.rows)), "more")

    async def _read_on(self, offset: int) -> None:
        request = ListSessions(words=self.search.value, offset=offset)
        found = await self.matinee.desk.result(request, Sessions)
        if (
            not self._left and len(self.list.rows) == offset
        ):  # nothing else was looked for meanwhile
            self._more = found.more
            self.list.add(found.rows)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._ask("")
        if (row := self.list.chosen) is not None:
            self.background(self._read_preview(row), "preview")

    async def _read_preview(self, row: SessionLine) -> None:
        await asyncio.sleep(_PAUSE_S)
        request = ReadTurns(session_id=row.id, limit=_PREVIEWED)
        read = await self.matinee.desk.result(request, TurnsRead)
        if self._left:
            return
        self.query_one("#preview", Static).update(preview(row, read))
        self.query_one("#preview-pane").scroll_end(animate=False)

    # --- going on --------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_resume()

    @on(Input.Submitted, "#search")
    def _to_the_list(self) -> None:
        self.list.focus()

    def action_resume(self) -> None:
        """Go on with the session under the cursor, in the chat."""
        if (row := self.list.chosen) is not None:
            self.say("taking it up again…")
            self.background(resume(self.matinee, row.id), "resume")

    def action_new(self) -> None:
        """Begin a new conversation."""
        self.background(resume(self.matinee, None), "resume")

    def action_search(self) -> None:
        """Go to the search."""
        focus_now(self.search)

    # --- what can be done with one ---------------------------------------------------------------

    def action_rename(self) -> None:
        """Ask for a title, in the place of the search."""
        if (row := self.list.chosen) is None:
            return
        self._typing_a_title(True)
        self.new_title.placeholder = f"a title for “{short_title(row.title)}”; empty: that again"
        self.new_title.value = row.title if row.is_named else ""
        focus_now(self.new_title)

    def _typing_a_title(self, typing: bool) -> None:
        self.new_title.display, self.search.display = typing, not typing
        if not typing:
            focus_now(self.list)

    @on(Input.Submitted, "#new-title")
    def _title_typed(self, event: Input.Submitted) -> None:
        if (row := self.list.chosen) is not None:
            self.background(self._rename(row, event.value), "change")
        self._typing_a_title(False)

    async def _rename(self, row: SessionLine, title: str) -> None:
        request = RenameSession(session_id=row.id, title=title)
        renamed = await self.matinee.desk.result(request, SessionRenamed)
        if self._left:
            return
        self.list.replace(renamed.row)
        self._tell(f"Renamed: {short_title(renamed.row.title)}")

    def action_export(self) -> None:
        """Write it as Markdown."""
        self._export(Format.MARKDOWN)

    def action_export_json(self) -> None:
        """Write it as JSON."""
        self._export(Format.JSON)

    def _export(self, format_: Format) -> None:
        if (row := self.list.chosen) is not None:
            self.background(self._write(row, format_), "change")

    async def _write(self, row: SessionLine, format_: Format) -> None:
        request = ExportSession(session_id=row.id, format=format_)
        written = await self.matinee.desk.result(request, SessionExported)
        if not self._left:
            self._tell(f"Written: {written.path}")

    def action_delete(self) -> None:
        """Ask whether it is to be deleted; asked a second time, delete it."""
        if (row := self.list.chosen) is None:
            return
        if self._to_delete == row.id:
            self._ask("")
            self.background(self._delete(row), "change")
            return
        self._ask(
            f"Delete “{short_title(row.title)}” ({turns(row.turns)}) for good?"
            "  d deletes it · Esc keeps it",
            row.id,
        )

    async def _delete(self, row: SessionLine) -> None:
        deleted = await self.matinee.desk.result(DeleteSession(session_id=row.id), SessionDeleted)
        if self.matinee.engine.session_id == row.id:
            await resume(self.matinee, None, leave=False)
        if self._left:
            return
        self.list.drop(row.id)
        if not self.list.rows:
            await self._read_list(self.search.value)
        said = f"Deleted: {short_title(row.title)}."
        if deleted.copies:
            said += (
                f" Older copies of the library may hold it ({', '.join(deleted.copies)});"
                f" gone from there, too: matinee forget sessions {row.id}"
            )
        self._tell(said)

    def _ask(self, question: str, session_id: str | None = None) -> None:
        """Ask whether a session is to be deleted, or take the question back."""
        self._to_delete = session_id
        self._tell(question, "bold $text-error")

    def _tell(self, text: str, style: str = "$foreground 80%") -> None:
        """Say something above the list; nothing for no text."""
        place = self.query_one("#told", Static)
        place.update(Content.styled(printable(text), style))
        place.display = bool(text)

    def action_back(self) -> None:
        """One step back: from a question, a title, a search; else to the chat."""
        if self._to_delete is not None:
            self._ask("")
        elif self.new_title.display:
            self._typing_a_title(False)
        elif self.search.value:
            self.search.value = ""
            focus_now(self.list)
        elif self.search.has_focus and self.list.rows:
            focus_now(self.list)
        else:
            super().action_back()
