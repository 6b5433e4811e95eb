"""Make the database of the present version, with which the versions after it are tested.

usage: python -m tests.store.databases.make

Run it once, before the first migration after a release is added: it writes ``NNNN.db.gz``, a
library with something in every table, and ``NNNN.json``, what is in it. Neither is made again, for
no later program makes what this one does.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from assistant.types import (
    Avoided,
    Constraints,
    Evidence,
    EvidenceKind,
    Interaction,
    InterestSetting,
    Part,
    Pick,
    Preference,
    Request,
    Scope,
    Signal,
    Turn,
    Video,
)
from store import starter
from store.community import CommunityKind, RatedItem, learn
from store.library import Library, OwnTags, RemovedVideo, migrations
from store.unit import unit

FOLDER = Path(__file__).parent
MODELS = ("a-model", "another-model")
_VIDEOS = 20
_DIMENSION = 8
_START = datetime(2026, 1, 31, 23, 59, 30, 125, tzinfo=UTC)
_SEARCHES = ("spirits", "hayao miyazaki", "千与千寻", "となり", "a quiet film about childhood")


def contents(library: Library) -> dict[str, Any]:
    """Everything that a library says when it is asked, as JSON can hold it."""
    ids = library.ids()
    return {
        "videos": [
            video.model_dump(mode="json", exclude_defaults=True) for video in library.videos()
        ],
        "without keywords": library.missing_keywords(),
        "vectors": {
            model: dict(zip(found, vectors.tolist(), strict=True))
            for model in sorted(library.vector_models())
            for found, vectors in [library.vectors(model, ids)]
        },
        "likelihoods": {model: library.title_likelihoods(model, ids) for model in MODELS},
        "signals": [
            signal.model_dump(mode="json", exclude_defaults=True)
            for signal in library.interactions()
        ],
        "sessions": [
            {
                "id": session.id,
                "started": session.started_at.isoformat(),
                "title": session.title,
                "turns": [
                    turn.model_dump(mode="json", exclude_defaults=True)
                    for turn in library.turns(session.id)
                ],
            }
            for session in library.sessions()
        ],
        "community": [
            [row.name, row.kind, row.people, row.ratings, row.items, row.joined, row.method]
            for row in library.community_rows()
        ],
        "trained": _trained(library),
        "preferences": [
            preference.model_dump(mode="json", exclude_defaults=True)
            for preference in library.preferences()
        ],
        "interests": [
            setting.model_dump(mode="json", exclude_defaults=True)
            for setting in library.interest_settings()
        ],
        "own tags": library.own_tags(ids),
        "removed": [
            [one.video.model_dump(mode="json", exclude_defaults=True), one.at.isoformat()]
            for one in library.removed_videos()
        ],
        "found": {
            query: [hit.video_id for hit in library.search(query, limit=5)] for query in _SEARCHES
        },
    }


def _trained(library: Library) -> list[Any]:
    model = library.trained_model("relevance", "a-key")
    gain = library.language_model_gain("a-model")
    return [
        [model.trained_at.isoformat(), model.report, model.model.hex()] if model else None,
        [gain.measured_at.isoformat(), gain.weight, gain.report] if gain else None,
    ]


def fill(library: Library) -> None:
    """Put something into every table, and take something out again."""
    videos = [video for video in starter.videos() if video.language != "en"][: _VIDEOS + 1]
    full = videos[0].model_copy(
        update={"url": "https://example.org/a?b=c", "views": 12_345, "likes": 67, "channel": "ÉTÉ"}
    )
    videos[0] = Video.model_validate({**full.model_dump(), "published": "2001-07-20"})
    ids = [video.id for video in videos]
    library.put_videos(videos)
    library.put_keywords({ids[0]: ("bathhouse", "精灵"), ids[1]: ()})
    for number, model in enumerate(MODELS):
        rows = np.random.default_rng(number).standard_normal((len(ids), _DIMENSION))
        library.put_vectors(model, ids[number:], unit(rows.astype(np.float32))[number:])
        library.put_title_likelihoods(model, {ids[0]: (-7.25, 4), ids[-1]: (-1e-9, 1)})
    library.remove_videos(ids[-1:])
    library.put_removed_videos([RemovedVideo(Video(id="gone:2", title="消失"), _START)])
    library.put_own_tags({ids[2]: (OwnTags(("风景",), ("slow",)), _START)})
    for number, signal in enumerate(Signal):
        at = _START + timedelta(minutes=number)
        rating = 4.5 if signal is Signal.RATED else None
        library.add_interaction(
            Interaction(video_id=ids[number], signal=signal, at=at, rating=rating, strength=0.75)
        )
    taken_back = Interaction(video_id=ids[0], signal=Signal.LIKED, at=_START)
    library.remove_interaction(library.add_interaction(taken_back))
    library.add_interaction(Interaction(video_id="gone:video", signal=Signal.SAVED, at=_START))
    learned = learn([{"a": 4.5, "b": 5.0}] * 5, kind=CommunityKind.RATINGS)
    items = [RatedItem(ids[0], videos[0].title, videos[0].year), RatedItem(None, "Heat", 1995)]
    library.put_community("ml", learned, items)
    preference = Preference(
        said="I never watch long horror",
        constraints=Constraints(max_duration_s=7200),
        avoid=(Avoided(term="horror", unless=("zombie comedy",)),),
        likes=("ghibli",),
        dislikes=("sports",),
        at=_START,
    )
    library.add_preference(preference)
    forgotten = library.add_preference(Preference(said="我讨厌恐怖片", scope=Scope.KIDS))
    library.forget_preference(forgotten.id or 0)
    for weight, liked in ((0.5, ids[:4]), (1.5, ids[2:4])):
        setting = InterestSetting(name="放松", weight=weight, video_ids=tuple(liked), at=_START)
        library.set_interest(setting)
    library.set_interest(InterestSetting(off=True, video_ids=("gone:video",), at=_START))
    report = {"takes_part": True, "auc": 0.75}
    library.put_trained_model("relevance", "a-key", b"\x00weights", report)
    library.put_language_model_gain("a-model", 0.25, report)
    session = library.start_session()
    library.add_turn(session, Turn(message="更多", request=Request(message="更多", language="zh")))
    library.add_turn(session, _turn(videos[0]))
    library.rename_session(session, "周末电影 – Ümit's")
    library.start_session()


def _turn(video: Video) -> Turn:
    """A turn that says something in each of its fields."""
    evidence = Evidence(
        kind=EvidenceKind.PERSON, text="Hayao Miyazaki", contribution=0.25, video_id=video.id
    )
    return Turn(
        message="something by the same director",
        request=Request(message="something by the same director", wish="director", count=3),
        picks=(
            Pick(
                video=video,
                rank=1,
                score=0.75,
                parts={Part.REQUEST: 0.5, Part.TASTE: 0.25},
                cluster="spirits",
                evidence=(evidence,),
                sentence="It is by Hayao Miyazaki.",
            ),
        ),
        answer="One film.",
        model="a-model",
        retrieval="index",
        stopped=True,
        timings={"understand": 0.125},
    )


def main() -> int:
    """Write the two files; a status for the shell."""
    name = f"{migrations.latest():04}"
    packed, expected = FOLDER / f"{name}.db.gz", FOLDER / f"{name}.json"
    if packed.exists():
        print(f"{packed} is there already, and is not made again", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with Library.open(path) as library:
            fill(library)
            said = contents(library)
        packed.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
    expected.write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
