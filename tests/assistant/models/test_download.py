"""Downloads, from a hub on this machine that fails in every way that hubs do."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.cancel import CancelToken
from assistant.errors import Cancelled
from assistant.models.catalogue import Entry, ModelKind
from assistant.models.download import Downloader
from assistant.models.hub import DownloadError, Hub
from assistant.models.part import Part
from assistant.models.shelf import Shelf
from assistant.narrator import Silent
from tests.assistant.models.hub_server import FakeHub, serving, wait_until
from tests.network.modes import too_open

CONTENT = bytes(range(256)) * 4096  # 1 MiB
MODEL = Entry(
    name="Toy-1B", kind=ModelKind.LANGUAGE, repo="toys/Toy-GGUF", file="toy.gguf",
    size=len(CONTENT), context=512, licence="MIT", languages="none", good_for="tests",
)  # fmt: skip
EMBEDDING = MODEL.model_copy(
    update={"name": "toy-e5", "kind": ModelKind.EMBEDDING, "repo": "toys/toy-e5", "file": None}
)
NOWHERE = Hub("http://127.0.0.1:9")


class Listener(Silent):
    """Remembers the megabytes that it was told of."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.advances: list[int] = []
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def stage(self, name: str, total: int | None) -> None:
        self.stages.append((name, total))

    def advance(self, n: int) -> None:
        self.advances.append(n)


class CancelledAt(Listener):
    """Cancels at a number of megabytes."""

    def __init__(self, token: CancelToken, at: int) -> None:
        super().__init__()
        self._token, self._at = token, at

    def advance(self, n: int) -> None:
        super().advance(n)
        if sum(self.advances) >= self._at:
            self._token.cancel()


