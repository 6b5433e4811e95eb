"""Hostile and mutated inputs through every importer and every place where text is shown.

usage: python -m benchmarks.bad_input [--inputs 20000] [--seconds S] [--seed N] [--small] [--keep F]

It prints how many inputs there were, and what must be 0: exceptions that nobody handles, control
bytes that reach the terminal, files touched outside the data folder. It ends with status 1 if any
of them is not.
"""
