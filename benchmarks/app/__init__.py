"""Figures of the terminal app: how soon it is there, how long it stands still, what it stands."""
