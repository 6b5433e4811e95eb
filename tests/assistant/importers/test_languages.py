from __future__ import annotations

import pytest

from assistant.importers.languages import language_code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("eng", "en"),
        ("deu", "de"),
        ("ger", "de"),
        ("zho", "zh"),
        ("cmn", "zh"),
        ("zh_Hans_CN", "zh"),
        ("en-US", "en"),
        ("EN", "en"),
        ("iw", "he"),
        ("glg", "gl"),
        ("yue", "yue"),
        (" fra ", "fr"),
    ],
)
def test_codes_of_every_kind_become_one(tag: str, code: str) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize("tag", ["", "und", "mul", "xx", "English", "e", "e\nn", "en fr"])
def test_what_is_no_language_is_none(tag: str) -> None:
    assert language_code(tag) is None
