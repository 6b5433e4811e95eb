"""Nothing phones home: a life of the app on a network that refuses everything, and not one attempt.

The environment of that life asks for telemetry, traces and downloads as loudly as it can.
"""

from __future__ import annotations

import json
import platform
from pathlib import Path

import pytest

from tests.network.life import TALKATIVE, Life, environment_at, life_of
from tests.network.refusing import RefusingNetwork, namespace

CALL_C = """
import ctypes, struct
c = ctypes.CDLL(None)
socket = c.socket(2, 1, 0)
somewhere = struct.pack("=HHI8x", 2, 0x5000, 0x017100CB)
"""
USES = {
    "python\tsocket.connect": "import socket; socket.socket().connect(('127.0.0.1', 9))",
    "python\tsocket.getaddrinfo": "import socket; socket.create_connection(('localhost', 9))",
    "python\turllib.Request": "import urllib.request as r; r.urlopen('http://example.org')",
    "python\tsocket.sendto": "import socket as s; s.socket(2, 2).sendto(b'', ('127.0.0.1', 9))",
    "native\tconnect": CALL_C + "c.connect(socket, somewhere, 16)",
    "native\tsendto": CALL_C + "c.sendto(socket, b'', 0, 0, somewhere, 16)",
    "native\tgetaddrinfo": CALL_C + "c.getaddrinfo(b'example.org', None, None, b'')",
    "native\tgethostbyname": CALL_C + "c.gethostbyname(b'example.org')",
}
"""What must be noticed, and a program that does it."""
CALL_THE_KERNEL = CALL_C + "c.syscall({connect}, socket, somewhere, 16)"
NUMBER_OF_CONNECT = {"x86_64": 42, "aarch64": 203}
TALKATIVE_LIBRARIES = {
    "a plugin of pydantic": "import pydantic; type('Any', (pydantic.BaseModel,), {})",
    "chromadb": "import chromadb; chromadb.PersistentClient('chroma')",
    "huggingface_hub": (
        "from huggingface_hub.utils import _telemetry as t, send_telemetry;"
        " send_telemetry('x'); t._TELEMETRY_QUEUE.join()"
    ),
}
"""Libraries that do use the network by themselves in that environment: see what we switch off."""
USE_IT = """
import os
os.chdir({folder!r})
try:
    {use}
    print("used", flush=True)
finally:
    os._exit(0)  # without waiting for what it sends to arrive
"""


@pytest.fixture
def network(tmp_path: Path) -> RefusingNetwork:
    return RefusingNetwork.at(tmp_path / "network")


@pytest.mark.parametrize("seen", USES)
def test_a_use_of_the_network_is_refused_and_noted(network: RefusingNetwork, seen: str) -> None:
    network.run("python", "-c", USES[seen])
    attempts = network.attempts()
    assert len(attempts) == 1
    assert attempts[0].startswith(seen + "\t")


def test_what_passes_by_the_c_library_is_counted_by_the_kernel(network: RefusingNetwork) -> None:
    number = NUMBER_OF_CONNECT.get(platform.machine())
    if not namespace() or number is None:
        pytest.skip("SKIPPED LOUDLY: no network namespace here, or a processor unknown to the test")
    assert not network.run("python", "-c", CALL_THE_KERNEL.format(connect=number)).stderr
    assert network.attempts() == ["kernel\tOutNoRoutes\t1"]


def test_what_stays_on_the_machine_is_neither_refused_nor_noted(network: RefusingNetwork) -> None:
    pair = "import socket; a, b = socket.socketpair(); a.sendall(b'x'); print(b.recv(1))"
    assert network.run("python", "-c", f"import asyncio; {pair}").stdout == "b'x'\n"
    assert network.attempts() == []


@pytest.mark.parametrize("library", TALKATIVE_LIBRARIES)
def test_a_talkative_library_is_silent_once_ours_is_imported(
    network: RefusingNetwork, tmp_path: Path, library: str
) -> None:
    environment = environment_at(tmp_path) | TALKATIVE
    program = USE_IT.format(folder=str(tmp_path), use=TALKATIVE_LIBRARIES[library])
    done = network.run("python", "-c", "import assistant\n" + program, environment=environment)
    assert done.stdout == "used\n", done.stderr
    assert network.attempts() == []
    network.run("python", "-c", program, environment=environment)
    assert network.attempts()


@pytest.mark.real_models
class TestALife:
    """What came of a life of the app."""

    @pytest.fixture
    def life(self, tmp_path_factory: pytest.TempPathFactory) -> Life:
        return life_of(tmp_path_factory)

    def test_everything_was_done(self, life: Life) -> None:
        for what, done in life.said.items():
            assert done.returncode == 0, f"{what}: {done.stderr}"
        said = {what: done.stdout for what, done in life.said.items()}
        assert said["chat"].count("\n5. ") == 3
        assert "40 new" in said["import"]
        assert "40 embedded" in said["import"]
        assert "\n5. " in said["ask"]
        assert "vectors in the index" in said["reindex"]
        assert json.loads(said["app"])["picks"] == [5, 5]
        for done in life.said.values():
            assert "without a language model" not in done.stderr

    def test_nothing_was_tried(self, life: Life) -> None:
        assert life.network.attempts() == []
