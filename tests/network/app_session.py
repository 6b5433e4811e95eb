"""A session in the terminal app, with the real engine: ``python -m tests.network.app_session``."""

from __future__ import annotations

import asyncio
import json

from assistant import locations, settings
from assistant.engine.protocol import Start
from assistant.startup import prepare_process
from assistant.tui.app import MatineeApp
from assistant.tui.chat.answer import Answer
from tests.assistant.tui.support import SIZE, enter, finished
from tests.network.life import QUESTION, SECRET
from tests.network.modes import too_open


async def main() -> None:
    """Ask, like, take back, ask why, turn the dial, ask again, leave; and tell of it as JSON."""
    folders = locations.find()
    folders.make()
    app = MatineeApp(Start(locations=folders, settings=settings.load(folders.settings)))
    async with app.run_test(size=SIZE) as pilot:
        for message in (QUESTION, "/like 1", "/undo 1", "/why 1", "/dial", "/help"):
            await enter(app, pilot, message)
            await finished(app, pilot)
            app.back_to_chat()
        await enter(app, pilot, f"a film with no {SECRET} in it")
        await finished(app, pilot)
        told = {
            "picks": [len(answer.cards) for answer in app.query(Answer)],
            "write-ahead log": folders.library.with_name("library.db-wal").exists(),
            "too open": too_open(folders.data, folders.state),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    prepare_process()
    asyncio.run(main())
