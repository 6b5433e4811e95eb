"""The log holds nothing of what a person asked or watched, unless they turn that on."""

from __future__ import annotations

import ast
import ctypes
import faulthandler
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.cancel import CancelToken
from assistant.engine.client import Engine
from assistant.engine.process import WorkerProcess
from assistant.engine.protocol import ComponentState, Failed, Say, Start
from assistant.errors import EngineError, MatineeError
from assistant.locations import Locations
from assistant.settings import PrivacySettings, Settings
from assistant.types import Component, TurnEvent, Value
from tests.assistant.engine.fake_core import FakeCore
from tests.network.life import SECRET, Life, environment_at, life_of, write_source
from tests.network.refusing import ROOT

# --- the engine, with a core that says the secret wherever it can ---------------------------------

SAID = {
    "loading": f"{SECRET}-loading",
    "detail": f"{SECRET}-detail",
    "ours": f"{SECRET}-ours",
    "library": f"{SECRET}-library",
    "warning": f"{SECRET}-warning",
    "printed": f"{SECRET}-printed",
    "native": f"{SECRET}-native",
    "thread": f"{SECRET}-thread",
    "finalizer": f"{SECRET}-finalizer",
    "cause": f"{SECRET}-cause",
    "bug": f"{SECRET}-bug",
}
"""What is said, by how it is said."""


class Finalized:
    """Fails where nobody can catch it."""

    def __del__(self) -> None:
        raise RuntimeError(SAID["finalizer"])


class LeakyCore(FakeCore):
    """A core in which everything goes wrong, and every error quotes what it was given."""

    def load(self, component: Component) -> ComponentState:
        """Fail: as expected with the index, by a bug with the language model."""
        if component is Component.INDEX:
            raise MatineeError("The index cannot be opened.", SAID["detail"], SAID["detail"])
        if component is Component.LANGUAGE_MODEL:
            raise UnicodeError(SAID["loading"])
        return super().load(component)

    def turn(self, message: str, cancel: CancelToken) -> Iterator[TurnEvent]:
        """Say everything, then fail, or take the process along."""
        if "crash" in message:
            faulthandler._sigsegv()  # type: ignore[attr-defined]
        logging.getLogger("assistant.recommend").warning("ranked without it: %s", SAID["ours"])
        logging.getLogger("chromadb").error(f"no embedding of {SAID['library']}")
        warnings.warn(SAID["warning"], stacklevel=1)
        print(SAID["printed"], flush=True)
        ctypes.CDLL(None).dprintf(2, b"%s\n", SAID["native"].encode())
        thread = threading.Thread(target=lambda: [].index(SAID["thread"]))  # type: ignore[arg-type]
        thread.start()
        thread.join()
        Finalized()
        try:
            raise KeyError(SAID["cause"])
        except KeyError as error:
            raise ValueError(SAID["bug"]) from error
        yield


class Nonsense(Value):
    """What no engine understands, under the name of something that it would."""

    nonsense: str = SECRET


Nonsense.__name__ = Say.__name__


def leaky_start(folder: Path, *, content: bool) -> Start:
    return Start(
        locations=Locations(data=folder, config=folder, state=folder),
        settings=Settings(privacy=PrivacySettings(log_content=content)),
        core=f"{__name__}:LeakyCore",
    )


async def leak(folder: Path, *, content: bool) -> str:
    """Hold a conversation in which everything goes wrong, and return what is logged."""
    engine = Engine(leaky_start(folder, content=content))
    failed = await engine.last(Say(message=f"{SECRET}, please"))
    assert isinstance(failed, Failed)
    assert SAID["bug"] in failed.detail, "the person is told"
    process: Any = engine._process
    process.send(Nonsense())
    failed = await engine.last(Say(message=f"{SECRET} once more"))
    with pytest.raises(EngineError):
        await engine.last(Say(message=f"{SECRET} and crash"))
    await engine.close()
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.is_file())


@pytest.fixture(autouse=True)
def _the_core_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


async def test_whatever_goes_wrong_the_log_quotes_nothing(tmp_path: Path) -> None:
    log = await leak(tmp_path, content=False)
    assert SECRET not in log
    for kept in (
        "index: MatineeError: The index cannot be opened.",
        "ERROR assistant.engine.worker (worker.py:",
        "UnicodeError\n  assistant.engine.worker:",
        "an unreadable request was ignored",
        "ranked without it: …",
        "ERROR chromadb (test_private_log.py:",
        "UserWarning: …",
        "after:\nKeyError\n",
        "Fatal Python error: Segmentation fault",
    ):
        assert kept in log


async def test_a_log_that_may_quote_holds_everything(tmp_path: Path) -> None:
    log = await leak(tmp_path, content=True)
    assert [how for how, what in SAID.items() if what not in log] == []
    assert "nonsense" in log


