"""A program in a terminal of tmux: keys go in, the screen that a person would see comes out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

POLL_S = 0.05
AWAY_S = 0.3
"""So long nothing must be seen of what is gone."""
SHELL = "sh"


class NotSeenError(Exception):
    """Something was not on the screen in time.

    Args:
        wanted: what it was.
        seconds: how long it was waited for.
        screen: what was there instead.
    """

    def __init__(self, wanted: str, seconds: float, screen: str) -> None:
        super().__init__(f"{wanted}: not within {seconds:g} s")
        self.screen = screen


class Tmux:
    """A tmux server of its own, with one window; it ends with the `with` block.

    Args:
        cwd: the folder that the shell in it starts in.
        environment: added to that of this process.
        size: columns and rows.

    Raises:
        FileNotFoundError: there is no tmux here.
    """

    def __init__(
        self,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (100, 32),
    ) -> None:
        tmux = shutil.which("tmux")
        if tmux is None:
            raise FileNotFoundError("tmux is not installed; this needs it (apt install tmux)")
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-")
        self._tmux = (tmux, "-f", os.devnull, "-S", str(Path(self._folder.name) / "socket"))
        self._environment = {**os.environ, "PS1": "$ ", "ENV": "", **(environment or {})}
        columns, rows = map(str, size)
        self._run("new-session", "-d", "-x", columns, "-y", rows, "-c", str(cwd), SHELL)
        self._run("set-option", "-g", "window-size", "manual")
        self._run("set-option", "-g", "set-clipboard", "off")  # nothing gets out of the terminal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._run("kill-server", check=False)
        self._folder.cleanup()

    def _run(self, *arguments: str, check: bool = True, text: str = "") -> str:
        done = subprocess.run(
            [*self._tmux, *arguments],
            input=text,
            env=self._environment,
            capture_output=True,
            text=True,
            check=check,
        )
        return done.stdout

    # --- in --------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys, all at once, each by tmux's name of it: ``F2``, ``Enter``, ``C-j``, ``x``."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._run("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does it: bracketed, where the program asked for that."""
        self._run("load-buffer", "-b", "pasted", "-", text=text)
        self._run("paste-buffer", "-p", "-d", "-b", "pasted")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def start(self, command: Sequence[str]) -> None:
        """Enter a command into the shell."""
        self.type(f"clear; {shlex.join(command)}")
        self.press("Enter")

    # --- out -------------------------------------------------------------------------------------

    def screen(self) -> str:
        """What is on the screen, a line a row."""
        return self._run("capture-pane", "-p")

    def wait_until(self, is_so: Callable[[str], bool], wanted: str, seconds: float) -> float:
        """Wait for a screen that `is_so`.

        Args:
            is_so: is given the screen as `flat` gives it.
            wanted: what is waited for, in words.
            seconds: how long at most.

        Returns:
            Seconds that it took.

        Raises:
            NotSeenError: it did not come in time.
        """
        begin = time.perf_counter()
        while not is_so(flat(screen := self.screen())):
            if time.perf_counter() - begin > seconds:
                raise NotSeenError(wanted, seconds, screen)
            time.sleep(POLL_S)
        return time.perf_counter() - begin

    def wait_for(self, pattern: str, seconds: float = 20.0) -> float:
        """Wait until a regular expression matches something on the screen: see `wait_until`."""
        return self.wait_until(
            lambda screen: re.search(pattern, screen) is not None, f"“{pattern}”", seconds
        )

    def wait_until_gone(self, pattern: str, seconds: float = 20.0) -> float:
        """Wait until a regular expression matches nothing any more: see `wait_until`.

        It must stay away for a moment: what comes next may be drawn a little later.
        """
        away_since: float | None = None

        def is_away(screen: str) -> bool:
            nonlocal away_since
            if re.search(pattern, screen):
                away_since = None
                return False
            away_since = away_since or time.perf_counter()
            return time.perf_counter() - away_since >= AWAY_S

        return self.wait_until(is_away, f"no “{pattern}”", seconds)


def flat(screen: str) -> str:
    """A screen in one line: spaces and line ends are single spaces; frames are left out."""
    return re.sub(r"(?:[\s│╭╮╰╯▁▔▊▎▌]|─{3,})+", " ", screen)
