"""The settings: what they are, and changing them."""

from __future__ import annotations

from assistant.engine.protocol.base import EngineEvent, EngineRequest
from assistant.settings import Settings
from assistant.settings_described import SettingInForce


class ListSettings(EngineRequest):
    """What is set?"""


class PutSetting(EngineRequest):
    """Write a setting into the settings file."""

    name: str
    """Dotted: ``recommend.picks``, ``keys.like``."""
    text: str = ""
    """The value as it is typed; empty for the default again."""


class SettingsListed(EngineEvent):
    """Every setting in force."""

    rows: tuple[SettingInForce, ...]
    settings: Settings
    path: str
    """Of the settings file."""