class Place(NamedTuple):
    server: FakeHub
    shelf: Shelf
    downloader: Downloader

    def get(self, entry: Entry = MODEL, *, newest: bool = False) -> Path:
        return self.downloader.get(entry, Silent(), CancelToken(), newest=newest)

    def parts(self) -> list[Path]:
        return sorted(self.shelf.folder.rglob("*.gguf.*.part"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving() as server:
        server.put(
            "toys/Toy-GGUF", toy__gguf=CONTENT, other__gguf=b"another", README__md=b"read me"
        )
        shelf = Shelf(tmp_path / "models")
        yield Place(server, shelf, Downloader(Hub(server.endpoint), shelf, waits_s=(0.0, 0.0)))


# --- when all goes well ------------------------------------------------------------------------


def test_a_model_comes_whole_and_alone(place: Place) -> None:
    path = place.get()
    assert path == place.shelf.folder / "Toy-1B" / "toy.gguf"
    assert path.read_bytes() == CONTENT
    assert place.server.files_asked == [("toy.gguf", "")]
    assert not place.shelf.staging(MODEL).exists()
    assert place.shelf.size(MODEL) == len(CONTENT)
    assert too_open(place.shelf.folder) == []


def test_what_is_there_is_not_fetched_again(place: Place) -> None:
    place.get()
    asked = len(place.server.asked)
    place.get()
    assert len(place.server.asked) == asked


def test_progress_adds_up(place: Place) -> None:
    place.server.repos["toys/Toy-GGUF"]["toy.gguf"] = CONTENT * 5
    listener = Listener()
    place.downloader.get(MODEL, listener, CancelToken())
    assert listener.stages == [("downloading Toy-1B (MB)", 5)]
    assert sum(listener.advances) == 5
    assert len([n for n in listener.advances if n]) > 1


def test_files_may_lie_at_another_server_which_gets_no_token(place: Place) -> None:
    place.server.redirects = True
    hub = Hub(place.server.endpoint, token="secret")
    Downloader(hub, place.shelf).get(MODEL, Silent(), CancelToken())
    tokens = [headers.get("authorization") for path, headers in place.server.asked]
    assert tokens == ["Bearer secret", "Bearer secret", None]


def test_an_embedding_model_comes_with_all_that_it_needs_and_nothing_else(place: Place) -> None:
    files = {
        "modules.json": b"[]",
        "1_Pooling/config.json": b"{}",
        "model.safetensors": CONTENT,
        "pytorch_model.bin": b"runs code",
        "onnx/model.onnx": b"another format",
        "train.py": b"runs code",
        "../outside.json": b"leads elsewhere",
        "/etc/absolute.json": b"leads elsewhere",
        ".hidden.json": b"hides",
    }
    place.server.repos["toys/toy-e5"] = files
    folder = place.get(EMBEDDING)
    assert folder == place.shelf.folder / "toy-e5"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == {"modules.json", "1_Pooling/config.json", "model.safetensors"}
    assert not (place.shelf.folder.parent / "outside.json").exists()
    assert too_open(folder) == []


# --- cut off, and resumed ----------------------------------------------------------------------


def test_a_connection_that_breaks_is_taken_up_again(place: Place) -> None:
    place.server.cuts = [300_000, 200_000]
    assert place.get().read_bytes() == CONTENT
    assert place.server.files_asked == [
        ("toy.gguf", ""),
        ("toy.gguf", "bytes=300000-"),
        ("toy.gguf", "bytes=500000-"),
    ]


def test_progress_gives_new_patience(place: Place) -> None:
    place.server.cuts = [100_000] * 6  # more than there are waits
    assert place.get().read_bytes() == CONTENT


def test_a_download_goes_on_from_where_it_failed(place: Place) -> None:
    place.server.cuts = [400_000, 0, 0]
    with pytest.raises(DownloadError, match="cannot be reached"):
        place.get()
    [part] = place.parts()
    assert part.read_bytes() == CONTENT[:400_000]
    assert place.shelf.installed(MODEL) is None
    assert place.shelf.begun(MODEL) == 400_000
    place.server.asked.clear()
    assert place.get().read_bytes() == CONTENT
    assert place.server.files_asked == [("toy.gguf", "bytes=400000-")]


def test_a_server_without_ranges_starts_over(place: Place) -> None:
    place.server.ranges = False
    place.server.cuts = [400_000]
    assert place.get().read_bytes() == CONTENT


def test_a_busy_server_is_asked_again(place: Place) -> None:
    place.server.refuses = [503, 429]
    assert place.get().read_bytes() == CONTENT


def test_a_part_longer_than_the_file_is_begun_anew(place: Place) -> None:
    place.server.cuts = [1000, 0, 0]
    with pytest.raises(DownloadError):
        place.get()
    place.parts()[0].write_bytes(b"x" * (len(CONTENT) + 1))
    assert place.get().read_bytes() == CONTENT


def test_a_part_that_was_damaged_where_it_lay_is_downloaded_anew(place: Place) -> None:
    place.server.cuts = [400_000, 0, 0]
    with pytest.raises(DownloadError):
        place.get()
    place.parts()[0].write_bytes(b"x" * 400_000)
    place.server.asked.clear()
    listener = Listener()
    path = place.downloader.get(MODEL, listener, CancelToken())
    assert path.read_bytes() == CONTENT
    assert place.server.files_asked == [("toy.gguf", "bytes=400000-"), ("toy.gguf", "")]
    assert listener.said == ["What was there of toy.gguf was damaged: it is downloaded anew."]
    assert sum(listener.advances) == 1  # megabyte: what is done anew is not counted twice


# --- stopped -----------------------------------------------------------------------------------


def test_cancelling_keeps_what_is_there(place: Place) -> None:
    place.server.repos["toys/Toy-GGUF"]["toy.gguf"] = CONTENT * 30
    token = CancelToken()
    with pytest.raises(Cancelled):
        place.downloader.get(MODEL, CancelledAt(token, 3), token)
    begun = place.shelf.begun(MODEL)
    assert 2 * len(CONTENT) < begun < 30 * len(CONTENT)
    place.server.asked.clear()
    place.get()
    assert place.server.files_asked == [("toy.gguf", f"bytes={begun}-")]


def test_cancelling_does_not_wait_for_a_server_that_says_nothing(place: Place) -> None:
    place.server.stalls_after = 100_000
    token, ended = CancelToken(), threading.Event()

    def download() -> None:
        with pytest.raises(Cancelled):
            place.downloader.get(MODEL, Silent(), token)
        ended.set()

    threading.Thread(target=download, daemon=True).start()
    wait_until(lambda: place.shelf.begun(MODEL) == 100_000 or place.parts(), "the first bytes")
    token.cancel()
    assert ended.wait(10)
    assert not place.server.released.is_set()


def test_a_process_that_is_killed_leaves_no_half_model(place: Place) -> None:
    place.server.stalls_after = 700_000
    program = (
        "import sys; from pathlib import Path;"
        "from tests.assistant.models.test_download import *;"
        "Downloader(Hub(sys.argv[1]), Shelf(Path(sys.argv[2]))).get(MODEL, Silent(), CancelToken())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, place.server.endpoint, str(place.shelf.folder)],
        cwd=Path(__file__).parents[3],
    )
    try:
        wait_until(lambda: any(part.stat().st_size > 0 for part in place.parts()), "some bytes")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert place.shelf.installed(MODEL) is None
    place.server.stalls_after = None
    assert place.get().read_bytes() == CONTENT  # the lock went with the process


# --- wrong -------------------------------------------------------------------------------------


def test_wrong_bytes_are_thrown_away(place: Place) -> None:
    place.server.spoils = True
    with pytest.raises(DownloadError, match="is not what it should be"):
        place.get()
    assert place.parts() == []
    assert place.shelf.installed(MODEL) is None
    place.server.spoils = False
    assert place.get().read_bytes() == CONTENT


def test_a_small_file_is_checked_by_its_name_in_git(place: Place) -> None:
    place.server.put("toys/toy-e5", config__json=b"{}", model__safetensors=CONTENT)
    place.server.spoils = True
    with pytest.raises(DownloadError, match="is not what it should be"):
        place.get(EMBEDDING)
    place.server.spoils = False
    assert (place.get(EMBEDDING) / "config.json").read_bytes() == b"{}"


def test_a_checksum_of_the_catalogue_wins_over_the_hubs(place: Place) -> None:
    entry = MODEL.model_copy(update={"sha256": hashlib.sha256(b"another").hexdigest()})
    with pytest.raises(DownloadError, match="another file under this name"):
        place.get(entry)
    assert place.server.files_asked == []
    assert place.get(entry, newest=True).read_bytes() == CONTENT


def test_the_first_download_decides_what_the_next_must_be(place: Place) -> None:
    place.get()
    place.shelf.remove(MODEL)
    assert place.shelf.installed(MODEL) is None
    place.server.put("toys/Toy-GGUF", toy__gguf=b"tampered" + CONTENT[8:])
    with pytest.raises(DownloadError, match="is not what it should be"):
        place.get()
    place.server.commit = "d" * 40
    assert place.get(newest=True).read_bytes().startswith(b"tampered")
    pin = place.shelf.pin(MODEL)
    assert pin is not None
    assert pin.commit == "d" * 40


def test_an_unchanged_model_is_kept_when_the_newest_is_asked_for(place: Place) -> None:
    place.get()
    place.server.asked.clear()
    place.get(newest=True)
    assert place.server.files_asked == []


def test_the_old_model_stays_when_the_newest_cannot_be_had(place: Place) -> None:
    place.get()
    place.server.put("toys/Toy-GGUF", toy__gguf=CONTENT[::-1])
    place.server.spoils = True
    with pytest.raises(DownloadError):
        place.get(newest=True)
    path = place.shelf.installed(MODEL)
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_a_newer_model_whose_download_was_cut_off_is_finished(place: Place) -> None:
    place.get()
    place.server.put("toys/Toy-GGUF", toy__gguf=CONTENT[::-1])
    place.server.cuts = [400_000, 0, 0]
    with pytest.raises(DownloadError):
        place.get(newest=True)
    assert place.get().read_bytes() == CONTENT
    assert place.get(newest=True).read_bytes() == CONTENT[::-1]
    assert place.server.files_asked[-1] == ("toy.gguf", "bytes=400000-")


def test_a_download_that_was_begun_keeps_to_its_commit(place: Place) -> None:
    place.server.cuts = [400_000, 0, 0]
    with pytest.raises(DownloadError):
        place.get()
    place.server.commit = "d" * 40
    place.get()
    assert all("d" * 40 not in path for path, _ in place.server.asked)


def test_a_model_cut_off_before_it_got_its_name_is_put_in_place(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_self: Shelf, _entry: Entry) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Shelf, "finish", cut_off)
    with pytest.raises(KeyboardInterrupt):
        place.get()
    monkeypatch.undo()
    place.server.asked.clear()
    assert place.get().read_bytes() == CONTENT
    assert place.server.asked == []


# --- refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "HF_TOKEN"), (403, "Accept it at"), (404, "--newest"), (410, "--newest")],
)
def test_a_refusal_says_what_to_do(place: Place, status: int, said: str) -> None:
    place.server.refuses = [status]
    with pytest.raises(DownloadError) as caught:
        place.get()
    assert said in str(caught.value)
    assert str(status) in caught.value.detail


