"""What is written in which colour on which ground can be read: ratios as the WCAG computes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import assistant.tui
from assistant.tui.theme import CONTRAST, LIGHT, MATINEE, THEMES

SOURCES = Path(assistant.tui.__file__).parent
GROUNDS = ("background", "surface", "panel")
"""What text stands on. Part of one over another lies between the two."""
LEAST_ALPHA = 60
"""Per cent of the foreground that text has at least."""
MOST_DECORATION = 30
"""Per cent of lines and empty cells, which say nothing by themselves."""
OWN_PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("background", "accent"),
    ("foreground", "block-hover-background"),
)
"""Of Textual's own widgets, and of a chip that has the focus."""
STYLE = re.compile(r"\$([a-z][a-z-]*)(?: (\d+)%)?")
LITERAL = re.compile(r'"[^"\n]*"')
COLOUR = re.compile(r"(?<![-\w])color:([^;]*);")
RULE = re.compile(r"\{[^{}]*")
GROUND = re.compile(r"(?<![-\w])background:([^;]*);")


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (one / 255 for one in (colour.r, colour.g, colour.b))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Color, other: Color) -> float:
    """Contrast ratio (WCAG 2.2, 1.4.3), from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def over(colour: Color, ground: Color, alpha: float = 1.0) -> Color:
    """What is seen of a colour of which a part shines through."""
    return ground.blend(colour.with_alpha(1.0), alpha * colour.a, 1.0)


def texts() -> list[tuple[str, int]]:
    """Every colour that text has anywhere in the app, with its opacity in per cent."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        if path.name != "theme.py":
            for literal in LITERAL.findall(path.read_text()):
                found.update(STYLE.findall(literal))
    for path in SOURCES.rglob("*.tcss"):
        for value in COLOUR.findall(path.read_text()):
            found.update(STYLE.findall(value))
    return sorted((name, int(alpha or 100)) for name, alpha in found)


def grounds() -> Iterator[tuple[str, str, str]]:
    """Every ground in the style sheets on which anything is written: the file, its name, its part.

    One with a colour of text of its own is left out: it is among `OWN_PAIRS`.
    """
    for path in SOURCES.rglob("*.tcss"):
        for rule in RULE.findall(path.read_text()):
            if "color: $background" not in rule:
                for value in GROUND.findall(rule):
                    yield from ((path.name, *style) for style in STYLE.findall(value))


def least(theme: Theme) -> float:
    """The ratio that text in a theme has at least."""
    return 7.0 if theme is CONTRAST else 4.5


def variables(theme: Theme) -> dict[str, Color]:
    """The colours of a theme by name."""
    generated = theme.to_color_system().generate()
    found = {}
    for name, value in generated.items():
        colour, _, percent = value.partition(" ")
        if colour.startswith("#"):
            alpha = float(percent.rstrip("%")) / 100 if percent else 1.0
            found[name] = Color.parse(colour).multiply_alpha(alpha)
    return found


def test_the_ratio_is_that_of_the_wcag() -> None:
    assert ratio(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21.0)
    assert ratio(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_all_text_can_be_read_on_every_ground(theme: Theme) -> None:
    colours = variables(theme)
    written = [
        (name, alpha) for name, alpha in texts() if alpha > MOST_DECORATION and name not in GROUNDS
    ]
    assert len(written) > 5
    for name, alpha in written:
        for ground in (colours[one] for one in GROUNDS):
            seen = over(colours[name], ground, alpha / 100)
            assert ratio(seen, ground) >= least(theme), (name, alpha, ground.hex)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_what_has_the_focus_can_be_read(theme: Theme) -> None:
    colours = variables(theme)
    for text, ground in OWN_PAIRS:
        under = over(colours[ground], colours["background"])
        assert ratio(over(colours[text], under), under) >= least(theme), (text, ground)


def test_no_text_is_fainter_than_can_be_read() -> None:
    faint = [one for one in texts() if MOST_DECORATION < one[1] < LEAST_ALPHA]
    assert faint == []


def test_text_stands_on_no_other_ground() -> None:
    assert {one for one in grounds() if one[1] not in GROUNDS} == set()


def test_borders_of_what_has_the_focus_stand_out_as_graphics_must() -> None:
    for theme in THEMES:
        colours = variables(theme)
        assert ratio(colours["border"], colours["background"]) >= 3.0


def test_light_and_dark_are_what_they_say() -> None:
    assert luminance(variables(LIGHT)["background"]) > 0.8
    for theme in (MATINEE, CONTRAST):
        assert luminance(variables(theme)["background"]) < 0.02
