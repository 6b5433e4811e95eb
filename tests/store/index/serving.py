"""A real Chroma server, on a free port of this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

_DEADLINE_S = 30


class ChromaServer:
    """``chroma run``: can be killed, and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, if it is not running."""
        if self._process is not None:
            return
        command = [
            *(str(Path(sys.executable).with_name("chroma")), "run"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--path", str(self._folder)),
        ]
        log = self._folder.with_suffix(".log")
        with log.open("ab") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output)
        deadline = time.monotonic() + _DEADLINE_S
        while not self._answers():
            assert self._process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def collections(self) -> list[str]:
        """The names of the collections that it has."""
        where = "tenants/default_tenant/databases/default_database/collections"
        found = httpx.get(f"{self.address}/api/v2/{where}").raise_for_status().json()
        return sorted(str(item["name"]) for item in found)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/api/v2/heartbeat").is_success
        except httpx.TransportError:
            return False
