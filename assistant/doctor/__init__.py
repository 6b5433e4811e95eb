"""Looking at everything that Matinee needs and keeps, and mending what can be mended.

A `Check` looks at one thing and says what it found; `examine` makes them all, one after the other,
and never raises. Looking changes nothing: the library is opened for reading alone, of the index a
copy is looked into, and native code runs in processes of its own.
"""

from __future__ import annotations

from assistant.doctor.context import Context
from assistant.doctor.findings import Check, Finding, Repair, Row, State
from assistant.doctor.registry import CHECKS
from assistant.doctor.repairs import MENDERS
from assistant.doctor.runner import examine

__all__ = [
    "CHECKS",
    "MENDERS",
    "Check",
    "Context",
    "Finding",
    "Repair",
    "Row",
    "State",
    "examine",
]
