"""Work that may block without end, given up at once when the person says so."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.cancel import CancelToken

_Item = TypeVar("_Item")
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class _Ended(Generic[_Item]):
    error: BaseException | None


def read_ahead(
    source: Callable[[], Generator[_Item]], cancel: CancelToken, *, depth: int = 16
) -> Generator[_Item]:
    """What `source` yields, read by a thread of its own.

    Neither a name that is being looked up nor a server that says nothing can be interrupted. The
    thread is left to its own time limits then; what it yields afterwards goes nowhere.

    Args:
        source: makes the generator, which runs, and is closed, in the other thread.
        cancel: looked at twenty times a second.
        depth: how many items may wait.

    Raises:
        Cancelled: as soon as `cancel` is set.
        BaseException: whatever the generator raised.
    """
    waiting: queue.Queue[_Item | _Ended[_Item]] = queue.Queue(maxsize=depth)
    abandoned = threading.Event()

    def hand_over(item: _Item | _Ended[_Item]) -> bool:
        while not abandoned.is_set():
            try:
                waiting.put(item, timeout=_LOOK_EVERY_S)
            except queue.Full:
                continue
            return True
        return False

    def run() -> None:
        error: BaseException | None = None
        try:
            with closing(source()) as items:
                for item in items:
                    if not hand_over(item):
                        return
        except BaseException as raised:  # raised again where it is waited for
            error = raised
        hand_over(_Ended(error))

    threading.Thread(target=run, name="download", daemon=True).start()
    try:
        while True:
            cancel.check()
            try:
                item = waiting.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                continue
            if isinstance(item, _Ended):
                if item.error is not None:
                    raise item.error
                return
            yield item
    finally:
        abandoned.set()
