"""Taking up an earlier conversation, or beginning a new one."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.constraints import limits
from assistant.engine.chat.areas import answers
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol.sessions import Resume, Resumed
from assistant.errors import MatineeError
from assistant.sessions.held import LIST_THEM


@answers(Resume)
def resume(core: ChatCore, request: Resume, _: CancelToken) -> Resumed:
    """Have the conversation go on from a session.

    Raises:
        MatineeError: there is no such session.
    """
    session_id = request.session_id
    if session_id is not None and not core.workspace.library.has_session(session_id):
        raise MatineeError("There is no such session.", session_id, LIST_THEM)
    core.go_on_with(session_id)
    standing = core.conversation.state.standing
    stand = limits(standing, standing.language) if standing is not None else ()
    return Resumed(session_id=session_id, limits=stand)
