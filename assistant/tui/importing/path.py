"""Where a path is typed: what it may become is listed under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from assistant.engine.protocol.importing import CompletePath, PathsCompleted
from assistant.errors import Cancelled, MatineeError
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp

_TYPING_S = 0.08
_LISTED = 8


class PathInput(Input):
    """Tab completes, as in a shell; Down leads to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "complete", priority=False),
        Binding("down", "list", show=False),
    ]

    class Complete(Message):
        """What was typed is to be completed."""

    class ListWanted(Message):
        """One of the listed is to be chosen."""

    def action_complete(self) -> None:
        """Ask for it."""
        self.post_message(self.Complete())

    def action_list(self) -> None:
        """Go to the list."""
        self.post_message(self.ListWanted())


class PathField(Vertical):
    """A path, and the files and folders that it may become."""

    class Given(Message):
        """A path was typed or chosen."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self._path = path
        self._found: tuple[str, ...] = ()
        self._soon: Timer | None = None

    def compose(self) -> Iterator[Widget]:
        """The field, the list."""
        yield PathInput(
            self._path,
            placeholder="A file, a folder or a zip: type its path, or drop it here",
            compact=True,
        )
        yield OptionList(compact=True)

    def on_mount(self) -> None:
        """Nothing is listed yet."""
        self.query_one(OptionList).display = False

    @property
    def field(self) -> PathInput:
        """Where it is typed."""
        return self.query_one(PathInput)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._soon:
            self._soon.stop()
        self._soon = self.set_timer(_TYPING_S, self._look)

    def _look(self) -> None:
        self.run_worker(self._ask(self.field.value), group="paths", exclusive=True)

    async def _ask(self, typed: str) -> None:
        """List what it may become. Where nobody can look, nothing is listed."""
        found: tuple[str, ...] = ()
        more = 0
        if typed.strip():
            desk = cast("MatineeApp", self.app).desk
            try:
                event = await desk.result(CompletePath(typed=typed), PathsCompleted)
            except (MatineeError, Cancelled):
                return
            found, more = event.paths, event.more
        if not self.query(OptionList):
            return  # it is being left
        if found != self._found:
            self._found = found
            self._list(more)
        self.query_one(OptionList).display = bool(found) and found != (typed,)

    def _list(self, more: int) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            Option(Content(printable(path)), id=str(place))
            for place, path in enumerate(self._found[:_LISTED])
        )
        if hidden := len(self._found[_LISTED:]) + more:
            text = Content.styled(f"… {hidden} more", "$foreground 60%")
            listed.add_option(Option(text, disabled=True))
        if listed.has_focus:
            listed.highlighted = 0 if self._found else None

    def on_path_input_complete(self) -> None:
        """Type what all that are listed begin with; go to the list where that is nothing more."""
        typed = self.field.value
        common = _common_start(self._found)
        if len(common) >= len(typed) and common != typed:
            self.field.value = common
            self.field.cursor_position = len(common)
        else:
            self.on_path_input_list_wanted()

    def on_path_input_list_wanted(self) -> None:
        """Go to the list, or where there is none to the next field."""
        listed = self.query_one(OptionList)
        if listed.display:
            listed.highlighted = 0
            listed.focus()
        else:
            self.screen.focus_next()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        """A folder can be gone into or imported, so the path goes into the field."""
        event.stop()
        path = self._found[int(event.option.id or 0)]
        self.field.value = path
        self.field.focus()
        self.field.cursor_position = len(path)

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(OptionList).display = False
        self.post_message(self.Given(event.value))


def _common_start(paths: tuple[str, ...]) -> str:
    """What all of them begin with; case as in the first."""
    if not paths:
        return ""
    first, *rest = paths
    length = len(first)
    for path in rest:
        pairs = zip(first.casefold(), path.casefold(), strict=False)
        same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first), len(path)))
        length = min(length, same)
    return first[:length]
