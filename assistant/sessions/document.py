"""A session as JSON: nothing of it is lost, and it can be read again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from assistant.errors import MatineeError, problems_of
from assistant.sessions.held import HeldSession
from assistant.types import Value

VERSION = 1


class SessionDocument(Value):
    """The content of a file."""

    format: Literal["matinee-session"] = "matinee-session"
    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    """Of this schema."""
    written_at: datetime
    session: HeldSession


def as_document(session: HeldSession, now: datetime) -> str:
    """A session as JSON, indented."""
    return SessionDocument(written_at=now, session=session).model_dump_json(indent=2) + "\n"


def read_document(text: str) -> HeldSession:
    """The session in JSON that `as_document` wrote.

    Raises:
        MatineeError: it is none, or one of a newer version.
    """
    try:
        return SessionDocument.model_validate_json(text).session
    except ValidationError as error:
        problem = problems_of(error)[0]
        raise MatineeError("This is no session that can be read.", problem) from error
