from __future__ import annotations

import csv
import json
import random
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.importers import recognise
from assistant.types import (
    Avoided,
    Constraints,
    Interaction,
    Preference,
    Scope,
    Signal,
    Skipped,
    Video,
)
from store.export import Format, Table, export_library, read_manifest
from store.export.layout import FILES, MANIFEST
from store.export.notation import (
    guarded,
    join_items,
    split_items,
    unguarded,
    with_year,
    without_year,
)
from store.ingest import add_keywords, ingest
from store.library import Library
from tests.store import rows

SEEDS = range(12)
_SAID = datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC)


def filled(path: Path, seed: int = 0, count: int = 40) -> Library:
    chance = random.Random(seed)
    library = Library.open(path)
    made = list(rows.videos(chance, count))
    library.put_videos(made)
    add_keywords(library)
    library.add_interactions(rows.interactions(chance, library.ids(), count))
    library.add_preference(Preference(said="I love Ghibli", likes=("Ghibli",), at=_SAID))
    horror = Avoided(term="horror", unless=("zombie comedy",))
    long = Constraints(max_duration_s=7200, languages=("en",), published_since=date(2020, 2, 29))
    library.add_preference(
        Preference(said="一家人", scope=Scope.KIDS, avoid=(horror,), constraints=long, at=_SAID)
    )
    session = library.start_session()
    library.add_turn(session, rows.turn("warm  and\nfunny", made[1]))
    library.rename_session(session, "Warm ones")
    return library


def imported(source: Path, folder: Path) -> Path:
    """The library that an import of `source` makes of nothing."""
    path = folder / "library.db"
    with Library.open(path) as library:
        records = list(recognise(source).read(source))
        assert [record for record in records if isinstance(record, Skipped)] == []
        ingest(records, library)
    return path


