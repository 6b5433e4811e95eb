"""``matinee models`` as a person types it, with a hub on this machine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assistant import settings
from assistant.cancel import CancelToken
from assistant.cli import matinee
from assistant.models import catalogue as catalogue_module
from assistant.models import open_model
from assistant.models.accelerators import Accelerators, Gpu
from assistant.models.catalogue import Entry, ModelKind, catalogue, find
from assistant.models.known import locate
from assistant.models.local import model_fingerprint
from assistant.models.shelf import Shelf
from assistant.rerank.asking import key_of_fingerprint
from assistant.settings import EmbeddingSettings
from assistant.types import Video
from store.embedder import SentenceEmbedder
from store.library import Library
from tests.assistant.models.hub_server import FakeHub, serving, wait_until
from tests.network.life import TALKATIVE, environment_at
from tests.network.refusing import RefusingNetwork

Run = Callable[..., Result]
GGUF = b"GGUF" + bytes(5_000_000)
TOY = Entry(
    name="Toy-1B", kind=ModelKind.LANGUAGE, repo="toys/Toy-GGUF", file="toy-q4_0.gguf",
    size=len(GGUF), context=512, licence="Toy licence", languages="none", good_for="tests",
    attention=(1, 1, 64), parameters=1,
)  # fmt: skip
TOY_E5 = Entry(
    name="toy-e5", kind=ModelKind.EMBEDDING, repo="toys/toy-e5", size=1000, dimension=384,
    context=128, licence="Toy licence", languages="none", good_for="tests",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    entries = (*catalogue(), TOY, TOY_E5)
    monkeypatch.setattr(catalogue_module, "catalogue", lambda: entries)
    monkeypatch.setattr("assistant.model_overview.catalogue", lambda: entries)
    gpu = Accelerators(llama=False, torch=True, gpus=(Gpu(name="A Card", memory=8_000_000_000),))
    monkeypatch.setattr("assistant.cli.models._accelerators", lambda: gpu)

    def call(*arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(
            matinee, ["--data-dir", str(folder), "models", *arguments], input=given
        )

    return call


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with serving() as server:
        server.repos["toys/Toy-GGUF"] = {"toy-q4_0.gguf": GGUF}
        server.put("toys/toy-e5", config__json=b"{}", model__safetensors=b"weights")
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


def rows(run: Run) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(run("--json").stdout)["models"]}


def model_in_force(folder: Path) -> str:
    return settings.load(folder / "settings.toml").language_model.model


def test_the_table_says_what_there_is(run: Run) -> None:
    shown = run()
    assert shown.exit_code == 0, shown.output
    lines = {line.split()[0]: line for line in shown.stdout.splitlines() if line}
    assert "in use" in lines["SmolLM2-135M-Instruct"]
    assert "2.5 GB" in lines["Qwen3-4B"]
    assert "Toy licence" in lines["Toy-1B"]
    assert "built for the CPU alone" in lines["GPU:"]
    assert "sees A Card (8.0 GB)" in lines["GPU:"]
    assert "cores" in lines["Machine:"] or "1 core" in lines["Machine:"]


def test_the_packaged_models_are_there_without_a_download(run: Run) -> None:
    for name in ("SmolLM2-135M-Instruct", "all-MiniLM-L6-v2"):
        assert rows(run)[name]["state"] == "in use"
        assert Path(str(rows(run)[name]["path"])).exists()


def test_a_model_is_got_used_and_removed(run: Run, hub: FakeHub, folder: Path) -> None:
    got = run("get", "toy-1b", "--json")
    assert got.exit_code == 0, got.output
    path = Path(json.loads(got.stdout)["path"])
    assert path.read_bytes() == GGUF
    assert f"licence: Toy licence. See {hub.endpoint}/toys/Toy-GGUF" in got.stderr
    assert rows(run)["Toy-1B"]["state"] == "installed"
    assert "Downloaded models take 5 MB" in run().stdout

    assert "From now on: Toy-1B" in run("use", "Toy-1B").stdout
    assert model_in_force(folder) == str(path)
    assert rows(run)["Toy-1B"]["state"] == "in use"
    assert rows(run)["SmolLM2-135M-Instruct"]["state"] == "installed"

    refused = run("remove", "Toy-1B", "--yes")
    assert "in use" in str(refused.exception)
    run("use", "packaged")
    assert model_in_force(folder) == "packaged"
    assert run("remove", "Toy-1B", given="n\n").exit_code == 1
    assert path.exists()
    assert "5 MB" in run("remove", "Toy-1B", "--yes").stdout
    assert not path.exists()
    assert rows(run)["Toy-1B"]["state"] == "available"


def test_an_embedding_model_likewise(run: Run, hub: FakeHub, folder: Path) -> None:
    with Library.open(folder / "library.db") as library:
        library.put_videos([Video(id="a:1", title="A film")])
    got = run("get", "toy-e5", "--use")
    assert got.exit_code == 0, got.output
    chosen = settings.load(folder / "settings.toml").embedding.model
    assert sorted(path.name for path in Path(chosen).iterdir()) == [
        "config.json",
        "model.safetensors",
    ]
    assert "found by words alone (1 of them)" in got.stderr
    assert "matinee library reindex" in got.stderr
    run("use", "all-MiniLM-L6-v2")
    assert settings.load(folder / "settings.toml").embedding.model == "packaged"


def test_what_was_begun_is_told_of(run: Run, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.models.download._wait", lambda *_: None)
    hub.cuts = [2_000_000, 0, 0, 0]
    failed = run("get", "Toy-1B")
    assert "cannot be reached" in str(failed.exception)
    assert rows(run)["Toy-1B"]["state"] == "begun"
    assert "40%" in run().stdout


def test_none_and_files_of_ones_own(run: Run, folder: Path, tmp_path: Path) -> None:
    run("use", "none")
    assert model_in_force(folder) == "none"
    assert "language in use" not in {f"{r['kind']} {r['state']}" for r in rows(run).values()}
    own = tmp_path / "Mine[bold].Q8_0.gguf"
    own.write_bytes(GGUF)
    run("use", str(own))
    assert model_in_force(folder) == str(own)
    assert rows(run)["Mine[bold]"]["state"] == "in use"
    assert "Mine[bold]" in run().stdout


def test_the_environment_wins_and_that_is_said(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATINEE_LANGUAGE_MODEL__MODEL", "none")
    assert "unset MATINEE_LANGUAGE_MODEL__MODEL" in run("use", "packaged").stderr


def test_what_was_measured_of_the_ranking_is_shown(run: Run, hub: FakeHub, folder: Path) -> None:
    run("get", "Toy-1B")
    path = Shelf(folder / "models").installed(TOY)
    assert path is not None
    with Library.open(folder / "library.db") as library:
        report = {"gain": 0.02, "low": 0.01, "high": 0.03}
        library.put_language_model_gain(key_of_fingerprint(model_fingerprint(path)), 0.5, report)
    assert rows(run)["Toy-1B"]["quality"] == {"weight": 0.5, **report}
    assert "+0.020" in run().stdout
    assert "nDCG@10 +0.020 (+0.010 … +0.030), weight 0.5" in run("show", "Toy-1B").stdout


def test_a_name_that_nobody_knows(run: Run) -> None:
    for command in ("get", "use", "remove", "measure", "show"):
        assert "no such model" in str(run(command, "GPT-9").exception), command


def test_what_is_not_there_can_be_neither_used_nor_measured(run: Run, folder: Path) -> None:
    for command in ("use", "measure"):
        assert "matinee models get Qwen3-4B" in str(run(command, "Qwen3-4B").exception)
    assert not (folder / "settings.toml").exists()


def test_a_model_that_cannot_be_loaded_cannot_be_measured(run: Run, hub: FakeHub) -> None:
    run("get", "Toy-1B")
    assert "cannot be loaded" in str(run("measure", "Toy-1B").exception)


@pytest.mark.real_models
def test_what_is_measured_is_shown(run: Run) -> None:
    measured = run("measure", "SmolLM2-135M-Instruct", "--json")
    assert measured.exit_code == 0, measured.output
    told = json.loads(measured.stdout)
    row = rows(run)["SmolLM2-135M-Instruct"]
    assert (row["speed"], row["memory"]) == (told, told["memory"])
    assert f"judges {told['titles_per_s']:,.0f} titles/s" in run("show", str(row["name"])).stdout


def test_ctrl_c_keeps_what_is_there(hub: FakeHub, folder: Path) -> None:
    hub.repos["HuggingFaceTB/SmolLM2-360M-Instruct-GGUF"] = {
        "smollm2-360m-instruct-q8_0.gguf": GGUF
    }
    hub.stalls_after = 2_000_000
    # a shell lets what it starts in the background ignore SIGINT
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--data-dir", str(folder), "models", "get",
         "SmolLM2-360M-Instruct"],
        stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    wait_until(lambda: any(part.stat().st_size for part in folder.rglob("*.gguf.*.part")), "bytes")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert "goes on from there" in said
    assert not hub.released.is_set()
    assert 0 < Shelf(folder / "models").begun(find("SmolLM2-360M-Instruct")) <= 2_000_000


@pytest.mark.real_models
def test_a_language_model_that_was_downloaded_works(run: Run, hub: FakeHub, folder: Path) -> None:
    packaged = locate("packaged")
    assert packaged is not None
    hub.repos["toys/Toy-GGUF"] = {"toy-q4_0.gguf": packaged.read_bytes()}
    assert run("get", "Toy-1B", "--use").exit_code == 0
    model = open_model(settings.load(folder / "settings.toml").language_model)
    assert model is not None
    try:
        [said] = model.likelihoods("The capital of France is", [" Paris"], CancelToken())
        assert (model.name, said.tokens) == ("toy", 1)
        assert said.per_token > -3
    finally:
        model.close()


@pytest.mark.real_models
def test_an_embedding_model_that_was_downloaded_works(run: Run, hub: FakeHub, folder: Path) -> None:
    row = rows(run)["all-MiniLM-L6-v2"]
    source = Path(str(row["path"]))
    hub.repos["toys/toy-e5"] = {
        str(file.relative_to(source)): file.read_bytes()
        for file in source.rglob("*")
        if file.is_file()
    }
    assert run("get", "toy-e5", "--use").exit_code == 0
    downloaded = SentenceEmbedder.load(settings.load(folder / "settings.toml").embedding)
    packaged = SentenceEmbedder.load(EmbeddingSettings())
    assert downloaded.key.startswith("toy-e5-")
    texts = ["a film about trains"]
    vectors = downloaded.encode_queries(texts)
    assert np.allclose(vectors, packaged.encode_queries(texts), atol=1e-6)


def test_only_getting_a_model_goes_on_the_network(tmp_path: Path) -> None:
    network = RefusingNetwork.at(tmp_path / "network")
    environment = environment_at(tmp_path) | TALKATIVE
    done = network.run("python", "-m", "assistant", "models", "--json", environment=environment)
    assert json.loads(done.stdout)["gpu"] is not None
    assert network.attempts() == []
    command = "models get Qwen3-4B"
    environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    done = network.run("python", "-m", "assistant", *command.split(), environment=environment)
    assert "cannot be reached" in done.stderr
    assert network.attempts()
