"""A session as Markdown: what was asked, what was understood, what was picked and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from assistant.constraints import describe
from assistant.sessions.held import HeldSession
from assistant.sessions.moments import in_full
from assistant.types import Interaction, Pick, Signal, Turn
from assistant.wording import facts

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"understood": "Understood: {limits}", "stopped": "Stopped."},
    "zh": {"understood": "理解为：{limits}", "stopped": "已停止。"},
}
_MARKS: Mapping[str, Mapping[Signal, str]] = {
    "en": {
        Signal.LIKED: "liked",
        Signal.DISLIKED: "disliked",
        Signal.WATCHED: "watched",
        Signal.FINISHED: "watched to its end",
        Signal.RATED: "rated {rating:g} of 5",
        Signal.HIDDEN: "hidden",
        Signal.SAVED: "saved",
    },
    "zh": {
        Signal.LIKED: "喜欢",
        Signal.DISLIKED: "不喜欢",
        Signal.WATCHED: "看过",
        Signal.FINISHED: "看完",
        Signal.RATED: "评分 {rating:g}/5",
        Signal.HIDDEN: "已隐藏",
        Signal.SAVED: "已收藏",
    },
}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_OR_RULE = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)]))", re.MULTILINE)


def as_markdown(session: HeldSession, title: str, zone: tzinfo | None = None) -> str:
    """A session as Markdown. What was said is shown literally, whatever is in it.

    Args:
        session: the one.
        title: what it goes by.
        zone: in which its moments are told; the machine's by default.
    """
    count = len(session.turns)
    facts_ = f"{in_full(session.started_at, zone)} · {count} turn{'' if count == 1 else 's'}"
    parts = [f"# {_line(title)}", facts_]
    marks = _marks_by_video(session.marks)
    for number, held in enumerate(session.turns, start=1):
        parts.append(f"## {number}. {_line(held.turn.message)}")
        parts.extend(_turn(held.turn, marks))
    return "\n\n".join(parts) + "\n"


def _turn(turn: Turn, marks: Mapping[str, list[Interaction]]) -> Iterator[str]:
    language = _spoken(turn.request.language)
    if turn.request.intent.recommends and (limits := describe(turn.request, language)):
        told = _WORDS[language]["understood"].format(limits="; ".join(limits))
        yield f"*{_line(told)}*"
    if turn.summary:
        yield _text(turn.summary)
    if turn.picks:
        yield "\n".join(_pick(pick, marks.get(pick.video.id, ()), language) for pick in turn.picks)
    if turn.answer:
        yield _text(turn.answer)
    if turn.stopped:
        yield f"*{_WORDS[language]['stopped']}*"


def _pick(pick: Pick, marks: Iterable[Interaction], language: str) -> str:
    """An item of a list: the title, which leads to the video, what it is, and why."""
    video = pick.video
    title = f"**{_line(video.title)}**"
    if video.url and not re.search(r"[<>\s]", video.url):
        title = f"[{title}](<{video.url}>)"
    marked = "; ".join(dict.fromkeys(_mark(one, language) for one in marks))
    head = " · ".join(filter(None, (title, _line(facts(video, language)), marked)))
    indent = " " * len(f"{pick.rank}. ")
    reason = f"\\\n{indent}{_line(pick.sentence)}" if pick.sentence else ""
    return f"{pick.rank}. {head}{reason}"


def _mark(mark: Interaction, language: str) -> str:
    return _MARKS[language][mark.signal].format(rating=mark.rating or 0.0)


def _marks_by_video(marks: Iterable[Interaction]) -> dict[str, list[Interaction]]:
    found: dict[str, list[Interaction]] = {}
    for mark in marks:
        found.setdefault(mark.video_id, []).append(mark)
    return found


def _spoken(language: str) -> str:
    return language if language in _WORDS else "en"


def _line(text: str) -> str:
    """Text in one line, none of which means anything to Markdown."""
    return _escaped(" ".join(text.split()))


def _text(text: str) -> str:
    """Text with its lines and paragraphs as they are."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(
        "\\\n".join(_escaped(line.strip()) for line in paragraph.splitlines())
        for paragraph in paragraphs
    )


def _escaped(text: str) -> str:
    return _LIST_OR_RULE.sub(_not_a_list, _SPECIAL.sub(r"\\\1", text))


def _not_a_list(match: re.Match[str]) -> str:
    space, sign, number, dot = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"
