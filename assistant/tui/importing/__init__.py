"""Bringing one's own videos: where they are, the import, what came of it."""
