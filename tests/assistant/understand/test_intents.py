from __future__ import annotations

import pytest

from assistant.types import Dial, Intent, Request
from tests.assistant.understand.dialogue import PICKS, hear

STANDING = Request(message="whales", wish="whales")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "😀😀",
        "?!",
        "hello",
        "Hi there!",
        "hey, how are you?",
        "good morning",
        "thanks",
        "Thank you so much!",
        "ok cool, thanks",
        "sounds good",
        "no idea",
        "why not",
        "never mind",
        "bye",
        "你好",
        "谢谢！",
        "好的",
    ],
)
def test_chat(message: str) -> None:
    assert hear(message).intent is Intent.CHAT
    after = hear(message, STANDING)
    assert (after.intent, after.wish) == (Intent.CHAT, "whales")


@pytest.mark.parametrize(
    "message",
    [
        "recommend me something",
        "what should I watch tonight?",
        "I'm bored",
        "any suggestions?",
        "推荐一下",
        "有什么好看的",
    ],
)
def test_an_open_request_has_no_wish_and_keeps_nothing(message: str) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.RECOMMEND
    assert request.wish == ""


@pytest.mark.parametrize(
    ("message", "dial"),
    [
        ("surprise me", Dial.EXPLORE),
        ("随便", Dial.EXPLORE),
        ("something out of my comfort zone", Dial.EXPLORE),
        ("something familiar", Dial.FAMILIAR),
        ("something about whales", None),
    ],
)
def test_dial(message: str, dial: Dial | None) -> None:
    assert hear(message).dial is dial


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("why 3?", ("c:3",)),
        ("why the first one?", ("film:totoro",)),
        ("so why did you pick the last one?", ("e:5",)),
        ("why My Neighbor Totoro?", ("film:totoro",)),
        ("why?", PICKS),
        ("why these?", PICKS),
        ("why 9?", ()),
        ("为什么推荐第二个", ("b:2",)),
        ("为什么？", PICKS),
    ],
)
def test_why(message: str, ids: tuple[str, ...]) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.WHY
    assert request.references == ids
    assert request.wish == "whales"


@pytest.mark.parametrize(
    "message",
    ["why do cats purr", "why we sleep", "videos on why the sky is blue", "天空为什么是蓝的"],
)
def test_a_question_about_the_world_is_a_wish(message: str) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.RECOMMEND
    assert "why" in request.wish or "为什么" in request.wish


@pytest.mark.parametrize(
    "message",
    [
        "something else",
        "others",
        "any others?",
        "next",
        "more",
        "show me more please",
        "another one",
        "none of these",
        "换一批",
        "还有吗？",
        "别的",
        "下一批",
    ],
)
def test_something_else(message: str) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.SOMETHING_ELSE
    assert request.wish == "whales"
    assert request.references == ()


@pytest.mark.parametrize(
    ("message", "ids"),
    [
        ("more like the second one", ("b:2",)),
        ("like 3 but older", ("c:3",)),
        ("the last one", ("e:5",)),
        ("2", ("b:2",)),
        ("more like these", PICKS),
        ("more like My Neighbor Totoro", ("film:totoro",)),
        ("more like the ninth", ()),
        ("再来点像第二个的", ("b:2",)),
        ("喜欢第一个", ("film:totoro",)),
    ],
)
def test_more_like(message: str, ids: tuple[str, ...]) -> None:
    request = hear(message, STANDING)

    assert request.intent is Intent.MORE_LIKE
    assert request.references == ids
    assert request.named == ()


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("films about whales", "en"),
        ("关于鲸鱼的纪录片", "zh"),
        ("推荐 Python 教程", "zh"),
        ("something like 龙猫 please", "en"),
        ("クジラのドキュメンタリー", "ja"),
        ("des films français", "fr"),
    ],
)
def test_language_of_the_message(message: str, language: str) -> None:
    assert hear(message).language == language
