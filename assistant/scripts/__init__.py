"""Scripted conversations: a YAML file of turns and of what must hold after each.

Written by users and by our own tests alike.
"""

from assistant.scripts.format import Script, read
from assistant.scripts.runner import ScriptReport, run

__all__ = ["Script", "ScriptReport", "read", "run"]
