"""The last picks beside the taste, as a chart."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual_plot import HiResMode
from textual_plot.axis_formatter import CategoricalAxisFormatter

from assistant.interests.mix import Mix
from assistant.tui.taste.chart import Chart
from assistant.tui.taste.marks import Marks
from assistant.wording import printable

DIM = "$foreground 60%"
_WIDTH, _APART = 0.3, 0.17
"""Of a bar, and from the middle of its interest, where an interest is 1 wide."""
_LEAST = 1e-9
"""A bar of nothing would be drawn as a line."""
_NOTHING = (
    "Nothing to compare yet: ask for something to watch, and the picks are set beside your taste."
)


class MixChart(Chart, inherit_bindings=False):
    """Two bars for each interest: its share of the taste, and, dotted, its share of the picks."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False, bottom=1, left=5)

    def show(self, mix: Mix, places: dict[str, int], marks: Marks, plain: str) -> None:
        """Draw a comparison.

        Args:
            mix: what to draw.
            places: of the interests in the list, by name.
            marks: their shapes and colours.
            plain: the colour of the picks.
        """
        self.clear()
        columns = [float(number) for number in range(1, len(mix.portions) + 1)]
        shapes = [marks.shape(places.get(one.name, -1), seen=True) for one in mix.portions]
        colours = [marks.colour(places.get(one.name, -1)) for one in mix.portions]
        self.set_x_formatter(CategoricalAxisFormatter(shapes))
        self.set_xticks(columns)
        taste = [one.taste for one in mix.portions]
        picks = [one.share for one in mix.portions]
        self._bars([column - _APART for column in columns], taste, colours, HiResMode.HALFBLOCK)
        plains = [plain] * len(columns)
        self._bars([column + _APART for column in columns], picks, plains, HiResMode.BRAILLE)
        self.set_xlimits(0.4, len(columns) + 0.6)
        highest = max(max(one.taste, one.share) for one in mix.portions)
        self.set_ylimits(0.0, max(10.0, 105 * highest))

    def _bars(
        self, columns: list[float], shares: list[float], colours: list[str], mode: HiResMode
    ) -> None:
        drawn = [number for number, share in enumerate(shares) if share > _LEAST]
        if drawn:
            self.bar(
                [columns[number] for number in drawn],
                [100 * shares[number] for number in drawn],
                width=_WIDTH,
                bar_style=[colours[number] for number in drawn],
                hires_mode=mode,
            )


class MixPane(Vertical):
    """The chart, what its bars are, and what they come to."""

    def compose(self) -> ComposeResult:
        """The heading, the chart, the words."""
        yield Static("", markup=False, id="mix-heading")
        yield MixChart()
        yield Static("", markup=False, id="mix-told")

    def show(self, mix: Mix | None, told: str, places: dict[str, int]) -> None:
        """Show a comparison, or that there is none."""
        chart = self.query_one(MixChart)
        chart.display = mix is not None
        self.set_class(mix is None, "-empty")
        heading = self.query_one("#mix-heading", Static)
        heading.update(Content.assemble(("Picks beside your taste", "bold"), _legend(mix)))
        words = self.query_one("#mix-told", Static)
        words.update(Content.styled(printable(told) or _NOTHING, DIM))
        if mix is not None:
            theme = self.app.current_theme
            chart.show(mix, places, Marks(theme.dark), "#9a9aa2" if theme.dark else "#6a6a70")


def _legend(mix: Mix | None) -> tuple[str, str]:
    if mix is None:
        return "", ""
    return f"   % of your taste, and dotted of the last {mix.picks} picks", DIM
