"""What the assistant says beside its picks, in the languages that it speaks.

Short and plain. Everything that is said about a pick comes from its evidence instead: see
`assistant.explain`.
"""

from __future__ import annotations

from typing import Literal

PhraseName = Literal[
    "hello",
    "nothing",
    "nothing_with_constraints",
    "nothing_left",
    "no_such_pick",
    "few",
    "help",
    "off_topic",
    "meaningless",
    "lifted",
    "asking",
    "remembered",
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
        "help": "You can ask for videos in your own words: a subject, a mood, a title you love, a "
        "length, years, a language, who is in it, what you do not want. Then narrow it down: "
        "“shorter”, “not animated”, “in French or Spanish”, “like the third, but older”, “forget "
        "the length”, “surprise me”.\nAsk about picks: “what is 2 about?”, “compare 1 and 3”, "
        "“why 2?”, “why not Alien?”, “what did you show me before?”\nTell what you did or like: "
        "“I've seen 2”, “rate 3 four stars”, “save 1”, “I never watch horror”, “my kids are with "
        "me”, “undo”, “what do you know about me?”",
        "off_topic": "I only know the videos of your library: I recommend, compare and explain "
        "them. Tell me what you feel like watching.",
        "meaningless": "Nothing in your library has to do with “{wish}”, as far as I can tell. Try "
        "other words, or say “surprise me”.",
        "lifted": "Without: {limit}",
        "asking": "What do you feel like watching? Or say “surprise me”.",
        "remembered": "{limit}, as you told me",
    },
    "zh": {
        "hello": "说说你想看什么：题材、心情、喜欢的片名或时长。"
        "比如：“类似《千与千寻》，两小时以内”。",
        "nothing": "片库里没有符合的视频。换个说法试试，或导入更多视频：matinee import 文件夹",
        "nothing_with_constraints": "片库里没有同时满足这些条件的视频：{limits}。放宽一项再试试。",
        "nothing_left": "符合条件的你都看过了。换个要求，或放宽一项条件。",
        "no_such_pick": "没有这一个推荐。可以问“为什么推荐第一个”。",
        "few": "片库里没有更多符合的了。",
        "help": "用自己的话说想看什么：题材、心情、喜欢的片名、时长、年代、语言、人物、不想要的。"
        "然后再缩小范围：“短一点”“不要动画”“法语或西班牙语”“像第三个，但更老”“不限时长”“随便来点”。"
        "\n可以问：“第二个讲什么？”“比较一下 1 和 3”“为什么推荐第二个？”“为什么没有《异形》？”"
        "“刚才推荐过什么？”\n也可以说：“第二个看过了”“给第三个打四星”“收藏第一个”"
        "“我从来不看恐怖片”“孩子在旁边”“撤销”“你记得我什么？”",
        "off_topic": "我只了解你片库里的视频：推荐、比较、解释。说说你想看什么吧。",
        "meaningless": "片库里似乎没有和“{wish}”有关的视频。换个说法试试，或者说“随便来点”。",
        "lifted": "去掉：{limit}",
        "asking": "想看什么？也可以说“随便来点”。",
        "remembered": "{limit}（你说过）",
    },
}


def say(name: PhraseName, language: str, **values: object) -> str:
    """The phrase in `language`, or in English where that is not spoken."""
    return _PHRASES.get(language, _PHRASES["en"])[name].format(**values)