def test_a_licence_to_be_accepted_is_named_as_such(place: Place) -> None:
    place.server.gated = True
    with pytest.raises(DownloadError, match="licence of this model") as caught:
        place.get()
    assert f"{place.server.endpoint}/toys/Toy-GGUF" in caught.value.hint


def test_a_repository_that_is_gone_is_an_error(place: Place) -> None:
    place.server.repos.clear()
    with pytest.raises(DownloadError, match="does not have this any more"):
        place.get()


def test_a_file_that_is_gone_is_an_error(place: Place) -> None:
    place.server.put("toys/Toy-GGUF", other__gguf=b"another")
    with pytest.raises(DownloadError, match="no such model any more"):
        place.get()


def test_weights_that_could_run_code_are_no_model(place: Place) -> None:
    place.server.put("toys/toy-e5", config__json=b"{}", pytorch_model__bin=CONTENT)
    with pytest.raises(DownloadError, match="no such model any more"):
        place.get(EMBEDDING)


def test_a_hub_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="cannot be reached") as caught:
        Downloader(NOWHERE, Shelf(tmp_path), waits_s=()).get(MODEL, Silent(), CancelToken())
    assert "HTTPS_PROXY" in caught.value.hint


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"sha": "main", "siblings": []}'])
def test_an_answer_that_makes_no_sense(place: Place, answer: bytes) -> None:
    place.server.answer = answer
    with pytest.raises(DownloadError, match="cannot be understood"):
        place.get()


