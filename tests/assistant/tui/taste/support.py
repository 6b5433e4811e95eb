"""A small library with three interests, some picks, and a map that is drawn by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from textual.pilot import Pilot

from assistant.settings import EmbeddingSettings
from assistant.tui.app import MatineeApp
from assistant.tui.commands import Place
from assistant.tui.taste.page import TastePage
from assistant.types import Interaction, Kind, Pick, Request, Signal, Turn, Video
from store.embedder import model_key
from store.library import Library
from store.map import LibraryMap, map_file, save
from store.unit import unit
from tests.assistant.engine.support import fake_start, until

TOPICS = ("astronomy", "cooking", "jazz", "chess")
EACH = 10
HOSTILE = "[b]x[/b] [@click=app.quit]quit[/]"
_DIMENSION = 384
_CENTRES = ((-0.6, 0.6), (0.6, 0.6), (-0.6, -0.6), (0.6, -0.6))


def video(topic: int, number: int) -> Video:
    """A video of a topic."""
    name = TOPICS[topic]
    title = HOSTILE if (topic, number) == (0, 0) else f"{name.title()} {number}"
    return Video(id=f"t:{name}-{number}", title=title, tags=(name,), kind=Kind.TALK, year=2020)


def fill(folder: Path, *, likes: bool = True, picks: bool = True, laid_out: bool = True) -> None:
    """Make the library.

    Args:
        folder: of the data.
        likes: whether six, four and three videos of the first topics are liked.
        picks: whether something was recommended.
        laid_out: whether there is a map.
    """
    now, model = datetime.now(UTC), model_key(EmbeddingSettings())
    with Library.open(folder / "library.db") as library:
        videos = [video(topic, number) for topic in range(len(TOPICS)) for number in range(EACH)]
        library.put_videos(videos)
        library.put_keywords({one.id: one.tags for one in videos})
        ids = [one.id for one in videos]
        vectors = np.zeros((len(ids), _DIMENSION), np.float32)
        for row in range(len(ids)):
            vectors[row, row // EACH], vectors[row, 10 + row % EACH] = 1.0, 0.4
        library.put_vectors(model, ids, unit(vectors))
        for topic, count in enumerate((6, 4, 3) if likes else ()):
            for number in range(count):
                at = now - timedelta(days=40 * number + 20 * topic + 1)
                signal = Interaction(
                    video_id=ids[EACH * topic + number], signal=Signal.LIKED, at=at
                )
                library.add_interaction(signal)
        if picks:
            chosen = [*videos[6:10], *videos[14:16], videos[35]]
            told = tuple(
                Pick(video=one, rank=rank, score=1.0, parts={}, cluster="")
                for rank, one in enumerate(chosen, 1)
            )
            turn = Turn(message="what shall I watch", request=Request(message="x"), picks=told)
            library.add_turn(library.start_session(), turn)
        if laid_out:
            points = np.array(
                [
                    (x + 0.09 * (number % 4 - 1.5), y + 0.16 * (number // 4 - 1))
                    for x, y in _CENTRES
                    for number in range(EACH)
                ],
                np.float32,
            )
            made = LibraryMap(library.identity(), model, tuple(ids), points, now)
            save(map_file(library.path), made)


@asynccontextmanager
async def taste_page(
    folder: Path, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[TastePage, Pilot[None]]]:
    """The page, over a desk that has the library of `fill`."""
    app = MatineeApp(fake_start(folder))
    async with app.run_test(size=size, notifications=True) as pilot:
        page = await opened(app, pilot)
        yield page, pilot


async def opened(app: MatineeApp, pilot: Pilot[None]) -> TastePage:
    """Open the page, and wait until it has been filled."""
    await until(lambda: app.engine.ready, "the engine is ready")
    app.open_page(Place.TASTE)
    await until(lambda: isinstance(app.screen, TastePage), "the page is shown")
    page = app.screen
    assert isinstance(page, TastePage)
    await until(lambda: page.map_asked, "the page is filled")
    await settled(page, pilot)
    return page


async def settled(page: TastePage, pilot: Pilot[None]) -> None:
    """Wait until nothing is being asked, and all of it is drawn."""
    await page.workers.wait_for_complete([one for one in page.workers if one.node is page])
    await pilot.pause()