# --- notation ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_written_down_is_read_back(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(2_000):
        items = [rows.text(chance, 5) for _ in range(chance.randint(1, 4))]
        assert split_items(join_items(items)) == items
        cell = rows.text(chance, 5)
        assert unguarded(guarded(cell)) == cell
        title, year = rows.text(chance, 5), chance.choice((None, 1995))
        assert without_year(with_year(title, year), year) == title


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "'=x", "''"])
def test_no_spreadsheet_runs_a_cell(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "'", "'tis", "x=1", "Rock 'n' Roll", "1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == unguarded(cell) == cell


def test_items_of_files_written_by_hand_mean_what_they_meant() -> None:
    assert split_items("animation|C:\\new|AC\\DC\\") == ["animation", "C:\\new", "AC\\DC\\"]


# --- there and back ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("format_", list(Format))
def test_an_export_is_imported_without_loss(tmp_path: Path, seed: int, format_: Format) -> None:
    with filled(tmp_path / "library.db", seed) as library:
        manifest = export_library(library, tmp_path / "export", formats=(format_,))
    back = imported(tmp_path / "export", tmp_path / "new")
    for table in ("videos", "interactions", "preferences"):
        assert rows.rows(back, table) == rows.rows(tmp_path / "library.db", table)
    assert manifest.counts[Table.PREFERENCES] == 2
    assert manifest.counts[Table.VIDEOS] == 40
    assert manifest.counts[Table.HISTORY] == len(rows.rows(back, "interactions"))


def test_single_files_can_be_imported(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db") as library:
        export_library(library, tmp_path / "export")
        videos = {video.id: video for video in library.videos()}
        history = library.interactions()
    for table in (Table.VIDEOS, Table.HISTORY, Table.RATINGS, Table.SAVED):
        for format_ in table.formats:
            file = tmp_path / "export" / table.file(format_)
            records = list(recognise(file).read(file))
            if table is Table.VIDEOS:
                assert {
                    record.id: record for record in records if isinstance(record, Video)
                } == videos
            elif table is Table.HISTORY:
                assert records == history
            else:
                assert records
                assert all(record in history for record in records)


def test_an_export_of_an_empty_library_can_be_imported(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        export_library(library, tmp_path / "export")
    assert list(recognise(tmp_path / "export").read(tmp_path / "export")) == []


# --- what is in it -----------------------------------------------------------------------------


def test_ratings_and_the_saved_list_hold_the_last_of_each_video(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    with Library.open(tmp_path / "library.db") as library:
        library.put_videos([Video(id="a:1", title="=One")])
        for day, rating in enumerate((2.0, 4.5)):
            at = moment + timedelta(days=day)
            library.add_interaction(
                Interaction(video_id="a:1", signal=Signal.RATED, at=at, rating=rating)
            )
            library.add_interaction(Interaction(video_id="a:1", signal=Signal.SAVED, at=at))
        export_library(library, tmp_path / "export")
    with (tmp_path / "export" / "ratings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"video_id": "a:1", "title": "'=One", "signal": "rated", "rating": "4.5",
             "at": "2026-01-02T00:00:00Z", "strength": ""}
        ]  # fmt: skip
    [saved] = (tmp_path / "export" / "saved.jsonl").read_text("utf-8").splitlines()
    assert json.loads(saved)["at"] == "2026-01-02T00:00:00Z"


def test_sessions_are_there_to_be_read(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db") as library:
        export_library(library, tmp_path / "export", formats=(Format.CSV,))
    [line] = (tmp_path / "export" / "sessions.jsonl").read_text("utf-8").splitlines()
    session = json.loads(line)
    assert session["title"] == "Warm ones"
    assert session["turns"][0]["message"] == "warm  and\nfunny"
    assert datetime.fromisoformat(session["started_at"]).tzinfo is not None


def test_an_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db") as library:
        export_library(library, tmp_path / "export")
    folder = tmp_path / "export"
    assert {path.name for path in folder.iterdir()} == FILES | {MANIFEST}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


# --- where it may be written -------------------------------------------------------------------


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "videos.csv").write_text("mine")
    with filled(tmp_path / "library.db") as library, pytest.raises(StoreError, match="not empty"):
        export_library(library, tmp_path / "export")
    assert [path.read_text() for path in (tmp_path / "export").iterdir()] == ["mine"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "export").write_text("mine")
    with filled(tmp_path / "library.db") as library, pytest.raises(StoreError, match="cannot be"):
        export_library(library, tmp_path / "export")
    assert (tmp_path / "export").read_text() == "mine"


def test_an_earlier_export_is_replaced_and_nothing_of_it_left_standing(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    with filled(tmp_path / "library.db") as library:
        export_library(library, folder)
        (folder / "notes.txt").write_text("mine")
        library.remove_videos(library.ids())
        export_library(library, folder, formats=(Format.JSONL,))
    names = {Table(table).file(Format.JSONL) for table in Table}
    assert {path.name for path in folder.iterdir()} == names | {MANIFEST, "notes.txt"}
    assert (folder / "videos.jsonl").read_text() == ""
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest.counts[Table.VIDEOS] == 0


class Stops:
    """A reporter of one who presses Ctrl-C at the second table."""

    stages = 0

    def stage(self, name: str, total: int | None) -> None:
        self.stages += 1
        if self.stages == 2:
            raise KeyboardInterrupt

    def advance(self, n: int) -> None:
        pass


def test_stopping_leaves_no_trace(tmp_path: Path) -> None:
    with filled(tmp_path / "library.db") as library:
        with pytest.raises(KeyboardInterrupt):
            export_library(library, tmp_path / "new", reporter=Stops())
        assert not (tmp_path / "new").exists()
        export_library(library, tmp_path / "old")
        before = {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()}
        with pytest.raises(KeyboardInterrupt):
            export_library(library, tmp_path / "old", reporter=Stops())
    assert {path.name: path.read_bytes() for path in (tmp_path / "old").iterdir()} == before


def test_a_full_disk_is_said_and_leaves_no_trace(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("SKIPPED LOUDLY: this machine does not let a test mount a small tmpfs")
    try:
        with (
            filled(tmp_path / "library.db") as library,
            pytest.raises(StoreError, match="The disk is full"),
        ):
            export_library(library, disk / "export")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# --- beside another process --------------------------------------------------------------------

WRITER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from assistant.types import Interaction, Signal, Video
from store.library import Library
with Library.open(Path(sys.argv[1])) as library:
    number = 0
    while True:
        library.put_videos([Video(id=f"w:{number}", title=f"W {number}")])
        library.add_interaction(
            Interaction(video_id=f"w:{number}", signal=Signal.LIKED, at=datetime.now(UTC))
        )
        number += 1
        print(number, flush=True)
"""


def test_an_export_is_of_one_moment_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with filled(path) as library:
        command = [sys.executable, "-c", WRITER, str(path)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            assert writer.stdout is not None
            for number in range(4):
                writer.stdout.readline()
                folder = tmp_path / f"export {number}"
                export_library(library, folder)
                records = list(recognise(folder).read(folder))
                videos = {item.id for item in records if isinstance(item, Video)}
                liked = {item.video_id for item in records if isinstance(item, Interaction)}
                written = {id_ for id_ in videos if id_.startswith("w:")}
                named = {id_ for id_ in liked if id_.startswith("w:")}
                assert written == {f"w:{n}" for n in range(len(written))}
                assert named <= written
                assert len(written - named) <= 1
        finally:
            writer.kill()
            writer.wait()
