"""A list of any number of videos, of which only what is looked at is in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from assistant.listing import VideoLine
from assistant.tui.library.columns import GAP, Column, fitted, fitting

PAGE = 100
"""Lines that are asked for at once."""
_KEPT = 40
"""Pages in memory."""
_INSTEAD_AT = 2
_POINTER = ("▸ ", "  ")


class VideoTable(ScrollView, can_focus=True):
    """Draws the lines that it was given, and says which ones it lacks.

    The lines are those of one query; their number is known before they are.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "video-table--cursor",
        "video-table--dim",
        "video-table--header",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown,space", "turn(1)", show=False),
        Binding("home,g", "first", show=False),
        Binding("end,G", "last", show=False),
        Binding("enter", "choose", "details"),
    ]
    cursor: reactive[int] = reactive(0, init=False)
    instead: reactive[str] = reactive("")
    """What stands in place of the lines where there are none."""

    class Moved(Message):
        """The cursor is on another line; None where there is none, or it is not known yet."""

        def __init__(self, line: VideoLine | None) -> None:
            super().__init__()
            self.line = line

    class Chosen(Message):
        """A line was chosen with Enter or a second click."""

        def __init__(self, line: VideoLine) -> None:
            super().__init__()
            self.line = line

    class Lacking(Message):
        """Lines are to be seen that it was not given."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.total = 0
        self._pages: OrderedDict[int, tuple[VideoLine, ...]] = OrderedDict()

    # --- what there is -------------------------------------------------------------------------

    def show(self, total: int, lines: Iterable[VideoLine]) -> None:
        """Show another list, from its beginning.

        Args:
            total: how many lines it has.
            lines: the first of them.
        """
        self._pages.clear()
        self.total = total
        self._pages[0] = tuple(lines)
        self.virtual_size = Size(0, total + 1)
        self.set_reactive(VideoTable.cursor, 0)
        self.scroll_to(y=0, animate=False)
        self.refresh()
        self.post_message(self.Moved(self.current))

    def renew(self, total: int) -> None:
        """Forget the lines: they have changed. The place stays as it is."""
        self.total = total
        self.virtual_size = Size(0, total + 1)
        self._pages.clear()
        self.cursor = min(self.cursor, max(total - 1, 0))
        self.refresh()

    def put(self, offset: int, lines: Iterable[VideoLine]) -> None:
        """Take lines that it lacked."""
        before = self.current
        self._pages[offset // PAGE] = tuple(lines)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        self.refresh()
        if self.current != before:
            self.post_message(self.Moved(self.current))

    def lacking(self) -> int | None:
        """Where lines begin that are to be seen and are not here; None where there are none."""
        top = max(int(self.scroll_offset.y), 0)
        for page in range(top // PAGE, min(top + self.size.height, self.total - 1) // PAGE + 1):
            if page not in self._pages and page * PAGE < self.total:
                return page * PAGE
        return None

    def line(self, place: int) -> VideoLine | None:
        """A line, if it is here."""
        page = self._pages.get(place // PAGE)
        if page is None:
            return None
        self._pages.move_to_end(place // PAGE)
        return page[place % PAGE] if place % PAGE < len(page) else None

    @property
    def current(self) -> VideoLine | None:
        """The line of the cursor."""
        return self.line(self.cursor)

    # --- drawing -------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The heading, or a line of the list; one that is not here yet is a dot."""
        width = self.size.width
        columns = fitting(width - len(_POINTER[0]))
        if y == 0:
            style = self.get_component_rich_style("video-table--header")
            cells = [(fitted(column.name, size, column.align), style) for column, size in columns]
            return _strip(_POINTER[1], cells, self.rich_style, width)
        place = int(self.scroll_offset.y) + y - 1
        if place >= self.total:
            text = self.instead if not self.total and y == _INSTEAD_AT else ""
            dim = self.get_component_rich_style("video-table--dim")
            return _strip(_POINTER[1], [(text, dim)], self.rich_style, width)
        return self._drawn(place, columns, width)

    def _drawn(self, place: int, columns: list[tuple[Column, int]], width: int) -> Strip:
        dim = self.get_component_rich_style("video-table--dim")
        plain = self.rich_style
        pointer = _POINTER[1]
        if place == self.cursor:
            pointer = _POINTER[0]
            if self.has_focus:
                plain = dim = self.get_component_rich_style("video-table--cursor")
        line = self.line(place)
        if line is None:
            return _strip(pointer, [("·", dim)], plain, width)
        cells = [
            (column.cell(line, size), dim if column.dim else plain) for column, size in columns
        ]
        return _strip(pointer, cells, plain, width)

    # --- moving --------------------------------------------------------------------------------

    def watch_cursor(self) -> None:
        """Keep it in sight."""
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if self.lacking() is not None:
            self.post_message(self.Lacking())

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._show_cursor()
        if self.lacking() is not None:
            self.post_message(self.Lacking())

    def action_move(self, lines: int) -> None:
        """Up or down."""
        self._to(self.cursor + lines)

    def action_turn(self, pages: int) -> None:
        """A screen up or down."""
        self._to(self.cursor + pages * max(self.size.height - 2, 1))

    def action_first(self) -> None:
        """To the first."""
        self._to(0)

    def action_last(self) -> None:
        """To the last."""
        self._to(self.total - 1)

    def action_choose(self) -> None:
        """Say that the line of the cursor is chosen."""
        if line := self.current:
            self.post_message(self.Chosen(line))

    def on_click(self, event: events.Click) -> None:
        """A click is a move; one more on the same line chooses it."""
        place = int(self.scroll_offset.y) + event.y - 1
        if event.y == 0 or not 0 <= place < self.total:
            return
        if place == self.cursor and event.chain > 1:
            self.action_choose()
        self._to(place)

    def _to(self, place: int) -> None:
        self.cursor = min(max(place, 0), max(self.total - 1, 0))
        if self.lacking() is not None:
            self.post_message(self.Lacking())

    def _show_cursor(self) -> None:
        """Scroll so that its line is between the heading and the end."""
        rows = max(self.size.height - 1, 1)
        top = int(self.scroll_offset.y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + rows:
            self.scroll_to(y=self.cursor - rows + 1, animate=False, force=True)


def _strip(pointer: str, cells: list[tuple[str, Style]], plain: Style, width: int) -> Strip:
    segments = [Segment(pointer, plain)]
    for number, (text, style) in enumerate(cells):
        if number:
            segments.append(Segment(" " * GAP, plain))
        segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, plain).crop(0, width)
