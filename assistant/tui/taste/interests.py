"""The list of interests, and what is known of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.interests.report import InterestReport, TasteReport, Trend
from assistant.tui.taste.marks import Marks
from assistant.wording import printable

DIM = "$foreground 60%"
FAINT = "$foreground 30%"
_BAR = 12
_STEPS = "▁▂▃▄▅▆▇█"
_NO_NAME = "(no keywords in common)"
_TRENDS = {Trend.RISING: "↗ rising", Trend.FALLING: "↘ falling", Trend.STEADY: "→ as ever"}


class InterestList(OptionList):
    """Two lines for each interest: its name, and how large it is and where it goes."""

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self._shown: tuple[InterestReport, ...] = ()

    def show(self, interests: Sequence[InterestReport], marks: Marks) -> None:
        """Show interests; the one that was chosen stays so."""
        before = self.highlighted
        self._shown = tuple(interests)
        self.set_options([Option(line(one, marks)) for one in interests])
        if interests:
            self.highlighted = min(before or 0, len(interests) - 1)

    @property
    def chosen(self) -> InterestReport | None:
        """The one that the cursor is on."""
        number = self.highlighted
        return None if number is None else self._shown[number]


def name_of(interest: InterestReport) -> str:
    """What it is called."""
    return printable(interest.name) or _NO_NAME


def line(one: InterestReport, marks: Marks) -> Content:
    """An interest in two lines."""
    place = one.number - 1
    mark = (f"{marks.shape(place, seen=True)} ", FAINT if one.off else marks.colour(place))
    weight = f"  ×{one.weight:g}" if one.weight != 1.0 else ""
    return Content.assemble(
        mark,
        (name_of(one), DIM if one.off else "bold"),
        (weight, "$accent"),
        ("  off" if one.off else "", "$warning"),
        "\n  ",
        *_bar(one.share, FAINT if one.off else marks.colour(place)),
        (f" {one.share:>4.0%}" if not one.off else "    –", "" if not one.off else DIM),
        (f"  {one.likes:>3} ♥ ", DIM),
        (sparkline(one.months), "$secondary"),
        (f" {_TRENDS.get(one.trend, '')}", DIM),
    )


def details(one: InterestReport, told: TasteReport) -> Content:
    """What is known of an interest: its words, its examples, and where it goes."""
    lines = [Content.styled(name_of(one), "bold")]
    if one.keywords:
        found = printable(" · ".join(one.keywords))
        lines.append(Content.styled(found, "$secondary"))
    lines.append(Content.styled(_sizes(one, told), DIM))
    if going := trend_told(one):
        lines.append(Content.styled(going, DIM))
    lines += [Content.assemble(("♥ ", DIM), printable(video.title)) for video in one.examples]
    return Content("\n").join(lines)


def _sizes(one: InterestReport, told: TasteReport) -> str:
    if one.off:
        return f"{one.likes} of {told.likes} likes, which do not count while it is off"
    return f"{one.likes} of {told.likes} likes, {one.share:.0%} of your taste"


def trend_told(one: InterestReport) -> str:
    """Where an interest goes, with its shares; or that there is too little to tell."""
    if one.trend is Trend.UNKNOWN or one.recent_share is None or one.earlier_share is None:
        return "too few likes to tell where it goes"
    return (
        f"{one.recent_share:.0%} of the likes of the last 90 days,"
        f" {one.earlier_share:.0%} of those before"
    )


def sparkline(counts: Sequence[int]) -> str:
    """One letter for each number, the higher the greater; the lowest for none."""
    most = max(*counts, 1)
    return "".join(_STEPS[ceil((len(_STEPS) - 1) * count / most)] for count in counts)


def _bar(share: float, colour: str) -> tuple[tuple[str, str], tuple[str, str]]:
    eighths = round(share * _BAR * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + ("" if not rest else "▏▎▍▌▋▊▉"[rest - 1])
    return (drawn, colour), ("─" * (_BAR - len(drawn)), FAINT)
