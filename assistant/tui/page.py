"""What every screen beside the chat has: a title, its keys, the way back, errors in place."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from assistant.errors import Cancelled, MatineeError
from assistant.tui.commands import TITLES, Place, bindings_of
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


def problem_text(error: MatineeError) -> Content:
    """What went wrong, to what, and what to do next."""
    more = (line for line in (error.detail, error.hint) if line)
    return Content("\n").join(
        [
            Content.styled(f"! {printable(error.title)}", "bold $text-error"),
            *(Content.styled(printable(line), "$foreground 70%") for line in more),
        ]
    )


class Page(Screen[None]):
    """A screen beside the chat. A subclass names its `PLACE` and composes its body.

    Its keys are ``BINDINGS = bindings_of(Place.…)``; the commands are its ``action_…`` methods.
    """

    PLACE: ClassVar[Place]
    BINDINGS = bindings_of(Place.PAGE)

    def compose(self) -> ComposeResult:
        """The title, room for an error, the body, the keys."""
        yield Static(self._heading(), markup=False, id="page-title")
        yield Static("", markup=False, id="page-problem")
        with Vertical(id="page-body"):
            yield from self.compose_body()
        yield Footer(show_command_palette=False, compact=True)

    def compose_body(self) -> Iterator[Widget]:
        """The widgets of the page."""
        raise NotImplementedError

    def _heading(self, note: str = "") -> Content:
        return Content.assemble(
            ("Matinee", "bold $accent"),
            ("  ›  ", "$foreground 60%"),
            (TITLES[self.PLACE], "bold"),
            (f"   {printable(note)}" if note else "", "$foreground 60%"),
        )

    @property
    def matinee(self) -> MatineeApp:
        """The app, with the engine, the desk and the jobs."""
        return cast("MatineeApp", self.app)

    def say(self, note: str) -> None:
        """Say something beside the title: a count, what has just been done."""
        self.query_one("#page-title", Static).update(self._heading(note))

    def problem(self, error: MatineeError | None) -> None:
        """Show an error under the title, or take it away."""
        place = self.query_one("#page-problem", Static)
        place.update(problem_text(error) if error else "")
        place.display = error is not None

    def background(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Do something in the background; a newer piece of work of the same group replaces it.

        What a person can be told of goes to `problem`.
        """
        self.run_worker(self._told_of(work), group=group, exclusive=True)

    async def _told_of(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Cancelled:
            return
        except NoMatches:
            if self.query("#page-problem"):  # else the page is being left, and its widgets are gone
                raise
        except MatineeError as error:
            if self.query("#page-problem"):
                self.problem(error)

    def on_mount(self) -> None:
        """There is no error yet."""
        self.problem(None)

    def action_back(self) -> None:
        """Back to the chat."""
        self.dismiss()
