"""Lines that hang beside what leads them: a number, and all that is said of it indented."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Hanging(Visual):
    """A content of several lines beside a short one.

    One widget that draws it costs a third of what three would, which a long conversation feels.

    Args:
        lead: stands before the first line.
        content: wrapped beside it.
    """

    def __init__(self, lead: Content, content: Content) -> None:
        self.lead = lead
        self.content = content

    def _room(self, width: int) -> int:
        return max(width - self.lead.cell_length, 1)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Both, without wrapping."""
        return self.lead.cell_length + self.content.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """The lead, and the longest word."""
        return self.lead.cell_length + self.content.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The height of the content where it hangs."""
        return self.content.get_height(rules, self._room(width))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines; of the lead nothing is selected."""
        lines = self.content.render_strips(self._room(width), height, style, options)
        plain = RenderOptions(options.get_style, options.rules, None, None)
        lead = self.lead.render_strips(self.lead.cell_length, 1, style, plain)
        blank = Strip.blank(self.lead.cell_length, style.rich_style)
        leads = [*lead[:1], *[blank] * (len(lines) - 1)]
        return [Strip.join([first, line]) for first, line in zip(leads, lines, strict=False)]
