"""The line at the top: what is loaded, what is still loading, and where the dial stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from assistant.engine.protocol import ComponentState, State
from assistant.tui.chat.dial import DialControl
from assistant.tui.jobs import Running
from assistant.tui.wording import first_line, videos
from assistant.types import Component, Dial

NAMES: dict[Component, str] = {
    Component.LIBRARY: "library",
    Component.EMBEDDER: "embedder",
    Component.INDEX: "index",
    Component.LANGUAGE_MODEL: "language model",
}


class StatusLine(Horizontal):
    """Shows the state of each component, and little once all is ready."""

    def compose(self) -> ComposeResult:
        """The name, the components, the dial."""
        yield Static("Matinee", markup=False, id="brand")
        yield Static("", markup=False, id="components")
        yield Static("", markup=False, id="jobs")
        yield DialControl()

    def show_states(self, states: Mapping[Component, ComponentState]) -> None:
        """Show how far every component is."""
        self.query_one("#components", Static).update(summary(states))

    def show_jobs(self, running: Sequence[Running]) -> None:
        """Show what is being done, and how far it is."""
        self.query_one("#jobs", Static).update(" · ".join(map(_job, running)))

    def show_dial(self, dial: Dial) -> None:
        """Show where the dial stands."""
        self.query_one(DialControl).show(dial)

    def on_resize(self) -> None:
        """The dial takes less room on a narrow terminal."""
        self.query_one(DialControl).draw()


def _job(job: Running) -> str:
    share = job.share
    return job.request.title + ("…" if share is None else f" {share:.0%}")


def summary(states: Mapping[Component, ComponentState]) -> Content:
    """The states in one line."""
    parts = [part for state in states.values() if (part := _part(state))]
    waiting = [NAMES[name] for name, state in states.items() if state.state is State.WAITING]
    if waiting:
        parts.append(Content(("then " if parts else "starting: ") + ", ".join(waiting)))
    return Content(" · ").join(parts)


def _part(state: ComponentState) -> Content | None:
    name, detail = NAMES[state.component], first_line(state.detail)
    match state.state:
        case State.LOADING:
            return Content.styled(f"{name}: {detail or 'loading…'}", "$accent")
        case State.FAILED:
            return Content.styled(f"{name}: {detail}", "$error")
        case State.ABSENT:
            return Content(f"without a {name}: {detail}")
        case State.READY if state.count is not None:
            return Content(videos(state.count))
        case State.READY if state.component is Component.LANGUAGE_MODEL:
            return Content(f"{name}: {detail}")
        case State.READY if state.component is Component.INDEX and detail:
            return Content(detail)
        case _:
            return None
