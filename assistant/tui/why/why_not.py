"""Where one asks why another video was not picked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.accounts import WhyNotReport
from assistant.listing import VideoLine
from assistant.tui.focus import focus_now
from assistant.tui.why.comparison import comparison
from assistant.tui.why.reasons import heading
from assistant.tui.why.texts import text
from assistant.wording import printable


class WhyNot(Vertical):
    """The question, the titles that are meant, and the answer."""

    BINDINGS = [Binding("down", "choose", show=False)]  # noqa: RUF012 - Textual's own form

    class Typed(Message):
        """The words have changed: titles with them are wanted."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Asked(Message):
        """Why this one was not picked is asked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name
            """An id or a title."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._titles: tuple[VideoLine, ...] = ()
        self._report: WhyNotReport | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static(heading(text("why_not", self._language)), markup=False, classes="heading")
        yield Input(placeholder=text("placeholder", self._language), compact=True)
        yield OptionList(id="why-titles", compact=True, markup=False)
        yield Static("", markup=False, id="why-comparison")

    def on_mount(self) -> None:
        """Nothing is asked yet."""
        self.offer(())

    def start(self) -> None:
        """Let the person type."""
        focus_now(self.query_one(Input))

    def offer(self, titles: Sequence[VideoLine]) -> None:
        """Show the titles that are meant, the best first."""
        self._titles = tuple(titles)
        choices = self.query_one("#why-titles", OptionList)
        choices.set_options([Option(_choice(one)) for one in titles])
        choices.display = bool(titles)

    def answer(self, report: WhyNotReport | None) -> None:
        """Show the account of a video; None where there is none to give."""
        self._report = report
        if report is None:
            self.say(text("gone", self._language))
        else:
            self._redraw()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def say(self, words: str) -> None:
        """Say something in the place of the account."""
        self._report = None
        self.query_one("#why-comparison", Static).update(Content(printable(words)))

    def on_resize(self, _: Resize) -> None:
        """The table takes the width that there is."""
        self._redraw()

    def _redraw(self) -> None:
        if self._report is not None:
            width = max(self.container_size.width, 1)
            self.query_one("#why-comparison", Static).update(comparison(self._report, width))

    # --- what the person does --------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Have titles looked for."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask for the best of the titles, or for what was typed where there is none."""
        event.stop()
        if self._titles:
            self._ask(self._titles[0].id, self._titles[0].title)
        elif words := event.value.strip():
            self._ask(words, words)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for the one that was chosen."""
        event.stop()
        chosen = self._titles[event.option_index]
        self._ask(chosen.id, chosen.title)

    def action_choose(self) -> None:
        """From the field to the first of the titles."""
        choices = self.query_one("#why-titles", OptionList)
        if self._titles:
            choices.highlighted = 0
            focus_now(choices)

    def _ask(self, name: str, title: str) -> None:
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = title
            field.cursor_position = len(title)
        self.offer(())
        focus_now(field)
        self.post_message(self.Asked(name))


def by_title(lines: Sequence[VideoLine], words: str) -> tuple[VideoLine, ...]:
    """Titles that are, begin with or hold the words come first, in the order they were found in.

    Args:
        lines: found by the words, which may stand in their texts too.
        words: as they are typed.
    """
    wanted = words.casefold().split()

    def rank(line: VideoLine) -> int:
        title = line.title.casefold().split()
        if title == wanted:
            return 0
        if " ".join(title).startswith(" ".join(wanted)):
            return 1
        return 2 if " ".join(wanted) in " ".join(title) else 3

    return tuple(sorted(lines, key=rank))


def _choice(one: VideoLine) -> Content:
    return Content.assemble(
        printable(one.title), (f"  {one.year}" if one.year else "", "$foreground 60%")
    )
