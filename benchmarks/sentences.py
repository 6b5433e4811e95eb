"""Are the sentences true, and do they sound alike? Checked without the code that makes them.

usage: python -m benchmarks.sentences FOLDER [--picks N] [--likes N] [--seed N] [--no-llm]

FOLDER is a data folder of Matinee; nothing in it is changed. A viewer with a made-up history asks
for what the library has, in English and in Chinese. Every sentence is read by rules of their own
(`benchmarks.sentences_check`): neither the grammar's slots nor the claim checker take part. Beside
the sentences that the model chose stand those of the grammar with a seed alone, for the same picks.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.conversation import Conversation
from assistant.explain import explain
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import Interaction, Pick, Ranked, Request, Signal, Understood, Video
from assistant.workspace import Workspace
from benchmarks.sentences_check import Viewer, problems
from benchmarks.sentences_variety import figures

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel

SHOWN = 20
COMPARED = 100
"""Sentences of each language over which variety is counted."""
_WATCHED = 4
"""Every so many videos of the history were watched and not liked."""


@dataclass(frozen=True)
class Told:
    """A sentence, and what it was said of."""

    request: Request
    pick: Pick
    sentence: str


def main() -> None:
    """Make picks, have them told, check and count."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picks", type=int, default=500)
    parser.add_argument("--likes", type=int, default=40, help="videos of the made-up history")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-llm", action="store_true")
    options = parser.parse_args()
    locations = Locations(options.folder, options.folder / "config", options.folder / "state")
    with Workspace(locations, Settings(), llm=not options.no_llm) as workspace:
        draw = random.Random(options.seed)
        viewer, history = made_up_viewer(workspace, options.likes, draw)
        picks = list(asked(workspace, history, options.picks, draw))
        model = workspace.model()
        told, seconds = tell(picks, model)
        alone, _ = tell(picks, None)
    print(
        f"{len(told)} picks; model: {model.name if model else 'none'}; {seconds * 1000:.0f} ms each"
    )
    for name, some in (("with the model" if model else "by the seed", told), ("seed alone", alone)):
        report(name, some, viewer)
    print(f"\n{SHOWN} at random:")
    for one in random.Random(1).sample(told, min(SHOWN, len(told))):
        print(f"- [{one.pick.video.title[:50]}] {one.sentence}")


def made_up_viewer(
    workspace: Workspace, count: int, draw: random.Random
) -> tuple[Viewer, list[Interaction]]:
    """Someone who liked some videos and just watched others."""
    library = workspace.library
    videos = library.get(draw.sample(sorted(library.ids()), count))
    history, liked, watched = [], set[str](), set[str]()
    for number, video in enumerate(videos.values()):
        signal = Signal.WATCHED if number % _WATCHED == 0 else Signal.LIKED
        (watched if signal is Signal.WATCHED else liked).add(video.title)
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
        history.append(Interaction(video_id=video.id, signal=signal, at=at))
    return Viewer(frozenset(liked), frozenset(watched)), history


def messages(videos: Sequence[Video], draw: random.Random) -> Iterator[str]:
    """Requests of many kinds that the library can meet, in both languages, without end."""

    def words(video: Video) -> str:
        return " and ".join(draw.sample(video.keywords, min(2, len(video.keywords))))

    forms: tuple[Callable[[Video], str], ...] = (
        lambda video: f"something about {words(video)}",
        lambda video: f"想看关于{'和'.join(video.keywords[:2])}的",
        lambda video: f"a {video.kind.value} like “{video.title}”",
        lambda video: f"像《{video.title}》那样的",
        lambda video: f"{words(video)}, under {draw.choice((20, 30, 45, 100))} minutes",
        lambda video: f"关于{video.keywords[0]}的，{draw.choice((30, 60, 120))}分钟以内",
        lambda video: f"{words(video)} since {draw.choice((1980, 1995, 2012, 2015))}",
        lambda video: f"something with {video.people[0]}" if video.people else words(video),
        lambda _: draw.choice(("surprise me", "what should I watch?", "随便推荐几个")),
    )
    described = [video for video in videos if len(video.keywords) >= 2]
    while True:
        for form in forms:
            yield form(draw.choice(described))


def asked(
    workspace: Workspace, history: Sequence[Interaction], count: int, draw: random.Random
) -> Iterator[tuple[Request, Pick]]:
    """Picks with the requests that they answer, as a turn makes them."""
    library = workspace.library
    videos = library.get(draw.sample(sorted(library.ids()), min(library.count(), 2_000)))
    found = 0
    for message in messages(list(videos.values()), draw):
        request = None
        for event in Conversation(workspace, history=history, keep=False).turn(message):
            if isinstance(event, Understood):
                request = event.request
            elif isinstance(event, Ranked) and request is not None:
                for pick in event.picks:
                    yield request, pick
                    found += 1
                    if found == count:
                        return
                break


def tell(
    picks: Sequence[tuple[Request, Pick]], model: LanguageModel | None
) -> tuple[list[Told], float]:
    """A sentence for each pick as in one session, and the mean seconds that one took."""
    told: list[Told] = []
    said: dict[str, list[str]] = {}
    started = time.perf_counter()
    for number, (request, pick) in enumerate(picks):
        before = said.setdefault(request.language, [])
        pieces = explain(pick, request, model, CancelToken(), seed=number, said=before)
        before.append("".join(pieces))
        told.append(Told(request, pick, before[-1]))
    return told, (time.perf_counter() - started) / max(len(picks), 1)


def report(name: str, told: Sequence[Told], viewer: Viewer) -> None:
    """Print what is unsupported and how varied the sentences are."""
    wrong = [(one, found) for one in told if (found := problems(one.sentence, one, viewer))]
    print(f"\n{name}: {len(wrong)} of {len(told)} sentences with an unsupported claim")
    for one, found in wrong[:SHOWN]:
        print(f"  ! {one.sentence}\n    {'; '.join(found)}")
    for language in ("en", "zh"):
        zh = language == "zh"
        spoken = [one for one in told if (one.request.language == "zh") == zh]
        some = [one.sentence for one in spoken[:COMPARED]]
        if some:
            print(f"  {language}: {figures(some, language)}")


if __name__ == "__main__":
    main()
