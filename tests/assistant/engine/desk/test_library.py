"""What the desk answers of the library and of the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineEvent, EngineRequest
from assistant.engine.protocol.importing import CompletePath, PathsCompleted
from assistant.engine.protocol.library import (
    BringBackVideos,
    CountVideos,
    EditTags,
    ListVideos,
    RemoveVideos,
    ShowVideo,
    VideosChanged,
    VideosCounted,
    VideoShown,
    VideosListed,
)
from assistant.errors import Cancelled, StoreError
from assistant.listing import VideoFilter, VideoQuery
from assistant.narrator import Silent
from tests.assistant.engine.support import fake_start
from tests.assistant.tui.library.videos import fill


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskCore]:
    core = DeskCore(fake_start(fill(tmp_path)), Silent())
    yield core
    core.close()


def ask(desk: DeskCore, request: EngineRequest) -> EngineEvent:
    [event] = desk.answer(request, CancelToken())
    assert event.request_id == request.id
    return event


def test_videos_are_listed_counted_and_shown(desk: DeskCore) -> None:
    wanted = VideoFilter(words="run")
    listed = ask(desk, ListVideos(query=VideoQuery(filter=wanted)))
    assert isinstance(listed, VideosListed)
    assert (listed.page.total, listed.page.library) == (2, 6)
    counted = ask(desk, CountVideos(filter=wanted))
    assert isinstance(counted, VideosCounted)
    assert counted.counts.kinds == {"talk": 1, "video": 1}
    shown = ask(desk, ShowVideo(video_id="file:1"))
    assert isinstance(shown, VideoShown)
    assert not shown.details.is_embedded
    with pytest.raises(StoreError, match="no such video"):
        ask(desk, ShowVideo(video_id="file:none"))


def test_edited_tags_have_keywords_at_once(desk: DeskCore) -> None:
    shown = ask(desk, EditTags(video_id="file:1", tags=("solitude",)))
    assert isinstance(shown, VideoShown)
    assert shown.details.own_tags == ("solitude",)
    assert "solitude" in shown.details.video.keywords


def test_videos_are_removed_and_brought_back(desk: DeskCore) -> None:
    removed = ask(desk, RemoveVideos(ids=("file:1", "file:none")))
    assert isinstance(removed, VideosChanged)
    assert [video.id for video in removed.videos] == ["file:1"]
    back = ask(desk, BringBackVideos(ids=("file:1",)))
    assert isinstance(back, VideosChanged)
    assert [video.id for video in back.videos] == ["file:1"]
    assert desk.library.missing_keywords() == []


def test_what_was_cancelled_before_it_began_is_not_done(desk: DeskCore) -> None:
    token = CancelToken()
    token.cancel()
    for request in (ListVideos(), CountVideos(), ShowVideo(video_id="file:1")):
        with pytest.raises(Cancelled):
            list(desk.answer(request, token))


def test_paths_are_completed_folders_first(desk: DeskCore, tmp_path: Path) -> None:
    (tmp_path / "x" / "sub").mkdir(parents=True)
    for name in ("Sub.csv", "other", ".hidden"):
        (tmp_path / "x" / name).write_text("")

    def found(typed: str) -> list[str]:
        completed = ask(desk, CompletePath(typed=f"{tmp_path}/x/{typed}"))
        assert isinstance(completed, PathsCompleted)
        return [path.removeprefix(f"{tmp_path}/x/") for path in completed.paths]

    assert found("s") == ["sub/", "Sub.csv"]
    assert found("") == ["sub/", "other", "Sub.csv"]
    assert found(".h") == [".hidden"]
    assert found("none/at/all") == found("\x00") == []


def test_home_is_written_as_it_was_typed(
    desk: DeskCore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "films.csv").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    completed = ask(desk, CompletePath(typed="~/f"))
    assert isinstance(completed, PathsCompleted)
    assert completed.paths == ("~/films.csv",)
