"""The chat's screen: passes what the person does to the engine, and shows what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer

from assistant.constraints import Limit, limits
from assistant.engine.protocol import (
    ComponentState,
    Failed,
    LastUndone,
    Lift,
    Memory,
    MemoryTold,
    Progress,
    Say,
    State,
    Stopped,
    Told,
    TurnProgress,
    UndoLast,
)
from assistant.engine.protocol.library import CountVideos, VideosCounted
from assistant.errors import Cancelled, EngineError
from assistant.tui.chat.card import PickCard
from assistant.tui.chat.chips import Chips
from assistant.tui.chat.dial import DialControl
from assistant.tui.chat.examples import examples
from assistant.tui.chat.exchange import Exchange
from assistant.tui.chat.hints import Hints, More
from assistant.tui.chat.notice import problem
from assistant.tui.chat.pick_actions import PickAction, PickActions
from assistant.tui.chat.prompt import Prompt
from assistant.tui.chat.shown import DONE, ShownPick
from assistant.tui.chat.transcript import Held, Source, Transcript
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.status import StatusLine
from assistant.types import Component, Dial, Signal, Turn, TurnEvent, TurnFinished, Understood
from assistant.wording import printable

if TYPE_CHECKING:
    from assistant.tui.app import MatineeApp


SUGGEST_AFTER_S = 0.5
"""After the library is there: what is needed to answer goes first."""


class ChatScreen(Screen[None]):
    """The status, the conversation, the limits in force, the prompt, the keys."""

    BINDINGS = bindings_of(Place.CHAT)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012 - Textual's own form
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.status = StatusLine()
        self.transcript = Transcript()
        self.prompt = Prompt()
        self._more = More()
        self._chips = Chips()
        self._hints = Hints()
        self._unanswered: dict[int, Exchange] = {}
        """By the id of the request."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.status
        yield self.transcript
        yield self._more
        yield self._chips
        yield self._hints
        yield self.prompt
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """One can type at once."""
        self._pick_actions = PickActions(
            self.matinee,
            self.ask,
            lambda: self.transcript.newest_picks,
            lambda shown: self.transcript.picks_beside(shown),
        )
        self.status.show_dial(self.matinee.dial)
        self.status.show_states(self.matinee.engine.states)
        self.matinee.jobs.changed.subscribe(self, lambda _: self._show_jobs())
        self.transcript.welcome.show_keys(self.matinee.key_of)
        self.prompt.focus()

    @property
    def matinee(self) -> MatineeApp:
        """The app."""
        return cast("MatineeApp", self.app)

    @property
    def is_answering(self) -> bool:
        """Whether a message is being answered, or waits for its answer."""
        return bool(self._unanswered)

    # --- what the engine says by itself ----------------------------------------------------------

    def show_state(self, state: ComponentState) -> None:
        """Show how far a component is, and what the unanswered messages wait for."""
        self.status.show_states(self.matinee.engine.states)
        if state.component is Component.LIBRARY and state.count is not None:
            self.transcript.welcome.show_count(state.count)
            self.set_timer(SUGGEST_AFTER_S, self._suggest)
        if state.state is not State.WAITING:
            self._say_what_is_waited_for()

    def tell(self, text: str) -> None:
        """Say something in the conversation; who reads above is left there."""
        self.transcript.add(Content(printable(text)), follow=False)

    def tell_problem(self, title: str, detail: str = "", hint: str = "") -> None:
        """Say in the conversation what went wrong; who reads above is left there."""
        self.transcript.add(problem(title, detail, hint), follow=False)

    def reply(self, text: str) -> None:
        """Say what came of a command: whoever gave it sees it."""
        self.transcript.add(Content(printable(text)))

    def reply_problem(self, failed: Failed) -> None:
        """Say why a command could not be carried out."""
        self.transcript.add(problem(failed.title, failed.detail, failed.hint))

    def _suggest(self) -> None:
        """Give examples of what the library holds to whoever has not said anything yet."""
        if self.transcript.is_empty:
            self.run_worker(self._show_examples(), group="examples")

    async def _show_examples(self) -> None:
        with suppress(EngineError, Cancelled):  # there are others
            counted = await self.matinee.desk.result(CountVideos(), VideosCounted)
            self.transcript.welcome.show_examples(examples(counted.counts))

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
        exchange = Exchange(message, self.transcript.titles)
        self._unanswered[say.id] = exchange
        self.refresh_bindings()
        self.run_worker(self._converse(exchange, say), group="answers")

    async def _converse(self, exchange: Exchange, say: Say | Lift) -> None:
        await self.transcript.add(exchange)
        self._say_what_is_waited_for()
        try:
            async for event in self.matinee.engine.ask(say):
                await self._show(exchange, event)
        except EngineError:
            exchange.fail("The answer was cut off.")
        finally:
            del self._unanswered[say.id]
            self.refresh_bindings()
            self._say_what_is_waited_for()

    async def _show(self, exchange: Exchange, event: Any) -> None:
        match event:
            case Stopped() | TurnProgress(event=TurnFinished(turn=Turn(stopped=True))):
                self._take_back(exchange)
            case TurnProgress(event=turn_event):
                self.transcript.show(exchange, turn_event)
                await self._show_limits(turn_event)
            case Failed(title=title, detail=detail, hint=hint):
                exchange.fail(title, detail, hint)
            case Told(text=text):
                self.tell(text)
            case Progress(stage=stage, done=done, total=total):
                exchange.say_phase(f"{stage}: {done:,} of {total:,}" if total else stage)
            case _:
                pass

    async def _show_limits(self, event: TurnEvent) -> None:
        """Show the limits that stand from a request for picks on."""
        is_there = self._chips.is_attached  # it is not, where the app is being left
        if is_there and isinstance(event, Understood) and event.request.intent.recommends:
            await self._chips.show(limits(event.request, event.request.language))

    def _take_back(self, exchange: Exchange) -> None:
        """After a stop: a message of which nothing was shown goes back into an empty prompt."""
        if exchange.is_empty and not self.prompt.value:
            self.prompt.write(exchange.message)
            self.transcript.remove_entry(exchange)
        else:
            exchange.stop()

    def _say_what_is_waited_for(self) -> None:
        for place, exchange in enumerate(self._unanswered.values()):
            if not self.matinee.engine.ready:
                exchange.say_phase("You are answered as soon as everything is loaded…")
            elif place:
                exchange.say_phase("After the one above…")

    # --- earlier conversations -------------------------------------------------------------------

    async def show_held(
        self, held: Held, standing: Sequence[Limit], source: Source | None = None
    ) -> None:
        """Show a conversation that was held before, in the place of this one.

        Args:
            held: its last turns; none for a new conversation.
            standing: the limits that stand.
            source: reads what came before, if anything did.
        """
        await self.transcript.replace(held, source)
        await self._chips.show(standing)

    # --- typing ----------------------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        """Show the commands that what is typed may become."""
        self._hints.show_for(self.prompt.text)

    def on_prompt_full(self) -> None:
        """Say that not all of it had room, after what changed has been shown."""
        self.call_after_refresh(self._hints.say_full)

    def on_key(self, event: events.Key) -> None:
        """What is typed elsewhere than on a card belongs into the prompt."""
        if event.is_printable and event.character and self._may_type:
            event.stop()
            focus_now(self.prompt)
            self.prompt.insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted belongs into the prompt, wherever the focus is."""
        if not self.prompt.has_focus:
            event.stop()
            focus_now(self.prompt)
            self.prompt.insert(event.text)

    @property
    def _may_type(self) -> bool:
        return not isinstance(self.focused, PickCard | Prompt)

    # --- where the reader is ---------------------------------------------------------------------

    def on_transcript_behind(self, event: Transcript.Behind) -> None:
        """Say that there is something new below."""
        self._more.display = event.behind

    def on_more_clicked(self) -> None:
        """Go to the end."""
        self.transcript.anchor()

    # --- the limits ------------------------------------------------------------------------------

    def on_chips_lifted(self, event: Chips.Lifted) -> None:
        """Answer again without that limit."""
        focus_now(self.prompt)
        self._ask(f"✕ {event.limit.text}", Lift(limit=event.limit))

    def go_to_prompt(self) -> None:
        """Write on."""
        focus_now(self.prompt)

    # --- the picks -------------------------------------------------------------------------------

    def go_to_picks(self) -> None:
        """Focus the first pick of the newest answer."""
        if cards := self.transcript.newest_cards:
            focus_now(cards[0])

    def leave_card(self, card: PickCard, *, step: int = 0, number: int = 0, text: str = "") -> None:
        """Go on from a card: to another, or to the prompt.

        Args:
            card: which has the focus.
            step: so many cards on, or back.
            number: of a card of the same answer.
            text: begun with in the prompt.
        """
        if number:
            target = self.transcript.sibling(card, number)
        else:
            target = self.transcript.neighbour(card, step) if step else None
        if target:
            focus_now(target)
        elif text:
            self.prompt.write(text)
        elif step < 0:
            self.transcript.show_earlier()
        elif not number:
            focus_now(self.prompt)

    def on_pick_card_asked(self, event: PickCard.Asked) -> None:
        """Do something with the pick of a card."""
        self._act(PickAction(event.action), event.card.shown, event.argument)

    def _act(self, action: PickAction, shown: ShownPick, argument: str = "") -> None:
        self.run_worker(self._pick_actions.run(action, shown, argument), group="picks")

    def act_on(self, name: str, argument: str) -> None:
        """Do something with a pick of the newest answer.

        Args:
            name: of a command of `Place.PICK`.
            argument: its number, and what else the command takes, as it was typed.
        """
        action = PickAction(name)
        number, _, rest = argument.partition(" ")
        picks = self.transcript.newest_picks
        if action is PickAction.UNDO and not number:
            self.run_worker(self._undo_last(), group="picks")
        elif shown := next((one for one in picks if str(one.pick.rank) == number), None):
            for card in self.transcript.newest_cards:
                if card.shown is shown:
                    card.scroll_visible()
            self._act(action, shown, rest.strip())
        elif picks:
            self.reply(f"Say which pick: /{name} 1 to /{name} {len(picks)}.")
        else:
            self.reply("There are no picks yet. Ask for something first.")

    async def _undo_last(self) -> None:
        with suppress(EngineError):  # a crash is reported by itself
            match await self.matinee.engine.last(UndoLast()):
                case LastUndone(text=text, video_id=video_id):
                    for shown in self.transcript.times_shown(video_id or ""):
                        if shown.marks:
                            shown.unmark()
                            shown.note(text, DONE)
                    self.reply(text)
                case Failed() as failed:
                    self.reply_problem(failed)
                case _:
                    pass

    def take_back(self, video_id: str, *signals: Signal) -> None:
        """Show on its cards that signals of a video were taken back."""
        for shown in self.transcript.times_shown(video_id):
            shown.unmark(*signals)

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

    def on_dial_control_turned(self, event: DialControl.Turned) -> None:
        """Turn the dial where it was clicked."""
        self.action_dial(event.dial)

    def action_dial(self, position: str = "") -> None:
        """Turn the dial, here and in the engine."""
        dials = list(Dial)
        if not position:
            dial = dials[(dials.index(self.matinee.dial) + 1) % len(dials)]
        elif position in dials:
            dial = Dial(position)
        else:
            self.reply(f"The dial has no “{position}”: it is {', '.join(dials)}.")
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
        if not self._chips.focus_first():
            self.reply("There are no limits in force. Say one: “under 20 minutes”, “no horror”.")

    def action_memory(self, command: str = "") -> None:
        """Have what is remembered listed or changed, and say what came of it."""
        self.run_worker(self._memory(command), group="memory")

    async def _memory(self, command: str) -> None:
        with suppress(EngineError):  # a crash is reported by itself
            match await self.matinee.engine.last(Memory(command=command)):
                case MemoryTold(text=text):
                    self.reply(text)
                case Failed() as failed:
                    self.reply_problem(failed)
                case _:
                    pass

    def action_scroll_up(self) -> None:
        """Scroll the conversation, wherever the focus is."""
        if self.transcript.scroll_offset.y:
            self.transcript.scroll_page_up()
        else:
            self.transcript.show_earlier()

    def action_scroll_down(self) -> None:
        """Scroll the conversation, wherever the focus is."""
        self.transcript.scroll_page_down()
