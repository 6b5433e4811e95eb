"""Where the tags of a video are edited."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from assistant.listing import VideoDetails
from assistant.wording import printable

_LONGEST = 4_000
_HINT = "Parted by commas. They stay when the video is imported again. Enter keeps, Esc leaves."


class Tags(ModalScreen[tuple[str, ...] | None]):
    """Asks for the tags of a video; None where nothing is to change."""

    CSS_PATH = "tags.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave it")]

    def __init__(self, details: VideoDetails) -> None:
        super().__init__()
        self._details = details

    def compose(self) -> ComposeResult:
        """The title, the field, what is to be known."""
        video = self._details.video
        with Vertical(id="tags"):
            yield Static(
                Content.styled(f"Tags of “{printable(video.title)}”", "bold"), markup=False
            )
            yield Input(written(video.tags), placeholder="sailing, solitude", max_length=_LONGEST)
            yield Static(Content.styled(_HINT, "$foreground 60%"), markup=False)
            if self._details.dropped_tags:
                gone = printable(", ".join(self._details.dropped_tags))
                text = Content.styled(f"You took away: {gone}", "$foreground 60%")
                yield Static(text, markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take them."""
        event.stop()
        tags = read(event.value)
        self.dismiss(tags if tags != self._details.video.tags else None)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def written(tags: tuple[str, ...]) -> str:
    """Tags as they are typed; one with a comma in it is quoted."""
    return ", ".join(f'"{tag}"' if "," in tag else tag for tag in tags)


def read(text: str) -> tuple[str, ...]:
    """The tags that were typed."""
    tags, rest = [], text
    while rest.strip():
        rest = rest.strip()
        if rest.startswith('"') and '"' in rest[1:]:
            tag, _, rest = rest[1:].partition('"')
            rest = rest.strip().removeprefix(",")
        else:
            tag, _, rest = rest.partition(",")
        if tag.strip():
            tags.append(tag.strip())
    return tuple(tags)
