"""Matinee: a conversational video recommendation assistant for the terminal.

Importing this package loads no model, no index and no user interface. It keeps dependencies off
the network: they read their switches as soon as they are loaded.
"""

from assistant.startup import stay_offline

stay_offline()
