"""The curves of `benchmarks.diversity`, as an SVG that reads on light and on dark pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

COLOURS = {"MMR": "#d1495b", "DPP": "#2a9d8f", "SSD": "#c98a1b", "Matinee": "#5b7fe0"}
"""Of middling lightness: they stand out against white and against near black."""
WIDTH, HEIGHT = 760, 380
PANEL_WIDTH, PANEL_HEIGHT = 300, 270
LEFT, TOP, BETWEEN = 60, 50, 70
PRICE = -2.0
"""Percent of nDCG: where the line is drawn."""
FARTHEST = -30.0
"""Percent of nDCG: what costs more is not shown."""
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #444 }
.title { font-weight: 600 }
.axis { stroke: #888; stroke-width: 1; fill: none }
.grid { stroke: #8884; stroke-width: 1 }
.price { stroke: #888; stroke-dasharray: 4 4 }
@media (prefers-color-scheme: dark) { text { fill: #ccc } }
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """One system over its parameter."""

    name: str
    points: tuple[tuple[float, ...], ...]
    """Changes in percent: of nDCG, of α-nDCG, of subtopic recall."""


def chart(curves: Sequence[Curve]) -> str:
    """Two panels: α-nDCG and subtopic recall, each over nDCG."""
    shown = [
        Curve(curve.name, tuple(p for p in curve.points if p[0] >= FARTHEST)) for curve in curves
    ]
    panels = [
        *_panel(shown, 1, LEFT, "α-nDCG@10"),
        *_panel(shown, 2, LEFT + PANEL_WIDTH + BETWEEN, "subtopic recall@10"),
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'aria-label="What variety costs in relevance">',
            f"<style>{_STYLE}</style>",
            *panels,
            *_legend(shown),
            "</svg>\n",
        ]
    )


def _panel(curves: Sequence[Curve], column: int, left: int, title: str) -> Iterator[str]:
    points = [point for curve in curves for point in curve.points]
    low, high = _round([point[0] for point in points] + [0.0])
    bottom, top = _round([point[column] for point in points] + [0.0])
    x = _scale(low, high, left, left + PANEL_WIDTH)
    y = _scale(bottom, top, TOP + PANEL_HEIGHT, TOP)
    yield f'<text class="title" x="{left}" y="{TOP - 12}">{escape(title)}, % over cosine</text>'
    for value in range(int(bottom), int(top) + 1, 10):
        at = y(value)
        yield f'<path class="grid" d="M{left} {at:.1f}h{PANEL_WIDTH}"/>'
        yield f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{value:+d}</text>'
    for value in range(int(low), int(high) + 1, 10):
        at, base = x(value), TOP + PANEL_HEIGHT
        yield f'<text x="{at:.1f}" y="{base + 18}" text-anchor="middle">{value:+d}</text>'
    yield f'<path class="axis" d="M{left} {TOP}v{PANEL_HEIGHT}h{PANEL_WIDTH}"/>'
    yield f'<path class="price" d="M{x(PRICE):.1f} {TOP}v{PANEL_HEIGHT}"/>'
    middle, under = left + PANEL_WIDTH / 2, TOP + PANEL_HEIGHT + 36
    yield f'<text x="{middle}" y="{under}" text-anchor="middle">nDCG@10, % over cosine</text>'
    for curve in curves:
        places = [(x(point[0]), y(point[column])) for point in curve.points]
        colour = COLOURS[curve.name]
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for across, down in places:
            yield f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{colour}"/>'


def _legend(curves: Sequence[Curve]) -> Iterator[str]:
    for number, curve in enumerate(curves):
        left = LEFT + 110 * number
        yield f'<path d="M{left} 14h22" stroke="{COLOURS[curve.name]}" stroke-width="3"/>'
        yield f'<text x="{left + 28}" y="18">{escape(curve.name)}</text>'


def _round(values: Sequence[float]) -> tuple[float, float]:
    """The nearest tens that hold all values."""
    return 10.0 * (min(values) // 10), 10.0 * -(-max(values) // 10)


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: start + (value - low) / (high - low) * (end - start)
