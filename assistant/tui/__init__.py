"""The terminal app. Importing this package costs nothing; `run_app` loads Textual."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.locations import Locations
    from assistant.settings import Settings
    from assistant.types import Dial


def run_app(
    locations: Locations,
    settings: Settings,
    *,
    llm: bool,
    dial: Dial | None,
    session: str | None = None,
) -> str | None:
    """Show the chat until the person leaves it.

    Args:
        locations: the folders in force; they are created.
        settings: the settings in force.
        llm: whether a language model may take part.
        dial: how far from the known; the settings' by default.
        session: the id of the one to go on with; a new conversation by default.

    Returns:
        The id of the session in which the conversation was kept last, if anything was asked.

    Raises:
        MatineeError: a folder cannot be created.
    """
    gc.disable()  # what is loaded now stays: looking for rubbish in it took a tenth of the start
    from assistant.engine.protocol import Start
    from assistant.tui.app import MatineeApp  # Textual: 0.3 s

    locations.make()
    dial = dial or settings.recommend.dial
    start = Start(locations=locations, settings=settings, llm=llm, dial=dial, session_id=session)
    app = MatineeApp(start)
    app.run(mouse=settings.app.mouse)
    return app.engine.session_id
