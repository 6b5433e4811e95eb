"""Taking up what the last answer offered: "yes", "ok, do that", 好的."""

from __future__ import annotations

import re

_YES = (
    r"(?:yes|yeah|yep|yup|ya|ok|okay|k|sure|please|please do|do (?:it|that)|go ahead|go for it|"
    r"why not|sounds (?:good|great|fine)|(?:that(?:'s| is| would be)? |that works|works for me)?"
    r"(?:fine|good|great|perfect|ok)|that works|alright|all right|right|let's (?:do|try) (?:that"
    r"|it|"
    r"those)|show (?:me )?(?:them|those|that|it)|of course|absolutely|definitely|by all means|"
    r"i(?:'ll| will) take (?:it|them|that|those)|cool|thanks|thank you)"
)
_TAKEN = re.compile(
    rf"^\W*(?:{_YES}\b\W*)+$"
    r"|^\W*(?:(?:好的?|行|可以|嗯+|要|是的?|没问题|就这样|那就这样|当然|来吧|那好|好啊|好吧"
    r"|给我看看|谢谢)"
    r"(?:吧|啊|呀|了|的)?[\W_]*)+$",
    re.IGNORECASE,
)
_THANKS_ALONE = re.compile(r"^\W*(?:thanks|thank you|谢谢|cool|right)\W*$", re.IGNORECASE)


def takes_offer(text: str) -> bool:
    """Whether `text` says yes to an offer, and no more."""
    return bool(_TAKEN.match(text)) and not _THANKS_ALONE.match(text)
