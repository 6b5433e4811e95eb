"""How a training looks as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.relevance.report import Quality, Report
    from assistant.relevance.training import TooFew

_FIGURES = ("accuracy", "auc", "ndcg", "log_loss", "calibration_error")
_HEADINGS = ("accuracy", "AUC", "nDCG@10", "log-loss", "calibration error")
_WIDTH = 19
_FIRST = 14
_SHOWN_LOSSES = 6

_VERDICTS = {
    "takes_part": "It takes part in recommendations: its corrections count by {share:.0%}.",
    "no_better": "It takes no part: on held-out signals it is no better than the ranking"
    " without it.",
    "not_sure": "It takes no part: it is better in too few of the resamples ({better:.0%}; 90%"
    " are asked for).",
    "too_few_held_out": "It takes no part: too few liked videos could be held out to tell.",
}


def too_few(found: TooFew) -> dict[str, Any]:
    """What is said where there is too little to train on."""
    from assistant.relevance.training import LEAST_OPINIONS, LEAST_POSITIVES

    return {
        "problem": f"Too few signals to train on: {found.opinions} videos with an opinion,"
        f" {found.positives} of them liked; {LEAST_OPINIONS} are needed, {LEAST_POSITIVES} of"
        " them liked.\nSay what you think of some: matinee like ID, or import your history.",
        "opinions": found.opinions,
        "positives": found.positives,
        "needed": {"opinions": LEAST_OPINIONS, "positives": LEAST_POSITIVES},
    }


def as_text(report: Report) -> str:
    """A training on signals, as lines."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    counts = report.counts
    how = "the latest ones" if report.split == "latest" else "a quarter of them in turn"
    yield _row(
        "Learned from",
        f"{counts.signals} videos: {counts.positives} relevant, {counts.negatives} not;"
        f" {counts.drawn} drawn from the library as not relevant",
    )
    yield _row("Held out", f"{report.held_out} of the videos with an opinion: {how}")
    yield _row("Epochs", _losses(report.losses))
    yield _row("Seconds", f"{report.seconds:.1f}")
    yield ""
    yield _row("Held out", "".join(f"{name:>{_WIDTH}}" for name in _HEADINGS))
    yield _row("without it", _figures(report.fusion))
    yield _row("with it", _figures(report.model))
    gain, low, high = report.auc_gain
    yield (
        f"AUC {gain:+.3f} (95% interval {low:+.3f} to {high:+.3f}),"
        f" better in {report.better:.0%} of the resamples."
    )
    yield ""
    yield _VERDICTS[report.verdict].format(share=report.share, better=report.better)


def _row(name: str, text: str) -> str:
    return f"{name:<{_FIRST}}{text}"


def _figures(quality: Quality) -> str:
    return "".join(f"{getattr(quality, name):>{_WIDTH}.3f}" for name in _FIGURES)


def _losses(losses: Sequence[float]) -> str:
    """The number of epochs, and the loss at a few of them."""
    step = max(1, -(-len(losses) // _SHOWN_LOSSES))
    shown = [*losses[:-1:step], losses[-1]]
    return f"{len(losses) - 1}; loss {' → '.join(f'{loss:.3f}' for loss in shown)}"


# --- a labelled file ---------------------------------------------------------------------------


def file_as_text(data: Mapping[str, Any]) -> str:
    """A training on a labelled file, and what its model recommends, as lines."""
    return "\n".join([*_training(data), *_tested(data), *_videos(data)])


def _training(data: Mapping[str, Any]) -> Iterator[str]:
    if "pairs" not in data:
        return
    yield _row("Learned from", f"{data['pairs']} pairs, {data['relevant']} of them relevant")
    if data["skipped"]:
        yield _row("Skipped", f"{data['skipped']} lines")
    for epoch, loss in enumerate(data["losses"], 1):
        yield f"  epoch {epoch:<3} loss {loss:.4f}{_stopping(data['stopping_losses'], epoch)}"


def _stopping(losses: Sequence[float], epoch: int) -> str:
    return f"   held out {losses[epoch - 1]:.4f}" if losses else ""


def _tested(data: Mapping[str, Any]) -> Iterator[str]:
    if (test := data.get("test")) is None:
        return
    auc = "–" if test["auc"] is None else f"{test['auc']:.3f}"
    what = "held out" if data.get("tested_on") == "held_out" else "of the test file"
    yield (
        f"On {test['pairs']} pairs {what}: accuracy {test['accuracy']:.3f}"
        f" (always the most frequent: {test['most_frequent']:.3f}), AUC {auc},"
        f" log-loss {test['log_loss']:.3f}, calibration error {test['calibration_error']:.3f}"
    )


def _videos(data: Mapping[str, Any]) -> Iterator[str]:
    for rank, video in enumerate(data.get("videos", ()), 1):
        yield f"{rank}. {video['title']}  ({video['probability']:.2f}, {video['id']})"
