"""The colours: a small cinema in the evening, by day, and in high contrast.

What each is asked to be read on is computed in ``tests/assistant/tui/test_theme.py``: the ratios of
the WCAG are 4.5 or more (AA), and 7 or more in high contrast (AAA).
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class _Palette:
    """The colours of a theme, as ``#rrggbb``."""

    foreground: str
    background: str
    surface: str
    """Of what lies on the background: what one types into, what the pointer is on."""
    panel: str
    """Of what lies over that."""
    accent: str
    """What can be done, and where one is."""
    secondary: str
    success: str
    warning: str
    error: str
    line: str
    """Of borders and bars that nothing is done with at the moment."""
    line_hover: str
    on_accent: str
    """Of text on the accent."""


def _theme(name: str, colours: _Palette, *, dark: bool) -> Theme:
    """A theme of Textual's, with what its own widgets would choose otherwise."""
    ground = colours.background
    return Theme(
        name=name,
        primary=colours.accent,
        secondary=colours.secondary,
        accent=colours.accent,
        foreground=colours.foreground,
        background=ground,
        surface=colours.surface,
        panel=colours.panel,
        success=colours.success,
        warning=colours.warning,
        error=colours.error,
        dark=dark,
        variables={
            "text-accent": colours.accent,
            "text-primary": colours.accent,
            "text-secondary": colours.secondary,
            "text-success": colours.success,
            "text-warning": colours.warning,
            "text-error": colours.error,
            "border": colours.accent,
            "border-blurred": colours.line,
            "block-cursor-foreground": colours.on_accent,
            "block-cursor-background": colours.accent,
            "block-cursor-blurred-foreground": colours.foreground,
            "block-cursor-blurred-background": colours.panel,
            "scrollbar": colours.line,
            "scrollbar-hover": colours.line_hover,
            "scrollbar-active": colours.accent,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "footer-background": ground,
            "footer-item-background": ground,
            "footer-key-foreground": colours.accent,
            "footer-description-foreground": f"{colours.foreground} 65%",
        },
    )


MATINEE = _theme(
    "matinee",
    _Palette(
        foreground="#dcd8cf",
        background="#14151a",
        surface="#1b1d24",
        panel="#262933",
        accent="#e0a458",
        secondary="#8fa9c4",
        success="#93b98a",
        warning="#d9b26a",
        error="#d88279",
        line="#343846",
        line_hover="#4a4f60",
        on_accent="#14151a",
    ),
    dark=True,
)
"""Warm light on dark seats."""

LIGHT = _theme(
    "matinee-light",
    _Palette(
        foreground="#14120e",
        background="#fbf9f4",
        surface="#f3efe6",
        panel="#ebe5d8",
        accent="#8a4b00",
        secondary="#2f5578",
        success="#2c6132",
        warning="#6f5000",
        error="#a32a1e",
        line="#c9c1b0",
        line_hover="#a59c89",
        on_accent="#ffffff",
    ),
    dark=False,
)
"""A poster on paper."""

CONTRAST = _theme(
    "matinee-contrast",
    _Palette(
        foreground="#ffffff",
        background="#000000",
        surface="#0a0a0a",
        panel="#161616",
        accent="#ffd75f",
        secondary="#a8d1ff",
        success="#8ff08f",
        warning="#ffd75f",
        error="#ffb3ab",
        line="#8c8c8c",
        line_hover="#b8b8b8",
        on_accent="#000000",
    ),
    dark=True,
)
"""For whoever sees little of the others."""

THEMES: tuple[Theme, ...] = (MATINEE, LIGHT, CONTRAST)
"""Those of the app itself, beside Textual's own."""
