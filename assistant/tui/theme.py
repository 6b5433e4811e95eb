"""The colours of a small cinema in the evening: warm light on dark seats."""

from __future__ import annotations

from textual.theme import Theme

MATINEE = Theme(
    name="matinee",
    primary="#e0a458",
    secondary="#8fa9c4",
    accent="#e0a458",
    foreground="#dcd8cf",
    background="#14151a",
    surface="#1b1d24",
    panel="#262933",
    success="#93b98a",
    warning="#d9b26a",
    error="#d88279",
    dark=True,
    variables={
        "border": "#e0a458",
        "border-blurred": "#343846",
        "scrollbar": "#343846",
        "scrollbar-hover": "#4a4f60",
        "scrollbar-active": "#e0a458",
        "scrollbar-background": "#14151a",
        "scrollbar-background-hover": "#14151a",
        "scrollbar-background-active": "#14151a",
        "footer-background": "#14151a",
        "footer-item-background": "#14151a",
        "footer-key-foreground": "#e0a458",
        "footer-description-foreground": "#8a8a86",
    },
)

THEMES: tuple[Theme, ...] = (MATINEE,)
"""Those of the app itself, beside Textual's own."""
