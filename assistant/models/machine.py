"""What this machine has for models: cores, and memory."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_MEMINFO = Path("/proc/meminfo")
_AVAILABLE = re.compile(r"^MemAvailable:\s+(\d+) kB$", re.MULTILINE)
_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where Linux says what a container may take."""
_KILOBYTE = 1024


class Machine(BaseModel):
    """What there is."""

    model_config = ConfigDict(frozen=True)

    cores: int
    """That this process may run on."""
    memory: int
    """Bytes in all, or as many as this container may take; 0 where nobody says."""
    free: int | None = None
    """Bytes that could be taken now; None where nobody says."""


def look() -> Machine:
    """Ask the system."""
    memory = _all_memory()
    limits = [limit for path in _LIMITS if (limit := _number(path)) is not None]
    return Machine(
        cores=usable_cores(),
        memory=min([memory, *limits]) if memory else 0,
        free=_free(),
    )


def usable_cores() -> int:
    """The cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _all_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):  # a system that has not these names
        return 0


def _free() -> int | None:
    with suppress(OSError):
        if found := _AVAILABLE.search(_MEMINFO.read_text("utf-8")):
            return int(found[1]) * _KILOBYTE
    return None


def _number(path: Path) -> int | None:
    """The number in a file; None where there is no file, or another word (``max``) in it."""
    with suppress(OSError, ValueError):
        return int(path.read_text("utf-8"))
    return None
