"""What the README says works: its commands exist, its settings load, its files are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from assistant import settings
from assistant.cli import matinee
from assistant.types import Interaction, Video

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = {
    path: path.read_text("utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))
}


def blocks(text: str, language: str) -> list[str]:
    """The fenced code blocks of `text` in `language`."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands() -> list[str]:
    """Every ``matinee …`` command that is given, in a block or in a span."""
    given = [
        line.removeprefix("$ ").split("  #")[0]
        for block in blocks(README, "console")
        for line in block.splitlines()
    ]
    given += re.findall(r"`(matinee [^`]+)`", README)
    return sorted(
        {command.replace("\\|", "|") for command in given if command.startswith("matinee")}
    )


@pytest.mark.parametrize("command", commands())
def test_a_command_exists_with_its_options(command: str) -> None:
    _, *words = shlex.split(command.replace("…", ""))
    group: click.Command = matinee
    while words and isinstance(group, click.Group):
        if words[0].startswith("-"):
            assert words[0] in {name for option in group.params for name in option.opts}
            words = words[2:]
            continue
        for alternative in words[0].split("|"):
            assert alternative in group.commands, command
        group = group.commands[words.pop(0).split("|")[0]]
        if isinstance(group, click.Group) and words and words[0] not in group.commands:
            break
    options = {name for option in group.params for name in (*option.opts, *option.secondary_opts)}
    assert {word for word in words if word.startswith("-")} <= options | {"-h", "--help"}


def test_there_are_commands_to_check() -> None:
    assert len(commands()) > 8


def test_the_settings_shown_are_the_defaults(tmp_path: Path) -> None:
    [block] = blocks(README, "toml")
    path = tmp_path / "settings.toml"
    path.write_text(block, "utf-8")
    assert settings.load(path).model_dump() == settings.Settings().model_dump()


@pytest.mark.parametrize("name", [*Video.model_fields, *Interaction.model_fields])
def test_every_field_of_the_format_is_named(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("target", re.findall(r"^\$ make (\w+)", README, re.MULTILINE))
def test_a_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", DOCUMENTS[path])
    assert not [link for link in links if not (path.parent / link).exists()]
