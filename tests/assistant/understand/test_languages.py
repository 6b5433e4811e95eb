from __future__ import annotations

import pytest

from assistant.understand.languages import read_languages


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in French", ("fr",)),
        ("something in French or Spanish", ("fr", "es")),
        ("in Swedish, Danish or Norwegian", ("sv", "da", "no")),
        ("films in Japanese, please", ("ja",)),
        ("talks in German about testing", ("de",)),
        ("French films", ("fr",)),
        ("a French film about cooking", ("fr",)),
        ("French romantic comedies", ("fr",)),
        ("Korean thrillers", ("ko",)),
        ("a Danish or Swedish crime series", ("da", "sv")),
        ("German-language series", ("de",)),
        ("talks by Russian speakers", ("ru",)),
        ("something French", ("fr",)),
        ("French please", ("fr",)),
        ("中文的", ("zh",)),
        ("法语", ("fr",)),
        ("用法语的纪录片", ("fr",)),
        ("中文或英文的演讲", ("zh", "en")),
        ("法国电影", ("fr",)),
        ("最好是韩国的", ("ko",)),
        ("韩剧", ("ko",)),
        ("法国或者意大利的电影", ("fr", "it")),
        ("法语或西班牙语的电影", ("fr", "es")),
        ("法语、西班牙语或者德语", ("fr", "es", "de")),
        ("either French or Spanish", ("fr", "es")),
        ("French and Italian films", ("fr", "it")),
    ],
)
def test_wanted(text: str, codes: tuple[str, ...]) -> None:
    limits = read_languages(text).constraints

    assert limits.languages == codes
    assert limits.not_languages == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not in English", "en"),
        ("nothing in English", "en"),
        ("no English please", "en"),
        ("anything but English", "en"),
        ("non-English films", "en"),
        ("no French films", "fr"),
        ("不要英语的", "en"),
        ("in any language but French", "fr"),
        ("any language except Korean", "ko"),
        ("日语以外的", "ja"),
        ("除了英语以外的", "en"),
    ],
)
def test_declined(text: str, code: str) -> None:
    limits = read_languages(text).constraints

    assert limits.not_languages == (code,)
    assert limits.languages == ()


@pytest.mark.parametrize(
    "text",
    [
        "French cooking",
        "a French cooking show",
        "Chinese food",
        "learn Spanish",
        "Spanish lessons",
        "Japanese tutorial",
        "Spanish Civil War films",
        "documentaries about Italian renaissance",
        "a documentary about French films",
        "in Chinese history",
        "women in French cinema",
        "how to speak in Japanese",
        "with English subtitles",
        "subtitled in English",
        "I speak French",
        "Greek mythology",
        "a Greek tragedy",
        "Polish your writing",
        "学法语",
        "法语教程",
        "我想学日语",
        "日本料理纪录片",
        "关于法国电影的纪录片",
        "中国历史",
    ],
)
def test_a_subject_is_no_language(text: str) -> None:
    assert read_languages(text).constraints.empty
