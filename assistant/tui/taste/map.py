"""The map with what is said under it: the video that is picked, and how far the map is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assistant.engine.protocol.taste import VideoNamed
from assistant.interests.maps import ViewerMap
from assistant.interests.report import InterestReport
from assistant.tui.taste.interests import name_of
from assistant.tui.taste.marks import NEW, NEW_OUTSIDE, SEEN, Marks
from assistant.tui.taste.plot import MapPlot
from assistant.wording import printable

DIM = "$foreground 60%"
_HOW = "Arrow keys or the pointer pick a video; + and −, or the wheel, zoom."
_NONE_YET = "There is no map yet."


class MapPane(Vertical):
    """The map of the library."""

    def compose(self) -> ComposeResult:
        """The heading, the map, what is picked."""
        yield Static("", markup=False, id="map-heading")
        yield MapPlot()
        yield Static("", markup=False, id="map-legend")
        yield Static("", markup=False, id="map-picked")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.tell("")
        self.query_one(MapPlot).display = False
        self.query_one("#map-picked", Static).update(Content.styled(_HOW, DIM))

    @property
    def plot(self) -> MapPlot:
        """The map itself."""
        return self.query_one(MapPlot)

    def show(self, seen_by: ViewerMap | None, off: Collection[int]) -> None:
        """Show a map, or that there is none."""
        self.plot.display = seen_by is not None
        if seen_by is None:
            self.tell(_NONE_YET)
            return
        shown, videos = len(seen_by.ids), seen_by.videos
        of = f"{shown:,} of {videos:,} videos" if shown < videos else f"{videos:,} videos"
        self.tell(f"{of}, filled {SEEN[0]} what you have seen, hollow {NEW[0]} what not")
        self.plot.show(seen_by, off)

    def tell(self, note: str) -> None:
        """Say something beside the heading."""
        heading = Content.assemble(("Map", "bold"), (f"   {note}" if note else "", DIM))
        self.query_one("#map-heading", Static).update(heading)

    def explain(self, interests: Sequence[InterestReport]) -> None:
        """Say what the marks mean."""
        marks = Marks(self.app.current_theme.dark)
        named = [one for one in interests if not one.off]
        pieces = [
            piece
            for one in named
            for piece in (
                (f"{marks.shape(one.number - 1, seen=True)} ", marks.colour(one.number - 1)),
                (f"{name_of(one)}  ", DIM),
            )
        ]
        pieces.append((f"{NEW_OUTSIDE} others", DIM))
        self.query_one("#map-legend", Static).update(Content.assemble(*pieces))

    def show_video(self, video: VideoNamed) -> None:
        """Show what the video is that is picked."""
        if not video.title:
            told = Content.styled("This video has gone from the library.", DIM)
        else:
            told = Content.assemble(
                (printable(video.title), "bold"),
                "\n",
                (printable(video.facts), DIM),
                ("\n" + printable(" · ".join(video.keywords)), "$secondary"),
            )
        self.query_one("#map-picked", Static).update(told)
