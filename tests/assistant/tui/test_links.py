from __future__ import annotations

import pytest

from assistant.tui.links import Link, is_safe, link_of
from assistant.types import Video


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "https://xn--r8jz45g.jp/動画",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_plain_web_addresses_are_safe(url: str) -> None:
    assert is_safe(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org", "https://", "https:///x",
        "-https://example.org", "https://example.org/\x1b]0;x\x07", "https://example.org/a b",
        "https://example.org/\n--flag", "https://user:pass@example.org", "https://[::1", "",
        "https://example.org/\"><script>", "https://example.org/\x9b", "https://-x/",
        "https://аррӏе.com/", "https://example.org/\u202e", "https://example.org/\ud800",
    ],
)  # fmt: skip
def test_anything_else_is_not(url: str) -> None:
    assert not is_safe(url)


def test_a_youtube_link_is_built_from_the_id() -> None:
    video = Video(id="youtube:dQw4w9WgXcQ", title="x", url="https://evil.example/")
    assert link_of(video).url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def test_a_youtube_id_that_is_none_is_not_built_into_a_link() -> None:
    assert link_of(Video(id="youtube:../../evil", title="x")).is_search


def test_a_title_that_cannot_be_written_is_searched_for_as_far_as_it_can() -> None:
    link = link_of(Video.model_construct(id="file:x", title="half \ud83d"))
    assert link == Link("https://duckduckgo.com/?q=half+%3F", is_search=True)


def test_a_video_without_a_link_is_searched_for_by_title_and_year() -> None:
    link = link_of(Video(id="starter:x", title="東京物語 & more", year=1953))
    assert link.is_search
    assert link.url == (
        "https://duckduckgo.com/?q=%E6%9D%B1%E4%BA%AC%E7%89%A9%E8%AA%9E+%26+more+1953"
    )
    assert is_safe(link.url)
