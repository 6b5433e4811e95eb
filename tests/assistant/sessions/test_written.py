"""Sessions written down: as Markdown, as JSON, into files."""

from __future__ import annotations

import json
import stat
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant.errors import MatineeError
from assistant.sessions.document import as_document, read_document
from assistant.sessions.files import Format, file_name, write_beside, write_new
from assistant.sessions.held import HeldSession, HeldTurn
from assistant.sessions.markdown import as_markdown
from assistant.types import Interaction, Signal, Turn
from tests.assistant.sessions.held import HOSTILE, NOON, SPIRITED, asked, said


def held(*turns: Turn) -> HeldSession:
    marks = (
        Interaction(video_id=SPIRITED.id, signal=Signal.LIKED, at=NOON),
        Interaction(video_id=SPIRITED.id, signal=Signal.RATED, rating=4.5, at=NOON),
    )
    return HeldSession(
        id="0123abcd",
        started_at=NOON,
        turns=tuple(HeldTurn(at=NOON + timedelta(hours=1), turn=turn) for turn in turns),
        marks=marks,
    )


def test_markdown_says_what_was_asked_understood_picked_and_why() -> None:
    turns = asked("something warm", SPIRITED, answer="Noted."), said("ta", "One.\nTwo.\n\nThree.")
    session = held(*turns)
    assert (
        as_markdown(session, "Warm ones", UTC)
        == """\
# Warm ones

Wednesday 1 May 2024, 12:00 · 2 turns

## 1. something warm

*Understood: at most 130 min*

1. [**Spirited Away**](<https://x.org/b=c_d>) · 2001 · 2 h 5 min · film · liked; rated 4.5 of 5\\
   It is warm.

Noted.

## 2. ta

One.\\
Two.

Three.
"""
    )


def test_markdown_of_a_chinese_turn_is_chinese() -> None:
    text = as_markdown(held(asked("温暖的电影", SPIRITED, language="zh")), "温暖的电影", UTC)
    assert "理解为：" in text
    assert "喜欢; 评分 4.5/5" in text


@pytest.mark.parametrize("text", ["# x", "- x", "1. x", "> x", "    x", "```", "a\n===", "| a |"])
def test_nothing_that_was_said_means_anything_to_markdown(text: str) -> None:
    session = held(asked(text, HOSTILE, answer=f"{text}\n{text}"))
    tokens = MarkdownIt("commonmark").enable("table").parse(as_markdown(session, text, UTC))
    kinds = [token.type for token in tokens if token.type.endswith("_open")]
    assert kinds.count("heading_open") == 2
    assert kinds.count("list_item_open") == 1
    assert not {"blockquote_open", "table_open", "bullet_list_open"} & set(kinds)
    assert not {"fence", "code_block", "html_block"} & {token.type for token in tokens}
    inline = [child for token in tokens for child in token.children or ()]
    assert not {"html_inline", "code_inline", "image"} & {child.type for child in inline}
    assert [child for child in inline if child.type == "link_open"] == []
    assert HOSTILE.title in "".join(child.content for child in inline)


def test_json_loses_nothing_and_can_be_read_again() -> None:
    session = held(asked("something warm", SPIRITED, HOSTILE), said("thanks", "x"))
    text = as_document(session, NOON)
    assert read_document(text) == session
    data = json.loads(text)
    assert (data["format"], data["version"]) == ("matinee-session", 1)
    assert data["session"]["turns"][0]["turn"]["picks"][0]["evidence"][0]["fall"] == 3


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "matinee-session", "version": 99}'])
def test_what_is_no_session_is_refused(text: str) -> None:
    with pytest.raises(MatineeError, match="no session that can be read"):
        read_document(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("something warm & funny?", "something-warm-funny.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("温暖的电影。", "温暖的电影.md"),
        ("CON", "session-0123abcd.md"),
        ("***", "session-0123abcd.md"),
        ("\x00\n", "session-0123abcd.md"),
    ],
)
def test_a_file_is_called_as_the_session(title: str, name: str) -> None:
    assert file_name(title, "0123abcd", Format.MARKDOWN) == name


def test_a_name_fits_every_file_system() -> None:
    assert len(file_name("𠜎" * 500, "0123abcd", Format.JSON).encode()) < 140


def test_no_file_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_new(path, "first")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(MatineeError, match="a file already"):
        write_new(path, "second")
    assert path.read_text("utf-8") == "first"
    write_new(path, "2", overwrite=True)
    assert path.read_text("utf-8") == "2"
    assert write_beside(path, "third") == tmp_path / "a-2.md"
    assert write_beside(path, "fourth") == tmp_path / "a-3.md"
    with pytest.raises(MatineeError, match="cannot be written"):
        write_new(tmp_path / "no" / "a.md", "x")
