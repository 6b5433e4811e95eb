"""The reasons for a pick, each with how far it would fall without it; and the group it is of."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.accounts import Reason, WhyReport
from assistant.tui.why.texts import text
from assistant.wording import printable

MOST_OTHERS = 6
DIM = "$foreground 60%"


class ReasonRow(Horizontal):
    """One reason: the places that hang on it, and beside them what it is."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self._reason = reason

    def compose(self) -> ComposeResult:
        """The fall, then the reason and what the fall means."""
        more = "+" if self._reason.at_least else ""
        fall = f"▼ {self._reason.fall}{more}" if self._reason.fall else "·"
        yield Static(fall, markup=False, classes="fall")
        said = Content.assemble(
            printable(self._reason.text), "\n", (printable(self._reason.without), DIM)
        )
        yield Static(said, markup=False, classes="reason")


class Reasons(Vertical):
    """All of them, the strongest first."""

    async def show(self, report: WhyReport) -> None:
        """Show those of another pick."""
        await self.remove_children()
        await self.mount_all(list(self._rows(report)))

    def _rows(self, report: WhyReport) -> Iterator[Widget]:
        yield Static(heading(text("reasons", report.language)), markup=False, classes="heading")
        if not report.reasons:
            yield Static(text("no_reasons", report.language), markup=False)
        for reason in report.reasons:
            yield ReasonRow(reason)


def heading(title: str, note: str = "") -> Content:
    """The title of a section, and something beside it."""
    return Content.assemble((title, "bold"), (f"   {note}" if note else "", DIM))


def group(report: WhyReport) -> Content:
    """The group that a pick stands for and what else is in it; nothing where it stands for none."""
    if not report.cluster:
        return Content("")
    language = report.language
    lines = [heading(text("group", language, group=printable(report.cluster)))]
    if report.others:
        lines.append(Content.styled(text("others", language), DIM))
    lines += [
        Content.assemble((f"{other.place:>4}  ", DIM), printable(other.title))
        for other in report.others[:MOST_OTHERS]
    ]
    if len(report.others) > MOST_OTHERS:
        lines.append(Content.styled(f"      +{len(report.others) - MOST_OTHERS}", DIM))
    return Content("\n").join(lines)
