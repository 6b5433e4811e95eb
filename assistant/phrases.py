"""What the assistant says beside its picks, in the languages that it speaks.

Short and plain. Everything that is said about a pick comes from its evidence instead: see
`assistant.explain`.
"""

from __future__ import annotations

from typing import Literal

PhraseName = Literal[
    "hello", "nothing", "nothing_with_constraints", "nothing_left", "no_such_pick", "few"
]

_PHRASES: dict[str, dict[PhraseName, str]] = {
    "en": {
        "hello": "Tell me what you feel like watching: a subject, a mood, a title you love, a "
        "length. For example: “something like Spirited Away, under two hours”.",
        "nothing": "Nothing in your library fits that. Try other words, or import more videos: "
        "matinee import FOLDER",
        "nothing_with_constraints": "Nothing in your library meets all of that: {limits}. Let one "
        "of them go and ask again.",
        "nothing_left": "You have seen everything that fits. Ask for something else, or let a "
        "limit go.",
        "no_such_pick": "There is no such pick. Ask “why 1?” for the first one of the last answer.",
        "few": "Nothing else in your library fits.",
    },
    "zh": {
        "hello": "说说你想看什么：题材、心情、喜欢的片名或时长。"
        "比如：“类似《千与千寻》，两小时以内”。",
        "nothing": "片库里没有符合的视频。换个说法试试，或导入更多视频：matinee import 文件夹",
        "nothing_with_constraints": "片库里没有同时满足这些条件的视频：{limits}。放宽一项再试试。",
        "nothing_left": "符合条件的你都看过了。换个要求，或放宽一项条件。",
        "no_such_pick": "没有这一个推荐。可以问“为什么推荐第一个”。",
        "few": "片库里没有更多符合的了。",
    },
}


def say(name: PhraseName, language: str, **values: object) -> str:
    """The phrase in `language`, or in English where that is not spoken."""
    return _PHRASES.get(language, _PHRASES["en"])[name].format(**values)
