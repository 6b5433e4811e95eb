"""The README's pictures are there, are small, and load nothing from anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMESPACE = "http://www.w3.org/2000/svg"
LARGEST = 150_000
PICTURES = sorted((ROOT / "docs" / "screenshots").glob("*.svg"))
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_whole_and_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ET.fromstring(text).tag == f"{{{NAMESPACE}}}svg"
    assert len(text.encode()) < LARGEST


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_loads_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"https?://[^\s\"'<>)]+", _drawn_out(text))) == {NAMESPACE}
    assert not re.search(r"@font-face|@import|<image|<script|\bhref=|url\((?!#)", text)


def _drawn_out(text: str) -> str:
    """The picture without the letters that it shows, which may name an address."""
    return re.sub(r"(<text[^>]*>)[^<]*", r"\1", text)


def test_what_the_readme_shows_is_there() -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)|<img[^>]* src=\"([^\"]+)\"", README)
    names = [one or other for one, other in shown]
    assert all((ROOT / name).is_file() for name in names if not name.startswith("http"))


def test_there_are_pictures() -> None:
    assert len(PICTURES) >= 10
