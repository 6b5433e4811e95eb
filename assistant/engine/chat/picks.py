"""What a person does with a pick, and asks of it."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.chat.areas import answers
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import Act, Acted, Explained, Undo, Why
from assistant.explain.why import told
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


@answers(Why)
def why(core: ChatCore, request: Why, _: CancelToken) -> Explained:
    """The account of the pick in words.

    Raises:
        MatineeError: the library cannot be read.
    """
    return Explained(text=told(core.conversation.why(request.pick, request.language)))
