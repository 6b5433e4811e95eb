"""The chat's screen: passes what the person does to the engine, and shows what comes of it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer

from assistant.constraints import limits
from assistant.engine.protocol import (
    ComponentState,
    Failed,
    Lift,
    Memory,
    MemoryTold,
    Progress,
    Say,
    State,
    Stopped,
    Told,
    TurnProgress,
)
from assistant.errors import EngineError
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.card import PickCard
from assistant.tui.chat.chips import Chips
from assistant.tui.chat.notice import Notice, problem
from assistant.tui.chat.pick_actions import PickAction, PickActions
from assistant.tui.chat.prompt import Prompt
from assistant.tui.chat.transcript import Transcript
from assistant.tui.chat.welcome import Welcome
from assistant.tui.commands import Place, bindings_of
from assistant.tui.status import StatusLine
from assistant.types import Component, Dial, Turn, TurnEvent, TurnFinished, Understood

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


class ChatScreen(Screen[None]):
    """The status, the conversation, the limits in force, the prompt, the keys."""

    BINDINGS = bindings_of(Place.CHAT)

    def __init__(self) -> None:
        super().__init__()
        self._unanswered: dict[int, Answer] = {}
        """By the id of the request."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield StatusLine()
        with Transcript():
            yield Welcome()
        yield Chips()
        yield Prompt()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """One can type at once."""
        self._pick_actions = PickActions(self.matinee.engine)
        self.status.show_dial(self.matinee.dial)
        self.status.show_states(self.matinee.engine.states)
        self.matinee.jobs.changed.subscribe(self, lambda _: self._show_jobs())
        self.prompt.focus()

    @property
    def matinee(self) -> MatineeApp:
        """The app."""
        return cast("MatineeApp", self.app)

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
    def is_answering(self) -> bool:
        """Whether a message is being answered, or waits for its answer."""
        return bool(self._unanswered)

    # --- what the engine says by itself ----------------------------------------------------------

    def show_state(self, state: ComponentState) -> None:
        """Show how far a component is, and what the unanswered messages wait for."""
        self.status.show_states(self.matinee.engine.states)
        if state.component is Component.LIBRARY and state.count is not None:
            for welcome in self.query(Welcome):
                welcome.show_count(state.count)
        if state.state is not State.WAITING:
            self._say_what_is_waited_for()

    def tell(self, text: str) -> None:
        """Say something in the conversation."""
        self.transcript.add(Notice(text))

    def tell_problem(self, title: str, detail: str = "", hint: str = "") -> None:
        """Say in the conversation what went wrong."""
        self.transcript.add(Notice(problem(title, detail, hint)))

    def _show_jobs(self) -> None:
        self.status.show_jobs(self.matinee.jobs.running)

    # --- messages --------------------------------------------------------------------------------

    def on_prompt_said(self, event: Prompt.Said) -> None:
        """Run a command, or answer a message."""
        if event.text.startswith("/"):
            self.matinee.run_line(event.text)
        else:
            self.ask(event.text)

    def ask(self, message: str) -> None:
        """Answer a message, as if it had been typed."""
        self._ask(message, Say(message=message))

    def _ask(self, message: str, say: Say | Lift) -> None:
        answer = Answer(message, self.transcript.titles)
        self.run_worker(self._converse(answer, say), group="answers")

    async def _converse(self, answer: Answer, say: Say | Lift) -> None:
        self._unanswered[say.id] = answer
        self.refresh_bindings()
        await self.transcript.add(answer)
        self._say_what_is_waited_for()
        try:
            async for event in self.matinee.engine.ask(say):
                await self._show(answer, event)
        except EngineError:
            answer.fail("The answer was cut off.")
        finally:
            del self._unanswered[say.id]
            self.refresh_bindings()
            self._say_what_is_waited_for()

    async def _show(self, answer: Answer, event: Any) -> None:
        match event:
            case Stopped() | TurnProgress(event=TurnFinished(turn=Turn(stopped=True))):
                self._take_back(answer)
            case TurnProgress(event=turn_event):
                answer.show(turn_event)
                await self._show_limits(turn_event)
                self.call_after_refresh(self.transcript.show_beginning, answer)
            case Failed(title=title, detail=detail, hint=hint):
                answer.fail(title, detail, hint)
            case Told(text=text):
                self.tell(text)
            case Progress(stage=stage, done=done, total=total):
                answer.say_phase(f"{stage}: {done:,} of {total:,}" if total else stage)
            case _:
                pass

    async def _show_limits(self, event: TurnEvent) -> None:
        """Show the limits that stand from a request for picks on."""
        if isinstance(event, Understood) and event.request.intent.recommends:
            for chips in self.query(Chips):  # none any more, where the app is being left
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
            if not self.matinee.engine.ready:
                answer.say_phase("You are answered as soon as everything is loaded…")
            elif place:
                answer.say_phase("After the one above…")

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
        self.run_worker(self._pick_actions.run(PickAction(event.action), event.card), group="picks")

    def act_on(self, name: str, number: str) -> None:
        """Do something with the pick of that number in the newest answer.

        Args:
            name: of a command of `Place.PICK`.
            number: as it was typed.
        """
        cards = self.transcript.newest_cards
        card = next((card for card in cards if str(card.pick.rank) == number), None)
        if card:
            card.scroll_visible()
            self.run_worker(self._pick_actions.run(PickAction(name), card), group="picks")
        elif cards:
            self.tell(f"Say which pick: /{name} 1 to /{name} {len(cards)}.")
        else:
            self.tell("There are no picks yet. Ask for something first.")

    # --- the commands of the chat ----------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is ours while an answer is being made, and belongs to what is focused otherwise."""
        if action == "stop":
            return self.is_answering and self.app.screen is self
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Stop every answer that is being made."""
        for request_id in self._unanswered:
            self.matinee.engine.cancel(request_id)

    def action_dial(self, position: str = "") -> None:
        """Turn the dial, here and in the engine."""
        dials = list(Dial)
        if not position:
            dial = dials[(dials.index(self.matinee.dial) + 1) % len(dials)]
        elif position in dials:
            dial = Dial(position)
        else:
            self.tell(f"The dial has no “{position}”: it is {', '.join(dials)}.")
            return
        self.matinee.dial = dial
        self.status.show_dial(dial)
        self.run_worker(self._set_dial(dial), group="dial")

    async def _set_dial(self, dial: Dial) -> None:
        # A crash is reported by itself, and the next engine starts with this dial.
        with suppress(EngineError):
            await self.matinee.engine.set_dial(dial)

    def action_limits(self) -> None:
        """Focus the first limit in force."""
        if not self.query_one(Chips).focus_first():
            self.tell("There are no limits in force. Say one: “under 20 minutes”, “no horror”.")

    def action_memory(self, command: str = "") -> None:
        """Have what is remembered listed or changed, and say what came of it."""
        self.run_worker(self._memory(command), group="memory")

    async def _memory(self, command: str) -> None:
        with suppress(EngineError):  # a crash is reported by itself
            match await self.matinee.engine.last(Memory(command=command)):
                case MemoryTold(text=text):
                    self.tell(text)
                case Failed(title=title, detail=detail, hint=hint):
                    self.tell_problem(title, detail, hint)
                case _:
                    pass

    def action_scroll_up(self) -> None:
        """Scroll the conversation, wherever the focus is."""
        self.transcript.scroll_page_up()

    def action_scroll_down(self) -> None:
        """Scroll the conversation, wherever the focus is."""
        self.transcript.scroll_page_down()
