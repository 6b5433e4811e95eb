"""Backups: everything that the library holds in one file, and back."""

from __future__ import annotations

from store.backup.foreign import Gate
from store.backup.manifest import Counts, Manifest, NoBackupError
from store.backup.restoring import Offer, Restored, restore
from store.backup.writing import back_up

__all__ = [
    "Counts",
    "Gate",
    "Manifest",
    "NoBackupError",
    "Offer",
    "Restored",
    "back_up",
    "restore",
]
