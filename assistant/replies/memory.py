"""What is remembered, in words: listed, noted, forgotten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.constraints import describe
from assistant.replies.texts import spoken
from assistant.types import Company, Preference, Request, Scope
from assistant.understand.commands import EVERYTHING
from store.text import STOP_WORDS, stem, tokens

_NUMBER = re.compile(r"(?:number |no\. ?|#|第)?(\d{1,6})(?:条|个)?", re.IGNORECASE)
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
        "noted": "Noted, {scope}: {told}. “undo” takes it back; /memory lists it all.",
        "company": "Noted: you watch with {company}, until you say otherwise.",
        "company_kids": "Noted: you watch with the kids, until you say otherwise. What speaks of "
        "horror, violence, sex or drugs is left out.",
        "suspended": "You told me “{said}”; this time you asked for something else.",
        "changed": "Changed, {scope}: {told}.",
        "usage": "/memory lists what is remembered. /memory add TEXT, /memory edit NUMBER TEXT and "
        "/memory forget NUMBER (or words, or all) change it.",
        "forgotten": "Forgotten: “{said}”.",
        "not_found": "Nothing that is remembered has to do with “{subject}”. /memory lists it all.",
        "more": "more of {names}",
        "less": "less of {names}",
        "means_nothing": "kept as a note; it changes no picks",
        "between": ", ",
        "told": "“{said}” ({meaning})",
        "kids": "the kids",
        "partner": "your partner",
        "friends": "your friends",
    },
    "zh": {
        "nothing": "还没有记住什么。比如可以说：“我从来不看恐怖片”“孩子在旁边”。",
        "heading": "你告诉过我：",
        "noted": "已记下（{scope}）：{told}。说“撤销”可以取消，/memory 可以查看全部。",
        "company": "已记下：你和{company}一起看，直到你另说。",
        "company_kids": "已记下：你和孩子一起看，直到你另说。涉及恐怖、暴力、色情、毒品的"
        "不会推荐。",
        "suspended": "你说过“{said}”；这次按你现在的要求来。",
        "changed": "已改为（{scope}）：{told}。",
        "usage": "/memory 查看记住的内容；/memory add 内容、/memory edit 编号 内容、"
        "/memory forget 编号（或关键词，或 all）可以修改。",
        "forgotten": "已忘记：“{said}”。",
        "not_found": "记住的内容里没有和“{subject}”有关的。/memory 可以查看全部。",
        "more": "多推荐{names}",
        "less": "少推荐{names}",
        "means_nothing": "只作记录，不影响推荐",
        "between": "、",
        "told": "“{said}”（{meaning}）",
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
        f"{number}. {scopes[one.scope]}: {_told(one, language)}"
        for number, one in enumerate(preferences, 1)
    ]
    return "\n".join([texts["heading"], *lines])


def noted_text(preferences: Sequence[Preference], company: Company | None, language: str) -> str:
    """Say what was noted; empty where nothing was."""
    texts, scopes = _TEXTS[spoken(language)], _SCOPES[spoken(language)]
    lines = [
        texts["noted"].format(scope=scopes[one.scope], told=_told(one, language))
        for one in preferences
    ]
    if company is Company.KIDS:
        lines.append(texts["company_kids"])
    elif company is not None:
        lines.append(texts["company"].format(company=texts[company.value]))
    return "\n".join(lines)


def suspended_text(preferences: Sequence[Preference], language: str) -> str:
    """Say what is remembered and does not hold for this once; empty where all of it does."""
    template = _TEXTS[spoken(language)]["suspended"]
    return "\n".join(template.format(said=one.said) for one in preferences)


def scope_name(scope: Scope, language: str) -> str:
    """When something holds: ``with the kids``."""
    return _SCOPES[spoken(language)][scope]


def meaning(preference: Preference, language: str) -> str:
    """What a preference means for picks: ``at most 120 min, no horror``."""
    texts = _TEXTS[spoken(language)]
    asked = Request(message="", constraints=preference.constraints, avoid=preference.avoid)
    parts = describe(asked, language)
    for name, things in (("more", preference.likes), ("less", preference.dislikes)):
        if things:
            parts.append(texts[name].format(names=texts["between"].join(things)))
    return texts["between"].join(parts) or texts["means_nothing"]


def _told(preference: Preference, language: str) -> str:
    said, means = preference.said, meaning(preference, language)
    return _TEXTS[spoken(language)]["told"].format(said=said, meaning=means)


def changed_text(preference: Preference, language: str) -> str:
    """Say what is remembered in place of something else."""
    template, told = _TEXTS[spoken(language)]["changed"], _told(preference, language)
    return template.format(scope=scope_name(preference.scope, language), told=told)


def usage_text(language: str) -> str:
    """Say how what is remembered is listed and changed."""
    return _TEXTS[spoken(language)]["usage"]


def forgotten_text(forgotten: Sequence[Preference], subject: str, language: str) -> str:
    """Say what was forgotten, or that nothing was found to forget."""
    texts = _TEXTS[spoken(language)]
    if not forgotten:
        return texts["not_found"].format(subject=subject)
    return "\n".join(texts["forgotten"].format(said=one.said) for one in forgotten)


def find(subject: str, preferences: Sequence[Preference]) -> tuple[Preference, ...]:
    """What is remembered that a person means: by its number, else by the words they share."""
    if subject == EVERYTHING:
        return tuple(preferences)
    if numbered := _NUMBER.fullmatch(subject):
        number = int(numbered[1])
        return tuple(preferences[number - 1 : number]) if number else ()
    words = tokens(subject)
    telling = [word for word in words if word not in STOP_WORDS] or words
    wanted = {stem(word) for word in telling}
    scored = [(len(wanted & _stems(one)), one) for one in preferences]
    best = max((score for score, _ in scored), default=0)
    return tuple(one for score, one in scored if score == best and 2 * score >= len(wanted) > 0)


def _stems(preference: Preference) -> set[str]:
    terms = (one.term for one in preference.avoid)
    told = " ".join((preference.said, *terms, *preference.likes, *preference.dislikes))
    return {stem(token) for token in tokens(told)}
