"""Scripted conversations: YAML files of turns and of what must hold after each.

Written by users and by our own tests alike.
"""

from assistant.scripts.format import Script
from assistant.scripts.loading import load, read
from assistant.scripts.reports import ScriptReport, StepReport
from assistant.scripts.runner import Runner, run

__all__ = ["Runner", "Script", "ScriptReport", "StepReport", "load", "read", "run"]
