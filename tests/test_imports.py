"""What may be loaded when: starting is cheap, and the core knows no face."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"torch", "chromadb", "llama_cpp", "textual", "sentence_transformers", "transformers",
         "sklearn", "numpy"}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded after `code` has run in a new interpreter."""
    program = f"import sys\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_assistant_loads_nothing() -> None:
    before = loaded_by("")
    assert loaded_by("import assistant") - before == {"assistant"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["where"], ["ask", "--help"]])
def test_commands_that_need_no_model_load_none(arguments: list[str]) -> None:
    code = (
        "from assistant.cli import main\n"
        f"sys.argv = ['matinee', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )
    assert not loaded_by(code) & HEAVY


@pytest.mark.parametrize(
    "stage", ["understand", "taste", "retrieve", "diversify", "rerank", "explain"]
)
def test_stages_load_neither_a_face_nor_a_model(stage: str) -> None:
    loaded = loaded_by(f"import assistant.{stage}")
    assert not loaded & {"textual", "click", "torch", "llama_cpp", "chromadb"}
