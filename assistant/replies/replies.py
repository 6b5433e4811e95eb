"""Which reply answers which message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.acts import Acts
from assistant.explain.why import told as why_in_words
from assistant.phrases import say
from assistant.replies.about import about
from assistant.replies.accounts import Accounts, Told
from assistant.replies.compare import compare
from assistant.replies.marks import in_words
from assistant.replies.memory import find, forgotten_text, list_memory
from assistant.replies.recall import recall
from assistant.replies.reply import Reply
from assistant.replies.texts import text
from assistant.replies.why_not import not_held
from assistant.replies.why_not import told as why_not_in_words
from assistant.types import (
    DialogueState,
    Intent,
    Pick,
    Preference,
    Request,
    Turn,
    Video,
)

if TYPE_CHECKING:
    from assistant.workspace import Workspace


class Replies:
    """Answers the messages that ask for no recommendation.

    Args:
        workspace: what is open.
        accounts: why picks were made, and others were not.
        acts: what was done, and can be undone.
    """

    def __init__(self, workspace: Workspace, accounts: Accounts, acts: Acts) -> None:
        self._workspace = workspace
        self._accounts = accounts
        self._acts = acts

    def reply(
        self,
        request: Request,
        state: DialogueState,
        turns: Sequence[Turn],
        preferences: Sequence[Preference],
    ) -> Reply:
        """The answer to a message.

        Args:
            request: one whose intent does not recommend.
            state: what stands.
            turns: of the session.
            preferences: what is remembered, whether or not it is in force.

        Raises:
            MatineeError: the library cannot be used.
        """
        language, told = request.language, Told(turns, state.preferences)
        match request.intent:
            case Intent.ABOUT:
                return self._about(request)
            case Intent.COMPARE:
                return self._compare(request, turns)
            case Intent.WHY:
                return self._why(request, told)
            case Intent.WHY_NOT:
                return self._why_not(request, told)
            case Intent.RECALL:
                return recall(turns, language)
            case Intent.UNDO:
                return Reply(self._undo(language))
            case Intent.MEMORY:
                return Reply(list_memory(preferences, language))
            case Intent.FORGET:
                return Reply(self._forget(request, preferences))
            case Intent.HELP:
                return Reply(say("help", language))
            case Intent.OFF_TOPIC:
                return Reply(say("off_topic", language))
            case Intent.SIGNAL:
                return Reply("")  # what was noted has been said
            case Intent.REMEMBER:
                return Reply(say("asking", language))
            case _:
                return Reply(say("hello", language))

    # --- videos --------------------------------------------------------------------------------

    def _about(self, request: Request) -> Reply:
        videos = self._spoken_of(request)
        if not videos:
            if request.subject:
                return Reply(why_not_in_words(not_held(request.subject, request.language)))
            return Reply(text("which_video", request.language))
        said = [about(video, request.facets, request.language) for video in videos]
        return Reply("\n".join(said), focus_ids=tuple(video.id for video in videos))

    def _compare(self, request: Request, turns: Sequence[Turn]) -> Reply:
        videos = self._spoken_of(request)
        if len(videos) < 2:
            return Reply(text("nothing_to_compare", request.language))
        scores = {pick.video.id: pick.score for pick in _last_picks(turns)}
        said = compare(videos, request.facets, scores, request.language)
        return Reply(said, focus_ids=tuple(video.id for video in videos))

    def _why(self, request: Request, told: Told) -> Reply:
        """What moved the picks that the message points at, in the last answer that shows them."""
        shown = {pick.video.id: pick for turn in told.turns for pick in turn.picks}
        chosen = [shown[video_id] for video_id in request.references if video_id in shown]
        if not chosen:
            return Reply(say("no_such_pick", request.language))
        accounts = [self._accounts.why(pick, told, request.language) for pick in chosen]
        said = "\n".join(why_in_words(one) for one in accounts)
        return Reply(said, focus_ids=tuple(pick.video.id for pick in chosen))

    def _why_not(self, request: Request, told: Told) -> Reply:
        language, videos = request.language, self._spoken_of(request)
        if not videos:
            if request.subject:
                return Reply(why_not_in_words(not_held(request.subject, language)))
            return Reply(text("which_video", language))
        accounts = [self._accounts.why_not(one.id, told, language) for one in videos[:3]]
        said = "\n".join(why_not_in_words(one) for one in accounts if one is not None)
        if not said:
            return Reply(text("nothing_asked", language))
        return Reply(said, focus_ids=tuple(video.id for video in videos))

    def _spoken_of(self, request: Request) -> list[Video]:
        """The videos that the message points at or names, in that order."""
        ids = [*request.references, *(one.video_id for one in request.named)]
        found = self._workspace.library.get(ids)
        return [found[one] for one in dict.fromkeys(ids) if one in found]

    # --- what was noted ------------------------------------------------------------------------

    def _undo(self, language: str) -> str:
        act = self._acts.undo()
        if act is None:
            return text("nothing_to_undo", language)
        if act.signal is not None:
            videos = self._workspace.library.get([act.signal.video_id])
            title = next((video.title for video in videos.values()), act.signal.video_id)
            return text("undone_signal", language, what=in_words(act.signal, title, language))
        if act.noted is not None:
            return text("undone_note", language, said=act.noted.said)
        if act.forgotten is not None:
            return text("undone_forget", language, said=act.forgotten.said)
        return text("nothing_to_undo", language)

    def _forget(self, request: Request, preferences: Sequence[Preference]) -> str:
        found = find(request.subject, preferences)
        for preference in found:
            self._acts.forget(preference)
        return forgotten_text(found, request.subject, request.language)


def _last_picks(turns: Sequence[Turn]) -> tuple[Pick, ...]:
    return next((turn.picks for turn in reversed(turns) if turn.picks), ())
