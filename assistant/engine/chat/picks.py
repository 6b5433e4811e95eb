"""What a person does with a pick, and asks of it."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.chat.areas import answers
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import Act, Acted, LastUndone, Undo, UndoLast
from assistant.engine.protocol.hidden import BACK, TakeBack
from assistant.replies.marks import in_words
from assistant.types import Signal

NOTED: dict[Signal, str] = {
    Signal.LIKED: "Liked: more of its sort will come.",
    Signal.DISLIKED: "Noted: less of its sort will come.",
    Signal.WATCHED: "Marked as watched: it is not recommended again.",
    Signal.FINISHED: "Marked as watched to its end: it is not recommended again.",
    Signal.RATED: "Rated {rating:g} of 5.",
    Signal.HIDDEN: "Hidden: it is not recommended again.",
    Signal.SAVED: "Saved for later.",
    Signal.SHOWN: "Noted.",
}


@answers(Act)
def act(core: ChatCore, request: Act, _: CancelToken) -> Acted:
    """Store a signal. It counts from the next turn on.

    Raises:
        MatineeError: the library does not hold the video.
    """
    core.conversation.signal(request.video_id, request.signal, request.rating)
    core.train_if_due()
    text = NOTED[request.signal].format(rating=request.rating)
    return Acted(video_id=request.video_id, signal=request.signal, text=text)


@answers(Undo)
def undo(core: ChatCore, request: Undo, _: CancelToken) -> Acted:
    """Remove the last signal.

    Raises:
        MatineeError: this session gave it none.
    """
    core.conversation.undo(request.video_id)
    return Acted(video_id=request.video_id, signal=None, text="Taken back.")


@answers(UndoLast)
def undo_last(core: ChatCore, _request: UndoLast, _: CancelToken) -> LastUndone:
    """Take back what was done last: a signal, or something that is remembered.

    Raises:
        MatineeError: the library cannot be written to.
    """
    act = core.conversation.undo_last()
    if act is None:
        return LastUndone(text="There is nothing to take back.")
    if act.signal is None:
        said = act.noted or act.forgotten
        return LastUndone(text=f"Taken back: “{said.said if said else ''}”.")
    video_id = act.signal.video_id
    video = core.workspace.library.get([video_id]).get(video_id)
    what = in_words(act.signal, video.title if video else video_id, "en")
    return LastUndone(text=f"Taken back: {what}.", video_id=video_id)


@answers(TakeBack)
def take_back(core: ChatCore, request: TakeBack, _: CancelToken) -> Acted:
    """Take signals back, those of earlier sessions too.

    Raises:
        MatineeError: the library cannot be written to.
    """
    core.conversation.take_back(request.video_id, request.signals)
    return Acted(video_id=request.video_id, signal=None, text=BACK)
