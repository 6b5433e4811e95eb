"""Processes of their own that answer, crash, hang and talk nonsense."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.doctor.apart import ProbeError, ask_apart
from assistant.errors import Cancelled, MatineeError, ModelError
from assistant.narrator import Silent


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that `ask_apart` can run; a test writes what it does."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "probe_of_a_test.py"


class Listener(Silent):
    """Keeps what it is told, and may cancel the work as soon as it begins."""

    def __init__(self, cancel: CancelToken | None = None) -> None:
        self.told: list[object] = []
        self._cancel = cancel

    def stage(self, name: str, total: int | None) -> None:
        self.told.append((name, total))
        if self._cancel is not None:
            self._cancel.cancel()

    def advance(self, n: int) -> None:
        self.told.append(n)


def ask(seconds: float = 30.0) -> dict[str, object]:
    return ask_apart("probe_of_a_test", "one", "two words", seconds=seconds)


def test_the_answer_is_the_last_line(probe: Path) -> None:
    probe.write_text("import json, sys\nprint('loading')\nprint(json.dumps({'got': sys.argv[1:]}))")
    assert ask() == {"got": ["one", "two words"]}


def test_how_far_it_is_is_told_as_it_goes(probe: Path) -> None:
    pieces = [
        '{"stage": "work", "total": 2}\n{"adv',
        'ance": 1}\n',
        "[1]\nnoise\n",
        '{"advance": 1}\n',
    ]
    answer = '{"got": 1}\n'
    probe.write_text(
        f"import os\nfor said in {[*pieces, answer]!r}:\n    os.write(1, said.encode())\n"
    )
    listener = Listener()
    found = ask_apart("probe_of_a_test", seconds=30.0, narrator=listener)
    assert found == {"got": 1}
    assert listener.told == [("work", 2), 1, 1]


def test_it_ends_when_it_is_cancelled(probe: Path) -> None:
    probe.write_text(
        'import time\nprint(\'{"stage": "work", "total": null}\', flush=True)\ntime.sleep(600)'
    )
    cancel = CancelToken()
    listener = Listener(cancel)
    with pytest.raises(Cancelled):
        ask_apart("probe_of_a_test", seconds=30.0, narrator=listener, cancel=cancel)
    assert listener.told == [("work", None)]


def test_a_crash_is_named_by_its_signal(probe: Path) -> None:
    probe.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(ProbeError, match="SIGSEGV"):
        ask()


def test_what_fails_is_told_by_its_last_words(probe: Path) -> None:
    probe.write_text("raise RuntimeError('no driver here')")
    with pytest.raises(ProbeError, match="RuntimeError: no driver here"):
        ask()


def test_a_failure_without_words_has_its_status(probe: Path) -> None:
    probe.write_text("import os\nos._exit(7)")
    with pytest.raises(ProbeError, match="exit status 7"):
        ask()


def test_what_hangs_is_killed_with_all_that_it_started(probe: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    probe.write_text(
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(600)"
    )
    with pytest.raises(ProbeError, match="no answer within 3 s"):
        ask(seconds=3.0)
    deadline = time.monotonic() + 30  # a killed process is there until the system has seen to it
    while alive := [pid for pid in pids.read_text().split() if _alive(pid)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.02)


def _alive(pid: str) -> bool:
    """Whether it runs: one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("said", ["", "print('hello')", "print('[1, 2]')"])
def test_nonsense_is_no_answer(probe: Path, said: str) -> None:
    probe.write_text(said)
    with pytest.raises(ProbeError, match="nothing that can be read"):
        ask()


def test_an_error_for_people_comes_across(probe: Path) -> None:
    probe.write_text('print(\'{"error": ["It is gone.", "the file", "Get it."]}\')')
    with pytest.raises(MatineeError, match="It is gone") as raised:
        ask()
    assert (raised.value.detail, raised.value.hint) == ("the file", "Get it.")
    assert not isinstance(raised.value, ModelError)
