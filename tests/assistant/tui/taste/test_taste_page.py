from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseMove, MouseScrollUp
from textual.widgets import Input, Static

from assistant.engine.protocol.taste import MakeMap
from assistant.tui.app import MatineeApp
from assistant.tui.taste.interests import InterestList, sparkline
from assistant.tui.taste.map import MapPane
from assistant.tui.taste.mix import MixPane
from assistant.tui.taste.page import TastePage
from assistant.tui.taste.plot import MapPlot
from store.library import Library
from store.map import load
from tests.assistant.engine.support import until
from tests.assistant.tui.support import screen_text
from tests.assistant.tui.taste.support import HOSTILE, fill, settled, taste_page


def shown(page: TastePage) -> str:
    app = page.app
    assert isinstance(app, MatineeApp)
    return screen_text(app)


def listed(page: TastePage) -> list[str]:
    options = page.query_one(InterestList).options
    return [str(option.prompt).splitlines()[0][2:] for option in options]


def text_of(page: TastePage, selector: str) -> str:
    return str(page.query_one(selector, Static).content)


async def test_interests_are_listed_with_the_one_that_is_chosen(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        assert listed(page) == ["astronomy", "cooking", "jazz"]
        assert "6 of 13 likes" in text_of(page, "#interest-told")
        assert HOSTILE in text_of(page, "#interest-told")
        assert HOSTILE in shown(page)
        await pilot.press("down")
        await pilot.pause()
        assert "Cooking 0" in text_of(page, "#interest-told")
        assert "13 likes" in shown(page)
        assert "The mix of the last 7 picks" in text_of(page, "#mix-told")


async def test_what_is_set_is_in_the_library_and_on_the_screen(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        await pilot.press("down", "r")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "My [b]kitchen[/b]"
        await pilot.press("enter")
        await settled(page, pilot)
        await pilot.press("right_square_bracket", "right")
        await settled(page, pilot)
        await pilot.press("left_square_bracket")
        await settled(page, pilot)
        await pilot.press("up", "space")
        await settled(page, pilot)
        assert listed(page) == ["astronomy  off", "My [b]kitchen[/b]  ×1.25", "jazz"]
        with Library.open(tmp_path / "library.db") as library:
            kept = {one.video_ids[0]: one for one in library.interest_settings()}
        assert kept["t:astronomy-0"].off
        assert kept["t:cooking-0"].name == "My [b]kitchen[/b]"
        await pilot.press("space")
        await settled(page, pilot)
        assert listed(page)[0] == "astronomy"


async def test_a_name_that_is_not_wanted_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        await pilot.press("r")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "Sky"
        await pilot.press("escape")
        await settled(page, pilot)
        assert pilot.app.screen is page
        assert listed(page)[0] == "astronomy"


async def test_a_name_that_is_taken_is_refused_in_place(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        await pilot.press("r")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "Jazz"
        await pilot.press("enter")
        await settled(page, pilot)
        assert "Another interest has this name." in text_of(page, "#page-problem")
        assert listed(page)[0] == "astronomy"


async def test_without_likes_it_says_how_one_begins_and_shows_the_map(tmp_path: Path) -> None:
    fill(tmp_path, likes=False, picks=False)
    async with taste_page(tmp_path) as (page, _):
        assert "Nothing is known of your taste yet." in shown(page)
        assert not page.query_one(InterestList).display
        assert page.query_one(MapPlot).display
        assert "Nothing to compare yet" in text_of(page, "#mix-told")


# --- the map ----------------------------------------------------------------------------------


async def test_arrow_keys_walk_over_the_map(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        await pilot.press("3")
        plot = page.query_one(MapPlot)
        assert plot.has_focus
        walked = []
        for key in ("right", "right", "down", "left", "up"):
            await pilot.press(key)
            await settled(page, pilot)
            walked.append(plot.picked)
        assert None not in walked
        assert len(set(walked)) > 2
        title = "[b]x" if plot.picked == "t:astronomy-0" else str(plot.picked)[2:].split("-")[0]
        assert title.casefold() in text_of(page, "#map-picked").casefold()
        assert "2020" in text_of(page, "#map-picked")


async def test_the_pointer_picks_what_is_under_it(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        plot = page.query_one(MapPlot)
        spots = [
            (x, y) for y in range(1, plot.size.height, 2) for x in range(1, plot.size.width, 4)
        ]
        picked = set()
        for spot in spots[:: max(len(spots) // 12, 1)]:
            await pilot.hover(MapPlot, offset=spot)
            picked.add(plot.picked)
        await settled(page, pilot)
        assert len(picked - {None}) > 1


@pytest.mark.parametrize("with_mouse", [False, True])
async def test_the_chat_is_asked_for_more_like_what_is_picked(
    tmp_path: Path, with_mouse: bool
) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        app = page.app
        assert isinstance(app, MatineeApp)
        plot = page.query_one(MapPlot)
        middle = (plot.size.width // 5, plot.size.height // 4)
        if with_mouse:
            await pilot.click(MapPlot, offset=middle, times=2)
        else:
            await pilot.hover(MapPlot, offset=middle)
            await pilot.press("o")
        await until(lambda: app.screen is app.chat, "the chat is shown")
        assert app.prompt.value.startswith("something like “")


async def test_keys_zoom_and_0_shows_all_again(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        plot = page.query_one(MapPlot)

        def width() -> float:
            return plot.get_coordinate_from_pixel(2, 1)[0] - plot.get_coordinate_from_pixel(1, 1)[0]

        whole = width()
        await pilot.press("plus")
        await pilot.pause()
        closer = width()
        assert closer < whole
        await pilot.press("minus", "minus")
        await pilot.pause()
        assert width() > closer
        await pilot.press("0")
        await pilot.pause()
        assert width() == pytest.approx(whole)


async def test_the_wheel_zooms_and_dragging_moves_the_map(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        plot = page.query_one(MapPlot)
        canvas = plot.query_one("#plot")
        mouse: dict[str, Any] = {
            "x": 20,
            "y": 6,
            "screen_x": plot.region.x + 20,
            "screen_y": plot.region.y + 6,
            "shift": False,
            "meta": False,
            "ctrl": False,
        }

        def seen() -> tuple[float, float]:
            left, right = (plot.get_coordinate_from_pixel(column, 1)[0] for column in (1, 2))
            return left, right - left

        _, width = seen()
        plot.post_message(MouseScrollUp(canvas, delta_x=0, delta_y=0, button=0, **mouse))
        await pilot.pause()
        closer = seen()
        assert closer[1] < width
        plot.post_message(MouseMove(canvas, delta_x=5, delta_y=0, button=1, **mouse))
        await pilot.pause()
        moved = seen()
        assert moved[1] == pytest.approx(closer[1])
        assert moved[0] == pytest.approx(closer[0] - 5 * closer[1])


async def test_a_map_is_made_when_there_is_none(tmp_path: Path) -> None:
    fill(tmp_path, laid_out=False)
    async with taste_page(tmp_path) as (page, pilot):
        app = page.app
        assert isinstance(app, MatineeApp)
        await until(lambda: page.query_one(MapPlot).display, "the map is shown")
        await settled(page, pilot)
        assert "40 videos" in text_of(page, "#map-heading")
        assert app.jobs.find(MakeMap) is None
    kept = load(tmp_path / "map.npz")
    assert kept is not None
    assert len(kept.ids) == 40


async def test_it_goes_on_when_the_page_is_left(tmp_path: Path) -> None:
    fill(tmp_path, laid_out=False)
    async with taste_page(tmp_path) as (page, pilot):
        app = page.app
        assert isinstance(app, MatineeApp)
        await pilot.press("escape")
        await until(lambda: app.screen is app.chat, "the chat is shown")
        await until(lambda: load(tmp_path / "map.npz") is not None, "the map is made")


async def test_making_it_can_be_stopped(tmp_path: Path) -> None:
    fill(tmp_path, laid_out=False)
    async with taste_page(tmp_path) as (page, pilot):
        app = page.app
        assert isinstance(app, MatineeApp)
        await pilot.press("x")
        await until(lambda: app.jobs.find(MakeMap) is None, "nothing is made any more")
        await settled(page, pilot)


# --- sizes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_on_a_small_terminal_the_parts_are_tabs(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path, size) as (page, pilot):
        for key, there in (("1", InterestList), ("2", MixPane), ("3", MapPane)):
            await pilot.press(key)
            await pilot.pause()
            visible = [
                kind
                for kind in (InterestList, MixPane, MapPane)
                if page.query_one(kind).size.area and page.query_one(kind).region.area
            ]
            assert visible == [there]


async def test_what_is_not_seen_cannot_be_set(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path, (80, 24)) as (page, pilot):
        await pilot.press("3", "left_square_bracket", "space")
        await settled(page, pilot)
        assert listed(page)[0] == "astronomy"
        await pilot.press("1", "plus", "left_square_bracket")
        await settled(page, pilot)
        assert listed(page)[0] == "astronomy  ×0.75"


async def test_on_a_large_one_they_are_side_by_side(tmp_path: Path) -> None:
    fill(tmp_path)
    async with taste_page(tmp_path, (140, 45)) as (page, _):
        assert all(page.query_one(kind).size.area for kind in (InterestList, MixPane, MapPane))


async def test_without_colours_shapes_tell_what_is_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    fill(tmp_path)
    async with taste_page(tmp_path) as (page, pilot):
        await pilot.press("3", "right")
        await settled(page, pilot)
        drawn = shown(page)
        assert all(shape in drawn for shape in "●■▲○□△")


def test_a_sparkline() -> None:
    assert sparkline([0, 1, 2, 7]) == "▁▂▃█"
    assert sparkline([0, 0]) == "▁▁"
