"""Makes the README's screenshots: the real app and models, over a history that is made up.

usage: python docs/screenshots.py [NAME…]     all of them by default; writes docs/screenshots/*.svg

Everything happens in a temporary folder. What it shows is the same each time, but for a few
seconds and dates; so is what the language model writes, on the same machine.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from assistant.conversation import Conversation
from assistant.engine.protocol import Start
from assistant.locations import find
from assistant.settings import Settings
from assistant.startup import prepare_process
from assistant.tui.app import MatineeApp
from assistant.tui.commands import Place
from assistant.types import Interaction, Signal, TurnFinished
from assistant.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from store.library import Library

FOLDER = Path(__file__).resolve().parent / "screenshots"
SIZE = (110, 32)
WAIT_S = 180.0
SETTLE_S = 0.4
"""What is drawn after a pause in the keys has been drawn by then."""
TONIGHT = datetime(2026, 11, 20, 20, 15, tzinfo=UTC)

REQUEST = "a quiet film for a rainy evening, under two hours, no horror"
LIKED = (
    "My Neighbor Totoro", "Spirited Away", "Kiki's Delivery Service", "Howl's Moving Castle",
    "Princess Mononoke", "Your Name.", "Grave of the Fireflies", "The Red Turtle", "Only Yesterday",
    "Cosmos: A Personal Voyage", "Apollo 11", "For All Mankind", "A Universe from Nothing",
    "For the Love of Physics", "Fun to Imagine", "The Fermi Paradox: Where Are All The Aliens?",
    "Simple Made Easy", "Inventing on Principle", "Hammock Driven Development", "The Mess We're In",
    "10 Things I Regret About Node.js", "The Future of Programming",
    "Neural Networks: Zero to Hero",
    "Stop Making Sense", "The Last Waltz", "Summer of Soul", "Pink Floyd: Live at Pompeii",
    "Monty Python: Dead Parrot", "Monty Python: The Ministry of Silly Walks", "Fawlty Towers",
    "Blackadder",
)  # fmt: skip
WATCHED = ("Planet Earth", "Amélie", "Blade Runner", "Jiro Dreams of Sushi", "Chef's Table")
SAVED = ("Seven Samurai", "Tampopo", "Ryuichi Sakamoto: Coda")
HIDDEN = ("Baby Shark Dance",)
EARLIER: tuple[tuple[int, tuple[str, ...]], ...] = (
    (41, ("a concert film with a great band", "older")),
    (23, ("a talk about programming under an hour", "something by the same speaker as the first")),
    (9, ("人工智能入门教程，不超过20分钟",)),
    (2, ("a documentary about space", "shorter", "not about the moon landing")),
)
"""Conversations that were held: days before `TONIGHT`, and what was said."""


def make_history(folder: Path) -> None:
    """Fill a data folder: the starter library, signals, conversations."""
    with Workspace(find(folder), Settings(), llm=False) as workspace:
        library = workspace.library
        library.add_interactions(list(_signals(library)))
        for days, messages in EARLIER:
            _hold(workspace, messages, TONIGHT - timedelta(days=days))


def _signals(library: Library) -> Iterator[Interaction]:
    ids = {video.title: video.id for video in library.videos()}
    rows = [(Signal.LIKED, LIKED), (Signal.WATCHED, WATCHED)]
    rows += [(Signal.SAVED, SAVED), (Signal.HIDDEN, HIDDEN)]
    for signal, titles in rows:
        for place, title in enumerate(title for title in titles if title in ids):
            at = TONIGHT - timedelta(days=(place * 37) % 230 + 3)
            yield Interaction(video_id=ids[title], signal=signal, at=at)


def _hold(workspace: Workspace, messages: Sequence[str], begin: datetime) -> None:
    """Hold a conversation, and keep it as one of that time."""
    conversation = Conversation(workspace, keep=False)
    session = workspace.library.start_session()
    for place, message in enumerate(messages):
        for event in conversation.turn(message):
            if isinstance(event, TurnFinished):
                at = begin + timedelta(minutes=3 * place)
                workspace.library.add_turn(session, event.turn, at)


# --- the app -------------------------------------------------------------------------------------


@dataclass
class Stage:
    """The app that runs, and what presses its keys."""

    app: MatineeApp
    pilot: Pilot[None]

    async def until(self, is_so: Callable[[], object], what: str) -> None:
        """Wait for something.

        Raises:
            TimeoutError: it does not come.
        """
        deadline = time.monotonic() + WAIT_S
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(what)
            await asyncio.sleep(0.05)
        await self.settle()

    async def settle(self) -> None:
        """Let what is asked for be drawn."""
        await asyncio.sleep(SETTLE_S)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()
        await self.settle()

    async def ask(self, message: str) -> None:
        """Say something, and wait for the whole answer."""
        self.app.chat.ask(message)
        await self.pilot.pause()
        await self.until(lambda: not self.app.chat.is_answering, "the answer")

    async def page(self, place: Place) -> None:
        """Open a page, and wait for what it shows."""
        self.app.back_to_chat()
        self.app.open_page(place)
        await self.settle()
        await self.until(lambda: not self.app.jobs.running, "the jobs")
        await asyncio.sleep(1.0)
        await self.settle()


@asynccontextmanager
async def on_stage(folder: Path, size: tuple[int, int], theme: str) -> AsyncIterator[Stage]:
    """The app with everything loaded."""
    settings = Settings().model_copy(deep=True)
    settings = settings.model_copy(update={"app": settings.app.model_copy(update={"theme": theme})})
    app = MatineeApp(Start(locations=find(folder), settings=settings))
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        await stage.until(lambda: app.engine.ready, "the engine")
        app.prompt.cursor_blink = False
        yield stage


async def chat(stage: Stage) -> None:
    """An answer, its first pick at hand and liked."""
    await stage.ask(REQUEST)
    await stage.press("tab", "l")


async def why(stage: Stage) -> None:
    """Why the second pick was made."""
    await stage.ask(REQUEST)
    await stage.press("tab", "down", "y")
    await stage.settle()


async def small(stage: Stage) -> None:
    """An answer where there is little room."""
    await stage.ask("a talk about programming, under an hour")
    await stage.press("tab")


async def taste(stage: Stage) -> None:
    """The interests, and what was recommended beside them."""
    await stage.ask(REQUEST)
    await stage.page(Place.TASTE)


async def map_(stage: Stage) -> None:
    """The map."""
    await stage.page(Place.TASTE)
    await stage.press("3")


async def library(stage: Stage) -> None:
    """A search in the library, one video beside it."""
    await stage.page(Place.LIBRARY)
    await stage.press("slash", *"space")
    await stage.press("enter", "down", "down")


async def sessions(stage: Stage) -> None:
    """Earlier conversations."""
    await stage.page(Place.SESSIONS)


async def models(stage: Stage) -> None:
    """The models."""
    await stage.page(Place.MODELS)
    await stage.press("down", "down")


async def settings(stage: Stage) -> None:
    """The settings."""
    await stage.page(Place.SETTINGS)


@dataclass(frozen=True)
class Shot:
    """A screenshot."""

    name: str
    show: Callable[[Stage], Awaitable[None]]
    size: tuple[int, int] = SIZE
    theme: str = "matinee"


SHOTS = (
    Shot("chat", chat),
    Shot("why", why, (110, 44)),
    Shot("taste", taste, (110, 40)),
    Shot("map", map_),
    Shot("library", library),
    Shot("sessions", sessions),
    Shot("models", models, (110, 36)),
    Shot("settings", settings),
    Shot("light", chat, theme="matinee-light"),
    Shot("small", small, (60, 20)),
)


def self_contained(svg: str) -> str:
    """The picture without the fonts that it would load, in the reader's own monospaced one."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!-- Generated with Rich .*?-->", "", svg)
    return re.sub(
        r"font-family: Fira Code(, monospace)?",
        "font-family: 'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
        svg,
    )


async def take(shot: Shot, folder: Path) -> None:
    """Take one, and write it."""
    async with on_stage(folder, shot.size, shot.theme) as stage:
        await shot.show(stage)
        stage.app.clear_notifications()
        await stage.settle()
        svg = self_contained(stage.app.export_screenshot(title="Matinee", simplify=True))
    path = FOLDER / f"{shot.name}.svg"
    path.write_text(svg, "utf-8")
    path.chmod(0o644)  # the process makes files for their owner alone
    print(f"{path.name:<14}{path.stat().st_size / 1000:6.0f} kB", flush=True)


def main(names: Sequence[str]) -> None:
    """Take those that are named, or all; each in a copy of the same history."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="matinee-") as name:
        history = Path(name) / "history"
        make_history(history)
        for shot in SHOTS:
            if not names or shot.name in names:
                folder = Path(name) / shot.name
                shutil.copytree(history, folder)
                asyncio.run(take(shot, folder))


if __name__ == "__main__":
    prepare_process()
    main(sys.argv[1:])
