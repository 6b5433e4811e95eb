"""A life of the app: first chat, import, signals, questions, the terminal app, a new index.

It is lived once in a run of the tests, on a network that refuses everything, in an environment in
which everything asks for one, with the usual umask, and with folders of its own; what came of it is
looked at from several sides. Everything that the person says, imports or names holds `SECRET`.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from assistant.locations import Locations
from assistant.startup import SWITCHES
from tests.network.refusing import RefusingNetwork

SECRET = "zirkonia"
USUAL_UMASK = 0o022
TALKATIVE = {
    "ANONYMIZED_TELEMETRY": "True",
    "CHROMA_API_IMPL": "chromadb.api.fastapi.FastAPI",
    "CHROMA_SERVER_HOST": "127.0.0.1",
    "CHROMA_SERVER_HTTP_PORT": "8000",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://127.0.0.1:4317",
    "CHROMA_OTEL_GRANULARITY": "all",
    "HF_HUB_OFFLINE": "0",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "TRANSFORMERS_OFFLINE": "0",
}
"""What somebody has set who works with the same libraries in other programs."""

CHAT = (
    f"a film about trains, like my {SECRET}",
    "something shorter",
    "why the first one?",
    f"你好，推荐一部关于{SECRET}的电影",
)
QUESTION = f"a talk about {SECRET} and bread"


@dataclass(frozen=True)
class Life:
    """What came of it."""

    home: Path
    temporary: Path
    """Its folder for temporary files."""
    locations: Locations
    network: RefusingNetwork
    said: dict[str, subprocess.CompletedProcess[str]]
    """By what was done."""


def life_of(factory: pytest.TempPathFactory) -> Life:
    """The life of this run of the tests; it takes some 25 s."""
    return _lived(factory.getbasetemp())


@cache
def _lived(base: Path) -> Life:
    home = base / "life"
    home.mkdir(mode=0o755)
    locations = Locations(
        data=home / ".local/share/matinee",
        config=home / ".config/matinee",
        state=home / ".local/state/matinee",
    )
    network = RefusingNetwork.at(base / "life-network")
    temporary = base / "life-temporary"
    temporary.mkdir()
    environment = environment_at(home) | TALKATIVE | {"TMPDIR": str(temporary)}
    source = write_source(base / f"{SECRET}.jsonl")
    steps = {
        "chat": ("python -m assistant chat", "\n".join(CHAT)),
        "import": (f"python -m assistant import {source}", ""),
        "like": (f"python -m assistant like file:{SECRET}0", ""),
        "hide": (f"python -m assistant hide file:{SECRET}1", ""),
        "ask": ("python -m assistant ask", QUESTION),
        "reindex": ("python -m assistant library reindex", ""),
        "app": ("python -m tests.network.app_session", ""),
    }
    said = {
        name: network.run(*command.split(), given=given, environment=environment, umask=USUAL_UMASK)
        for name, (command, given) in steps.items()
    }
    return Life(home, temporary, locations, network, said)


def environment_at(home: Path) -> dict[str, str]:
    """The environment of somebody who lives at `home`, and has set nothing that we look at."""
    looked_at = ("MATINEE_", "XDG_", "HF_", "CHROMA_", *SWITCHES)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(looked_at)}
    return kept | {"HOME": str(home)}


def write_source(path: Path, videos: int = 40) -> Path:
    """A file of videos to import; 40 are more texts than are embedded without torch."""
    subjects = ("bread", "trains", "gardens", "python", "music")
    records = [
        {
            "id": f"file:{SECRET}{number}",
            "title": f"Talk {number} on {subjects[number % 5]} and {SECRET}",
            "description": f"All about {subjects[number % 5]} in {number} steps, by {SECRET}.",
            "tags": [subjects[number % 5], f"{SECRET} no. {number}"],
            "kind": "talk",
            "duration_s": 600 + number,
            "language": "en",
            "year": 1990 + number,
        }
        for number in range(videos)
    ]
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path
