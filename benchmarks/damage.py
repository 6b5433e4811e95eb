"""Every kind of damage made by hand, and what the person sees at the next start.

usage: python -m benchmarks.damage [WORD]

Only the damages with WORD in their names are made. A folder with 2,000 videos, signals and a
session is damaged, then `matinee ask` is run twice. For each damage: the exit status, how the
answer was found, how many of the videos and signals are there, and what was said. Filling a disk
and a read-only one want leave to mount; without it they are left out, loudly.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from assistant.errors import MatineeError
from benchmarks.children import matinee, videos, write
from store.library import Library

VIDEOS = 2_000
SIGNALS = 40
WISH = "a lighthouse in winter"
Damage = Callable[[Path], None]


# --- damages -----------------------------------------------------------------------------------


def delete(name: str, folder: Path) -> None:
    """Remove a file or folder."""
    target = folder / name
    shutil.rmtree(target) if target.is_dir() else target.unlink()


def truncate(pattern: str, share: float, folder: Path) -> None:
    """Cut the files that match off at a share of their size."""
    for file in _files(folder, pattern):
        with file.open("r+b") as opened:
            opened.truncate(int(file.stat().st_size * share))


def flip(pattern: str, share: float, folder: Path) -> None:
    """Turn 64 bytes at a share of the size of each matching file into their complements."""
    for file in _files(folder, pattern):
        data = bytearray(file.read_bytes())
        at = int((len(data) - 64) * share)
        data[at : at + 64] = bytes(255 - byte for byte in data[at : at + 64])
        file.write_bytes(data)


def replace(name: str, folder: Path) -> None:
    """Put some other text in a file's place."""
    (folder / name).write_text("Dear diary, this is no database.\n" * 300)


def swap(name: str, other: Path, folder: Path) -> None:
    """Put the same part of another person's folder in the place of ours."""
    delete(name, folder)
    if (other / name).is_dir():
        shutil.copytree(other / name, folder / name)
    else:
        shutil.copy(other / name, folder / name)


def rewrite_state(text: str, folder: Path) -> None:
    """Put another text in the place of what is noted beside the index."""
    for file in _files(folder, "index/*.json"):
        file.write_text(text)


def folder_as_file(folder: Path) -> None:
    """Put a file where the index folder is."""
    delete("index", folder)
    (folder / "index").write_text("no folder")


def newer(folder: Path) -> None:
    """Make the library one of a later version."""
    with Library.open(folder / "library.db") as library:
        library._connection.execute("PRAGMA user_version = 99")


def without_snapshots(damage: Damage, folder: Path) -> None:
    """The damage, with no snapshot to fall back on."""
    shutil.rmtree(folder / "snapshots", ignore_errors=True)
    damage(folder)


def _files(folder: Path, pattern: str) -> list[Path]:
    found = [file for file in folder.glob(pattern) if file.is_file() and file.stat().st_size]
    assert found, f"no {pattern} in {folder}"
    return found


def damages(other: Path) -> dict[str, Damage]:
    """All of them, by name; `other` is another person's data folder."""
    shares = [place / 10 for place in range(10)]
    chroma, hnsw = "index/*/chroma.sqlite3", "index/*/*/*.bin"
    made: dict[str, Damage] = {"nothing": lambda _: None}
    for share in shares:
        made[f"library cut off at {share:.0%}"] = partial(truncate, "library.db", share)
    for share in (0.0, 0.001, 0.01, *shares[1:], 1.0):
        made[f"library, bytes flipped at {share:.1%}"] = partial(flip, "library.db", share)
    made["library is another file"] = partial(replace, "library.db")
    made["library is another file, no snapshots"] = partial(
        without_snapshots, partial(replace, "library.db")
    )
    made["library deleted"] = partial(delete, "library.db")
    made["library of another person"] = partial(swap, "library.db", other)
    made["library of a newer version"] = newer
    made["index deleted"] = partial(delete, "index")
    for share in shares:
        made[f"index: Chroma's database cut off at {share:.0%}"] = partial(truncate, chroma, share)
    for share in shares:
        made[f"index: HNSW files cut off at {share:.0%}"] = partial(truncate, hnsw, share)
    for share in (0.0, 0.01, 0.25, 0.5, 0.75, 1.0):
        made[f"index: database, bytes flipped at {share:.0%}"] = partial(flip, chroma, share)
        made[f"index: HNSW files, bytes flipped at {share:.0%}"] = partial(flip, hnsw, share)
    made["index of another person"] = partial(swap, "index", other)
    made["index state is another file"] = partial(rewrite_state, "{}")
    made["index folder is a file"] = folder_as_file
    return made