async def test_what_cannot_be_read_before_the_settings_is_not_quoted(tmp_path: Path) -> None:
    process: Any = await WorkerProcess.spawn(tmp_path / "matinee.log")
    process.send(Nonsense())
    assert await process.wait() == "Exit status 1"
    log = (tmp_path / "matinee.log").read_text()
    assert "ValidationError" in log
    assert SECRET not in log


async def test_an_engine_does_without_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    start = leaky_start(tmp_path, content=False)
    locations = Locations(data=tmp_path, config=tmp_path, state=tmp_path / "no" / "such" / "folder")
    engine = Engine(start.model_copy(update={"locations": locations}))
    assert isinstance(await engine.last(Say(message=SECRET)), Failed)
    await engine.close()


# --- the commands, with things that are broken ----------------------------------------------------


def live_with_what_is_broken(home: Path, *, content: bool) -> str:
    """Import, ask and talk with everything broken, one after the other; return what is logged."""
    model = home / f"{SECRET}.gguf"
    model.write_bytes(b"GGUF" + SECRET.encode() * 100)
    settings = home / ".config/matinee/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'language_model.model = "{model}"\nprivacy.log_content = {str(content).lower()}\n'
    )
    data = home / ".local/share/matinee"
    source = write_source(home / f"{SECRET}.jsonl", videos=3)
    with source.open("a") as file:
        file.write(f'\n{{"id": "{SECRET}"}}\n{{{SECRET}')

    def matinee(*arguments: str, given: str = "") -> None:
        subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            input=given,
            env=environment_at(home),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    matinee("import", str(source))
    matinee("import", str(home / SECRET / "nothing"))
    matinee("chat", given=f"a talk about {SECRET}\nwhy {SECRET}?\n")
    for index in data.glob("index/*/chroma.sqlite3"):
        index.write_text(SECRET * 1000)
    matinee("ask", f"a talk about {SECRET}")
    (data / "library.db").write_text(SECRET * 1000)
    matinee("ask", f"a talk about {SECRET}")
    state = home / ".local/state/matinee"
    return "".join(path.read_text("utf-8") for path in state.iterdir())


def test_whatever_is_broken_the_log_quotes_nothing(tmp_path: Path) -> None:
    log = live_with_what_is_broken(tmp_path, content=False)
    assert SECRET not in log
    assert "no language model: ModelError: The language model cannot be loaded." in log
    assert "WARNING store.index" in log


def test_what_is_broken_is_named_in_a_log_that_may_quote(tmp_path: Path) -> None:
    log = live_with_what_is_broken(tmp_path, content=True)
    assert f"{SECRET}.gguf" in log


@pytest.mark.real_models
def test_a_life_in_which_nothing_breaks_leaves_no_word_in_the_state_folder(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    life: Life = life_of(tmp_path_factory)
    for path in life.locations.state.rglob("*"):
        assert SECRET not in path.name
        assert SECRET.encode() not in path.read_bytes()
    assert SECRET.encode() in life.locations.library.read_bytes(), "it was said"


# --- what the private log relies on ---------------------------------------------------------------

LOGGERS = {"log", "_log", "logger", "logging"}
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
OWN_WORDS = {"self.name", "failures"}
"""What a title may have filled in: names of our own prompts, and numbers."""


def calls_in_our_code() -> Iterator[tuple[Path, ast.Call]]:
    for package in ("assistant", "store", "prompts"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    yield path, node


def our_errors() -> set[str]:
    """The names of our errors, whether or not their modules have been imported."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for package in ("assistant", "store", "prompts")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    kinds = {"MatineeError"}
    while more := {name for name, of in bases.items() if of & kinds} - kinds:
        kinds |= more
    return kinds


def is_log(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LEVELS
        and isinstance(function.value, ast.Name)
        and function.value.id in LOGGERS
    )


def test_the_messages_of_our_records_are_written_in_the_code() -> None:
    records = [(path, call) for path, call in calls_in_our_code() if is_log(call)]
    assert len(records) > 10
    for path, call in records:
        native = path.name == "native.py"  # llama.cpp's own, under its own name
        assert native or isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"


def filled_in(title: ast.expr) -> set[str]:
    """What is put into the title of an error when it is raised."""
    if isinstance(title, ast.JoinedStr):
        return {ast.unparse(v.value) for v in title.values if isinstance(v, ast.FormattedValue)}
    return {ast.unparse(title)} if isinstance(title, ast.BinOp | ast.Call) else set()


def test_the_titles_of_our_errors_are_written_in_the_code() -> None:
    kinds = our_errors()
    titles = [
        (f"{path}:{call.lineno}", call.args[0])
        for path, call in calls_in_our_code()
        if isinstance(call.func, ast.Name) and call.func.id in kinds
    ]
    assert len(titles) > 30
    for place, title in titles:
        assert filled_in(title) <= OWN_WORDS, place
