"""Runs the rounds in a child with a memory limit, a home and a working folder of its own."""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bad_input.watch import removed

MEMORY_BYTES = 4 * 2**30
"""The most that the child may allocate; it uses a quarter of it."""
_FOLDERS = ("home", "work", "data", "sources", "secrets", "kept")


def main() -> int:
    """Make the folders, start the child in them, and return its status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bad_input")
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3_600.0, help="stop after so long")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--small", action="store_true", help="leave out what is absurdly large")
    parser.add_argument("--keep", type=Path, help="a folder for what reproduces a finding")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        return _child(chosen)
    root = Path(tempfile.mkdtemp(prefix="matinee-bad-input-")).resolve()
    try:
        for folder in _FOLDERS:
            (root / folder).mkdir()
        keep = (chosen.keep or root.with_name("matinee-bad-input-kept")).resolve()
        command = [sys.executable, "-B", "-m", "benchmarks.bad_input", "--child", str(root)]
        command += ["--inputs", str(chosen.inputs), "--seconds", str(chosen.seconds)]
        command += ["--small"] if chosen.small else []
        command += ["--seed", str(chosen.seed), "--keep", str(keep)]
        return subprocess.run(command, env=_environment(root), check=False).returncode
    finally:
        removed(root)


def _environment(root: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
    places = {f"XDG_{name}_HOME": str(root / "home" / name) for name in ("DATA", "CONFIG", "STATE")}
    return (
        kept
        | places
        | {
            "HOME": str(root / "home"),
            "PYTHONPATH": str(Path.cwd()),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1",
        }
    )


def _child(chosen: argparse.Namespace) -> int:
    from benchmarks.bad_input.rounds import Campaign

    os.chdir(chosen.child / "work")
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    started = time.monotonic()
    print(f"seed {chosen.seed}", flush=True)
    campaign = Campaign(chosen.child, chosen.keep, chosen.seed)
    campaign.oddities(small=chosen.small)
    while campaign.findings.inputs < chosen.inputs:
        if time.monotonic() - started > chosen.seconds:
            print("stopped before the end: --seconds")
            break
        campaign.round(chosen.inputs - campaign.findings.inputs)
    print(campaign.findings.report())
    print(f"\n{time.monotonic() - started:.0f} s")
    return 0 if campaign.findings.clean else 1


if __name__ == "__main__":
    sys.exit(main())
