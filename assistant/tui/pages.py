"""The pages that can be opened from anywhere, loaded when they are first asked for."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.tui.commands import Place

if TYPE_CHECKING:
    from assistant.tui.page import Page

PAGES: dict[Place, str] = {
    Place.HIDDEN: "assistant.tui.hidden.page:HiddenPage",
    Place.IMPORT: "assistant.tui.importing.page:ImportPage",
    Place.LIBRARY: "assistant.tui.library.page:LibraryPage",
    Place.MODELS: "assistant.tui.models.page:ModelsPage",
    Place.SETTINGS: "assistant.tui.settings.page:SettingsPage",
    Place.SESSIONS: "assistant.tui.sessions.page:SessionsPage",
    Place.TASTE: "assistant.tui.taste.page:TastePage",
}
"""``module:class`` of the page of each place; its class takes no arguments that it needs."""


OPENED_WITH_SOMETHING = ("assistant.tui.why.screen:WhyScreen", "assistant.tui.help.page:HelpPage")
"""Pages that are told what they are about when they are made."""


def load_pages() -> list[Path]:
    """Load every page before it is asked for: it opens the sooner. May run in any thread.

    Returns:
        Their style sheets.
    """
    classes = [_class(name) for name in (*PAGES.values(), *OPENED_WITH_SOMETHING)]
    return [Path(inspect.getfile(one)).with_name(str(one.CSS_PATH)) for one in classes]


def make_page(place: Place, argument: str = "") -> Page:
    """A new page of that place.

    Args:
        place: one that has a page.
        argument: what was typed after the command; given to the class if there is any.
    """
    page = _class(PAGES[place])
    return page(argument) if argument else page()


def _class(name: str) -> type[Page]:
    module, _, name = name.partition(":")
    page: type[Page] = getattr(importlib.import_module(module), name)
    return page
