"""The clipboard: through the terminal, and through a tool of the system where there is one."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

WAIT_S = 1.0
"""A tool that runs longer than this has the text, and keeps it for others."""


async def copy(app: App[None], text: str) -> None:
    """Put `text` into the clipboard.

    The terminal is asked to do it (OSC 52), which not every one does, and some tell of no failure;
    so a tool of the system is given the text too.
    """
    app.copy_to_clipboard(text)
    if tool := next(tools(os.environ, sys.platform), None):
        with suppress(OSError):  # it is gone since it was looked for; the terminal has the text
            await _give(tool, text)


def tools(environment: Mapping[str, str], platform: str) -> Iterator[Sequence[str]]:
    """The commands here that take a text for the clipboard on their input."""
    known = (
        ("pbcopy", (), platform == "darwin"),
        ("wl-copy", (), "WAYLAND_DISPLAY" in environment),
        ("xclip", ("-selection", "clipboard"), "DISPLAY" in environment),
        ("xsel", ("--clipboard", "--input"), "DISPLAY" in environment),
        ("clip.exe", (), "WSL_DISTRO_NAME" in environment),
        ("termux-clipboard-set", (), "TERMUX_VERSION" in environment),
    )
    for name, arguments, is_meant in known:
        if is_meant and (path := shutil.which(name, path=environment.get("PATH", ""))):
            yield (path, *arguments)


async def _give(tool: Sequence[str], text: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *tool,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(TimeoutError):
        await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), WAIT_S)
