"""How fast long work goes, and how long it will still take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_S = 10.0
"""What lies longer back does not count: a connection changes its speed."""
_FEWEST_S = 0.5
"""In less, a burst looks like a speed."""
_MINUTE = 60
_HOUR = 3600


class Pace:
    """Steps a second over the last `WINDOW_S`, and the time that those left take at that.

    Args:
        clock: seconds, which never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def reached(self, done: int) -> None:
        """Say how many steps are done. Fewer than before: the work began anew."""
        now = self._clock()
        if self._seen and done < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW_S:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """Steps a second; None while that is not known."""
        if not self._seen:
            return None
        (began, first), (_, last) = self._seen[0], self._seen[-1]
        spent = self._clock() - began
        return (last - first) / spent if spent >= _FEWEST_S else None

    def left_s(self, total: int) -> float | None:
        """Seconds until `total` steps are done; None while that is not known."""
        pace = self.per_second
        if not pace:
            return None
        return max(total - self._seen[-1][1], 0) / pace


def duration(seconds: float) -> str:
    """A time to wait, no more exactly than it is known: ``40 s``, ``12 min``, ``1 h 05 min``."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{round(whole / _MINUTE)} min"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02d} min"
