"""What the map says of the videos that are picked on it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Picked(Message):
    """A video is picked."""

    video_id: str


@dataclass
class Chosen(Message):
    """Something is to be done with the video that is picked."""

    video_id: str
