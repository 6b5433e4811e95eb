from __future__ import annotations

import pytest

from assistant.engine.protocol.models import Fit, ModelLine, ModelState, ModelUse
from assistant.tui.models.lines import Doing, bar, details, heading, line, progress

MODEL = ModelLine(
    name="A-1B", use=ModelUse.LANGUAGE, state=ModelState.INSTALLED, size="1.1 GB",
    memory="~1.6 GB", speed="41", quality="+0.021", licence="MIT",
)  # fmt: skip
MACHINE = "2 cores · 1.0 GB of memory"


def changed(**changes: object) -> ModelLine:
    return MODEL.model_copy(update=changes)


@pytest.mark.parametrize("width", [40, 56, 76, 116])
@pytest.mark.parametrize("name", ["A-1B", "a-name-that-is-much-longer-than-there-is-room-for"])
def test_columns_stand_under_their_titles(width: int, name: str) -> None:
    title = str(heading(ModelUse.LANGUAGE, width))
    text = str(line(changed(name=name), None, width))
    for word, cell in (("size", "1.1 GB"), ("memory", "~1.6 GB"), ("titles/s", "41")):
        if word in title:
            assert title.index(word) + len(word) == text.index(cell) + len(cell)


@pytest.mark.parametrize(
    ("state", "doing", "said"),
    [
        (ModelState.IN_USE, None, "● A-1B"),
        (ModelState.INSTALLED, None, "there"),
        (ModelState.AVAILABLE, Doing("waiting"), "waiting"),
        (ModelState.AVAILABLE, Doing("downloading", 1, 4, "MB"), "█░░░ 25%"),
        (ModelState.AVAILABLE, Doing("looking at it for long"), "looking …"),
    ],
)
def test_the_state_is_said(state: ModelState, doing: Doing | None, said: str) -> None:
    assert said in str(line(changed(state=state), doing, 80))


def test_a_download_that_was_begun_says_how_much_is_there() -> None:
    begun = changed(state=ModelState.BEGUN, share=0.42)
    assert "42% there" in str(line(begun, None, 80))
    assert "g goes on with it" in str(details(begun, None, MACHINE))


@pytest.mark.parametrize(("share", "drawn"), [(0.0, "░░░░"), (0.5, "██░░"), (1.0, "████")])
def test_the_bar(share: float, drawn: str) -> None:
    assert bar(share) == drawn


@pytest.mark.parametrize(
    ("doing", "said"),
    [
        (Doing("measuring"), "measuring…"),
        (Doing("measuring", 1, 4), "measuring: 1 of 4"),
        (
            Doing("downloading", 210, 1491, "MB", 12.34, 104.0),
            "downloading: 210 of 1,491 MB · 12.3 MB/s · 2 min left",
        ),
        (Doing("downloading", 5, 5, "MB", 12.0, 0.0), "downloading: 5 of 5 MB · 12.0 MB/s"),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long(doing: Doing, said: str) -> None:
    assert progress(doing) == said


@pytest.mark.parametrize(
    ("fit", "said"), [(Fit.TOO_LARGE, "this machine has 2 cores"), (Fit.TIGHT, "just now there is")]
)
def test_what_does_not_fit_is_marked_without_colour_too(fit: Fit, said: str) -> None:
    assert "!~1.6 GB" in str(line(changed(fit=fit), None, 80))
    assert said in str(details(changed(fit=fit), None, MACHINE))
    assert "!" not in str(line(MODEL, None, 80))
