"""How the page looks. After a wanted change: pytest tests/assistant/tui --snapshot-update."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from assistant.tui.app import MatineeApp
from assistant.tui.sessions.page import SessionsPage
from assistant.types import Signal
from store.library import Library
from tests.assistant.engine.support import fake_start, until
from tests.assistant.sessions.held import HOSTILE, SPIRITED, asked, hold, mark, said
from tests.assistant.tui.support import finished, loaded

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def app(tmp_path: Path) -> MatineeApp:
    """The app over a library with three conversations that were held long ago."""
    thanks = said("thanks", "You are welcome.")
    sessions = (
        (asked("something warm and funny for tonight", SPIRITED, HOSTILE), thanks),
        (asked("温暖的电影", SPIRITED, language="zh"),),
        (asked("[b]odd[/b]", HOSTILE),),
    )
    with Library.open(tmp_path / "library.db") as library:
        library._connection.execute("PRAGMA foreign_keys = OFF")
        for place, turns in enumerate(sessions, start=1):
            old, new = hold(library, *turns), f"0000000{place}"
            at = f"2024-05-0{place}T12:00:00.000000+00:00"
            library._connection.execute(
                "UPDATE sessions SET id = ?, started_at = ? WHERE id = ?", (new, at, old)
            )
            library._connection.execute(
                "UPDATE turns SET session_id = ?, at = ? WHERE session_id = ?", (new, at, old)
            )
        mark(library, SPIRITED.id, Signal.LIKED)
        library.rename_session("00000002", "周末电影")
    app = MatineeApp(fake_start(tmp_path))
    app.animation_level = "none"
    return app


async def opened(app: MatineeApp, pilot: Pilot[None]) -> SessionsPage:
    """The page with all that it shows, and nothing that blinks."""
    app.prompt.cursor_blink = False
    await loaded(app)
    app.action_sessions()
    await pilot.pause()
    page = app.screen
    assert isinstance(page, SessionsPage)
    page.search.cursor_blink = page.new_title.cursor_blink = False
    await finished(app, pilot)
    await previewed(page, "00000003")
    await finished(app, pilot)
    return page


async def previewed(page: SessionsPage, session_id: str) -> None:
    preview = page.query_one("#preview", Static)
    await until(lambda: session_id in str(preview.content), "it is previewed")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}")
def test_the_list_and_the_preview(
    app: MatineeApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        page = await opened(app, pilot)
        await pilot.press("end")
        await previewed(page, "00000001")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_the_question_before_one_is_deleted(app: MatineeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await opened(app, pilot)
        await pilot.press("d")
        await finished(app, pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
