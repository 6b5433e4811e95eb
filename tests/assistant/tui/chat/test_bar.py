from __future__ import annotations

import pytest

from assistant.tui.chat.bar import CELLS, EMPTY, ORIGINS, bar, legend
from assistant.types import Part, Pick, Video


def pick(score: float, **parts: float) -> Pick:
    """A pick whose score is made of these parts."""
    return Pick(
        video=Video(id="a:1", title="x"),
        rank=1,
        score=score,
        parts={Part(name): value for name, value in parts.items()},
        cluster="",
    )


@pytest.mark.parametrize(
    ("score", "best", "filled"),
    [(1.0, 1.0, 8), (0.5, 1.0, 4), (0.01, 1.0, 1), (-1.0, 1.0, 1), (2.0, 1.0, 8), (-1.0, -1.0, 1)],
)
def test_the_bar_always_has_as_many_cells(score: float, best: float, filled: int) -> None:
    plain = bar(pick(score, request=1.0), best).plain
    assert (len(plain), len(plain.rstrip(EMPTY))) == (CELLS, filled)


@pytest.mark.parametrize(
    ("parts", "plain"),
    [
        ({"request": 0.5, "taste": 0.25, "community": 0.25}, "━━━━══╍╍"),
        ({"named": 0.5, "interest": 0.5}, "━━━━════"),
        ({"model": 1.0, "dislike": -0.5}, "┄┄┄┄┄┄┄┄"),
        ({"request": 0.97, "taste": 0.03}, "━━━━━━━━"),
        ({"dislike": -1.0}, "━━━━━━━━"),
        ({}, "━━━━━━━━"),
    ],
)
def test_each_origin_has_a_shape_of_its_own(parts: dict[str, float], plain: str) -> None:
    assert bar(pick(1.0, **parts), 1.0).plain == plain


def test_every_part_that_speaks_for_a_pick_has_an_origin() -> None:
    parts = [part for origin in ORIGINS for part in origin.parts]
    assert sorted(parts) == sorted(set(Part) - {Part.DISLIKE})
    assert len({origin.shape for origin in ORIGINS} | {EMPTY}) == len(ORIGINS) + 1


def test_the_legend_tells_of_what_there_is() -> None:
    assert legend([pick(1.0, request=1.0), pick(1.0, taste=0.5, model=-1.0)]).plain == (
        "━━ what you asked  ══ your taste"
    )
