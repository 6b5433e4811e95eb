"""What is remembered, in words: listed, noted, forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.replies.texts import spoken
from assistant.types import Company, Preference, Scope
from store.text import stem, tokens

_SCOPES: dict[str, dict[Scope, str]] = {
    "en": {
        Scope.ALWAYS: "always",
        Scope.SESSION: "this session",
        Scope.KIDS: "with the kids",
        Scope.PARTNER: "with your partner",
        Scope.FRIENDS: "with friends",
    },
    "zh": {
        Scope.ALWAYS: "一直",
        Scope.SESSION: "这次对话",
        Scope.KIDS: "和孩子一起时",
        Scope.PARTNER: "和伴侣一起时",
        Scope.FRIENDS: "和朋友一起时",
    },
}
_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "nothing": "Nothing is remembered of you. Say, for example, “I never watch horror” or “my "
        "kids are with me”.",
        "heading": "What you told me:",
        "noted": "Noted, {scope}: “{said}”. “undo” takes it back; /memory lists it all.",
        "company": "Noted: the videos are to suit {company} too, until you say otherwise.",
        "forgotten": "Forgotten: “{said}”.",
        "not_found": "Nothing that is remembered has to do with “{subject}”. /memory lists it all.",
        "kids": "the kids",
        "partner": "your partner",
        "friends": "your friends",
    },
    "zh": {
        "nothing": "还没有记住什么。比如可以说：“我从来不看恐怖片”“孩子在旁边”。",
        "heading": "你告诉过我：",
        "noted": "已记下（{scope}）：“{said}”。说“撤销”可以取消，/memory 可以查看全部。",
        "company": "已记下：推荐也要适合{company}，直到你另说。",
        "forgotten": "已忘记：“{said}”。",
        "not_found": "记住的内容里没有和“{subject}”有关的。/memory 可以查看全部。",
        "kids": "孩子",
        "partner": "伴侣",
        "friends": "朋友",
    },
}


def list_memory(preferences: Sequence[Preference], language: str) -> str:
    """Everything that is remembered, numbered."""
    texts, scopes = _TEXTS[spoken(language)], _SCOPES[spoken(language)]
    if not preferences:
        return texts["nothing"]
    lines = [
        f"{number}. “{one.said}” ({scopes[one.scope]})" for number, one in enumerate(preferences, 1)
    ]
    return "\n".join([texts["heading"], *lines])


def noted_text(preferences: Sequence[Preference], company: Company | None, language: str) -> str:
    """Say what was noted; empty where nothing was."""
    texts, scopes = _TEXTS[spoken(language)], _SCOPES[spoken(language)]
    lines = [texts["noted"].format(scope=scopes[one.scope], said=one.said) for one in preferences]
    if company is not None:
        lines.append(texts["company"].format(company=texts[company.value]))
    return "\n".join(lines)


def forgotten_text(forgotten: Sequence[Preference], subject: str, language: str) -> str:
    """Say what was forgotten, or that nothing was found to forget."""
    texts = _TEXTS[spoken(language)]
    if not forgotten:
        return texts["not_found"].format(subject=subject)
    return "\n".join(texts["forgotten"].format(said=one.said) for one in forgotten)


def find(subject: str, preferences: Sequence[Preference]) -> tuple[Preference, ...]:
    """What is remembered that a person means: by its number, else by the words they share."""
    if subject.isdigit():
        number = int(subject)
        return tuple(preferences[number - 1 : number]) if number else ()
    wanted = {stem(token) for token in tokens(subject)}
    scored = [
        (len(wanted & {stem(token) for token in tokens(one.said)}), one) for one in preferences
    ]
    best = max((score for score, _ in scored), default=0)
    return tuple(one for score, one in scored if score == best and 2 * score >= len(wanted) > 0)
