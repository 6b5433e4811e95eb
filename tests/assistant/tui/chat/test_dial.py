from __future__ import annotations

from pathlib import Path

import pytest

from assistant.tui.chat.dial import DialControl, drawn
from assistant.types import Dial
from tests.assistant.tui.support import finished, loaded, running


@pytest.mark.parametrize(
    ("roomy", "text"),
    [(True, "dial ○ familiar ── ● balanced ── ○ explore"), (False, "dial ○─●─○ balanced")],
)
def test_the_three_positions_are_seen_and_the_one_that_is_on(roomy: bool, text: str) -> None:
    spots, content = drawn(Dial.BALANCED, roomy=roomy)
    assert content.plain == text
    assert [dial for *_, dial in spots] == list(Dial)
    assert all(text[start] in "○●" for start, *_ in spots)


@pytest.mark.parametrize("width", [80, 140])
async def test_a_click_on_a_position_turns_it_there(tmp_path: Path, width: int) -> None:
    async with running(tmp_path, size=(width, 24)) as (app, pilot):
        await loaded(app)
        control = app.screen.query_one(DialControl)
        for dial in (Dial.EXPLORE, Dial.FAMILIAR):
            spots, _ = drawn(app.dial, roomy=width >= 120)
            start = next(start for start, _, one in spots if one is dial)
            await pilot.click(control, offset=(start, 0))
            await finished(app, pilot)
            assert (app.dial, app.engine.dial) == (dial, dial)
