"""A pick as a card: its number, title, facts, reason, and what one said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.selection import Selection
from textual.widgets import Static

from assistant.tui.chat.bar import CELLS, SHAPES, bar
from assistant.tui.chat.hanging import Hanging
from assistant.tui.chat.row import ClickableRow
from assistant.tui.chat.shown import DIM, Mark, ShownPick, unheard
from assistant.tui.commands import Place, bindings_of
from assistant.types import Pick
from assistant.wording import facts, printable

if TYPE_CHECKING:
    from assistant.tui.chat.screen import ChatScreen

LEAD_CELLS = 4
"""Before each line; the number is there."""
NARROW = 80
"""Below so many columns a card takes less room."""
ACTIONS = tuple(
    (action, action)
    for action in (
        "like", "dislike", "watched", "rate", "hide", "save", "open", "why", "more", "less",
        "undo", "copy", "finished",
    )
)  # fmt: skip
FACTS = 1
"""The number of the line that begins with the bar."""
RATE = "rate"
STARS = 5
RATINGS = (*((str(n), f"{n}★") for n in range(1, STARS + 1)), ("", "Esc"))


class PickCard(Static, can_focus=True):
    """One pick. Focused, it takes the keys of the registry's commands."""

    BINDINGS = [  # noqa: RUF012 - Textual's own form
        *(
            replace(binding, action=f"ask('{binding.action}')")
            for binding in bindings_of(Place.PICK)
            if isinstance(binding, Binding)
        ),
        Binding("up,k", "go(-1)", "Pick before", show=False),
        Binding("down,j", "go(1)", "Pick after", show=False),
        Binding("escape,tab,shift+tab,enter,i", "leave", "Write", show=False),
        Binding("slash", "leave('/')", "Command", show=False),
        *(Binding(str(n), f"digit({n})", f"Pick {n}", show=False) for n in range(1, 10)),
    ]

    class Asked(Message):
        """Something is to be done with this pick."""

        def __init__(self, card: PickCard, action: str, argument: str = "") -> None:
            super().__init__()
            self.card = card
            self.action = action
            self.argument = argument

    def __init__(self, shown: ShownPick) -> None:
        super().__init__(markup=False)
        self.shown = shown
        self._is_narrow = False
        self._is_pointed_at = False
        self._rates = False
        """Whether the next digit is a rating."""
        self._row: ClickableRow | None = None
        self._lead = Content.styled(f" {shown.pick.rank}".ljust(LEAD_CELLS), "bold $accent")
        self._draw(self._content())

    def on_mount(self) -> None:
        """Follow what becomes of the pick."""
        self.shown.changed = self._redraw
        self._redraw()

    def on_unmount(self) -> None:
        """The pick goes on without it."""
        if self.shown.changed == self._redraw:
            self.shown.changed = unheard

    @property
    def pick(self) -> Pick:
        """What it shows."""
        return self.shown.pick

    @property
    def reason(self) -> str:
        """Why it was picked, as far as it is written."""
        return self.shown.reason

    @property
    def marks(self) -> list[Mark]:
        """What the person said of it, the latest last."""
        return self.shown.marks

    # --- keys and the mouse ----------------------------------------------------------------------

    def action_ask(self, action: str) -> None:
        """Pass on a key of a command; a rating waits for its digit."""
        self._rates = action == RATE
        self._redraw()
        if action != RATE:
            self.post_message(self.Asked(self, action))

    def action_digit(self, number: int) -> None:
        """To a card of the same answer; after `r`, so many stars."""
        if not self._rates:
            self._leave(number=number)
        elif number <= STARS:
            self.click(str(number))

    def action_go(self, step: int) -> None:
        """To the card before or after."""
        self._stop_rating()
        self._leave(step=step)

    def action_leave(self, text: str = "") -> None:
        """Back to the prompt, or out of a rating."""
        if not self._stop_rating():
            self._leave(text=text)

    def _leave(self, *, step: int = 0, number: int = 0, text: str = "") -> None:
        # A call, not a message: the next key, which may be a command, goes to where this one leads.
        cast("ChatScreen", self.screen).leave_card(self, step=step, number=number, text=text)

    def click(self, meaning: str) -> None:
        """Do what a word in the row stands for."""
        if not self._rates:
            self.action_ask(meaning)
            return
        self._stop_rating()
        if meaning:
            self.post_message(self.Asked(self, RATE, meaning))

    def on_click(self, event: events.Click) -> None:
        """A click on a word of the row; one that ends a selection is none."""
        place = event.get_content_offset(self)
        if self._row is None or place is None or self.screen.get_selected_text():
            return
        if place.y != self.content_size.height - 1:
            return
        if meaning := self._row.at(place.x - LEAD_CELLS):
            self.click(meaning)
        elif self._rates:
            self._stop_rating()

    def on_enter(self) -> None:
        """Show what can be done with it."""
        self._is_pointed_at = True
        self._redraw()

    def on_leave(self) -> None:
        """Show it no more."""
        self._is_pointed_at = False
        self._redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show what can be done with it; a rating that was begun is not gone on with elsewhere."""
        super().watch_has_focus(has_focus)
        self._rates = self._rates and has_focus
        self._redraw()

    def on_resize(self) -> None:
        """Lines may be of another width."""
        self._redraw()

    def _stop_rating(self) -> bool:
        rated, self._rates = self._rates, False
        if rated:
            self._redraw()
        return rated

    # --- drawing ---------------------------------------------------------------------------------

    def _redraw(self) -> None:
        if not self.is_attached:
            return
        self._is_narrow = self.app.size.width < NARROW
        mark = self.marks[-1] if self.marks else None
        self.set_class(mark is not None and mark.is_declining, "unwanted")
        content = self._content()
        if not content.is_same(self._drawn):
            self._draw(content)

    def _draw(self, content: Content) -> None:
        self._drawn = content
        self.content = Hanging(self._lead, content)

    @property
    def _is_active(self) -> bool:
        return self.has_focus or (self._is_pointed_at and not self._is_narrow)

    @property
    def _has_row_line(self) -> bool:
        """Where there is room, the line is there before it is needed: nothing moves then."""
        return self._is_active or not self._is_narrow

    def _content(self) -> Content:
        lines = [self._title_line(), self._facts_line()]
        if self.reason or not self.shown.is_over:
            lines.append(Content(printable(self.reason) or "…"))
        if self.shown.noted:
            lines.append(self.shown.noted)
        lines += self._row_line()
        return Content("\n").join(lines)

    def _title_line(self) -> Content:
        title = (printable(self.pick.video.title), "bold")
        if not self.marks:
            return Content.assemble(title)
        return Content.assemble(title, (f"   {self.marks[-1].text}", self.marks[-1].style))

    def _facts_line(self) -> Content:
        known = printable(facts(self.pick.video, self.shown.language))
        cells = CELLS // 2 if self._is_narrow else CELLS
        pieces = (bar(self.pick, self.shown.best_score, cells), "  ", (known, DIM))
        if self._is_narrow:
            return Content.assemble(*pieces)
        before = " · " if known else ""
        return Content.assemble(*pieces, (printable(f"{before}{self.pick.cluster}"), "$secondary"))

    def _row_line(self) -> list[Content]:
        """The line of what can be done; where there is room, it is kept free for it."""
        if not self._is_active:
            self._row = None
            return [Content("")] if self._has_row_line else []
        width = self.content_size.width - LEAD_CELLS
        self._row = ClickableRow(RATINGS if self._rates else ACTIONS, width)
        return [self._row.content]

    # --- what is copied --------------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: what the lines say, without the bar and the row of actions."""
        first = selection.start.y if selection.start else 0
        lines = selection.extract(self._drawn.plain).split("\n")
        if first <= FACTS < first + len(lines):
            lines[FACTS - first] = lines[FACTS - first].lstrip(f"{SHAPES} ")
        row = self._drawn.plain.count("\n")
        if self._has_row_line and row < first + len(lines):
            lines = lines[: max(row - first, 0)]
        return "\n".join(lines), "\n"
