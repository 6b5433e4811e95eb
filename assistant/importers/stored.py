"""Rows of a library that comes from elsewhere, cleaned like anything that enters.

A backup is a stranger's file until every row of it has been looked at. What an importer has once
made is let through as it is, so that a library comes back from its backup unchanged.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

from assistant.importers import fields
from assistant.importers.languages import language_code
from assistant.importers.links import safe_link
from assistant.importers.prose import MAX_DESCRIPTION
from assistant.types import VIDEO_ID, Interaction, InterestSetting, Pick, Preference, Turn, Video
from store.cleaning import clean_text

_MAX_NAMES = 1_000
"""More than an importer lets in, as several records of one video may have been made one."""
_MAX_MESSAGE = 1_000_000
_MAX_TITLE = 200
_FIRST_MOMENT = 1970
_PLAIN_SPACE = {" ", "\n"}


class StoredRows:
    """The `store.backup.Gate` of this program."""

    def video(self, video: Video) -> Video:
        """A video with clean texts and a link that is safe to open.

        Raises:
            ValueError: nothing is left of its id or title.
        """
        cleaned = video.model_dump() | {
            "id": _id(video.id),
            "title": _clean(video.title),
            "other_titles": _names(video.other_titles),
            "description": _clean(video.description),
            "tags": _names(video.tags),
            "keywords": _names(video.keywords),
            "channel": _clean(video.channel or "") or None,
            "people": _names(video.people),
            "language": language_code(video.language or ""),
            "url": safe_link(video.url),
        }
        return Video.model_validate(cleaned)

    def interaction(self, interaction: Interaction) -> Interaction:
        """A signal with a proper id, at a moment that can have been.

        Raises:
            ValueError: it has none.
        """
        changes = {"video_id": _id(interaction.video_id), "at": _moment(interaction.at)}
        return interaction.model_copy(update=changes)

    def turn(self, turn: Turn) -> Turn:
        """A turn with clean texts, and clean videos in it.

        Raises:
            ValueError: a video in it cannot be.
        """
        picks = tuple(self._pick(pick) for pick in turn.picks)
        rest = _cleaned(turn.model_dump(exclude={"picks"}))
        return Turn.model_validate({**rest, "picks": picks})

    def session_title(self, title: str) -> str:
        """The title of a session, clean and in one line; empty where nothing is left of it."""
        return clean_text(title, max_chars=_MAX_TITLE)

    def preference(self, preference: Preference) -> Preference:
        """Something to be remembered, with clean texts, said at a moment that can have been.

        Raises:
            ValueError: it was not, or no words of it are left.
        """
        cleaned = Preference.model_validate(_cleaned(preference.model_dump()))
        if preference.at is None:
            raise ValueError("does not say when it was said")
        return cleaned.model_copy(update={"at": _moment(preference.at)})

    def interest_setting(self, setting: InterestSetting) -> InterestSetting:
        """What is set for an interest, under a clean name, at a moment that can have been.

        Raises:
            ValueError: it was not.
        """
        if setting.at is None:
            raise ValueError("does not say when it was set")
        return InterestSetting.model_validate(
            setting.model_dump() | {"name": _clean(setting.name), "at": _moment(setting.at)}
        )

    def _pick(self, pick: Pick) -> Pick:
        rest = _cleaned(pick.model_dump(exclude={"video"}))
        return Pick.model_validate({**rest, "video": self.video(pick.video)})


def _id(video_id: str) -> str:
    cleaned = _clean(video_id)
    if not VIDEO_ID.match(cleaned):
        raise ValueError("is not a video id (source:key)")
    return cleaned


def _moment(at: datetime) -> datetime:
    """In UTC, which is what one without a zone is taken for.

    Raises:
        ValueError: it is none since 1970.
    """
    if not _FIRST_MOMENT <= at.year <= fields.LAST_YEAR:
        raise ValueError("is not a moment since 1970")
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _clean(text: str) -> str:
    return clean_text(text, max_chars=MAX_DESCRIPTION)


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(_clean, names[:_MAX_NAMES])))


def _cleaned(value: Any) -> Any:
    """`value` with every text in it cleaned, those that name something too."""
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return _message(value) if type(value) is str else value  # not what is of a closed set


def _message(text: str) -> str:
    """Something that was typed or answered: as it was, if nothing but blanks would go from it."""
    cleaned = clean_text(text, max_chars=_MAX_MESSAGE, keep_lines=True)
    whole = unicodedata.normalize("NFC", text)
    only_blanks = "".join(cleaned.split()) == "".join(whole.split())
    spaces = {letter for letter in text if letter.isspace()}
    return text if only_blanks and spaces <= _PLAIN_SPACE else cleaned
