"""What a conversation changed in the library: signals and memories, each of which can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.errors import MatineeError
from assistant.types import Interaction, Preference, SaidSignal, Scope, Signal
from assistant.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, and how it is taken back."""

    take_back: Callable[[], None]
    signal: SaidSignal | None = None
    """The signal that was stored."""
    noted: Preference | None = None
    """What was remembered."""
    forgotten: Preference | None = None
    """What was forgotten."""


class Acts:
    """Stores signals and memories, and takes the last of them back.

    Args:
        workspace: what is open.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._done: list[Act] = []
        self.session: list[Preference] = []
        """What is remembered for this session alone."""

    # --- signals -------------------------------------------------------------------------------

    def signal(self, said: SaidSignal, at: datetime | None = None) -> None:
        """Store what the person did with a video. It counts from the next turn on.

        Args:
            said: what they did.
            at: when; now by default. The same at the same moment is stored once.

        Raises:
            MatineeError: the library holds no such video.
        """
        library = self._workspace.library
        if said.video_id not in library.get([said.video_id]):
            raise MatineeError(
                "There is no such video in your library.",
                said.video_id,
                "Find its id with: matinee library search WORDS",
            )
        row = library.add_interaction(
            Interaction(
                video_id=said.video_id,
                signal=said.signal,
                rating=said.rating,
                at=at or datetime.now(UTC),
            )
        )
        self._done.append(Act(lambda: self._workspace.library.remove_interaction(row), signal=said))

    def undo_signal(self, video_id: str) -> None:
        """Take back the last signal that was given to a video here.

        Raises:
            MatineeError: none was.
        """
        for act in reversed(self._done):
            if act.signal is not None and act.signal.video_id == video_id:
                self._done.remove(act)
                act.take_back()
                return
        raise MatineeError("There is nothing to take back here.", video_id)

    def take_back(self, video_id: str, signals: Collection[Signal]) -> int:
        """Take back every signal of these kinds that a video was ever given; return how many."""
        self._done = [
            act
            for act in self._done
            if act.signal is None
            or act.signal.video_id != video_id
            or act.signal.signal not in signals
        ]
        return self._workspace.library.take_back(video_id, signals)

    # --- memories ------------------------------------------------------------------------------

    def remember(self, preferences: Iterable[Preference]) -> tuple[Preference, ...]:
        """Keep what was said, in the library or for this session; return it as it is kept."""
        return tuple(self._remember(one) for one in preferences)

    def _remember(self, preference: Preference) -> Preference:
        dated = preference.model_copy(update={"at": datetime.now(UTC)})
        if dated.scope is Scope.SESSION:
            self.session = [one for one in self.session if one.said != dated.said] + [dated]
            self._done.append(Act(lambda: self.session.remove(dated), noted=dated))
            return dated
        kept = self._workspace.library.add_preference(dated)
        self._done.append(Act(lambda: self._drop(kept), noted=kept))
        return kept

    def change(self, preference: Preference, instead: Preference) -> Preference:
        """Put something in the place of what is remembered; return it as it is kept."""
        dated = instead.model_copy(update={"id": preference.id, "at": datetime.now(UTC)})
        if (preference.id is None) is not (dated.scope is Scope.SESSION):  # it moves
            self._drop_any(preference)
            [kept] = self.remember([dated.model_copy(update={"id": None})])
            self._done.pop()
            self._done.append(Act(lambda: self._swap_back(kept, preference), noted=kept))
            return kept
        self._put(preference, dated)
        self._done.append(Act(lambda: self._put(dated, preference), noted=dated))
        return dated

    def _put(self, preference: Preference, instead: Preference) -> None:
        if preference.id is None:
            self.session = [instead if one == preference else one for one in self.session]
        else:
            self._workspace.library.change_preference(preference.id, instead)

    def _swap_back(self, kept: Preference, before: Preference) -> None:
        self._drop_any(kept)
        self._restore(before)

    def forget(self, preference: Preference) -> None:
        """Forget something that is remembered."""
        self._drop_any(preference)
        self._done.append(Act(lambda: self._restore(preference), forgotten=preference))

    def _drop_any(self, preference: Preference) -> None:
        if preference in self.session:
            self.session.remove(preference)
        else:
            self._drop(preference)

    def _restore(self, preference: Preference) -> None:
        if preference.scope is Scope.SESSION:
            self.session.append(preference)
        else:
            self._workspace.library.add_preference(preference)

    def _drop(self, preference: Preference) -> None:
        if preference.id is not None:
            self._workspace.library.forget_preference(preference.id)

    # --- undo ----------------------------------------------------------------------------------

    def undo(self) -> Act | None:
        """Take back what was done last, and say what it was; None where nothing was done."""
        if not self._done:
            return None
        act = self._done.pop()
        act.take_back()
        return act

    def clear(self) -> None:
        """Forget what can be undone: rows of a library that was mended are others."""
        self._done.clear()
