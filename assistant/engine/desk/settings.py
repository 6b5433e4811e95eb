"""The settings, read and written where no screen waits for the disk."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore, answers
from assistant.engine.protocol.settings import ListSettings, PutSetting, SettingsListed
from assistant.settings_described import in_force, parse
from assistant.settings_file import put_settings


@answers(ListSettings)
def list_settings(desk: DeskCore, _request: ListSettings, _cancel: CancelToken) -> SettingsListed:
    """Read the file and the environment anew."""
    return _listed(desk)


@answers(PutSetting)
def put_setting(desk: DeskCore, request: PutSetting, _cancel: CancelToken) -> SettingsListed:
    """Check what was typed, and write it."""
    put_settings(desk.locations.settings, {request.name: parse(request.name, request.text)})
    return _listed(desk)


def _listed(desk: DeskCore) -> SettingsListed:
    path = desk.locations.settings
    return SettingsListed(rows=in_force(path), settings=desk.settings, path=str(path))
