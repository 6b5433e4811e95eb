from __future__ import annotations

import pytest

from assistant.understand.remarks import remarks
from tests.assistant.understand.dialogue import hear


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("a documentary about octopuses", "octopuses"),
        (
            "Can you recommend me a film about deep sea creatures, under 20 minutes, in French, "
            "no horror please?",
            "deep sea creatures",
        ),
        ("I'd like to watch a film with robots", "robots"),
        ("something funny and light for a rainy evening", "funny and light for a rainy evening"),
        ("I'm in the mood for something dark and slow", "dark and slow"),
        ("Do you have any documentaries about mountains?", "mountains"),
        ("anything about volcanoes?", "volcanoes"),
        ("what do you recommend?", ""),
        ("what would you suggest", ""),
        ("what can you suggest about whales", "whales"),
        ("talks on testing in Python", "testing in Python"),
        ("time series analysis with pandas", "time series analysis with pandas"),
        ("how does a compiler work", "how does a compiler work"),
        ("can you show me how to tie a tie", "how to tie a tie"),
        ("what is dark matter", "what is dark matter"),
        ("the history of Rome", "history of Rome"),
        ("I want to learn Spanish", "learn Spanish"),
        ("good and evil", "good and evil"),
        ("a video about how to cook pasta", "how to cook pasta"),
        ("retro video games", "retro video games"),
        ("something I can watch with my kids", ""),
        ("a tutorial on pandas", "tutorial on pandas"),
        ("Give me 10 films by Hitchcock", "Hitchcock"),
        ("best documentaries of all time", ""),
        ("recommend a movie", ""),
        ("French films from the 90s without violence", ""),
        ("推荐一些关于机器学习的视频，不超过20分钟", "机器学习"),
        ("推荐一部关于太空的电影", "太空"),
        ("想看一个讲海洋的纪录片", "海洋"),
        ("人工智能入门教程", "人工智能入门教程"),
        ("周末适合全家一起看的电影", "周末适合全家一起看"),
        ("来点轻松的", "轻松"),
        ("有趣的短视频", "有趣"),
        ("有没有好笑的脱口秀", "好笑"),
    ],
)
def test_what_is_left_is_the_wish(message: str, wish: str) -> None:
    assert hear(message).wish == wish


@pytest.mark.parametrize(
    "message",
    [
        "the art of making things",
        "how I met your mother",
        "recommender systems",
        "suggestion algorithms",
        "show business",
        "give and take",
        "video essays",
        "watchmaking",
        "解放军历史",
        "寻找外星人",
        "美好的生活",
        "未来科技",
        "和平",
        "再生能源",
        "一个人的旅行",
        "视频剪辑教程",
        "音乐作品",
        "爱情",
        "就业",
        "推荐算法",
    ],
)
def test_words_that_look_like_filler_stay_whole(message: str) -> None:
    assert hear(message).wish == message.removeprefix("the ")


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("关于和平的电影", "和平"),
        ("想看一部轻松的爱情片", "轻松的爱情片"),
        ("给我推荐一部关于梦想的电影", "梦想"),
        ("推荐几个讲Python的视频，适合初学者", "Python 适合初学者"),
    ],
)
def test_chinese_filler_goes_by_whole_words(message: str, wish: str) -> None:
    assert hear(message).wish == wish


@pytest.mark.parametrize(
    "text",
    [
        "I haven't seen that.",
        "Was it good?",
        "oh wow, that sounds great",
        "Who is in it?",
        "It was.",
        "I think so too.",
    ],
)
def test_remarks(text: str) -> None:
    assert remarks(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "I want something funny",
        "I'd like to learn about bees",
        "that's not animated",
        "robots",
        "how do bees see",
        "It should be about dogs",
    ],
)
def test_wishes_are_no_remarks(text: str) -> None:
    assert remarks(text) == []
