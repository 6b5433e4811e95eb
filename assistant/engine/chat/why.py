"""Why a pick was made, and why another video was not."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.chat.areas import answers
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol.why import ReportWhy, ReportWhyNot, WhyNotReported, WhyReported


@answers(ReportWhy)
def report_why(core: ChatCore, request: ReportWhy, _: CancelToken) -> WhyReported:
    """The account of a pick.

    Raises:
        MatineeError: the library cannot be read.
    """
    return WhyReported(report=core.conversation.why(request.pick, request.language))


@answers(ReportWhyNot)
def report_why_not(core: ChatCore, request: ReportWhyNot, _: CancelToken) -> WhyNotReported:
    """The account of a video that was not picked.

    Raises:
        MatineeError: the library or the embedding model cannot be used.
    """
    report = core.conversation.why_not(request.name, request.language, request.pick)
    return WhyNotReported(report=report)
