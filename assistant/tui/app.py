"""The app: the chat and the pages over one engine, one desk, and the jobs."""

from __future__ import annotations

import asyncio
import gc
import inspect
from collections.abc import Coroutine, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, TextArea

from assistant.engine.client import Engine
from assistant.engine.protocol import DESK, ComponentState, Start, State
from assistant.errors import EngineError, MatineeError
from assistant.settings import Settings
from assistant.tui.chat.prompt import Prompt
from assistant.tui.chat.screen import ChatScreen
from assistant.tui.chat.transcript import Transcript
from assistant.tui.clipboard import copy
from assistant.tui.commands import Command, Place, bindings_of, named, not_a_command
from assistant.tui.jobs import Jobs
from assistant.tui.keymap import keymap
from assistant.tui.keys import shown
from assistant.tui.page import Page
from assistant.tui.pages import PAGES, load_pages, make_page
from assistant.tui.palette import CommandProvider
from assistant.tui.settings.applying import keep_theme
from assistant.tui.theme import MATINEE, THEMES
from assistant.types import Component
from assistant.wording import printable


class MatineeApp(App[None], inherit_bindings=False):
    """The app. The engine is started after the first paint, the desk when there is a library.

    Args:
        start: what the engine is to open.
    """

    TITLE = "Matinee"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["chat/chat.tcss", "page.tcss", "theme.tcss"]
    COMMANDS = App.COMMANDS | {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.ANYWHERE)]

    class EngineState(Message):
        """A component of the engine has come to another state."""

        def __init__(self, state: ComponentState) -> None:
            super().__init__()
            self.state = state

    class EngineTold(Message):
        """The engine has something to say that answers no message."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class EngineCrash(Message):
        """A child process has ended unexpectedly."""

        def __init__(self, error: EngineError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        """What the engine was started with; the settings in force are in it."""
        self.dial = start.dial or start.settings.recommend.dial
        self.chat = ChatScreen()
        self.engine = Engine(
            start,
            on_state=lambda state: self.post_message(self.EngineState(state)),
            on_told=lambda text: self.post_message(self.EngineTold(text)),
            on_crash=lambda error: self.post_message(self.EngineCrash(error)),
        )
        self.desk = Engine(
            start.model_copy(update={"core": DESK}),
            components=(),
            on_told=lambda text: self.post_message(self.EngineTold(text)),
        )
        """Answers what the pages ask, without a model."""
        self.jobs = Jobs(self, lambda: self.start)
        self._resumes = start.session_id
        """The session that is still to be shown."""
        self.keys: dict[str, str] = {}
        """Keys that the person has chosen, by the id of the command."""
        self._has_pages = False
        """Whether the pages are loaded, or are being loaded."""

    def get_default_screen(self) -> Screen[None]:
        """The chat is always there, under every page."""
        return self.chat

    def on_mount(self) -> None:
        """Paint first, then start the engine."""
        for theme in THEMES:
            self.register_theme(theme)
        for problem in self.apply_settings(self.start.settings):
            self.call_after_refresh(self.chat.tell, problem)
        keep_theme(self)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first paint."""
        gc.freeze()  # what is there by now lives as long as the app: it is not looked through again
        gc.enable()
        self.engine.start()

    def apply_settings(self, settings: Settings) -> Sequence[str]:
        """Take over what concerns the screen alone: colours and keys.

        Returns:
            What is wrong with them, in sentences; the rest holds.
        """
        self.start = self.start.model_copy(update={"settings": settings})
        chosen = keymap(settings.keys)
        self.keys = chosen.keys
        self.set_keymap(chosen.keys)
        wanted = settings.app.theme
        if wanted in self.available_themes:
            self.theme = wanted
            return chosen.problems
        self.theme = MATINEE.name
        return [*chosen.problems, f"There is no theme “{printable(wanted)}”. F9 has them all."]

    def key_of(self, command: Command) -> str:
        """The key of a command in force, as people write it; empty if it has none."""
        return shown(self.keys.get(command.id, command.key))

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it: as everywhere else."""
        return shown(binding.key)

    def on_key(self, event: events.Key) -> None:
        """A letter that was typed on the way to a field belongs into the field.

        It was given to what had the focus when it came, which had no use for it.
        """
        if not event.is_printable or not event.character:
            return
        match self.focused:
            case Input() as field if not field.disabled:
                field.insert_text_at_cursor(event.character)
            case TextArea() as field if not field.disabled and not field.read_only:
                field.insert(event.character)
            case _:
                return
        event.prevent_default()

    async def _load_pages(self) -> None:
        """Have every page ready to be opened, while there is little on the screen to be styled."""
        for sheet in await asyncio.to_thread(load_pages):
            if not self.stylesheet.has_source(str(sheet)):
                self.stylesheet.read(sheet)
        self.stylesheet.reparse()
        self.stylesheet.update(self)

    async def on_unmount(self) -> None:
        """Leave no process behind."""
        await self.jobs.close()
        await self.desk.close()
        await self.engine.close()

    @property
    def transcript(self) -> Transcript:
        """The conversation."""
        return self.chat.transcript

    @property
    def prompt(self) -> Prompt:
        """Where one types."""
        return self.chat.prompt

    # --- what the engine says by itself ----------------------------------------------------------

    def on_matinee_app_engine_state(self, event: EngineState) -> None:
        """Show it, and open the desk as soon as there is a library."""
        if not self.chat.is_running:  # on leaving, the engine's last words come after the screen
            return
        self.chat.show_state(event.state)
        if event.state.component is Component.LIBRARY and event.state.state is State.READY:
            self.desk.start()
        if self.engine.ready and not self._has_pages:
            self._has_pages = True
            self.run_worker(self._load_pages(), group="pages")
            self._show_what_is_resumed()

    def _show_what_is_resumed(self) -> None:
        """Show the session that the engine was started with, once."""
        session_id, self._resumes = self._resumes, None
        if session_id is not None:
            from assistant.tui.sessions.resuming import show_what_was_resumed

            self.run_worker(self._told_of(show_what_was_resumed(self, session_id)), group="resumed")

    async def _told_of(self, work: Coroutine[object, object, None]) -> None:
        """Do it; what goes wrong is said in the chat."""
        try:
            await work
        except MatineeError as error:
            self.chat.tell_problem(error.title, error.detail, error.hint)

    def on_matinee_app_engine_told(self, event: EngineTold) -> None:
        """Say it in the conversation."""
        if self.chat.is_running:
            self.chat.tell(event.text)

    def on_matinee_app_engine_crash(self, event: EngineCrash) -> None:
        """A crash is a message in the conversation."""
        if self.chat.is_running:
            error = event.error
            self.chat.tell_problem(error.title, error.detail, error.hint)

    # --- commands --------------------------------------------------------------------------------

    def run_line(self, line: str) -> None:
        """Run the command that `line` names (``/like 2``), or say that there is none."""
        name, _, argument = line.removeprefix("/").partition(" ")
        if command := named(name):
            self.run_command(command, argument.strip())
        else:
            self.chat.reply(not_a_command(name))

    def run_command(self, command: Command, argument: str = "") -> None:
        """Carry out a command, wherever it belongs.

        Args:
            command: one of `commands.COMMANDS`; one of a page only while that page is shown.
            argument: as it was typed.
        """
        if command.place is Place.PICK:
            self.chat.act_on(command.name, argument)
            return
        action = getattr(self._carrier(command), f"action_{command.action}")
        outcome = action(argument) if argument and command.argument else action()
        if inspect.isawaitable(outcome):
            self.run_worker(_awaited(outcome), group="commands")

    def _carrier(self, command: Command) -> DOMNode:
        if command.place is Place.ANYWHERE:
            return self
        return self.chat if command.place is Place.CHAT else self.screen

    def open_page(self, place: Place, argument: str = "") -> None:
        """Show the page of a place, over the chat; another page gives way to it."""
        if place not in PAGES:
            return
        if isinstance(self.screen, Page):
            if self.screen.PLACE is place:
                return
            self.switch_screen(make_page(place, argument))
        else:
            self.push_screen(make_page(place, argument))

    def back_to_chat(self, text: str = "") -> None:
        """Leave every page; `text` is put into the prompt to be gone on with."""
        while self.screen is not self.chat and len(self.screen_stack) > 1:
            self.pop_screen()
        if text:
            self.prompt.write(text)

    def action_library(self) -> None:
        """Show the library."""
        self.open_page(Place.LIBRARY)

    def action_import(self, path: str = "") -> None:
        """Show how to bring one's own videos."""
        self.open_page(Place.IMPORT, path)

    def action_taste(self) -> None:
        """Show the interests and the map."""
        self.open_page(Place.TASTE)

    def action_sessions(self) -> None:
        """Show the earlier conversations."""
        self.open_page(Place.SESSIONS)

    def action_new(self) -> None:
        """Begin a new conversation."""
        from assistant.tui.sessions.resuming import resume

        self.run_worker(self._told_of(resume(self, None)), group="resumed", exclusive=True)

    def action_title(self, title: str = "") -> None:
        """Give the conversation a title; without one it goes by its first request."""
        from assistant.tui.sessions.here import give_title

        self.run_worker(self._told_of(give_title(self, title)), group="session")

    def action_export(self, format_: str = "") -> None:
        """Write the conversation into a file."""
        from assistant.tui.sessions.here import export

        self.run_worker(self._told_of(export(self, format_)), group="session")

    def action_models(self) -> None:
        """Show the models."""
        self.open_page(Place.MODELS)

    def action_hidden(self) -> None:
        """Show what is hidden."""
        self.open_page(Place.HIDDEN)

    def action_settings(self) -> None:
        """Show the settings."""
        self.open_page(Place.SETTINGS)

    def action_help(self) -> None:
        """Show every command and key."""
        from assistant.tui.help.page import HelpPage

        if not isinstance(self.screen, HelpPage):
            self.push_screen(HelpPage(_place_of(self.screen)))

    def action_interrupt(self) -> None:
        """Ctrl-C: copy what is selected, or stop, or say how one leaves."""
        selected = self.screen.get_selected_text()
        if self.screen is self.chat:
            selected = selected or self.prompt.selected_text
        if selected:
            self.run_worker(copy(self, selected), group="clipboard")
            self.notify(f"Copied {len(selected):,} characters.", markup=False)
        elif self.chat.is_answering:
            self.chat.action_stop()
        else:
            self.notify("Ctrl-Q quits.", markup=False)


def _place_of(screen: Screen[object]) -> Place:
    return screen.PLACE if isinstance(screen, Page) else Place.CHAT


async def _awaited(outcome: object) -> None:
    await outcome  # type: ignore[misc]
