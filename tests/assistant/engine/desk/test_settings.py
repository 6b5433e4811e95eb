from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import EngineRequest, Start, decode_event, encode
from assistant.engine.protocol.settings import ListSettings, PutSetting, SettingsListed
from assistant.errors import MatineeError
from assistant.locations import find
from assistant.narrator import Silent
from assistant.settings import Origin, Settings


@pytest.fixture
def desk(tmp_path: Path) -> DeskCore:
    return DeskCore(Start(locations=find(tmp_path), settings=Settings()), Silent())


def ask(desk: DeskCore, request: EngineRequest) -> SettingsListed:
    [event] = desk.answer(request, CancelToken())
    assert isinstance(event, SettingsListed)
    return event


def value(listed: SettingsListed, name: str) -> tuple[object, Origin]:
    [found] = [(row.value, row.origin) for row in listed.rows if row.about.name == name]
    return found


def test_without_a_file_everything_is_default(desk: DeskCore) -> None:
    listed = ask(desk, ListSettings())
    assert {row.origin for row in listed.rows} == {Origin.DEFAULT}
    assert listed.path.endswith("settings.toml")
    assert not Path(listed.path).exists()


def test_what_is_put_is_in_force_and_goes_back(desk: DeskCore) -> None:
    listed = ask(desk, PutSetting(name="recommend.picks", text="7"))
    assert value(listed, "recommend.picks") == (7, Origin.FILE)
    assert listed.settings.recommend.picks == 7
    listed = ask(desk, PutSetting(name="recommend.picks"))
    assert value(listed, "recommend.picks") == (5, Origin.DEFAULT)


def test_the_key_of_a_page_has_a_dot_in_its_name(desk: DeskCore) -> None:
    listed = ask(desk, PutSetting(name="keys.models.get", text="d"))
    assert listed.settings.keys == {"models.get": "d"}
    assert value(listed, "keys.models.get") == ("d", Origin.FILE)
    assert ask(desk, PutSetting(name="keys.models.get")).settings.keys == {}


def test_what_is_not_allowed_is_refused_and_nothing_written(desk: DeskCore) -> None:
    with pytest.raises(MatineeError) as caught:
        ask(desk, PutSetting(name="recommend.picks", text="0"))
    assert caught.value.detail == "It is to be a whole number, 1 to 20."
    assert not desk.locations.settings.exists()


def test_a_file_that_cannot_be_read_is_told_of(desk: DeskCore) -> None:
    desk.locations.settings.write_text("[recommend\n")
    with pytest.raises(MatineeError, match="not valid TOML"):
        ask(desk, ListSettings())


def test_what_travels_is_the_same_afterwards(desk: DeskCore) -> None:
    listed = ask(desk, PutSetting(name="app.player", text="mpv --fs"))
    assert decode_event(encode(listed)).model_dump() == listed.model_dump()