# --- the disk ----------------------------------------------------------------------------------


def test_room_is_looked_for_before(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(place.shelf.folder.parent)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(DownloadError, match="not enough room") as caught:
        place.get()
    assert "1 MB are needed" in caught.value.detail
    assert place.server.files_asked == []


def test_a_disk_that_fills_up_keeps_what_is_there(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Part.write

    def failing(part: Part, offset: int, chunk: bytes) -> None:
        if offset > 200_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(part, offset, chunk)

    monkeypatch.setattr(Part, "write", failing)
    with pytest.raises(DownloadError, match="disk is full"):
        place.get()
    begun = place.shelf.begun(MODEL)
    assert begun > 200_000
    monkeypatch.undo()
    assert place.get().read_bytes() == CONTENT
    assert place.server.files_asked[-1] == ("toy.gguf", f"bytes={begun}-")


def test_two_downloads_at_once_do_not_mix(place: Place) -> None:
    place.server.stalls_after = 100_000
    token = CancelToken()

    def download() -> None:
        with pytest.raises(Cancelled):
            place.downloader.get(MODEL, Silent(), token)

    first = threading.Thread(target=download)
    first.start()
    wait_until(place.parts, "the first download")
    with pytest.raises(DownloadError, match="Another download"):
        place.get()
    token.cancel()
    first.join(10)
    assert not first.is_alive()


def test_removing_takes_what_was_begun_too(place: Place) -> None:
    place.server.cuts = [400_000, 0, 0]
    with pytest.raises(DownloadError):
        place.get()
    assert place.shelf.remove(MODEL) == 400_000
    assert place.shelf.size(MODEL) == 0


# --- the environment ---------------------------------------------------------------------------


def test_the_environment_names_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example/")
    monkeypatch.setenv("HF_TOKEN", "secret")
    assert Hub.of_environment() == Hub("https://mirror.example", "secret")
    monkeypatch.delenv("HF_ENDPOINT")
    assert Hub.of_environment().endpoint == "https://huggingface.co"
    monkeypatch.setenv("HF_ENDPOINT", "mirror.example")
    with pytest.raises(DownloadError, match="HF_ENDPOINT"):
        Hub.of_environment()


def test_a_proxy_of_the_environment_is_used(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", place.server.endpoint)
    monkeypatch.setenv("NO_PROXY", "")
    hub = Hub("http://hub.invalid")  # only the proxy could find it
    with pytest.raises(DownloadError, match="does not have this any more"):
        Downloader(hub, place.shelf, waits_s=()).get(MODEL, Silent(), CancelToken())
    assert any("hub.invalid" in path for path, _ in place.server.asked)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "socks5://127.0.0.1:9"), ("ALL_PROXY", "nonsense"), ("SSL_CERT_FILE", "/none")],
)
def test_an_environment_that_makes_no_sense_is_told_of(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    hub = Hub("https://127.0.0.1:9")
    with pytest.raises(DownloadError) as caught:
        Downloader(hub, place.shelf, waits_s=()).get(MODEL, Silent(), CancelToken())
    assert "PROXY" in caught.value.hint
