"""The panel over the chat, with a fake engine and a real desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from assistant.tui.app import MatineeApp
from assistant.tui.why.neighbours import Neighbours
from assistant.tui.why.reasons import ReasonRow
from assistant.tui.why.screen import Body, WhyScreen
from assistant.types import Video
from store.library import Library
from tests.assistant.engine.fake_core import picks
from tests.assistant.engine.support import until
from tests.assistant.tui.support import finished, loaded, running, screen_text

PICKS = picks()
TITLES = ("Dune", "Dune: Part Two", "Dune [1984]", "Something else")


@asynccontextmanager
async def opened(
    folder: Path, size: tuple[int, int] = (140, 45), number: int = 0
) -> AsyncIterator[tuple[MatineeApp, Pilot[None], WhyScreen]]:
    """The panel of a pick, over the chat."""
    with Library.open(folder / "library.db") as library:
        library.put_videos([Video(id=f"a:{n}", title=one) for n, one in enumerate(TITLES)])
    async with running(folder, size=size) as (app, pilot):
        await loaded(app)
        screen = WhyScreen(PICKS[number], "en", PICKS)
        await app.push_screen(screen)
        await finished(app, pilot)
        yield app, pilot, screen


def text_of(screen: WhyScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).render())


async def test_the_whole_account_is_shown_literally(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, _, screen):
        shown = screen_text(app)
        assert "1 of 5 · Spirited Away" in shown
        assert "place 1 of 214 by score" in shown
        assert len(screen.query(ReasonRow)) == 3
        for piece in (
            "▼ 7", "“Totoro [x]”", "without it 7 places further down, at place 8",
            "−0.20", "Other 1 [x]", "+2", "[@click=app.quit]Nearer", "♥ liked", "✓ watched",
        ):  # fmt: skip
            assert piece in shown


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (90, 30)])
async def test_on_a_narrow_terminal_it_takes_the_whole_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, size) as (_, _, screen):
        assert screen.query_one("#why-panel").size.width == size[0]


async def test_on_a_wide_terminal_the_chat_stays_visible(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, _, screen):
        panel = screen.query_one("#why-panel")
        assert panel.region.x >= 50
        assert panel.region.right == 140
        assert "What would you like to watch?" in screen_text(app)


async def test_left_right_and_numbers_go_to_the_other_picks(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        for keys, rank in ((["right"], 2), (["right", "right"], 4), (["left"], 3), (["5"], 5)):
            await pilot.press(*keys)
            await finished(app, pilot)
            assert screen.pick.rank == rank
            assert f"place {rank} of 214" in text_of(screen, "#why-score")
        await pilot.press("right")
        assert screen.pick.rank == 5


async def test_the_words_of_a_title_find_it_and_enter_compares_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.press("n")
        screen.query_one(Input).value = "dune"
        titles = screen.query_one("#why-titles", OptionList)
        await until(lambda: titles.option_count == 3, "three titles are offered")
        await pilot.press("enter")
        await finished(app, pilot)
        assert screen.query_one(Input).value in TITLES[:3]
        assert not titles.display
        assert "You have hidden “a:" in text_of(screen, "#why-comparison")
        assert "Both are scored anew" in text_of(screen, "#why-comparison")


async def test_a_title_of_the_list_is_chosen_with_the_arrows(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.press("n")
        screen.query_one(Input).value = "part two"
        titles = screen.query_one("#why-titles", OptionList)
        await until(lambda: titles.option_count == 1, "a title is offered")
        await pilot.press("down")
        await until(lambda: app.focused is titles, "the titles have the focus")
        await pilot.press("enter")
        await finished(app, pilot)
        assert "You have hidden “a:1”" in text_of(screen, "#why-comparison")


async def test_what_the_library_does_not_have_is_asked_for_as_it_was_typed(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.press("n")
        screen.query_one(Input).value = "Solaris"
        await finished(app, pilot)
        await pilot.press("enter")
        await finished(app, pilot)
        assert "You have hidden “Solaris”" in text_of(screen, "#why-comparison")
        screen.query_one(Input).value = "gone"
        await finished(app, pilot)
        await pilot.press("enter")
        await finished(app, pilot)
        assert "another session" in text_of(screen, "#why-comparison")


async def test_a_comparison_goes_along_to_the_next_pick(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.press("n")
        screen.query_one(Input).value = "Solaris"
        await finished(app, pilot)
        await pilot.press("enter")
        await finished(app, pilot)
        assert "0.85" in text_of(screen, "#why-comparison")
        screen.query_one(Body).focus()
        await pilot.press("right")
        await finished(app, pilot)
        assert "0.70" in text_of(screen, "#why-comparison")


async def test_enter_on_a_neighbour_shows_its_details_and_takes_them_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        screen.query_one(Neighbours).focus()
        await pilot.press("down", "enter")
        await finished(app, pilot)
        place = screen.query_one("#why-details")
        assert place.display
        assert "A [quiet] one. Very." in text_of(screen, "#why-details")
        await pilot.press("down")
        await finished(app, pilot)
        assert "Somebody [x]" in text_of(screen, "#why-details")
        await pilot.press("enter")
        assert not place.display


async def test_more_like_it_is_asked_in_the_chat(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        screen.query_one(Neighbours).focus()
        await pilot.press("down", "down", "m")
        await finished(app, pilot)
        assert app.screen is app.chat
        assert "more like “[@click=app.quit]Nearer”" in screen_text(app)


async def test_escape_closes_it_wherever_the_focus_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, _):
        await pilot.press("n", "x", "escape")
        await finished(app, pilot)
        assert app.screen is app.chat


async def test_a_pick_without_its_answer_is_shown_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.press("escape")
        alone = WhyScreen(screen.pick)
        await app.push_screen(alone)
        await finished(app, pilot)
        await pilot.press("right", "3")
        await finished(app, pilot)
        assert alone.pick == screen.pick
        assert " of 5" not in text_of(alone, "#page-title")


async def test_a_click_beside_the_panel_goes_back_to_the_chat(tmp_path: Path) -> None:
    async with opened(tmp_path) as (app, pilot, screen):
        await pilot.click("#why-panel", offset=(5, 2))
        await finished(app, pilot)
        assert screen.is_current
        await pilot.click(screen, offset=(3, 20))
        await finished(app, pilot)
        assert app.screen is app.chat


async def test_what_goes_wrong_is_said_in_place(tmp_path: Path) -> None:
    async with running(tmp_path, size=(80, 24)) as (app, pilot):
        await loaded(app)
        screen = WhyScreen(PICKS[0], "none", PICKS)
        await app.push_screen(screen)
        await finished(app, pilot)
        assert "! The library [cannot] be read." in screen_text(app)
        assert "Try again." in screen_text(app)
        await pilot.press("right", "escape")
        await finished(app, pilot)
        assert app.screen is app.chat


async def test_keys_that_come_before_the_account_do_no_harm(tmp_path: Path) -> None:
    async with running(tmp_path, size=(80, 24)) as (app, pilot):
        await loaded(app)
        screen = WhyScreen(PICKS[0], "en", PICKS)
        await app.push_screen(screen)
        await pilot.press("right", "tab", "enter", "down", "tab", "enter", "left", "5", "2")
        await finished(app, pilot)
        assert "place" in text_of(screen, "#why-score")
