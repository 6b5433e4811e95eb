"""The app: puts the widgets together, and passes what the person does to the engine."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Footer

from assistant.constraints import limits
from assistant.engine.client import Engine
from assistant.engine.protocol import (
    ComponentState,
    Failed,
    Lift,
    Memory,
    MemoryTold,
    Say,
    Start,
    State,
    Stopped,
    TurnProgress,
)
from assistant.errors import EngineError
from assistant.tui.answer import Answer
from assistant.tui.card import PickCard
from assistant.tui.chips import Chips
from assistant.tui.commands import PickAction, dispatch
from assistant.tui.notice import Notice, help_text, problem
from assistant.tui.palette import CommandProvider
from assistant.tui.pick_actions import PickActions
from assistant.tui.prompt import Prompt
from assistant.tui.status import StatusLine
from assistant.tui.theme import MATINEE
from assistant.tui.transcript import Transcript
from assistant.tui.welcome import Welcome
from assistant.types import Component, Dial, Turn, TurnEvent, TurnFinished, Understood


class MatineeApp(App[None], inherit_bindings=False):
    """The chat. The engine is started after the first paint.

    Args:
        start: what the engine is to open.
    """

    TITLE = "Matinee"
    CSS_PATH = "styles.tcss"
    COMMANDS = App.COMMANDS | {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "stop", priority=True),
        Binding("ctrl+c", "interrupt", "stop", show=False, priority=True),
        Binding("f1", "help", "help"),
        Binding("f2", "dial", "dial", show=False),
        Binding("f3", "limits", "limits", show=False),
        Binding("ctrl+q", "quit", "quit", priority=True),
        Binding("pageup", "scroll(-1)", "Scroll up", show=False),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False),
    ]

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
        """The engine has ended unexpectedly."""

        def __init__(self, error: EngineError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.engine = Engine(
            start,
            on_state=lambda state: self.post_message(self.EngineState(state)),
            on_told=lambda text: self.post_message(self.EngineTold(text)),
            on_crash=lambda error: self.post_message(self.EngineCrash(error)),
        )
        self.dial = start.dial or start.settings.recommend.dial
        self._pick_actions = PickActions(self.engine)
        self._unanswered: dict[int, Answer] = {}
        """By the id of the request."""

    def compose(self) -> ComposeResult:
        """The status, the conversation, the prompt, the keys."""
        yield StatusLine()
        with Transcript():
            yield Welcome()
        yield Chips()
        yield Prompt()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Paint first, then start the engine."""
        self.register_theme(MATINEE)
        self.theme = MATINEE.name
        self.status.show_dial(self.dial)
        self.status.show_states(self.engine.states)
        self.prompt.focus()
        self.call_after_refresh(self.engine.start)

    async def on_unmount(self) -> None:
        """Leave no process behind."""
        await self.engine.close()

    @property
    def status(self) -> StatusLine:
        """The line at the top."""
        return self.query_one(StatusLine)

    @property
    def transcript(self) -> Transcript:
        """The conversation."""
        return self.query_one(Transcript)

    @property
    def prompt(self) -> Prompt:
        """Where one types."""
        return self.query_one(Prompt)

    @property
    def _on_screen(self) -> bool:
        """Whether there still is a screen: on leaving, the engine's last words come after it."""
        return bool(self.query(StatusLine))

    # --- the engine ------------------------------------------------------------------------------

    def on_matinee_app_engine_state(self, event: EngineState) -> None:
        """Show the state, and what the unanswered messages wait for."""
        if not self._on_screen:
            return
        self.status.show_states(self.engine.states)
        state = event.state
        if state.component is Component.LIBRARY and state.count is not None:
            self.query_one(Welcome).show_count(state.count)
        if state.state is not State.WAITING:
            self._say_what_is_waited_for()

    def on_matinee_app_engine_told(self, event: EngineTold) -> None:
        """Say it in the conversation."""
        if self._on_screen:
            self.transcript.add(Notice(event.text))

    def on_matinee_app_engine_crash(self, event: EngineCrash) -> None:
        """A crash is a message in the conversation."""
        if not self._on_screen:
            return
        error = event.error
        self.transcript.add(Notice(problem(error.title, error.detail, error.hint)))

    # --- messages --------------------------------------------------------------------------------

    def on_prompt_said(self, event: Prompt.Said) -> None:
        """Run a command, or answer a message."""
        if event.text.startswith("/"):
            dispatch(event.text, self)
            return
        self._ask(event.text, Say(message=event.text))

    def _ask(self, message: str, say: Say | Lift) -> None:
        answer = Answer(message, self.transcript.titles)
        self.run_worker(self._converse(answer, say), group="answers")

    async def _converse(self, answer: Answer, say: Say | Lift) -> None:
        self._unanswered[say.id] = answer
        self.refresh_bindings()
        await self.transcript.add(answer)
        self._say_what_is_waited_for()
        try:
            async for event in self.engine.ask(say):
                match event:
                    case Stopped() | TurnProgress(event=TurnFinished(turn=Turn(stopped=True))):
                        self._take_back(answer)
                    case TurnProgress(event=turn_event):
                        answer.show(turn_event)
                        await self._show_limits(turn_event)
                        self.call_after_refresh(self.transcript.show_beginning, answer)
                    case Failed(title=title, detail=detail, hint=hint):
                        answer.fail(title, detail, hint)
                    case _:
                        pass
        except EngineError:
            answer.fail("The answer was cut off.")
        finally:
            del self._unanswered[say.id]
            self.refresh_bindings()
            self._say_what_is_waited_for()

    async def _show_limits(self, event: TurnEvent) -> None:
        """Show the limits that stand from a request for picks on."""
        if isinstance(event, Understood) and event.request.intent.recommends:
            chips = self.query_one(Chips)
            await chips.show(limits(event.request, event.request.language))

    def _take_back(self, answer: Answer) -> None:
        """After a stop: a message of which nothing was shown goes back into the prompt."""
        if answer.is_empty and not self.prompt.value:
            self.prompt.write(answer.message)
            answer.remove()
        else:
            answer.stop()

    def _say_what_is_waited_for(self) -> None:
        for place, answer in enumerate(self._unanswered.values()):
            if not self.engine.ready:
                answer.say_phase("You are answered as soon as everything is loaded…")
            elif place:
                answer.say_phase("After the one above…")

    # --- the keys --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is ours while an answer is being made, and belongs to what is focused otherwise."""
        if action == "stop":
            return bool(self._unanswered) and len(self.screen_stack) == 1
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Stop every answer that is being made."""
        for request_id in self._unanswered:
            self.engine.cancel(request_id)

    def action_interrupt(self) -> None:
        """Ctrl-C: stop, or copy what is selected, or say how one leaves."""
        if self._unanswered:
            self.action_stop()
        elif selected := self.prompt.selected_text or self.screen.get_selected_text():
            self.copy_to_clipboard(selected)
        else:
            self.notify("Ctrl-Q quits.", markup=False)

    def action_help(self) -> None:
        """Show the help."""
        self.show_help()

    def action_dial(self) -> None:
        """Turn the dial one further."""
        self.turn_dial("")

    def action_limits(self) -> None:
        """Go to the limits in force."""
        self.show_limits()

    def action_scroll(self, pages: int) -> None:
        """Scroll the conversation, wherever the focus is."""
        if pages < 0:
            self.transcript.scroll_page_up()
        else:
            self.transcript.scroll_page_down()

    # --- the limits ------------------------------------------------------------------------------

    def on_chips_lifted(self, event: Chips.Lifted) -> None:
        """Answer again without that limit."""
        self.prompt.focus()
        self._ask(f"✕ {event.limit.text}", Lift(limit=event.limit))

    def on_chips_left(self) -> None:
        """Back to the prompt."""
        self.prompt.focus()

    # --- the cards -------------------------------------------------------------------------------

    def on_prompt_picks_wanted(self) -> None:
        """Focus the first pick of the newest answer."""
        if cards := self.transcript.newest_cards:
            cards[0].focus()

    def on_pick_card_left(self, event: PickCard.Left) -> None:
        """Go to another card, or back to the prompt."""
        if event.number:
            target = self.transcript.sibling(event.card, event.number)
        elif event.step:
            target = self.transcript.neighbour(event.card, event.step)
        else:
            target = None
        if target:
            target.focus()
        elif event.text:
            self.prompt.write(event.text)
        elif event.step >= 0 and not event.number:
            self.prompt.focus()

    def on_pick_card_asked(self, event: PickCard.Asked) -> None:
        """Do something with the pick of a card."""
        self.run_worker(self._pick_actions.run(event.action, event.card), group="picks")

    # --- what commands are carried out by (`commands.Actions`) -----------------------------------

    def act_on(self, action: PickAction, number: str) -> None:
        """Do something with the pick of that number in the newest answer."""
        cards = self.transcript.newest_cards
        card = next((card for card in cards if str(card.pick.rank) == number), None)
        if card:
            card.scroll_visible()
            card.action_ask(action.value)
        elif cards:
            self.tell(f"Say which pick: /{action.value} 1 to /{action.value} {len(cards)}.")
        else:
            self.tell("There are no picks yet. Ask for something first.")

    def turn_dial(self, position: str) -> None:
        """Turn the dial, here and in the engine."""
        dials = list(Dial)
        if not position:
            dial = dials[(dials.index(self.dial) + 1) % len(dials)]
        elif position in dials:
            dial = Dial(position)
        else:
            self.tell(f"The dial has no “{position}”: it is {', '.join(dials)}.")
            return
        self.dial = dial
        self.status.show_dial(dial)
        self.run_worker(self._set_dial(dial), group="dial")

    async def _set_dial(self, dial: Dial) -> None:
        # A crash is reported by itself, and the next engine starts with this dial.
        with suppress(EngineError):
            await self.engine.set_dial(dial)

    def show_limits(self) -> None:
        """Focus the first limit in force."""
        if not self.query_one(Chips).focus_first():
            self.tell("There are no limits in force. Say one: “under 20 minutes”, “no horror”.")

    def memory(self, command: str) -> None:
        """Have what is remembered listed or changed, and say what came of it."""
        self.run_worker(self._memory(command), group="memory")

    async def _memory(self, command: str) -> None:
        with suppress(EngineError):  # a crash is reported by itself
            match await self.engine.last(Memory(command=command)):
                case MemoryTold(text=text):
                    self.tell(text)
                case Failed(title=title, detail=detail, hint=hint):
                    self.transcript.add(Notice(problem(title, detail, hint)))
                case _:
                    pass

    def show_help(self) -> None:
        """List the commands and keys in the conversation."""
        self.transcript.add(Notice(help_text()))

    def leave(self) -> None:
        """End the app."""
        self.exit()

    def tell(self, text: str) -> None:
        """Say something in the conversation."""
        self.transcript.add(Notice(text))
