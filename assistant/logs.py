"""The log: warnings and worse, and what libraries warn of."""

from __future__ import annotations

import logging


def log_to(handler: logging.Handler) -> None:
    """Send the log of this process to `handler` alone, so that a screen shows answers alone."""
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
