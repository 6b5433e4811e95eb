"""Bringing one's own videos: a path, the steps by where they are, the import, its outcome."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.engine.protocol.importing import ImportVideos
from assistant.engine.protocol.library import ListVideos, VideosListed
from assistant.listing import VideoQuery
from assistant.pace import Pace
from assistant.tui.commands import Place, bindings_of, commands_of
from assistant.tui.focus import focus_now
from assistant.tui.importing.path import PathField
from assistant.tui.importing.running import STOPPED, Imports
from assistant.tui.importing.sources import SOURCES, source_named, steps_text
from assistant.tui.importing.wording import DIM, outcome, progress
from assistant.tui.jobs import Running
from assistant.tui.page import Page
from assistant.tui.wording import videos
from assistant.wording import printable


class ImportPage(Page):
    """Imports a source, and says how one gets there.

    Args:
        path: what is to be imported, as far as that was said; the person confirms it.
    """

    PLACE = Place.IMPORT
    CSS_PATH = "importing.tcss"
    BINDINGS = bindings_of(Place.IMPORT)

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self._path = path
        self._pace = Pace()
        self._stage = ""

    def compose_body(self) -> Iterator[Widget]:
        """The path, how far it is or what came of it, the steps."""
        yield PathField(self._path)
        yield Static("", markup=False, id="going-on")
        with VerticalScroll(id="outcome"):
            yield Static("", markup=False, id="outcome-text")
        yield OptionList(id="next")
        with Horizontal(id="steps"):
            yield OptionList(
                *(Option(Content(source.name), id=source.id) for source in SOURCES), id="sources"
            )
            with VerticalScroll(id="steps-of"):
                yield Static("", markup=False, id="steps-text")

    def on_mount(self) -> None:
        """Show where an import stands that is being done."""
        super().on_mount()
        self.matinee.jobs.changed.subscribe(self, self._job_went_on)
        self.query_one("#outcome").display = False
        self.query_one("#next").display = False
        self.query_one("#sources", OptionList).highlighted = 0
        self._show_hint()
        self.query_one(PathField).field.focus()
        if running := self.matinee.jobs.find(ImportVideos):
            self._show_running(running)
        else:
            self.background(self._count(), "count")

    async def _count(self) -> None:
        query = VideoQuery(limit=1)
        event = await self.matinee.desk.result(ListVideos(query=query), VideosListed)
        self.say(f"{videos(event.page.library)} so far")

    @property
    def _imports(self) -> Imports:
        return Imports.of(self.matinee)

    # --- the steps -----------------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#sources")
    def _source_chosen(self, event: OptionList.OptionHighlighted) -> None:
        source = source_named(event.option.id or "")
        self.query_one("#steps-text", Static).update(steps_text(source))
        self.query_one("#steps-of").scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#sources")
    def _source_read(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#steps-of").focus()

    def action_steps(self) -> None:
        """Go to the sources."""
        focus_now(self.query_one("#sources"))

    # --- the import ----------------------------------------------------------------------------

    @on(PathField.Given)
    def _given(self, event: PathField.Given) -> None:
        if self._imports.is_running:
            self.notify("One import at a time: this one first.", markup=False)
            return
        self._begin(event.path)

    def _begin(self, typed: str, *, bring_back: bool = False) -> None:
        self.problem(None)
        self._hide_end()
        self._imports.begin(ImportVideos(path=typed, bring_back=bring_back))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not being done cannot be stopped."""
        if action == "cancel":
            return self._imports.is_running
        return super().check_action(action, parameters)

    def action_cancel(self) -> None:
        """Stop the import."""
        self._show_going_on(Content.styled("Stopping…", DIM))
        self._imports.stop()

    def _job_went_on(self, job: Running) -> None:
        if self.is_attached and isinstance(job.request, ImportVideos) and self._imports.is_running:
            self._show_running(job)

    def _show_running(self, job: Running) -> None:
        if job.stage != self._stage:
            self._stage, self._pace = job.stage, Pace()
            self.refresh_bindings()
        self._pace.reached(job.done)
        stop = self._key("cancel")
        lines = [progress(job, self._pace)]
        lines += [Content.styled(printable(said), DIM) for said in job.told[-1:]]
        hint = f"{stop} stops it; what was read stays. It goes on while you chat."
        self._show_going_on(Content("\n").join([*lines, Content.styled(hint, DIM)]))

    def show_end(self) -> None:
        """Show how it ended, and what can be done now."""
        self._stage = ""
        self.refresh_bindings()
        imports = self._imports
        if imports.problem is not None:
            self._show_hint()
            self.problem(imports.problem)
            return
        if imports.last is None:
            self._show_going_on(Content.styled(STOPPED, "$warning"))
            return
        done = imports.last
        self._show_going_on(Content(""))
        self.say(f"{videos(done.library)} so far")
        self.query_one("#outcome-text", Static).update(outcome(done.imported, done.library))
        self.query_one("#outcome").display = True
        self.query_one("#steps").display = False
        self._offer_next(done.imported.removed)

    def _offer_next(self, removed: int) -> None:
        offers = [("library", "See the library"), ("chat", "Ask for something to watch")]
        if removed:
            offers.append(("again", f"Bring back what you had removed ({removed:,})"))
        offers.append(("more", "Import something else"))
        listed = self.query_one("#next", OptionList)
        listed.clear_options()
        listed.add_options(Option(Content(words), id=id_) for id_, words in offers)
        listed.display = True
        listed.highlighted = 0
        listed.focus()

    @on(OptionList.OptionSelected, "#next")
    def _next_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        match event.option.id:
            case "library":
                self.matinee.open_page(Place.LIBRARY)
            case "chat":
                self.matinee.back_to_chat()
            case "again" if self._imports.request is not None:
                self._begin(self._imports.request.path, bring_back=True)
            case _:
                self._hide_end()
                self._show_hint()
                self.query_one(PathField).field.value = ""
                self.query_one(PathField).field.focus()

    def _hide_end(self) -> None:
        self.query_one("#outcome").display = False
        self.query_one("#next").display = False
        self.query_one("#steps").display = True

    # --- what is said --------------------------------------------------------------------------

    def _show_hint(self) -> None:
        steps = self._key("steps")
        text = f"Enter imports it, Tab completes it. {steps}: how to get it, step by step."
        self._show_going_on(Content.styled(text, DIM))

    def _show_going_on(self, text: Content) -> None:
        for place in self.query("#going-on").results(Static):  # none, where the page is being left
            place.update(text)

    def _key(self, name: str) -> str:
        command = next(one for one in commands_of(Place.IMPORT) if one.name == name)
        return self.matinee.key_of(command)
