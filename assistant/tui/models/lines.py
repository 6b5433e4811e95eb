"""Models as aligned lines, and one of them in full. Everything of the data is shown literally."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from assistant.engine.protocol.models import Fit, ModelLine, ModelState, ModelUse
from assistant.pace import duration
from assistant.wording import printable

NAME = 26
STATE = 9
_WIDE = 92
"""Columns for everything, the licence too."""
_MIDDLE = 72
"""Columns for the figures that were measured here."""
_BAR = 4
_HEADINGS = {
    ModelUse.LANGUAGE: ("Language models", "titles/s", "ranking"),
    ModelUse.EMBEDDING: ("Embedding models", "videos/s", "nDCG@10"),
}
_STATES = {
    ModelState.IN_USE: "in use",
    ModelState.INSTALLED: "there",
    ModelState.AVAILABLE: "",
}


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done with a model."""

    what: str
    """“downloading”, “measuring”, “waiting”."""
    done: int = 0
    total: int = 0
    """0 where it is not known."""
    unit: str = ""
    per_second: float | None = None
    left_s: float | None = None

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where it is not known."""
        return min(self.done / self.total, 1.0) if self.total else None


def heading(use: ModelUse, width: int) -> Content:
    """The titles of the columns."""
    name, speed, quality = _HEADINGS[use]
    cells = _joined(name, "", "size", "memory", speed, quality, "licence", width)
    return Content.styled(cells, "bold $foreground 60%")


def line(model: ModelLine, doing: Doing | None, width: int) -> Content:
    """A model in one line."""
    used, room = model.state is ModelState.IN_USE, name_room(width)
    mark = {Fit.FITS: "", Fit.TIGHT: "!", Fit.TOO_LARGE: "!"}[model.fit]
    text = _joined(
        printable(model.name), _state(model, doing), model.size, f"{mark}{model.memory}",
        model.speed, model.quality, printable(model.licence), width,
    )  # fmt: skip
    content = Content(f"{'●' if used else ' '} {text[2:]}")
    if used:
        content = content.stylize("$accent", 0, 2 + room)
    if mark:
        start = 2 + room + 1 + STATE + 1 + 8 + 1
        style = "$error" if model.fit is Fit.TOO_LARGE else "$warning"
        content = content.stylize(style, start, start + 9)
    return content


def name_room(width: int) -> int:
    """How many columns names have, beside what is always shown."""
    return max(min(NAME, width - 2 - STATE - 8 - 9 - 3), 8)


def _joined(
    name: str,
    state: str,
    size: str,
    memory: str,
    speed: str,
    quality: str,
    licence: str,
    width: int,
) -> str:
    """The cells under each other, as many as there is room for."""
    room = name_room(width)
    shown = name if len(name) <= room else f"{name[: room - 1]}…"
    cells = f"  {shown:<{room}} {state:<{STATE}} {size:>8} {memory:>9}"
    if width >= _MIDDLE:
        cells += f" {speed:>8} {quality:>8}"
    if width >= _WIDE:
        cells += f"  {licence}"
    return cells.rstrip()


def _state(model: ModelLine, doing: Doing | None) -> str:
    if doing is None:
        if model.state is ModelState.BEGUN:
            return f"{model.share:.0%} there"
        return _STATES[model.state]
    if doing.share is None:
        return f"{doing.what[: STATE - 1]}…" if len(doing.what) >= STATE else doing.what
    return f"{bar(doing.share)} {doing.share:.0%}"


def bar(share: float) -> str:
    """A bar of block elements."""
    full = round(share * _BAR)
    return "█" * full + "░" * (_BAR - full)


def progress(doing: Doing) -> str:
    """How far it is, how fast it goes, how long it will take."""
    if not doing.total:
        return f"{doing.what}…"
    unit = f" {doing.unit}" if doing.unit else ""
    parts = [f"{doing.what}: {doing.done:,} of {doing.total:,}{unit}"]
    if doing.per_second and doing.unit:
        parts.append(f"{doing.per_second:,.1f}{unit}/s")
    if doing.left_s is not None and doing.done < doing.total:
        parts.append(f"{duration(doing.left_s)} left")
    return " · ".join(parts)


def details(model: ModelLine, doing: Doing | None, machine: str) -> Content:
    """All that is known of a model, a line each."""
    title = Content.assemble(
        (printable(model.name), "bold"),
        (f"  {printable(model.good_for)}" if model.good_for else "", "$foreground 80%"),
    )
    rows = [title]
    if doing is not None:
        rows.append(Content.styled(f"{progress(doing)} · s stops it", "$accent"))
    elif model.state is ModelState.BEGUN:
        rows.append(Content.styled("Its download was stopped: g goes on with it.", "$accent"))
    if model.fit is not Fit.FITS:
        lacks = "this machine has" if model.fit is Fit.TOO_LARGE else "just now there is"
        text = f"! It needs {model.memory.lstrip('~')} of memory; {lacks} {machine}."
        style = "$error" if model.fit is Fit.TOO_LARGE else "$warning"
        rows.append(Content.styled(text, style))
    facts = {
        "languages": model.languages,
        "licence": model.licence,
        "speed here": model.speed_in_full or "not measured: m",
        "quality here": model.quality_in_full or "not measured on your history: q",
        "page": model.page,
        "where": model.path,
    }
    rows += [
        Content.assemble((f"{name:<13}", "$foreground 60%"), printable(value))
        for name, value in facts.items()
        if value
    ]
    return Content("\n").join(rows)
