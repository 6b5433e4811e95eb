"""The machinery of `benchmarks.bad_input` on a few hundred inputs, and what it would not miss."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import MatineeError
from benchmarks.bad_input.findings import Findings
from benchmarks.bad_input.judge import unfit
from benchmarks.bad_input.texts import HAND_MADE, TERMINAL
from benchmarks.bad_input.watch import Watch, listing

INPUTS = 500
SEED = 2026


def test_hostile_inputs_do_no_harm(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.bad_input", "--small", "--keep", str(tmp_path)]
    command += ["--inputs", str(INPUTS), "--seed", str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = {line[:34].rstrip(): line[34:].split()[0] for line in done.stdout.splitlines()[1:12]}
    assert int(figures["inputs"]) >= INPUTS
    assert int(figures["picks drawn as cards"]) > 0


def test_what_steers_a_terminal_is_not_missed() -> None:
    harmless = {text for text in TERMINAL if text.isprintable() or text == "\n"}
    assert not harmless
    for text in (
        *TERMINAL,
        "\u202e",
        "a\u200bb",
        "x\ufe0f\ufe0f",
        "\U000e0041",
        "\ue000",
        "\ufeff",
    ):
        assert list(unfit(text)), ascii(text)
    assert list(unfit("z" + "\u0301" * 9))


def test_what_is_raised_is_not_missed_and_what_is_told_is_no_finding(tmp_path: Path) -> None:
    findings = Findings(tmp_path / "kept")
    with findings.guarding("telling"):
        raise MatineeError("This cannot be opened.")
    assert findings.clean
    assert findings.errors_told == 1
    source = tmp_path / "source.json"
    source.write_text("{")
    with findings.guarding("reading", source):
        raise ValueError("a bug")
    assert not findings.clean
    assert "ValueError" in findings.report()
    assert list((tmp_path / "kept").rglob("source.json"))


def test_what_is_shown_is_not_missed(tmp_path: Path) -> None:
    findings = Findings(tmp_path)
    findings.judge("a title", "harmless")
    assert findings.clean
    findings.judge("a title", "\x1b[2J")
    assert not findings.clean
    assert findings.report().count("U+001B") == 1


def test_what_is_touched_is_not_missed(tmp_path: Path) -> None:
    for name in ("data", "secrets", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "secrets" / "secret").write_text("a secret")
    (tmp_path / "data" / "link").symlink_to(tmp_path / "secrets" / "secret")
    watch = Watch(tmp_path / "secrets")
    with watch.allowing(tmp_path / "data"):
        (tmp_path / "data" / "mine").write_text("")
        (tmp_path / "data" / "mine").rename(tmp_path / "data" / "still mine")
        (tmp_path / "other").iterdir()
    assert not watch.touched
    before = listing(tmp_path)
    with watch.allowing(tmp_path / "data"):
        (tmp_path / "other" / "new").write_text("")
        (tmp_path / "data" / "still mine").rename(tmp_path / "other" / "moved")
        (tmp_path / "data" / ".." / "climbed").mkdir()
        (tmp_path / "data" / "link").read_text()
        folder = os.open(tmp_path / "other", os.O_RDONLY)
        os.remove("new", dir_fd=folder)
        os.close(folder)
        subprocess.run(["/bin/true"], check=True)
    assert [what.split()[0] for what in watch.touched] == [
        *("open", "os.rename", "os.mkdir", "read", "os.remove", "subprocess.Popen")
    ]
    assert listing(tmp_path) != before


@pytest.mark.real_models
def test_no_control_token_of_the_real_model_can_be_spelled() -> None:
    import llama_cpp

    from assistant.models.known import locate
    from assistant.models.vocabulary import Vocabulary
    from assistant.settings import Settings

    path = locate(Settings().language_model.model)
    assert path is not None
    params = llama_cpp.llama_model_default_params()
    params.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
    handle = llama_cpp.llama_model_get_vocab(model)
    vocabulary = Vocabulary(handle)
    control = {n for n in range(vocabulary.size) if llama_cpp.llama_vocab_is_control(handle, n)}
    spelled = [llama_cpp.llama_vocab_get_text(handle, token).decode() for token in control]
    assert "<|im_start|>" in spelled
    for text in (*HAND_MADE, *spelled, "".join(spelled)):
        assert not control & set(vocabulary.tokenize(text)), ascii(text)
    llama_cpp.llama_model_free(model)
