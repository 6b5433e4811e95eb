"""Keys that come faster than the focus moves."""

from __future__ import annotations

from pathlib import Path

from textual import events

from assistant.tui.app import MatineeApp
from assistant.tui.chat.card import PickCard
from assistant.types import Signal
from tests.assistant.tui.support import answered, finished, loaded, running


def burst(app: MatineeApp, *keys: str) -> None:
    """All of them at once, as a terminal gives what was typed while the app was busy."""
    for key in keys:
        character = "/" if key == "slash" else key if len(key) == 1 else None
        app.post_message(events.Key(key, character))


async def test_a_key_acts_on_the_card_that_the_key_before_it_led_to(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await answered(app, pilot, "something quiet")
        await pilot.press("tab")
        burst(app, "down", "w", "down", "down", "l")
        await finished(app, pilot)
        cards = app.chat.transcript.newest_cards
        assert [[mark.signal for mark in card.marks] for card in cards[:4]] == [
            [],
            [Signal.WATCHED],
            [],
            [Signal.LIKED],
        ]
        assert app.focused is cards[3]


async def test_what_is_typed_on_the_way_to_the_prompt_gets_there(tmp_path: Path) -> None:
    async with running(tmp_path) as (app, pilot):
        await loaded(app)
        await answered(app, pilot, "something quiet")
        await pilot.press("tab")
        assert isinstance(app.focused, PickCard)
        burst(app, "slash", "i", "m", "l", "w")
        await finished(app, pilot)
        assert app.prompt.value == "/imlw"
        assert not any(card.marks for card in app.chat.transcript.newest_cards)
