from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineEvent, EngineRequest, Start, decode_event, encode
from assistant.engine.protocol.taste import (
    MapShown,
    NameVideo,
    SetInterest,
    ShowMap,
    ShowTaste,
    TasteShown,
    VideoNamed,
)
from assistant.errors import MatineeError
from assistant.interests.report import Trend
from assistant.locations import Locations
from assistant.narrator import Silent
from assistant.settings import Settings
from tests.assistant.engine.support import ROOT
from tests.assistant.tui.taste.support import HOSTILE, fill

E = TypeVar("E", bound=EngineEvent)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskCore]:
    fill(tmp_path)
    folders = Locations(data=tmp_path, config=tmp_path, state=tmp_path)
    core = DeskCore(Start(locations=folders, settings=Settings()), Silent())
    yield core
    core.close()


def ask(desk: DeskCore, request: EngineRequest, kind: type[E]) -> E:
    [event] = desk.answer(request, CancelToken())
    assert isinstance(event, kind)
    assert decode_event(encode(event)) == event
    return event


def test_the_taste_with_the_picks_beside_it(desk: DeskCore) -> None:
    shown = ask(desk, ShowTaste(), TasteShown)
    names = [(one.number, one.name, one.likes) for one in shown.report.interests]
    assert names == [(1, "astronomy", 6), (2, "cooking", 4), (3, "jazz", 3)]
    assert shown.report.likes == 13
    assert {one.trend for one in shown.report.interests} <= set(Trend)
    assert shown.mix is not None
    assert [(one.name, one.picks) for one in shown.mix.portions] == [
        ("astronomy", 4),
        ("cooking", 2),
        ("jazz", 0),
    ]
    assert shown.mix.outside == 1
    assert shown.mix_told.startswith("The mix of the last 7 picks")


def test_what_is_set_is_answered_with_the_taste_as_it_is_then(desk: DeskCore) -> None:
    shown = ask(desk, SetInterest(number=1, off=True), TasteShown)
    assert [one.off for one in shown.report.interests] == [True, False, False]
    assert shown.mix is not None
    assert [one.name for one in shown.mix.portions] == ["cooking", "jazz"]
    shown = ask(desk, SetInterest(number=2, name="Kitchen", weight=2.0), TasteShown)
    assert [one.name for one in shown.report.interests] == ["astronomy", "Kitchen", "jazz"]
    again = ask(desk, ShowTaste(), TasteShown)  # a moment later: likes have aged by that
    assert [(one.name, one.off) for one in again.report.interests] == [
        (one.name, one.off) for one in shown.report.interests
    ]
    with pytest.raises(MatineeError, match="There is no such interest"):
        ask(desk, SetInterest(number=7, off=True), TasteShown)


def test_the_map_and_a_video_of_it(desk: DeskCore) -> None:
    shown = ask(desk, ShowMap(), MapShown)
    assert shown.map is not None
    assert len(shown.map.ids) == 40
    assert not shown.to_be_made
    named = ask(desk, NameVideo(video_id="t:astronomy-0"), VideoNamed)
    assert (named.title, named.facts, named.keywords) == (HOSTILE, "2020 · talk", ("astronomy",))
    assert ask(desk, NameVideo(video_id="t:gone-1"), VideoNamed).title == ""


def test_it_loads_nothing_heavy(tmp_path: Path) -> None:
    fill(tmp_path)
    program = (
        "import sys; from pathlib import Path\n"
        "from assistant.cancel import CancelToken\n"
        "from assistant.engine.desk.core import DeskCore\n"
        "from assistant.engine.protocol import Start\n"
        "from assistant.engine.protocol.taste import ShowMap, ShowTaste\n"
        "from assistant.locations import Locations\n"
        "from assistant.narrator import Silent\n"
        "from assistant.settings import Settings\n"
        "folder = Path(sys.argv[1])\n"
        "start = Start(locations=Locations(folder, folder, folder), settings=Settings())\n"
        "desk = DeskCore(start, Silent())\n"
        "for request in (ShowTaste(), ShowMap()): list(desk.answer(request, CancelToken()))\n"
        "heavy = {'torch', 'chromadb', 'llama_cpp', 'sklearn', 'scipy', 'textual'}\n"
        "print(*(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    assert subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout == b"\n"
