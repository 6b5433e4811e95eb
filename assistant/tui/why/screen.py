"""The panel of one pick, over the chat; on a narrow terminal it takes the whole screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Click, Resize
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static

from assistant.accounts import ScorePart, WhyReport
from assistant.engine.protocol.library import ListVideos, VideosListed
from assistant.engine.protocol.why import ReportWhy, ReportWhyNot, WhyNotReported, WhyReported
from assistant.listing import VideoFilter, VideoLine, VideoQuery
from assistant.tui.commands import Place, bindings_of
from assistant.tui.page import Page
from assistant.tui.why.bars import bars
from assistant.tui.why.neighbours import Neighbours, details
from assistant.tui.why.reasons import Reasons, group, heading
from assistant.tui.why.texts import text
from assistant.tui.why.why_not import WhyNot, by_title
from assistant.types import Pick
from assistant.wording import printable

TITLES, LOOKED_AT = 6, 60
"""So many titles are offered while one types, the best of so many that the desk finds."""
PAUSE_S = 0.08
"""After a key: who goes on typing has not asked yet."""


class Body(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down; left and right go to another pick."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
    ]


class ScoreParts(Static):
    """The parts of the score, drawn to the width that there is."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._parts: tuple[ScorePart, ...] = ()

    def show(self, parts: Sequence[ScorePart]) -> None:
        """Show those of another pick."""
        self._parts = tuple(parts)
        self.update(bars(self._parts, max(self.size.width, 1)))

    def on_resize(self, _: Resize) -> None:
        """Draw them anew."""
        self.update(bars(self._parts, max(self.size.width, 1)))


