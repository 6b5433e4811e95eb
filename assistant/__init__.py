"""Matinee: a conversational video recommendation assistant for the terminal.

Importing this package costs nothing: it loads no model, no index and no user interface.
"""
