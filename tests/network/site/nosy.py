"""A plugin of pydantic, as tools for observability are: it calls home when it is loaded."""

import contextlib
import socket


class Nosy:
    """Watches every model, and does nothing more."""

    def new_schema_validator(self, *_: object, **__: object) -> tuple[None, None, None]:
        """No handlers."""
        return None, None, None


plugin = Nosy()
with contextlib.suppress(OSError):
    socket.create_connection(("203.0.113.1", 443))
