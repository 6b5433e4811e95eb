"""The widgets of the chat with hostile picks in them, drawn without a terminal."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget

import assistant.tui
from assistant.conversation import Conversation
from assistant.explain import why
from assistant.tui.chat.answer import Answer
from assistant.tui.chat.exchange import Exchange
from assistant.tui.chat.notice import problem
from assistant.tui.chat.prompt import Prompt
from assistant.tui.chat.transcript import Transcript
from assistant.tui.links import link_of
from assistant.tui.theme import MATINEE
from assistant.types import TurnEvent
from assistant.wording import printable
from benchmarks.bad_input.findings import Findings
from benchmarks.bad_input.texts import hostile

SIZE = (100, 60)
_HALVES = re.compile("[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0020-\U000e01ef]")


class Stage(App[None]):
    """The conversation and the prompt, without an engine behind them."""

    CSS_PATH = Path(assistant.tui.__file__).parent / "chat" / "chat.tcss"

    def compose(self) -> ComposeResult:
        """What the app has where the conversation is."""
        yield Transcript()
        yield Prompt()

    def on_mount(self) -> None:
        """Wear the app's colours."""
        self.register_theme(MATINEE)
        self.theme = MATINEE.name


def show_turns(
    conversation: Conversation, findings: Findings, draw: random.Random, times: int
) -> None:
    """Draw answers to hostile messages, with what keys on their cards say."""
    messages = [hostile(draw) for _ in range(times)]
    errors = [(hostile(draw), hostile(draw), hostile(draw)) for _ in range(times)]
    with findings.guarding("the screen"):
        turns = [(message, list(conversation.turn(message))) for message in messages]
        asyncio.run(_drawn(turns, errors, findings))


async def _drawn(
    turns: Sequence[tuple[str, list[TurnEvent]]],
    errors: Iterable[tuple[str, str, str]],
    findings: Findings,
) -> None:
    app = Stage()
    async with app.run_test(size=SIZE) as pilot:
        transcript = app.query_one(Transcript)
        for message, events in turns:
            exchange = Exchange(message, transcript.titles)
            await transcript.add(exchange)
            for event in events:
                transcript.show(exchange, event)
            await pilot.pause()
            answer = app.query(Answer).last()
            findings.cards += len(answer.cards)
            for card in answer.cards.values():
                _judge(card, findings)
                card.shown.note(why(card.pick, card.shown.language))
                await pilot.pause()
                _judge(card, findings)
                card.shown.note(f"Opening: {link_of(card.pick.video).url}")
            await pilot.pause()
            _judge(answer, findings)
        for number, (title, detail, hint) in enumerate(errors):
            text = Content(printable(title)) if number % 2 else problem(title, detail, hint)
            await transcript.add(text)
            app.query_one(Prompt).write(title)
            await pilot.pause()
            _judge(app.screen, findings)


def _judge(widget: Widget, findings: Findings) -> None:
    """Look at every line that is drawn of a widget and of those in it, and at what it can do."""
    for part in (widget, *widget.query("*")):
        where = f"the screen: {type(part).__name__}"
        if part.children:
            continue
        for number in range(part.size.height):
            for segment in part.render_line(number):
                text = segment.text.replace("\n", "\x00")  # a break would tear the line
                if isinstance(part, Prompt):  # what is still being typed may end half-way
                    text = _HALVES.sub("", text)
                findings.judge(where, text, heaps=not isinstance(part, Prompt))
                style = segment.style
                if style and (style.link or any(name.startswith("@") for name in style.meta)):
                    findings.judge(f"{where}: a link or an action from data", "\x00")
