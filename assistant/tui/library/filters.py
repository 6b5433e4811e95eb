"""Where the list is narrowed: every choice with the number of videos that it would leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.engine.protocol.library import CountVideos, VideosCounted
from assistant.errors import Cancelled, MatineeError
from assistant.listing import FacetCounts, Show, VideoFilter
from assistant.tui.library.wording import (
    SHOWS,
    language,
    minutes_of,
    plain_range,
    seconds_of,
    typed_range,
)
from assistant.types import Kind
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp

_MOST = 40
"""Values of one sort that are offered."""
_NOT_A_RANGE = "Type it like 1990-1999, 1990- or -1999."


class Filters(ModalScreen[VideoFilter | None]):
    """Narrows a filter; gives back the new one, or None where nothing is to change.

    Args:
        wanted: the filter in force.
    """

    CSS_PATH = "filters.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "apply", "done"),
        Binding("ctrl+r", "clear", "all again"),
    ]

    def __init__(self, wanted: VideoFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self._counts: FacetCounts | None = None

    def compose(self) -> ComposeResult:
        """The choices, the two ranges, how one leaves."""
        wanted = self._wanted
        with Vertical(id="filters"):
            yield Static(Content.styled("Show only", "bold"), markup=False)
            yield OptionList(id="choices")
            with Horizontal(classes="range"):
                yield Static("Years", markup=False)
                yield Input(
                    plain_range(wanted.min_year, wanted.max_year),
                    placeholder="1990-1999",
                    compact=True,
                    id="years",
                )
            with Horizontal(classes="range"):
                yield Static("Minutes", markup=False)
                yield Input(
                    minutes_of(wanted), placeholder="20-90, or 20", compact=True, id="minutes"
                )
            yield Static("", markup=False, id="filters-note")

    def on_mount(self) -> None:
        """Count, and be ready to choose."""
        self.query_one("#choices", OptionList).focus()
        self._say()
        self._count()

    def _count(self) -> None:
        self.run_worker(self._ask(), group="counts", exclusive=True)

    async def _ask(self) -> None:
        desk = cast("MatineeApp", self.app).desk
        try:
            event = await desk.result(CountVideos(filter=self._wanted), VideosCounted)
        except Cancelled:
            return
        except MatineeError as error:
            self._say(error.title)
            return
        self._counts = event.counts
        if self.query("#choices"):  # else it is being left
            self._list(event.counts)

    def _list(self, counts: FacetCounts) -> None:
        """Show the choices again, the pointer where it was."""
        choices = self.query_one("#choices", OptionList)
        place = choices.highlighted
        choices.clear_options()
        choices.add_options(_options(self._wanted, counts))
        first = next((n for n, option in enumerate(choices.options) if not option.disabled), None)
        choices.highlighted = first if place is None else min(place, choices.option_count - 1)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        facet, _, value = (event.option.id or "").partition(":")
        self._wanted = _toggled(self._wanted, facet, value)
        if self._counts is not None:
            self._list(self._counts)
        self._count()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        limits = typed_range(event.value)
        if limits is None:
            self._say(_NOT_A_RANGE)
            return
        names = ("min_year", "max_year")
        if event.input.id == "minutes":
            limits, names = seconds_of(limits), ("min_duration_s", "max_duration_s")
        changed = self._wanted.model_copy(update=dict(zip(names, limits, strict=True)))
        self._say()
        if changed != self._wanted:
            self._wanted = changed
            self._count()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_apply()

    def action_apply(self) -> None:
        """Back to the list, as it is now chosen."""
        self.dismiss(self._wanted)

    def action_clear(self) -> None:
        """Choose nothing; the words stay."""
        self._wanted = VideoFilter(words=self._wanted.words)
        for field in self.query(Input):
            field.value = ""
        self._count()

    def _say(self, problem: str = "") -> None:
        keys = "Enter chooses · Tab to the years · Ctrl-R all again · Esc done"
        text = Content.styled(keys, "$foreground 60%")
        if problem:
            text = Content.styled(f"! {printable(problem)}", "$text-error")
        for note in self.query("#filters-note").results(Static):
            note.update(text)


def _options(wanted: VideoFilter, counts: FacetCounts) -> Iterator[Option]:
    yield _heading("What you did")
    for show, name in SHOWS.items():
        yield _choice(f"show:{show}", name, counts.shows.get(show, 0), wanted.show is show, "()")
    for facet, title, values, chosen in (
        ("kinds", "Kind", counts.kinds, wanted.kinds),
        ("languages", "Language", counts.languages, wanted.languages),
        ("sources", "Source", counts.sources, wanted.sources),
    ):
        yield _heading(title)
        some = {**dict.fromkeys(map(str, chosen), 0), **values}
        for value, count in list(some.items())[:_MOST]:
            name = language(value) if facet == "languages" else printable(value)
            yield _choice(f"{facet}:{value}", name, count, value in chosen, "[]")


def _heading(title: str) -> Option:
    return Option(Content.styled(title, "bold $accent"), disabled=True)


def _choice(id_: str, name: str, count: int, chosen: bool, box: str) -> Option:
    mark = f"{box[0]}{'x' if chosen else ' '}{box[1]} "
    return Option(
        Content.assemble(mark, f"{name:<22.22}", (f"{count:>9,}", "$foreground 60%")), id=id_
    )


def _toggled(wanted: VideoFilter, facet: str, value: str) -> VideoFilter:
    """The filter with one more choice, or one less."""
    if facet == "show":
        show = Show(value)
        return wanted.model_copy(update={"show": Show.ALL if wanted.show is show else show})
    chosen = getattr(wanted, facet)
    typed = Kind(value) if facet == "kinds" else value
    left = tuple(one for one in chosen if one != typed)
    return wanted.model_copy(update={facet: left if typed in chosen else (*chosen, typed)})