class WhyScreen(Page, ModalScreen[None]):
    """Why a pick was made.

    Args:
        pick: the one that is asked about.
        language: of the request that it answers.
        picks: all of the same answer, to go from one to the other.
    """

    PLACE = Place.WHY
    CSS_PATH = "why.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Place.WHY),
        *(Binding(str(n), f"show({n})", show=False) for n in range(1, 10)),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    def __init__(self, pick: Pick, language: str = "en", picks: Sequence[Pick] = ()) -> None:
        super().__init__()
        self._language = language
        self._picks = tuple(picks) if pick in picks else (pick,)
        self._place = self._picks.index(pick)
        self._reports: dict[int, WhyReport] = {}
        self._asked = ""
        """Why this was not picked is asked: an id or a title."""

    def compose(self) -> ComposeResult:
        """The panel, with a footer of its own."""
        with Vertical(id="why-panel"):
            yield Static(self._heading(), markup=False, id="page-title")
            yield Static("", markup=False, id="page-problem")
            with Body(id="page-body"):
                yield from self.compose_body()
            yield Footer(show_command_palette=False, compact=True)

    def compose_body(self) -> Iterator[Widget]:
        """The score, the reasons, the group, the neighbours, why not another."""
        yield Static("…", markup=False, id="why-score", classes="heading")
        yield ScoreParts()
        yield Reasons()
        yield Static("", markup=False, id="why-group")
        yield Static("", markup=False, id="why-near", classes="heading")
        yield Neighbours()
        yield Static("", markup=False, id="why-details")
        yield WhyNot(self._language)

    def on_mount(self) -> None:
        """Ask at once."""
        super().on_mount()
        self.query_one(Neighbours).show(())
        self.query_one("#why-details").display = False
        self.query_one(Body).focus()
        self._show_pick()

    def on_click(self, event: Click) -> None:
        """Beside the panel, where the chat is seen, a click goes back to it."""
        if event.widget is self:
            self.action_back()

    @property
    def pick(self) -> Pick:
        """The pick that is shown."""
        return self._picks[self._place]

    # --- the account -----------------------------------------------------------------------------

    def _show_pick(self) -> None:
        title = printable(self.pick.video.title)
        last = self._picks[-1].rank
        self.say(f"{self.pick.rank} of {last} · {title}" if len(self._picks) > 1 else title)
        self.background(self._account(self._place), "account")
        if self._asked:
            self.background(self._compare(self._asked), "comparison")

    async def _account(self, place: int) -> None:
        if place not in self._reports:
            pick = self._picks[place]
            request = ReportWhy(pick=pick, language=self._language)
            reported = await self.matinee.engine.result(request, WhyReported)
            self._reports[place] = reported.report
        if place == self._place:
            self.problem(None)
            await self._show(self._reports[place])

    async def _show(self, report: WhyReport) -> None:
        language = report.language
        note = ""
        if report.place is not None:
            note = text("place", language, place=report.place, of=report.candidates)
        score = f"{text('score', language)} {report.score:.2f}".replace("-", "−")
        near = text("neighbours" if report.neighbours else "no_neighbours", language)
        with self.app.batch_update():
            self.query_one("#why-score", Static).update(heading(score, note))
            self.query_one(ScoreParts).show(report.parts)
            await self.query_one(Reasons).show(report)
            about = group(report)
            self.query_one("#why-group", Static).update(about)
            self.query_one("#why-group").display = bool(about)
            self.query_one("#why-near", Static).update(heading(near))
            self.query_one(Neighbours).show(report.neighbours)
            self.query_one("#why-details").display = False

    # --- the other picks -------------------------------------------------------------------------

    def action_show(self, rank: int) -> None:
        """Show the pick of that number."""
        for place, pick in enumerate(self._picks):
            if pick.rank == rank and place != self._place:
                self._place = place
                self._show_pick()

    def action_previous(self) -> None:
        """The pick before."""
        self._go(-1)

    def action_next(self) -> None:
        """The pick after."""
        self._go(1)

    def _go(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self._picks):
            self._place = place
            self._show_pick()

    # --- the neighbours --------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show everything that is known of a neighbour, or no longer."""
        event.stop()
        self._show_details(toggle=True)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """What is shown is that of the neighbour that the cursor is on."""
        event.stop()
        if self.query_one("#why-details").display:
            self._show_details(toggle=False)

    def _show_details(self, *, toggle: bool) -> None:
        place = self.query_one("#why-details", Static)
        video = self.query_one(Neighbours).chosen
        if video is not None:
            place.update(details(video, self._language))
        place.display = video is not None and not (toggle and place.display)
        if place.display:
            self.call_after_refresh(place.scroll_visible, animate=False)

    def action_more_like(self) -> None:
        """Ask for more like the neighbour that the cursor is on, else like the pick."""
        near = self.query_one(Neighbours)
        video = (near.chosen if near.has_focus else None) or self.pick.video
        message = text("more_like", self._language, title=video.title)
        matinee = self.matinee
        self.dismiss()
        matinee.chat.ask(message)

    # --- why not ---------------------------------------------------------------------------------

    def action_why_not(self) -> None:
        """Go to the field where one asks for another title."""
        self.query_one(WhyNot).start()

    def on_why_not_typed(self, event: WhyNot.Typed) -> None:
        """Look for titles with these words."""
        self.background(self._find(event.words.strip()), "titles")

    async def _find(self, words: str) -> None:
        lines: tuple[VideoLine, ...] = ()
        if words:
            await asyncio.sleep(PAUSE_S)
            query = VideoQuery(filter=VideoFilter(words=words), limit=LOOKED_AT)
            found = await self.matinee.desk.result(ListVideos(query=query), VideosListed)
            lines = by_title(found.page.lines, words)[:TITLES]
        self.query_one(WhyNot).offer(lines)

    def on_why_not_asked(self, event: WhyNot.Asked) -> None:
        """Compare with that one."""
        self._asked = event.name
        self.query_one(WhyNot).say("…")
        self.background(self._compare(event.name), "comparison")

    async def _compare(self, name: str) -> None:
        request = ReportWhyNot(name=name, pick=self.pick, language=self._language)
        reported = await self.matinee.engine.result(request, WhyNotReported)
        self.query_one(WhyNot).answer(reported.report)
