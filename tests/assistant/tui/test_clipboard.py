from __future__ import annotations

import stat
from pathlib import Path

import pytest

from assistant.tui.clipboard import copy, tools
from tests.assistant.tui.support import running


def tool(folder: Path, name: str, script: str) -> None:
    """A program of this name."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("environment", "platform", "found"),
    [
        ({}, "linux", []),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "darwin", ["pbcopy"]),
        ({"WSL_DISTRO_NAME": "x"}, "linux", ["clip.exe"]),
    ],
)
def test_a_tool_is_taken_where_there_is_what_it_copies_to(
    tmp_path: Path, environment: dict[str, str], platform: str, found: list[str]
) -> None:
    for name in ("pbcopy", "wl-copy", "xclip", "xsel", "clip.exe"):
        tool(tmp_path, name, "true")
    there = {**environment, "PATH": str(tmp_path)}
    assert [Path(one[0]).name for one in tools(there, platform)] == found
    assert not list(tools({**environment, "PATH": str(tmp_path / "empty")}, platform))


async def test_the_text_is_given_to_the_terminal_and_to_the_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(tmp_path, "xclip", f'/bin/cat > "{tmp_path}/given"; echo noise')
    monkeypatch.setattr("assistant.tui.clipboard.sys.platform", "linux")
    async with running(tmp_path) as (app, _):
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("PATH", str(tmp_path))
        await copy(app, "https://example.org/千")
        assert app.clipboard == "https://example.org/千"
        assert (tmp_path / "given").read_text("utf-8") == "https://example.org/千"


@pytest.mark.parametrize("script", ["exit 1", "exec 0<&-; sleep 0.2"])
async def test_a_tool_that_fails_takes_nothing_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    tool(tmp_path, "xclip", script)
    monkeypatch.setattr("assistant.tui.clipboard.sys.platform", "linux")
    async with running(tmp_path) as (app, _):
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
        await copy(app, "x" * 500_000)
        assert app.is_running
