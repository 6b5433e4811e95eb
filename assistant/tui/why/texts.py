"""The words of the panel, in the languages that Matinee speaks."""

from __future__ import annotations

from typing import Literal

Name = Literal[
    "score", "place", "reasons", "no_reasons", "group", "others", "neighbours", "no_neighbours",
    "why_not", "placeholder", "ours", "total", "against", "anew", "gone", "difference", "more_like",
    "nothing",
]  # fmt: skip

_TEXTS: dict[str, dict[Name, str]] = {
    "en": {
        "score": "Score",
        "place": "place {place} of {of} by score",
        "reasons": "What moved it here",
        "no_reasons": "Nothing in your request or history speaks for it; it fills the list.",
        "group": "Stands for the group “{group}”",
        "others": "In it too, with their places by score:",
        "neighbours": "Nearest in your library",
        "no_neighbours": "Nothing is near: it has no embedding yet.",
        "why_not": "Why not …?",
        "placeholder": "a title of your library",
        "ours": "this pick",
        "total": "score",
        "against": "Beside number {rank}",
        "anew": "Both are scored anew here, as things stand now.",
        "gone": "The answer of this pick belongs to another session: nothing to compare with.",
        "difference": "difference",
        "more_like": "more like “{title}”",
        "nothing": "No title of your library has these words.",
    },
    "zh": {
        "score": "得分",
        "place": "按得分排在 {of} 个里的第 {place}",
        "reasons": "为什么排在这里",
        "no_reasons": "你的要求和历史里没有什么支持它，它只是补足了列表。",
        "group": "代表“{group}”这一组",
        "others": "组里还有（按得分的名次）：",
        "neighbours": "片库里最相近的",
        "no_neighbours": "它还没有向量，找不到相近的。",
        "why_not": "为什么不是……？",
        "placeholder": "片库里的片名",
        "ours": "这个推荐",
        "total": "得分",
        "against": "与第 {rank} 个相比",
        "anew": "两者的得分是按现在的情况重新算的。",
        "gone": "这个推荐属于另一次对话，没有可比较的。",
        "difference": "相差",
        "more_like": "类似《{title}》的",
        "nothing": "片库里没有这样的片名。",
    },
}


def text(name: Name, language: str, **values: object) -> str:
    """The text in `language`, or in English where that is not spoken."""
    return _TEXTS.get(language, _TEXTS["en"])[name].format(**values)
