"""Which of the interests found now is the one that a person once set something for.

Interests are found anew from the likes each time, so they have no number of their own: a setting
is kept with the likes that its interest was made of. An interest takes the setting from which more
than half of those of its likes come that were there when it was set; later likes say nothing of
that, so that an interest may grow. Of several such settings the one with the greatest share of
them counts, then the one with the most of them, then the one that was set last. Of an interest
that has come apart, each part keeps the setting; one that was lost in a greater interest has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.types import Interest, InterestSetting
from store.text import clean_text

MAJORITY = 0.5
"""An interest takes the setting of more than so large a share of its likes."""


def with_settings(
    interests: Iterable[Interest],
    settings: Sequence[InterestSetting],
    liked_at: Mapping[str, datetime],
) -> tuple[Interest, ...]:
    """The interests with what is set for them, under the person's own names.

    Args:
        interests: as found.
        settings: as stored.
        liked_at: when each video came to be liked, in UTC.
    """
    found = []
    for interest in interests:
        setting = _setting_of(interest, settings, liked_at)
        name = interest.name if setting is None else setting.name or interest.name
        found.append(replace(interest, name=name, setting=setting))
    return tuple(found)


def changed(
    interest: Interest,
    *,
    name: str | None = None,
    weight: float | None = None,
    off: bool | None = None,
) -> InterestSetting:
    """The setting to store so that something of it is another from now on.

    Args:
        interest: as it is now.
        name: the person's own; an empty one gives it back the one that its keywords make.
        weight: 0 to 2.
        off: whether it does not count.

    Raises:
        ValueError: the name is longer than a name is, or the weight is out of bounds.
    """
    kept = {} if interest.setting is None else interest.setting.model_dump(exclude={"id", "at"})
    given = {"name": None if name is None else clean_text(name), "weight": weight, "off": off}
    return InterestSetting.model_validate(
        {
            **kept,
            **{field: value for field, value in given.items() if value is not None},
            "video_ids": interest.video_ids,
            "at": datetime.now(UTC),
        }
    )


def _setting_of(
    interest: Interest, settings: Sequence[InterestSetting], liked_at: Mapping[str, datetime]
) -> InterestSetting | None:
    ranked = [(_share(interest, one, liked_at), place) for place, one in enumerate(settings)]
    best = max(
        ((share, common, settings[place].at or _EVER, place) for (share, common), place in ranked),
        default=None,
    )
    return settings[best[3]] if best is not None and best[0] > MAJORITY else None


_EVER = datetime.min.replace(tzinfo=UTC)


def _share(
    interest: Interest, setting: InterestSetting, liked_at: Mapping[str, datetime]
) -> tuple[float, int]:
    """The share of an interest's likes of then that the setting was made for, and their number."""
    anchor = frozenset(setting.video_ids)
    since = setting.at or datetime.max.replace(tzinfo=UTC)
    common = sum(one in anchor for one in interest.video_ids)
    known = sum(one in anchor or liked_at.get(one, _EVER) <= since for one in interest.video_ids)
    return (common / known if known else 0.0), common
