"""The map itself: every video a mark, one of them picked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.events import Click, MouseMove, Resize
from textual_plot import PlotWidget

from assistant.tui.taste.cells import Grid, beside, nearest, winners
from assistant.tui.taste.chart import Chart
from assistant.tui.taste.marks import Marks
from assistant.tui.taste.picking import Chosen, Picked

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from assistant.interests.maps import ViewerMap

EDGE = 1.04
"""The whole map reaches from −1 to 1; so that no mark is on the frame."""
_PICKED = "reverse bold"


@dataclass(frozen=True, slots=True)
class _Videos:
    """What is drawn."""

    ids: tuple[str, ...]
    points: NDArray[np.float32]
    places: NDArray[np.int8]
    """Of the interests, −1 for what is near to none or to one that is switched off."""
    seen: NDArray[np.bool_]


class MapPlot(Chart, inherit_bindings=False):
    """A map that one walks over with the arrow keys, zooms and drags.

    A key or the pointer picks the nearest video, which `Picked` tells; `Chosen` is more than that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1, 0)", "pick", show=False),
        Binding("right,l", "step(1, 0)", "pick", show=False),
        Binding("up,k", "step(0, -1)", "pick", show=False),
        Binding("down,j", "step(0, 1)", "pick", show=False),
        Binding("shift+left", "pan_left", "move the map", show=False),
        Binding("shift+right", "pan_right", "move the map", show=False),
        Binding("shift+up", "pan_up", "move the map", show=False),
        Binding("shift+down", "pan_down", "move the map", show=False),
    ]
    MOUSE_ZOOM_FACTOR = 0.15
    KEYBOARD_ZOOM_FACTOR = 0.25

    def __init__(self) -> None:
        super().__init__()
        self._videos: _Videos | None = None
        self._picked: int | None = None
        self._shown: tuple[Grid, NDArray[np.intp]] | None = None
        """The videos that have a mark, of the cells that there were then."""

    def on_mount(self) -> None:
        """No numbers on the frame: they would say nothing."""
        super().on_mount()
        self.set_xticks([])
        self.set_yticks([])

    def show(self, seen_by: ViewerMap, off: Collection[int]) -> None:
        """Show a map.

        Args:
            seen_by: the map.
            off: places of interests that are switched off: their videos are as any others.
        """
        import numpy as np

        picked = self.picked
        points, near, seen = seen_by.arrays()
        places = np.where(np.isin(near, list(off)), np.int8(-1), near)
        first = self._videos is None
        self._videos = _Videos(seen_by.ids, points, places, seen)
        self._shown = None
        self._picked = seen_by.ids.index(picked) if picked in seen_by.ids else None
        if first:
            self.whole()
        self.draw()

    @property
    def picked(self) -> str | None:
        """The id of the video that is picked."""
        if self._videos is None or self._picked is None:
            return None
        return self._videos.ids[self._picked]

    def whole(self) -> None:
        """Show all of the map."""
        self.set_xlimits(-EDGE, EDGE)
        self.set_ylimits(-EDGE, EDGE)
        self.draw()

    # --- drawing ---------------------------------------------------------------------------------

    @on(PlotWidget.ScaleChanged)
    def _scale_changed(self, event: PlotWidget.ScaleChanged) -> None:
        event.stop()
        self.draw()

    def on_resize(self, _: Resize) -> None:
        """The cells are others."""
        self.call_after_refresh(self.draw)

    def notify_style_update(self) -> None:
        """The colours are others."""
        super().notify_style_update()
        if self.is_mounted:
            self.draw()

    def draw(self) -> None:
        """Draw one mark in each cell that has a video in it."""
        self.clear()
        grid, videos = self._grid(), self._videos
        if grid is None or videos is None:
            return
        if self._shown is None or self._shown[0] != grid:
            self._shown = grid, winners(grid, videos.points, videos.places, videos.seen)
        shown = self._shown[1]
        marks = Marks(self.app.current_theme.dark)
        for place in range(int(videos.places.max(initial=-1)), -2, -1):
            for seen in (False, True):
                rows = shown[(videos.places[shown] == place) & (videos.seen[shown] == seen)]
                if len(rows):
                    self.scatter(
                        videos.points[rows, 0],
                        videos.points[rows, 1],
                        marker=marks.shape(place, seen=seen),
                        marker_style=marks.colour(place),
                    )
        self._draw_picked(videos, marks)

    def _draw_picked(self, videos: _Videos, marks: Marks) -> None:
        if self._picked is not None:
            place, seen = int(videos.places[self._picked]), bool(videos.seen[self._picked])
            x, y = videos.points[self._picked]
            mark = marks.shape(place, seen=seen)
            style = f"{_PICKED} {marks.colour(place)}"
            self.scatter([x], [y], marker=mark, marker_style=style)

    def _grid(self) -> Grid | None:
        """The cells within the frame; None before anything was drawn."""
        try:
            x, y = self.get_coordinate_from_pixel(1, 1)
            further, below = self.get_coordinate_from_pixel(2, 2)
        except ZeroDivisionError:  # it has no size yet
            return None
        width, height = self.size.width - 2, self.size.height - 2
        if width < 1 or height < 1:
            return None
        return Grid(x, y, further - x, below - y, width, height)

    # --- picking ---------------------------------------------------------------------------------

    def pick(self, row: int | None) -> None:
        """Pick a video by its row, if there is one."""
        if self._videos is not None and row is not None and row != self._picked:
            self._picked = row
            self.draw()
            self.post_message(Picked(self._videos.ids[row]))

    def action_step(self, columns: int, rows: int) -> None:
        """Pick the next video in a direction; the first time, the one in the middle."""
        grid, videos = self._grid(), self._videos
        if grid is None or videos is None or not len(videos.ids):
            return
        if self._picked is None or not grid.inside(grid.places(videos.points[[self._picked]]))[0]:
            self.pick(self._in_the_middle(grid, videos))
            return
        self.pick(beside(grid, videos.points, self._picked, (columns, rows)))

    def _in_the_middle(self, grid: Grid, videos: _Videos) -> int:
        import numpy as np

        apart = grid.places(videos.points) - (grid.width / 2, grid.height / 2)
        return int(np.hypot(apart[:, 0], apart[:, 1]).argmin())

    def on_mouse_move(self, event: MouseMove) -> None:
        """What is under the pointer is picked, unless the map is being dragged."""
        if not event.button:
            self._pick_at(event)

    def on_click(self, event: Click) -> None:
        """A click picks; a second one chooses."""
        self._pick_at(event)
        if event.chain > 1 and self.picked is not None:
            self.post_message(Chosen(self.picked))

    def _pick_at(self, event: MouseMove | Click) -> None:
        grid, videos = self._grid(), self._videos
        offset = event.get_content_offset(self)
        if grid is not None and videos is not None and offset is not None:
            self.pick(nearest(grid, videos.points, offset.x - 1, offset.y - 1))
