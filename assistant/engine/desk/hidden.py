"""What was hidden or disliked, for the screen that lists it."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.desk.areas import answers
from assistant.engine.desk.core import DeskCore
from assistant.engine.protocol import Acted
from assistant.engine.protocol.hidden import (
    BACK,
    DeclinedLine,
    DeclinedListed,
    ListDeclined,
    TakeBack,
)
from assistant.types import Video


@answers(ListDeclined)
def list_declined(desk: DeskCore, request: ListDeclined, cancel: CancelToken) -> DeclinedListed:
    """What stands declined, narrowed by words of the title and the channel.

    Raises:
        MatineeError: the library cannot be read.
    """
    rows = desk.library.declined()
    videos = desk.library.get(row.video_id for row in rows) if request.words.strip() else {}
    cancel.check()
    words = request.words.casefold().split()
    found = [row for row in rows if _has(videos.get(row.video_id), row.video_id, words)]
    shown = found[: request.limit]
    videos = desk.library.get(row.video_id for row in shown)
    return DeclinedListed(
        rows=tuple(
            DeclinedLine(
                video_id=row.video_id,
                signal=row.signal,
                at=row.at,
                video=videos.get(row.video_id),
            )
            for row in shown
        ),
        found=len(found),
        total=len(rows),
    )


@answers(TakeBack)
def take_back(desk: DeskCore, request: TakeBack, _: CancelToken) -> Acted:
    """Take signals back, where the chat's engine cannot.

    Raises:
        MatineeError: the library cannot be written to.
    """
    desk.library.take_back(request.video_id, request.signals)
    return Acted(video_id=request.video_id, signal=None, text=BACK)


def _has(video: Video | None, video_id: str, words: list[str]) -> bool:
    names = (video.title, *video.other_titles, video.channel or "") if video else (video_id,)
    text = " ".join(names).casefold()
    return all(word in text for word in words)
