"""Recall and nDCG of `matinee ask --batch` on recorded film requests and rating histories.

usage: python -m benchmarks.films FOLDER [LIMIT]

FOLDER holds ``catalog.jsonl.gz``, ``requests-dev.jsonl.gz`` and ``histories-dev.jsonl.gz``; LIMIT
takes the first so many lines of each. Requests rank the whole catalogue less what was mentioned;
histories rank the rated films less the viewer's own. The catalogue alone is known: nobody else's
ratings or recommendations.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

REFERENCE = """reference, the catalogue alone: requests recall@10 .045 recall@50 .106 nDCG@10 .025
  (mean vector of the films named), .061 .140 .033 (the same + .5 BM25 on their text);
  histories nDCG@10 .019 (mean of the likes), .040 (5 nearest likes)"""


def lines(path: Path, limit: int | None) -> list[dict[str, Any]]:
    """The records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in islice(file, limit)]


def matinee(folder: Path, *arguments: str, given: str = "") -> list[dict[str, Any]]:
    """Run a matinee command; its standard output as JSON lines, if it prints any."""
    command = [sys.executable, "-m", "assistant", "--data-dir", str(folder), *arguments]
    done = subprocess.run(
        command, input=given.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


def dcg(gains: Sequence[float]) -> float:
    """Discounted cumulative gain (Järvelin and Kekäläinen 2002)."""
    return float(sum(gain / np.log2(rank + 1) for rank, gain in enumerate(gains, 1)))


def scores(ranked: Sequence[str], relevant: Sequence[str]) -> dict[str, float]:
    """Recall at 1, 10, 50 and nDCG at 10 of one ranking."""
    targets = set(relevant)
    result = {f"recall@{k}": len(targets & set(ranked[:k])) / len(targets) for k in (1, 10, 50)}
    ideal = dcg([1.0] * min(10, len(targets)))
    result["nDCG@10"] = dcg([float(item in targets) for item in ranked[:10]]) / ideal
    return result


def report(name: str, rows: Sequence[dict[str, float]], seconds: float) -> None:
    """Print the means with 95 % bootstrap intervals over the rows."""
    generator = np.random.default_rng(0)
    print(f"{name}: {len(rows)} in {seconds:.0f} s ({len(rows) / seconds:.1f}/s)")
    for metric in rows[0]:
        values = np.array([row[metric] for row in rows])
        draws = values[generator.integers(0, len(values), (1000, len(values)))].mean(axis=1)
        low, high = np.percentile(draws, [2.5, 97.5])
        print(f"  {metric:<10} {values.mean():.4f}  [{low:.4f}, {high:.4f}]")


def run(
    folder: Path, asked: Iterable[dict[str, Any]], dial: str
) -> tuple[dict[str, list[str]], float]:
    """The ids that each asked line is answered with, and the seconds for all."""
    given = "\n".join(json.dumps(line) for line in asked)
    started = time.perf_counter()
    results = matinee(
        folder, "ask", "--batch", "-", "--json", "--no-llm", "-k", "100", "--dial", dial,
        given=given,
    )  # fmt: skip
    seconds = time.perf_counter() - started
    return {row["id"]: [pick["id"] for pick in row["picks"]] for row in results}, seconds


def main(data: Path, limit: int | None) -> None:
    """Import the catalogue, ask everything, print the figures."""
    requests = lines(data / "requests-dev.jsonl.gz", limit)
    histories = lines(data / "histories-dev.jsonl.gz", limit)
    all_histories = lines(data / "histories-dev.jsonl.gz", None)
    catalogue = [row["id"] for row in lines(data / "catalog.jsonl.gz", None)]
    rated = {item["id"] for row in all_histories for item in row["history"]}
    rated.update(item for row in all_histories for item in row["relevant"])
    unrated = [item for item in catalogue if item not in rated]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        matinee(folder, "import", str(data / "catalog.jsonl.gz"))
        print(f"catalogue imported in {time.perf_counter() - started:.0f} s")
        for dial in ("familiar", "balanced"):
            ranked, seconds = run(
                folder,
                (
                    {"id": row["id"], "messages": row["messages"], "exclude": row["mentioned"]}
                    for row in requests
                ),
                dial,
            )
            rows = [scores(ranked[row["id"]], row["relevant"]) for row in requests]
            report(f"requests, {dial}", rows, seconds)
            ranked, seconds = run(
                folder,
                (
                    {"id": str(row["user"]), "history": row["history"], "exclude": unrated}
                    for row in histories
                ),
                dial,
            )
            rows = [scores(ranked[str(row["user"])], row["relevant"]) for row in histories]
            report(f"histories, {dial}", rows, seconds)
    print(REFERENCE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
