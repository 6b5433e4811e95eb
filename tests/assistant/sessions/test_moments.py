from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.sessions.moments import in_full, in_words

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 4, 0, 5, tzinfo=UTC), "today 00:05"),
        (datetime(2026, 3, 3, 21, 10, tzinfo=UTC), "yesterday 21:10"),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "Sunday 08:00"),
        (datetime(2026, 2, 26, 8, 0, tzinfo=UTC), "Thursday 08:00"),
        (datetime(2026, 2, 25, 8, 0, tzinfo=UTC), "25 Feb"),
        (datetime(2025, 12, 31, 8, 0, tzinfo=UTC), "31 Dec 2025"),
        (datetime(2026, 3, 5, 8, 0, tzinfo=UTC), "5 Mar"),  # a clock that was wrong
    ],
)
def test_when_it_was_in_words(moment: datetime, words: str) -> None:
    assert in_words(moment, NOW, UTC) == words


def test_days_are_those_of_the_person() -> None:
    east = timezone(timedelta(hours=9))
    assert in_words(datetime(2026, 3, 3, 16, 0, tzinfo=UTC), NOW, east) == "today 01:00"
    assert in_full(datetime(2026, 3, 3, 16, 0, tzinfo=UTC), east) == "Wednesday 4 Mar 2026, 01:00"
