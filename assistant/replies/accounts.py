"""The accounts that a conversation gives: why a pick was made, and why another video was not."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.accounts import Member, WhyNotReport, WhyReport
from assistant.considered import Considered
from assistant.explain.report import Surroundings, report
from assistant.replies.why_not import Circumstances, not_held, why_not
from assistant.types import Interaction, Pick, Preference, Signal, Turn, Video

if TYPE_CHECKING:
    from assistant.recommend import Recommender
    from assistant.workspace import Workspace

NEIGHBOURS = 5
KEPT = 10
"""The candidates of so many answers are kept: a few megabytes. Of an earlier one they are sought
again, as things stand then."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a conversation has told so far."""

    turns: Sequence[Turn]
    session: Sequence[Preference]
    """What is remembered for it alone."""

    def answer_with(self, pick: Pick) -> int | None:
        """The number of the turn that made a pick; None where it was none of these."""
        for number in reversed(range(len(self.turns))):
            for one in self.turns[number].picks:
                if one.video.id == pick.video.id and one.score == pick.score:
                    return number
        return None

    def last_answer(self) -> int | None:
        """The number of the last turn with picks."""
        numbers = range(len(self.turns))
        return next((number for number in reversed(numbers) if self.turns[number].picks), None)

    def shown_before(self, number: int) -> set[str]:
        """The ids of what was picked before a turn."""
        return {pick.video.id for turn in self.turns[:number] for pick in turn.picks}


class Accounts:
    """Gives accounts of the picks of one conversation.

    Args:
        workspace: what is open.
        recommender: scores what was not picked.
    """

    def __init__(self, workspace: Workspace, recommender: Recommender) -> None:
        self._workspace = workspace
        self._recommender = recommender
        self._kept: deque[tuple[Turn, Considered]] = deque(maxlen=KEPT)

    def keep(self, turn: Turn, considered: Considered | None) -> None:
        """Keep what the picks of a turn were chosen among."""
        if considered is not None and turn.picks:
            self._kept.append((turn, considered))

    # --- why -----------------------------------------------------------------------------------

    def why(self, pick: Pick, told: Told, language: str) -> WhyReport:
        """Why a pick was made.

        Args:
            pick: of any turn, of this conversation or not.
            told: what the conversation has told.
            language: that the account is given in.

        Raises:
            MatineeError: the library cannot be read.
        """
        number = told.answer_with(pick)
        considered = None if number is None else self._considered(told.turns[number])
        around = Surroundings(
            neighbours=self._neighbours(pick.video.id), signals=self._last_signals()
        )
        if considered is not None:
            around = _among(considered, pick, around)
        return report(pick, language, around)

    def _neighbours(self, video_id: str) -> list[tuple[Video, float]]:
        from store.neighbours import nearest_videos

        library = self._workspace.library
        hits = nearest_videos(library, self._workspace.embedding_key, video_id, NEIGHBOURS)
        videos = library.get(near for near, _ in hits)
        return [(videos[near], similarity) for near, similarity in hits if near in videos]

    def _last_signals(self) -> dict[str, Signal]:
        return {one.video_id: one.signal for one in self._signals()}

    # --- why not -------------------------------------------------------------------------------

    def why_not(
        self, name: str, told: Told, language: str, beside: Pick | None = None
    ) -> WhyNotReport | None:
        """Why a video was not among the picks of an answer.

        Args:
            name: its id or its title.
            told: what the conversation has told.
            language: that the account is given in.
            beside: a pick that it is compared with; the last pick of the last answer by default.

        Returns:
            None where nothing has been picked that it could have been among.

        Raises:
            MatineeError: the library or the embedding model cannot be used.
        """
        video = self._named(name)
        if video is None:
            return not_held(name, language)
        number = told.answer_with(beside) if beside is not None else told.last_answer()
        if number is None:
            return None
        return self._why_not(video, number, told, language, beside)

    def _why_not(
        self, video: Video, number: int, told: Told, language: str, beside: Pick | None
    ) -> WhyNotReport:
        turn, earlier = told.turns[number], told.shown_before(number)
        asked = self._recommender.with_memory(turn.request, told.session)
        considered = self._considered(turn)
        was_free = considered is not None and considered.place(video.id) is not None
        ranking = self._recommender.ranking(
            asked,
            turn,
            video.id,
            earlier,
            considered=considered,
            beside=beside.video.id if beside is not None else None,
        )
        circumstances = Circumstances(
            request=asked.request,
            picks=turn.picks,
            # what was done with a candidate was done after it had been one
            signals=[] if was_free else self._signals(video.id),
            shown=video.id in earlier,
        )
        return why_not(video, circumstances, ranking, language)

    def _named(self, name: str) -> Video | None:
        """The video of an id or a title."""
        library, name = self._workspace.library, name.strip()
        if found := library.get([name]):
            return found[name]
        mentions = self._workspace.names().titles.find(f"“{name}”")
        mentions = mentions or self._workspace.names().titles.find(name)
        return library.get([mentions[0].video_id]).get(mentions[0].video_id) if mentions else None

    # --- what both look at ---------------------------------------------------------------------

    def _considered(self, turn: Turn) -> Considered | None:
        return next((kept for one, kept in self._kept if one is turn), None)

    def _signals(self, video_id: str | None = None) -> list[Interaction]:
        """What the person did, with one video or with any, the latest last."""
        return [
            one
            for one in self._workspace.library.interactions()
            if one.signal is not Signal.SHOWN and video_id in (None, one.video_id)
        ]


def _among(considered: Considered, pick: Pick, around: Surroundings) -> Surroundings:
    """With what the pick was chosen among."""
    group = considered.group(pick.video.id)
    others = [
        Member(video_id=one.video.id, title=one.video.title, place=place)
        for one in (group.members if group else ())
        if one.video.id != pick.video.id and (place := considered.place(one.video.id))
    ]
    return Surroundings(
        place=considered.place(pick.video.id),
        candidates=len(considered.candidates),
        picks=considered.picks,
        others=others,
        neighbours=around.neighbours,
        signals=around.signals,
    )
