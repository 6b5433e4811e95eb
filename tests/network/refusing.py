"""Running programs where every use of the network is refused and noted.

Three layers, because none sees everything: an audit hook in every Python process, a library before
the C library for what is written in C, C++ and Rust, and, where the machine allows it, a network
namespace with nothing in it, in which the kernel counts what came past both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COMPILERS = ("cc", "gcc", "clang", "c++", "g++")
NAMESPACES = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
COUNTED = '"$@"; status=$?; cat /proc/net/snmp >> "$MATINEE_TEST_KERNEL"; exit $status'
DEADLINE_S = 180


@dataclass(frozen=True)
class RefusingNetwork:
    """A network for the programs that it runs, and what they tried.

    Args:
        folder: where the attempts are written down.
        library: `refuse.c`, compiled.
    """

    folder: Path
    library: Path

    @classmethod
    def at(cls, folder: Path) -> RefusingNetwork:
        """A network that keeps its notes in `folder`; skips the test where there can be none."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, compiled(folder))

    def run(
        self,
        *command: str,
        given: str = "",
        environment: Mapping[str, str] | None = None,
        umask: int = -1,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program and all that it starts; the interpreter of these tests is ``python``."""
        program = [sys.executable if word == "python" else word for word in command]
        wrapped = [*namespace(), "sh", "-c", COUNTED, "sh", *program] if namespace() else program
        return subprocess.run(
            wrapped,
            input=given,
            env={**(os.environ if environment is None else environment), **self._environment},
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            umask=umask,
        )

    def attempts(self) -> list[str]:
        """What was tried: who saw it, the call, where to, and by which process."""
        noted = self._notes.read_text("utf-8").splitlines() if self._notes.exists() else []
        return [*noted, *self._counted()]

    @property
    def _notes(self) -> Path:
        return self.folder / "attempts"

    @property
    def _kernel(self) -> Path:
        return self.folder / "kernel"

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "PYTHONPATH": os.pathsep.join([str(HERE / "site"), str(ROOT)]),
            "MATINEE_TEST_NETWORK": str(self._notes),
            "MATINEE_TEST_KERNEL": str(self._kernel),
        }

    def _counted(self) -> list[str]:
        """What the kernel counted of packets sent and of those that found no way out."""
        lines = self._kernel.read_text().splitlines() if self._kernel.exists() else []
        tables = [line.split() for line in lines if line.startswith("Ip:")]
        counts = [
            f"kernel\t{name}\t{count}"
            for names, values in zip(tables[::2], tables[1::2], strict=True)
            for name, count in zip(names, values, strict=True)
            if name in {"OutRequests", "OutNoRoutes"}
        ]
        return [line for line in counts if not line.endswith("\t0")]


@cache
def namespace() -> tuple[str, ...]:
    """The command that runs another one without any network; empty where that is not allowed."""
    if shutil.which("unshare") is None:
        return ()
    for command in NAMESPACES:
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return ()


def compiled(folder: Path) -> Path:
    """`refuse.c` as a library in `folder`."""
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if sys.platform != "linux" or compiler is None:
        pytest.skip("SKIPPED LOUDLY: to refuse the network takes Linux and a C compiler")
    library = folder / "refuse.so"
    source = HERE / "refuse.c"
    options = ["-x", "c", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", str(library)]
    subprocess.run([compiler, *options, str(source), "-ldl"], check=True)
    return library
