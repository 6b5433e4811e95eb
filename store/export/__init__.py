"""What the library holds, as files that other programs read and `matinee import` reads back."""

from __future__ import annotations

from store.export.layout import Format, Manifest, Table, read_manifest
from store.export.writing import export_library

__all__ = ["Format", "Manifest", "Table", "export_library", "read_manifest"]
