"""The taste page: interests, what was recommended beside them, the map; tabs where it is small."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static, Tab, Tabs

from assistant.engine.protocol.taste import (
    MakeMap,
    MapMade,
    MapShown,
    NameVideo,
    SetInterest,
    ShowMap,
    ShowTaste,
    TasteShown,
    VideoNamed,
)
from assistant.errors import Cancelled, MatineeError
from assistant.interests.maps import ViewerMap
from assistant.interests.report import InterestReport
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.jobs import Running
from assistant.tui.page import Page
from assistant.tui.taste.interests import InterestList, details
from assistant.tui.taste.marks import Marks
from assistant.tui.taste.picking import Chosen, Picked
from assistant.tui.taste.rename import Rename

if TYPE_CHECKING:
    from assistant.tui.taste.map import MapPane
    from assistant.tui.taste.mix import MixPane

PARTS = ("interests", "mix", "map")
_PART_OF = {
    **dict.fromkeys(("rename", "less", "more", "switch"), "interests"),
    **dict.fromkeys(("more_like", "zoom_in", "zoom_out", "whole_map"), "map"),
}
"""The part that a command belongs to, where it does not belong to all of the page."""
_STEP = 0.25
"""Of a weight."""
_NO_LIKES = """Nothing is known of your taste yet.

Say in the chat what you liked (“I loved Alien”), press l on a pick,
or import what you watched: /import