# --- what the person sees ----------------------------------------------------------------------


def show(name: str, folder: Path) -> bool:
    """Print what two starts say and find; whether the second one answers."""
    print(f"\n## {name}")
    status = 0
    for attempt in ("first", "second"):
        done = matinee(folder, "ask", "--no-llm", "--json", WISH)
        status = done.returncode
        found = json.loads(done.stdout)["retrieval"] if done.stdout.strip() else "no answer"
        print(f"  {attempt}: exit status {status}, found by {found}; {_kept(folder)}")
        for line in done.stderr.replace("\r", "\n").splitlines():
            if line.strip():
                print(f"    | {line[:160]}")
    return status == 0


def _kept(folder: Path) -> str:
    with suppress(MatineeError), Library.open(folder / "library.db") as library:
        return f"{library.count()} videos, {len(library.interactions())} signals"
    return "library not readable"


def healthy(folder: Path, first: int) -> Path:
    """A data folder in use: videos, signals, a conversation, an index."""
    source = write(folder.with_suffix(".jsonl"), videos(range(first, first + VIDEOS)))
    ids = [f"made:{number}" for number in range(first, first + SIGNALS)]
    for arguments in (("import", str(source)), ("like", *ids), ("chat", "--no-llm")):
        done = matinee(folder, *arguments, text=f"{WISH}\n")
        assert done.returncode == 0, done.stderr
    return folder


# --- disks -------------------------------------------------------------------------------------


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size, mounted on `folder`."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def full_disk(folder: Path, source: Path) -> None:
    """Import more than fits, then make room and go on."""
    print("\n## a disk that fills up in the middle of an import")
    with disk(folder, 6) as data:
        for size in (6, 200):
            subprocess.run(["mount", "-o", f"remount,size={size}m", data], check=True)
            done = matinee(data, "import", str(source))
            print(f"  with {size} MB: exit status {done.returncode}; {_kept(data)}")
            lines = [*done.stdout.splitlines(), *done.stderr.splitlines()[-4:]]
            print("".join(f"    | {line[:160]}\n" for line in lines if line.strip()), end="")
        show("the disk that was full, now", data)


def read_only_disk(folder: Path, healthy_folder: Path) -> None:
    """Use a folder that cannot be written to."""
    with disk(folder, 200) as data:
        shutil.copytree(healthy_folder, data, dirs_exist_ok=True)
        subprocess.run(["mount", "-o", "remount,ro", data], check=True)
        show("a read-only disk", data)
        for arguments in (("like", "made:3"), ("import", str(data.with_suffix(".jsonl")))):
            done = matinee(data, *arguments)
            print(f"  {arguments[0]}: exit status {done.returncode}")
            print("".join(f"    | {line}\n" for line in done.stderr.splitlines()), end="")


def main(word: str) -> int:
    """Make every damage that has `word` in its name; how many left a start without an answer."""
    dead = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        ours, other = healthy(root / "ours", 0), healthy(root / "other", 10_000)
        for label, damage in damages(other).items():
            if word not in label:
                continue
            folder = root / "damaged"
            shutil.copytree(ours, folder)
            damage(folder)
            if not show(label, folder):
                dead.append(label)
            shutil.rmtree(folder)
        try:
            if word in "full disk":
                full_disk(root / "full", root / "ours.jsonl")
            if word in "read-only disk":
                read_only_disk(root / "read-only", ours)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"\nLEFT OUT: full and read-only disks cannot be mounted here: {error}")
    print(f"\nwithout an answer at the second start: {', '.join(dead) or 'none'}")
    return len(dead)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "") > 1)  # a newer version is refused
