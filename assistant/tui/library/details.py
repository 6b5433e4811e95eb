"""Everything of one video, beside the list or over it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assistant.languages import language_name
from assistant.listing import Mark, VideoDetails
from assistant.tui.library.columns import MARKS
from assistant.types import Interaction, Signal
from assistant.wording import duration, printable

DIM = "$foreground 60%"
_MOST_NAMES = 30
_DONE = {
    Signal.WATCHED: "watched",
    Signal.FINISHED: "watched to its end",
    Signal.LIKED: "liked",
    Signal.DISLIKED: "disliked",
    Signal.HIDDEN: "hidden",
    Signal.SAVED: "saved for later",
}
_NOT_EMBEDDED = "Found by its words alone until the assistant has read it."


class VideoPanel(VerticalScroll, can_focus=True):
    """Shows the details of a video, or how to see some."""

    def compose(self) -> Iterator[Static]:
        """One text."""
        yield Static("", markup=False, id="details")

    def show(self, details: VideoDetails | None) -> None:
        """Show a video, from its beginning; None for nothing."""
        text = details_text(details) if details else Content.styled("No video is chosen.", DIM)
        self.query_one("#details", Static).update(text)
        self.scroll_home(animate=False)


def details_text(details: VideoDetails) -> Content:
    """Everything in a readable order: what it is, what was done with it, what it is about."""
    video = details.video
    parts = [Content.styled(printable(video.title), "bold")]
    if details.removed_at is not None:
        parts.append(
            Content.styled(f"Removed on {details.removed_at.astimezone():%Y-%m-%d}.", "$warning")
        )
    parts.append(Content.styled(printable(" · ".join(_facts(details))), DIM))
    parts.extend(_done(details))
    parts.append(Content(""))
    parts.extend(_named(details))
    if not details.is_embedded and details.removed_at is None:
        parts.append(Content.styled(_NOT_EMBEDDED, DIM))
    if video.description:
        parts.extend((Content(""), Content(printable(video.description))))
    return Content("\n").join(parts)


def _facts(details: VideoDetails) -> Iterator[str]:
    video = details.video
    if video.published or video.year:
        yield str(video.published or video.year)
    if video.duration_s:
        yield duration(video.duration_s)
    yield video.kind.value
    if video.language:
        yield language_name(video.language)
    if video.channel:
        yield video.channel
    for count, what in ((video.views, "views"), (video.likes, "likes")):
        if count is not None:
            yield f"{count:,} {what}"


def _done(details: VideoDetails) -> Iterator[Content]:
    """What the person did, with the days; a mark before what stands."""
    if details.marks:
        signs = "".join(MARKS.get(mark, "") for mark in details.marks if mark is not Mark.RATED)
        yield Content.assemble(
            (signs, "$accent"), *((" ", ""),) * bool(signs), _days(details.signals)
        )


def _days(signals: tuple[Interaction, ...]) -> str:
    return ", ".join(f"{_told(signal)} {signal.at.astimezone():%Y-%m-%d}" for signal in signals[:6])


def _told(signal: Interaction) -> str:
    if signal.rating is not None:
        return f"rated {signal.rating:g} of 5"
    return _DONE.get(signal.signal, signal.signal.value)


def _named(details: VideoDetails) -> Iterator[Content]:
    video = details.video
    own = {tag.casefold() for tag in details.own_tags}
    tags = [f"{tag} (yours)" if tag.casefold() in own else tag for tag in video.tags]
    for name, values in (
        ("also", video.other_titles),
        ("people", video.people),
        ("tags", tags),
        ("without", details.dropped_tags),
        ("keywords", video.keywords),
        ("link", (video.url,) if video.url else ()),
        ("id", (video.id,)),
    ):
        if values:
            more = f", … {len(values) - _MOST_NAMES} more" if len(values) > _MOST_NAMES else ""
            text = printable(", ".join(values[:_MOST_NAMES]) + more)
            yield Content.assemble((f"{name:<9}", DIM), text)
