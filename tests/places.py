"""Where tests put what others than their user shall see."""

from __future__ import annotations

import tempfile
from pathlib import Path


def let_everybody_in(path: Path) -> None:
    """Open the folders of the tests that lie above `path` to every user; not `path` itself."""
    top = Path(tempfile.gettempdir())
    for parent in path.parents:
        if parent != top and parent.is_relative_to(top):
            parent.chmod(0o755)
