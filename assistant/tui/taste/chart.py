"""What the charts have in common: a plot that can be drawn without colours, too."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Grid
from textual.strip import Strip
from textual_hires_canvas import Canvas
from textual_plot import PlotWidget
from textual_plot.plot_widget import Legend

_PARTS = ("margin-top", "margin-left", "plot", "margin-bottom")
"""As `PlotWidget` calls its canvases."""


class _Canvas(Canvas):
    """A canvas whose lines have a style throughout.

    Those of the library begin with an empty segment that has none, at which the filter that takes
    colours away (NO_COLOR) ends the program.
    """

    def render_line(self, y: int) -> Strip:
        """A line, without the segments that say nothing."""
        strip = super().render_line(y)
        return Strip([one for one in strip if one.text], strip.cell_length)


class Chart(PlotWidget, inherit_bindings=False):
    """A plot on such canvases, without room for ticks unless a subclass makes some."""

    def __init__(self, *, allow_pan_and_zoom: bool = True, bottom: int = 0, left: int = 0) -> None:
        super().__init__(allow_pan_and_zoom=allow_pan_and_zoom, invert_mouse_wheel=True)
        self.set_reactive(PlotWidget.margin_top, 0)
        self.set_reactive(PlotWidget.margin_bottom, bottom)
        self.set_reactive(PlotWidget.margin_left, left)

    def compose(self) -> ComposeResult:
        """The canvases, as the library has them."""
        with Grid():
            for part in _PARTS:
                yield _Canvas(1, 1, id=part)
        yield Legend(id="legend")
