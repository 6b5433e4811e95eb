from __future__ import annotations

import pytest

from assistant.types import Intent
from tests.assistant.understand.dialogue import hear


@pytest.mark.parametrize(
    "message",
    [
        "what's the weather in Berlin?",
        "will it rain tomorrow?",
        "write me a poem about war",
        "write an email to my boss",
        "write a python function that sorts a list",
        "translate 'good morning' into Japanese",
        "how do you say cheese in French",
        "what's 2+2",
        "12*12",
        "what time is it?",
        "who is the president of France?",
        "what's the capital of Australia?",
        "book me a flight to Rome",
        "set a timer for ten minutes",
        "what's the news?",
        "tell me a joke",
        "今天天气怎么样",
        "给我写一首诗",
        "3乘以7等于多少",
        "现在几点了",
        "帮我订一张去北京的机票",
        "把这句话翻译成英文",
    ],
)
def test_off_topic(message: str) -> None:
    assert hear(message).intent is Intent.OFF_TOPIC


@pytest.mark.parametrize(
    "message",
    [
        "a film about the weather",
        "weather documentaries",
        "poems about war",
        "talks on arithmetic",
        "learn to code",
        "writing a novel",
        "translation theory",
        "time travel",
        "news about space",
        "solve the rubik's cube",
        "why cats purr",
        "what is recursion?",
        "how do vaccines work",
        "book reviews",
        "2001",
        "24/7",
        "关于天气的纪录片",
        "推荐算法",
        "算了，换一批",
        "猫为什么会打呼噜",
    ],
)
def test_wishes(message: str) -> None:
    assert hear(message).intent.recommends
