"""The page of models: a list, and all that is known of the one that is highlighted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assistant.engine.protocol.models import (
    ListModels,
    ModelLine,
    ModelRemoved,
    ModelsListed,
    ModelState,
    ModelUse,
    PlanUse,
    RemoveModel,
    UsePlanned,
)
from assistant.errors import Cancelled, MatineeError
from assistant.pace import Pace
from assistant.tui.commands import Place, bindings_of
from assistant.tui.jobs import Running
from assistant.tui.links import open_in_browser
from assistant.tui.models.asking import (
    AFTER,
    NOW,
    USE,
    before_download,
    before_removal,
    before_vectors,
)
from assistant.tui.models.lines import Doing, details, heading, line
from assistant.tui.models.work import ModelWork
from assistant.tui.page import Page
from assistant.tui.plain_list import PlainList

_MEGABYTES = " (MB)"
_THERE = (ModelState.IN_USE, ModelState.INSTALLED)


class ModelList(PlainList):
    """The models."""


class ModelsPage(Page):
    """Which models there are, and what can be done with each."""

    PLACE = Place.MODELS
    CSS_PATH = "models.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.MODELS)]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._models: dict[str, ModelLine] = {}
        """By the id of their option."""
        self._machine = ""
        self._gpus = "looking for a GPU…"
        self._paces: dict[int, Pace] = {}
        """By the id of the job."""

    def compose_body(self) -> Iterator[Widget]:
        """The machine, the models, the one at hand."""
        yield Static("", markup=False, id="machine")
        yield ModelList(markup=False)
        with VerticalScroll(id="model-details", can_focus=False):
            yield Static("", markup=False, id="model-told")

    def on_mount(self) -> None:
        """Ask the desk, and look for GPUs, which takes longer."""
        super().on_mount()
        self._list.focus()
        self.matinee.jobs.changed.subscribe(self, self._job_changed)
        self.set_interval(1.0, self._tick)
        self.refresh_models()
        self.run_worker(self._look_for_gpus(), group="gpus")

    @property
    def _list(self) -> ModelList:
        return self.query_one(ModelList)

    @property
    def work(self) -> ModelWork:
        """What is being done with models."""
        return ModelWork.of(self.matinee)

    # --- showing ---------------------------------------------------------------------------------

    def refresh_models(self) -> None:
        """Ask for the models anew."""
        self.background(self._read(), "models")

    async def _read(self) -> None:
        found = await self.matinee.desk.result(ListModels(), ModelsListed)
        if not self.query(ModelList):  # the page was left meanwhile
            return
        self._machine = found.machine
        self._models = {f"model-{number}": row for number, row in enumerate(found.rows)}
        self.say("no language model takes part" if found.silent else "")
        self._show_machine()
        self._show_all()

    async def _look_for_gpus(self) -> None:
        try:
            self._gpus = await self.work.look_for_gpus()
        except (Cancelled, MatineeError):
            self._gpus = "GPU: nothing could be found out."
        if self.query(ModelList):
            self._show_machine()

    def _show_machine(self) -> None:
        text = "\n".join(line for line in (self._machine, self._gpus) if line)
        self.query_one("#machine", Static).update(text)

    def _show_all(self) -> None:
        """Show every row; the one at hand stays at hand."""
        highlighted = self._list.highlighted
        width = self._list.scrollable_content_region.width or self.size.width - 4
        options: list[Option] = []
        for use in ModelUse:
            above = "\n" if options else ""
            options.append(Option(above + heading(use, width), id=use.value, disabled=True))
            options += [
                Option(line(model, self._doing(model), width), id=id_)
                for id_, model in self._models.items()
                if model.use is use
            ]
        self._list.clear_options()
        self._list.add_options(options)
        self._list.highlighted = highlighted if highlighted is not None else 1
        self._show_details()

    def _show_row(self, id_: str) -> None:
        model = self._models[id_]
        width = self._list.scrollable_content_region.width
        self._list.replace_option_prompt(id_, line(model, self._doing(model), width))
        if model is self._model:
            self._show_details()

    def _show_details(self) -> None:
        model = self._model
        told = details(model, self._doing(model), self._machine) if model else Content()
        self.query_one("#model-told", Static).update(told)

    @property
    def _model(self) -> ModelLine | None:
        """The one at hand."""
        option = self._list.highlighted_option
        return self._models.get(option.id or "") if option else None

    def _doing(self, model: ModelLine) -> Doing | None:
        running = self.work.running(model.name)
        if running is None:
            if not self.work.busy(model.name):
                return None
            return Doing("waiting" if self.work.waiting(model.name) else "one moment")
        megabytes = running.stage.endswith(_MEGABYTES)
        what = running.stage.removesuffix(_MEGABYTES).replace(model.name, "").strip()
        pace = self._paces.get(running.request.id)
        return Doing(
            what=what or running.request.title,
            done=running.done,
            total=running.total,
            unit="MB" if megabytes else "",
            per_second=pace.per_second if pace else None,
            left_s=pace.left_s(running.total) if pace and running.total else None,
        )

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_details()
        self.query_one("#model-details").scroll_home(animate=False)

    def on_resize(self, _: Resize) -> None:
        """As many columns as there is room for."""
        if self._models:
            self.call_after_refresh(self._show_all)

    # --- work that goes on -----------------------------------------------------------------------

    def _job_changed(self, job: Running) -> None:
        name = getattr(job.request, "name", None)
        ids = [id_ for id_, model in self._models.items() if model.name == name]
        if not ids:
            return
        self._paces.setdefault(job.request.id, Pace()).reached(job.done)
        self._show_row(ids[0])

    def _tick(self) -> None:
        """What stands still gets slower."""
        for job in self.matinee.jobs.running:
            self._job_changed(job)

    def work_ended(self, error: MatineeError | None) -> None:
        """Something that was done with a model has ended: see what has become of it."""
        self.problem(error)
        self._show_all()
        self.refresh_models()

    # --- commands --------------------------------------------------------------------------------

    @on(PlainList.Pressed)
    def action_use(self) -> None:
        """Use the model at hand; ask before what takes long."""
        if model := self._free():
            self.background(self._use(model), "use")

    async def _use(self, model: ModelLine) -> None:
        self.problem(None)
        if model.own or model.state is ModelState.IN_USE:
            self.say(f"{model.name} is in use.")
        elif model.state not in _THERE:
            await self._offer_download(model)
        else:
            planned = await self.matinee.desk.result(PlanUse(name=model.name), UsePlanned)
            if not planned.unembedded or await self._offer_vectors(model, planned):
                self.say(f"{model.name} from now on: the engine starts again with it.")
                await self.work.use(model.name)
                self.refresh_models()

    async def _offer_download(self, model: ModelLine) -> None:
        answer = await self.app.push_screen_wait(before_download(model))
        if answer:
            self.work.get(model.name, then_use=answer == USE)
            self._show_all()

    async def _offer_vectors(self, model: ModelLine, planned: UsePlanned) -> bool:
        """Whether it is to be used at once."""
        answer = await self.app.push_screen_wait(before_vectors(model, planned))
        if answer == AFTER:
            self.work.embed_then_use(model.name)
            self._show_all()
        return answer == NOW

    def action_none(self) -> None:
        """Use no language model."""
        self.background(self._use_none(), "use")

    async def _use_none(self) -> None:
        self.problem(None)
        await self.work.use("")
        self.refresh_models()

    def action_get(self) -> None:
        """Download the model at hand, or go on with its download."""
        model = self._free()
        if model is None:
            return
        if model.state in _THERE:
            self.say(f"{model.name} is there.")
            return
        self.problem(None)
        self.work.get(model.name)
        self._show_all()

    def action_measure(self) -> None:
        """See how fast it is here."""
        self._measure(quality=False)

    def action_quality(self) -> None:
        """See what it is worth on the person's own history."""
        self._measure(quality=True)

    def _measure(self, *, quality: bool) -> None:
        model = self._free()
        if model is None:
            return
        if model.own or model.state not in _THERE:
            self.say("Only a model of this list that is there can be measured: g gets it.")
            return
        self.problem(None)
        self.work.measure(model.name, quality=quality)
        self._show_all()

    def action_stop(self) -> None:
        """Stop what is being done with it."""
        if model := self._model:
            self.work.stop(model.name)

    def action_remove(self) -> None:
        """Remove it from the disk, when the person is sure."""
        if model := self._free():
            self.background(self._remove(model), "remove")

    async def _remove(self, model: ModelLine) -> None:
        self.problem(None)
        if model.state is ModelState.AVAILABLE:
            self.say(f"{model.name} is not on the disk.")
            return
        sure = model.packaged or model.state is not ModelState.INSTALLED
        if not sure and not await self.app.push_screen_wait(before_removal(model)):
            return
        removed = await self.matinee.desk.result(RemoveModel(name=model.name), ModelRemoved)
        self.refresh_models()
        self.notify(f"Removed {removed.name}: {removed.freed}.", markup=False)

    async def action_page(self) -> None:
        """Open its page in the browser."""
        if self._model and self._model.page and not await open_in_browser(self._model.page):
            self.say(f"No browser could be opened: {self._model.page}")

    def _free(self) -> ModelLine | None:
        """The model at hand; none while something is being done with it."""
        model = self._model
        if model is not None and self.work.busy(model.name):
            self.say(f"Something is being done with {model.name}: s stops it.")
            return None
        return model
