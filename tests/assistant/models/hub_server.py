"""A hub on this machine: repositories, ranges, redirects, and all that goes wrong on the way."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "c" * 40
_PATIENCE_S = 20.0


@dataclass
class FakeHub:
    """What is served, how badly, and what was asked for."""

    repos: dict[str, dict[str, bytes]] = field(default_factory=dict)
    large: tuple[str, ...] = (".gguf", ".safetensors")
    """Endings of what lies in LFS, and has a SHA-256."""
    commit: str = COMMIT
    ranges: bool = True
    """Whether a part of a file can be asked for."""
    cuts: list[int] = field(default_factory=list)
    """After so many bytes of a body the connection is cut: once for each number."""
    refuses: list[int] = field(default_factory=list)
    """Statuses that files are answered with: once for each."""
    gated: bool = False
    spoils: bool = False
    """Whether bytes are changed on the way."""
    stalls_after: int | None = None
    """After so many bytes of a body nothing more is said, until `released`."""
    answer: bytes | None = None
    """What the API says instead of the listing."""
    redirects: bool = False
    """Whether files lie at another server (another port of this one), as LFS does."""
    released: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    endpoint: str = ""
    elsewhere: str = ""

    def put(self, repo: str, **files: bytes) -> None:
        """Put files of a repository; ``__`` in a name stands for a dot, ``___`` for a slash."""
        named = {name.replace("___", "/").replace("__", "."): data for name, data in files.items()}
        self.repos[repo] = named

    @property
    def files_asked(self) -> list[tuple[str, str]]:
        """The files that were asked for, and the range of each."""
        return [
            (path.rsplit("/", 1)[-1], headers.get("range", ""))
            for path, headers in self.asked
            if "/resolve/" in path
        ]

    def listing(self, repo: str) -> dict[str, object]:
        """As the hub's API says it, with ``blobs=true``."""
        siblings = []
        for name, data in self.repos[repo].items():
            header = f"blob {len(data)}\0".encode()
            item: dict[str, object] = {
                "rfilename": name,
                "size": len(data),
                "blobId": hashlib.sha1(header + data).hexdigest(),
            }
            if name.endswith(self.large):
                sha = hashlib.sha256(data).hexdigest()
                item["lfs"] = {"sha256": sha, "size": len(data), "pointerSize": 134}
            siblings.append(item)
        return {"id": repo, "sha": self.commit, "siblings": siblings}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    hub: FakeHub


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        hub = self.server.hub
        path = self.path.split("?")[0]
        hub.asked.append((path, {name.lower(): value for name, value in self.headers.items()}))
        parts = path.strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            self._api("/".join(parts[2:4]))
        elif hub.gated:
            self._say(401, headers={"X-Error-Code": "GatedRepo"})
        elif hub.refuses:
            self._say(hub.refuses.pop(0))
        elif hub.redirects and not self._is_elsewhere():
            self._say(302, headers={"Location": f"{hub.elsewhere}{path}"})
        else:
            self._file("/".join(parts[:2]), "/".join(parts[4:]))

    def _is_elsewhere(self) -> bool:
        return self.server.hub.elsewhere.endswith(f":{self.server.server_address[1]}")

    def _api(self, repo: str) -> None:
        hub = self.server.hub
        if hub.answer is not None:
            self._say(200, hub.answer)
        elif repo in hub.repos:
            self._say(200, json.dumps(hub.listing(repo)).encode())
        else:
            self._say(404)

    def _file(self, repo: str, name: str) -> None:
        hub = self.server.hub
        data = hub.repos.get(repo, {}).get(name)
        if data is None:
            self._say(404)
            return
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and hub.ranges else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        self._body(bytes(255 - byte for byte in data[start:]) if hub.spoils else data[start:])

    def _body(self, body: bytes) -> None:
        hub = self.server.hub
        cut = hub.cuts.pop(0) if hub.cuts else None
        if cut is not None:
            self.wfile.write(body[:cut])
            self.close_connection = True
            return
        if hub.stalls_after is not None:
            self.wfile.write(body[: hub.stalls_after])
            self.wfile.flush()
            hub.released.wait(_PATIENCE_S)
            self.close_connection = True
            return
        self.wfile.write(body)

    def _say(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
        """Say nothing."""


@contextmanager
def serving() -> Iterator[FakeHub]:
    """A hub that serves while the block runs."""
    hub = FakeHub()
    servers = [_Server(("127.0.0.1", 0), _Handler) for _ in range(2)]
    for server in servers:
        server.hub = hub
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    hub.endpoint, hub.elsewhere = (
        f"http://127.0.0.1:{server.server_address[1]}" for server in servers
    )
    try:
        yield hub
    finally:
        hub.released.set()
        for server in servers:
            server.shutdown()
            server.server_close()


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition; raises at the deadline."""
    until = time.monotonic() + _PATIENCE_S
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.01)
