from __future__ import annotations

import pytest

from assistant.importers.links import safe_link, youtube_id


@pytest.mark.parametrize(
    "url",
    [
        "https://vimeo.com/1",
        "http://example.org:8080/a?b=c#d",
        "https://example.org/映画",
        " https://vimeo.com/1 ",
    ],
)
def test_web_addresses_pass(url: str) -> None:
    assert safe_link(url) == url.strip()


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("https://例え.jp:8080/映画?a#b", "https://xn--r8jz45g.jp:8080/映画?a#b"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),  # Cyrillic
        ("https://ｅｘａｍｐｌｅ.org/", "https://example.org/"),
    ],
)
def test_hosts_that_look_like_others_are_spelled_out(url: str, spelled: str) -> None:
    assert safe_link(url) == spelled
    assert safe_link(spelled) == spelled


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "-https://example.org",
        "https://-oProxyCommand=x/",
        "https://example.org/\x1b[31m",
        "https://example.org/a b",
        "https://example.org/\nx",
        "https://example.org/\u202egpj",
        'https://example.org/"x',
        "https://example.org:port/",
        "https://[::1",
        "https://user:password@example.org/",
        "https://paypal.com@evil.example/",
        "https://" + "例" * 70 + ".jp/",
        "https://例え..jp/",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_everything_else_does_not(url: object) -> None:
    assert safe_link(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=7",
        "http://youtu.be/dQw4w9WgXcQ?feature=shared",
        "https://m.youtube.com/shorts/dQw4w9WgXcQ",
        "https://music.youtube.com/watch?list=x&v=dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ",
    ],
)
def test_youtube_ids_are_found(url: str) -> None:
    assert youtube_id(url) == "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=tooshort",
        "https://www.youtube.com/playlist?list=PL0000000000",
        "https://www.youtube.com/@channel",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/dQw4w9WgXcQ",
    ],
)
def test_other_addresses_have_none(url: str) -> None:
    assert youtube_id(url) is None
