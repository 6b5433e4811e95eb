"""Accounts without a model, for tests of the screen: always the same of a pick."""

from __future__ import annotations

from assistant.accounts import Beside, Cause, KeptOut, Member, WhyNotReport, WhyReport
from assistant.errors import MatineeError
from assistant.explain.report import Surroundings, report
from assistant.types import Evidence, EvidenceKind, Part, Pick, Signal, Video

NEAR = (
    Video(id="a:near", title="Near [b]it[/b]", year=2003, description="A [quiet] one.\nVery."),
    Video(id="a:nearer", title="[@click=app.quit]Nearer", people=("Somebody [x]",)),
    Video(id="a:far", title="Far", year=1999),
)


def account(pick: Pick, language: str) -> WhyReport:
    """An account with something in each of its parts; in the language ``none`` it fails."""
    if language == "none":
        raise MatineeError("The library [cannot] be read.", "", "Try again.")
    parts = {Part.REQUEST: 0.5, Part.TASTE: 0.3, Part.POPULARITY: -0.1, Part.DISLIKE: -0.2}
    evidence = (
        Evidence(kind=EvidenceKind.LIKED_VIDEO, text="Totoro [x]", fall=7, contribution=0.3),
        *pick.evidence,
        Evidence(kind=EvidenceKind.PERSON, text="Hayao Miyazaki", contribution=0.0),
    )
    around = Surroundings(
        place=pick.rank,
        candidates=214,
        picks=5,
        others=tuple(
            Member(video_id=f"a:{n}", title=f"Other {n} [x]", place=pick.rank + n)
            for n in range(1, 9)
        ),
        neighbours=((NEAR[0], 0.71), (NEAR[1], 0.634), (NEAR[2], 0.5)),
        signals={NEAR[0].id: Signal.LIKED, NEAR[1].id: Signal.WATCHED},
    )
    return report(pick.model_copy(update={"parts": parts, "evidence": evidence}), language, around)


def comparison(name: str, pick: Pick, language: str) -> WhyNotReport | None:
    """What is told of any name; nothing is known of a pick where it is ``gone``."""
    if name == "gone":
        return None
    return WhyNotReport(
        title=f"{name} [x]",
        video_id="a:other",
        language=language,
        kept_out=(
            KeptOut(cause=Cause.BELOW, text="What it has less of: your words [x] (−1.30)."),
            KeptOut(cause=Cause.HIDDEN, text=f"You have hidden “{name}”."),
        ),
        standing=f"“{name}” scored 0.20, place 17 of 214; number 5, the last pick, scored 0.40.",
        score=0.2,
        place=17,
        candidates=214,
        beside=pick.video.title,
        beside_rank=pick.rank,
        beside_score=pick.score,
        parts=(
            Beside(part=Part.WORDS, name="your words", own=0.2, other=1.5),
            Beside(part=Part.TASTE, name="your taste", own=0.0, other=-0.3),
        ),
        anew=True,
    )