The map shows your library as it is."""


class TastePage(Page):
    """What Matinee knows of the viewer's taste, and what can be set of it."""

    PLACE = Place.TASTE
    CSS_PATH = "taste.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.TASTE)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._taste: TasteShown | None = None
        self._seen_by: ViewerMap | None = None
        self._mix: MixPane | None = None
        self._map: MapPane | None = None
        self.map_asked = False
        """Whether the map has been read once."""

    def compose_body(self) -> Iterator[Widget]:
        """The three parts; the tabs are there where they do not fit beside each other."""
        names = {"interests": "1 Interests", "mix": "2 Picks", "map": "3 Map"}
        yield Tabs(*(Tab(names[part], id=f"tab-{part}") for part in PARTS))
        with Horizontal(id="taste"):
            with Vertical(id="taste-interests"):
                yield InterestList()
                with VerticalScroll(id="interest-details", can_focus=False):
                    yield Static("", markup=False, id="interest-told")
            yield Vertical(id="taste-right")

    def on_mount(self) -> None:
        """Ask for all of it; lay the map out if need be."""
        super().on_mount()
        self.show_part("interests")
        self.query_one(InterestList).focus()
        self.matinee.jobs.changed.subscribe(self, self._job_changed)
        self.app.theme_changed_signal.subscribe(self, lambda _: self._show_taste())
        self.background(self._read(), "taste")
        self.background(self._draw(), "map")

    # --- parts -----------------------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show a part where one is shown at a time."""
        for one in PARTS:
            self.set_class(one == part, f"-{one}")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is set is seen: nothing of a part can be done while another one covers it."""
        part = _PART_OF.get(action)
        beside = self.has_class("-wide") and self.has_class("-tall")
        return part is None or beside or self.has_class(f"-{part}")

    @on(Tabs.TabActivated)
    def _tab_chosen(self, event: Tabs.TabActivated) -> None:
        self.show_part((event.tab.id or "").removeprefix("tab-"))

    def _go_to(self, part: str, widget: Widget) -> None:
        self.query_one(Tabs).active = f"tab-{part}"
        self.show_part(part)
        if widget.focusable:
            focus_now(widget)

    def action_interests(self) -> None:
        """Go to the interests."""
        self._go_to("interests", self.query_one(InterestList))

    def action_mix(self) -> None:
        """Go to what was recommended."""
        self._go_to("mix", self.query_one("#taste-right"))

    def action_map(self) -> None:
        """Go to the map."""
        self._go_to("map", self._map.plot if self._map else self.query_one("#taste-right"))

    # --- interests -------------------------------------------------------------------------------

    async def _read(self) -> None:
        self._taste = await self.matinee.desk.result(ShowTaste(), TasteShown)
        self._show_taste()

    async def _draw(self) -> None:
        """The charts come when what draws them is loaded: 0.1 s, in which the screen goes on."""
        mix = await asyncio.to_thread(import_module, "assistant.tui.taste.mix")
        map_ = await asyncio.to_thread(import_module, "assistant.tui.taste.map")
        if not self.is_attached:
            return
        self._mix, self._map = mix.MixPane(id="taste-mix"), map_.MapPane(id="taste-map")
        await self.query_one("#taste-right").mount(self._mix, self._map)
        self._show_taste()
        await self._read_map()

    def _show_taste(self) -> None:
        if self._taste is None or not self.is_attached:
            return
        report = self._taste.report
        marks = Marks(self.app.current_theme.dark)
        interests = report.interests
        self.query_one(InterestList).show(interests, marks)
        self.query_one(InterestList).display = bool(interests)
        places = {one.name: one.number - 1 for one in interests}
        if self._mix is not None and self._map is not None:
            self._mix.show(self._taste.mix, self._taste.mix_told, places)
            self._map.explain(interests)
        self._show_details()
        likes = f"{report.likes:,} like{'' if report.likes == 1 else 's'}"
        rest = f", {report.without_interest:,} of no interest" if report.without_interest else ""
        self.say(f"{likes}{rest}" if report.likes else "")

    @on(InterestList.OptionHighlighted)
    def _show_details(self) -> None:
        told = self.query_one("#interest-told", Static)
        chosen = self._chosen()
        if self._taste is not None and chosen is not None:
            told.update(details(chosen, self._taste.report))
        elif self._taste is not None:
            told.update(_NO_LIKES)

    def _chosen(self) -> InterestReport | None:
        return self.query_one(InterestList).chosen

    def action_rename(self) -> None:
        """Ask for a name."""
        if chosen := self._chosen():

            def named(name: str | None) -> None:
                if name is not None and name != chosen.name:
                    self._set(SetInterest(number=chosen.number, name=name))

            self.app.push_screen(Rename(chosen), named)

    def action_less(self) -> None:
        """Count it less."""
        self._weigh(-_STEP)

    def action_more(self) -> None:
        """Count it more."""
        self._weigh(_STEP)

    def _weigh(self, step: float) -> None:
        if chosen := self._chosen():
            weight = min(max(chosen.weight + step, 0.0), 2.0)
            if weight != chosen.weight:
                self._set(SetInterest(number=chosen.number, weight=weight))

    def action_switch(self) -> None:
        """Switch it off, or on again."""
        if chosen := self._chosen():
            self._set(SetInterest(number=chosen.number, off=not chosen.off))

    def _set(self, request: SetInterest) -> None:
        self.background(self._setting(request), "taste")

    async def _setting(self, request: SetInterest) -> None:
        self._taste = await self.matinee.desk.result(request, TasteShown)
        self.problem(None)
        self._show_taste()
        if request.off is not None:
            self._show_map()

    # --- the map ---------------------------------------------------------------------------------

    async def _read_map(self, *, making: bool = True) -> None:
        shown = await self.matinee.desk.result(ShowMap(), MapShown)
        self._seen_by = shown.map
        self._show_map()
        self.map_asked = True
        if shown.to_be_made and making:
            self.action_lay_out()

    def _show_map(self) -> None:
        interests = self._taste.report.interests if self._taste else ()
        off = {one.number - 1 for one in interests if one.off}
        if self._map is not None:
            self._map.show(self._seen_by, off)

    def action_lay_out(self) -> None:
        """Make the map anew."""
        if self.matinee.jobs.find(MakeMap) is None:
            self.app.run_worker(self._making(), group="make-map")

    async def _making(self) -> None:
        try:
            await self.matinee.jobs.run(MakeMap(), MapMade)
        except Cancelled:
            return
        except MatineeError as error:
            if self.is_attached:
                self.problem(error)

    def action_stop_map(self) -> None:
        """Stop making it."""
        if running := self.matinee.jobs.find(MakeMap):
            self.matinee.jobs.cancel(running.request)

    def _job_changed(self, running: Running) -> None:
        if not isinstance(running.request, MakeMap) or not self.is_attached:
            return
        if self.matinee.jobs.find(MakeMap) is None:
            self.background(self._read_map(making=False), "map")
            return
        far = f" {running.share:.0%}" if running.share is not None else ""
        if self._map is not None:
            self._map.tell(f"{running.stage or 'laying out'}…{far}   x stops it")

    def action_zoom_in(self) -> None:
        """Look closer."""
        if self._map is not None:
            self._map.plot.action_zoom_in()

    def action_zoom_out(self) -> None:
        """Look from farther off."""
        if self._map is not None:
            self._map.plot.action_zoom_out()

    def action_whole_map(self) -> None:
        """Show all of it."""
        if self._map is not None:
            self._map.plot.whole()

    @on(Picked)
    def _name_picked(self, event: Picked) -> None:
        self.background(self._naming(event.video_id), "name")

    async def _naming(self, video_id: str) -> None:
        named = await self.matinee.desk.result(NameVideo(video_id=video_id), VideoNamed)
        if self._map is not None:
            self._map.show_video(named)

    @on(Chosen)
    def action_more_like(self) -> None:
        """Put “something like TITLE” into the chat."""
        if self._map is not None and (picked := self._map.plot.picked):
            self.background(self._asking_for_more(picked), "name")

    async def _asking_for_more(self, video_id: str) -> None:
        named = await self.matinee.desk.result(NameVideo(video_id=video_id), VideoNamed)
        if named.title:
            self.matinee.back_to_chat(f"something like “{named.title}”")
