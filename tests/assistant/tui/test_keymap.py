from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.tui.app import MatineeApp
from assistant.tui.keymap import is_key, keymap
from assistant.types import Dial
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.support import finished, loaded, screen_text


def test_chosen_keys_are_taken() -> None:
    chosen = {"like": "k", "quit": "ctrl+q, f10"}
    assert keymap(chosen).keys == {"like": "k", "quit": "ctrl+q,f10"}
    assert keymap(chosen).problems == ()


def test_two_commands_may_change_places() -> None:
    chosen = {"like": "d", "dislike": "l"}
    assert keymap(chosen).keys == chosen


def test_what_cannot_hold_is_said_and_the_own_key_stays() -> None:
    found = keymap({"lik": "k", "like": "ctrll+x", "save": "", "hide": "d", "dial": "f1"})
    assert found.keys == {}
    assert found.problems == (
        "The settings give a key to “lik”, which is no command.",
        "The settings give “like” the key “ctrll+x”, which is none.",
        "The settings give “save” the key nothing, which is none.",
        "“hide” keeps its own key: d belongs to “dislike”.",
        "“dial” keeps its own key: F1 belongs to “help”.",
    )


@pytest.mark.parametrize(
    ("name", "known"), [("l", True), ("f2", True), ("ctrl+up", True), ("slash", True), ("好", True),
                        ("hyperspace+l", False), ("", False), ("no key", False)],
)  # fmt: skip
def test_names_of_keys(name: str, known: bool) -> None:
    assert is_key(name) is known


async def test_the_app_takes_them_and_tells_of_the_others(tmp_path: Path) -> None:
    settings = Settings(keys={"dial": "f11", "nothing": "x"})
    app = MatineeApp(fake_start(tmp_path).model_copy(update={"settings": settings}))
    async with app.run_test(size=(100, 40)) as pilot:
        await loaded(app)
        await pilot.press("f11")
        await finished(app, pilot)
        assert app.dial is Dial.EXPLORE
        await pilot.press("f2")
        await finished(app, pilot)
        assert app.dial is Dial.EXPLORE
        assert "“nothing”, which is no command" in screen_text(app)
        await pilot.press("f1")
        await pilot.pause()
        assert "F11" in screen_text(app)
