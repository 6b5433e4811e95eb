"""What was entered before, to be recalled and edited."""

from __future__ import annotations


class Recall:
    """The entered texts, the place of the one that is shown, and what was changed in each.

    The last place is that of the text which is being written.
    """

    def __init__(self) -> None:
        self._entered: list[str] = []
        self._changed: dict[int, str] = {}
        """By place; kept until something is entered."""
        self._place = 0

    def enter(self, text: str) -> None:
        """Remember a text, and begin a new one."""
        if not self._entered or self._entered[-1] != text:
            self._entered.append(text)
        self._changed = {}
        self._place = len(self._entered)

    def go(self, step: int, shown: str) -> str | None:
        """The text so many places on; None where there is none.

        Args:
            step: negative for earlier ones.
            shown: what stands in the prompt now: it is there again when one comes back.
        """
        place = self._place + step
        if not 0 <= place <= len(self._entered):
            return None
        self._changed[self._place] = shown
        self._place = place
        return self._changed.get(place, [*self._entered, ""][place])
