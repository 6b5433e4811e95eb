from __future__ import annotations

from datetime import date

import pytest

from assistant.understand.dates import read_dates
from tests.assistant.understand.dialogue import TODAY

# TODAY is Tuesday, 24 November 2026


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("uploaded this week", "2026-11-17", None),
        ("talks from this week", "2026-11-17", None),
        ("from the past week", "2026-11-17", None),
        ("this week's talks", "2026-11-17", None),
        ("this week", "2026-11-17", None),
        ("uploaded last month", "2026-10-25", None),
        ("uploaded in the last month", "2026-10-25", None),
        ("published within the last two weeks", "2026-11-10", None),
        ("in the last 10 days", "2026-11-14", None),
        ("the last three months", "2026-08-26", None),
        ("from the last 24 hours", "2026-11-23", None),
        ("from today", "2026-11-24", None),
        ("uploaded yesterday", "2026-11-23", None),
        ("since yesterday", "2026-11-23", None),
        ("since March", "2026-03-01", None),
        ("since December", "2025-12-01", None),
        ("since March 2024", "2024-03-01", None),
        ("since Monday", "2026-11-23", None),
        ("since last Tuesday", "2026-11-17", None),
        ("since 5 May", "2026-05-05", None),
        ("since May 5th, 2023", "2023-05-05", None),
        ("since 2024-02-29", "2024-02-29", None),
        ("from June 2024", "2024-06-01", "2024-06-30"),
        ("talks from June about Rust", "2026-06-01", "2026-06-30"),
        ("uploaded in February 2024", "2024-02-01", "2024-02-29"),
        ("before May 2023", None, "2023-04-30"),
        ("until May 2023", None, "2023-05-31"),
        ("after May 2023", "2023-06-01", None),
        ("talks about AI uploaded this week", "2026-11-17", None),
        ("talks about AI since March", "2026-03-01", None),
        ("最近一周", "2026-11-17", None),
        ("最近一周的视频", "2026-11-17", None),
        ("近十天的", "2026-11-14", None),
        ("过去三个月的演讲", "2026-08-26", None),
        ("最近半年的", "2026-05-26", None),
        ("这周上传的关于气候的视频", "2026-11-17", None),
        ("本周的视频", "2026-11-17", None),
        ("上个月的演讲", "2026-10-25", None),
        ("今天上传的", "2026-11-24", None),
        ("昨天发布的视频", "2026-11-23", None),
        ("三月以来的视频", "2026-03-01", None),
        ("去年三月以来的", "2025-03-01", None),
        ("2024年6月的演讲", "2024-06-01", "2024-06-30"),
        ("2023年5月之前的", None, "2023-04-30"),
    ],
)
def test_limits(text: str, since: str | None, until: str | None) -> None:
    limits = read_dates(text, TODAY).constraints

    assert limits.published_since == (since and date.fromisoformat(since))
    assert limits.published_until == (until and date.fromisoformat(until))


@pytest.mark.parametrize(
    "text",
    [
        "what should I watch this week",
        "something for today",
        "I saw it last week",
        "a film about the last 10 days of the war",
        "in the last days of Pompeii",
        "since 2018",
        "before 2000",
        "this year",
        "last year's talks",
        "the last two years",
        "it may be from space",
        "films about May 1968",
        "since 31 February",
        "last minutes",
        "最近有什么好看的",
        "今天看什么",
        "三月",
        "一个月亮的故事",
        "这周看什么",
        "",
    ],
)
def test_no_limit(text: str) -> None:
    reading = read_dates(text, TODAY)

    assert reading.constraints.empty
    assert reading.spans == ()


def test_what_is_left() -> None:
    text = "python talks uploaded in the last month"
    ((start, end),) = read_dates(text, TODAY).spans

    assert text[:start] + text[end:] == "python talks "
