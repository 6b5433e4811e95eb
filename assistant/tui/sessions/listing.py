"""The list of earlier conversations, read page by page as one goes down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.engine.protocol.sessions import SessionLine
from assistant.tui.sessions.texts import line

_AHEAD = 20
"""So many rows before its end more is asked for."""


class SessionList(OptionList):
    """Sessions, two lines each."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        Binding("enter", "select", "resume"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    class EndIsNear(Message):
        """More rows are wanted, if there are any."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.rows: list[SessionLine] = []

    @property
    def chosen(self) -> SessionLine | None:
        """The session under the cursor."""
        place = self.highlighted
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def show(self, rows: Sequence[SessionLine], keep: str | None = None) -> None:
        """Show these sessions in the place of those before.

        Args:
            rows: the first page.
            keep: the session that stays under the cursor, if it is still there.
        """
        self.rows = list(rows)
        now = datetime.now(UTC)
        self.set_options([Option(line(row, now)) for row in rows])
        if rows:
            places = (place for place, row in enumerate(rows) if row.id == keep)
            self.highlighted = next(places, 0)

    def add(self, rows: Sequence[SessionLine]) -> None:
        """Show a further page."""
        self.rows.extend(rows)
        now = datetime.now(UTC)
        self.add_options([Option(line(row, now)) for row in rows])

    def replace(self, row: SessionLine) -> None:
        """Show what has become of a session."""
        for place, one in enumerate(self.rows):
            if one.id == row.id:
                self.rows[place] = row
                self.replace_option_prompt_at_index(place, line(row, datetime.now(UTC)))

    def drop(self, session_id: str) -> None:
        """Show a session no more."""
        for place, one in enumerate(self.rows):
            if one.id == session_id:
                del self.rows[place]
                self.remove_option_at_index(place)
                if self.rows:
                    self.highlighted = min(place, len(self.rows) - 1)
                return

    @on(OptionList.OptionHighlighted)
    def _near_the_end(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index >= len(self.rows) - _AHEAD:
            self.post_message(self.EndIsNear())
