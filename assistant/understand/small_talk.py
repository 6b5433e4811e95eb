"""Small talk: a greeting, thanks, a mere yes. There is nothing to recommend on."""

from __future__ import annotations

import re

_GREETING = (
    r"(?:hi|hii+|hello|hey|heya|yo|hiya|good (?:morning|evening|afternoon|night|day)|greetings)"
    r"(?: (?:there|matinee|everyone|all|again))?"
)
_SMALL_TALK = (
    rf"(?:{_GREETING}|(?:how|what)(?:'s| is| are|s)? (?:you|u|it going|up|things|your day)"
    r"(?: (?:going|doing|today))*|how(?:'s| is) it going|nice to meet you|"
    r"(?:many |no )?(?:thanks|thx|thank you|thank u|ty|cheers)"
    r"(?: (?:so much|a lot|very much|again|you|for \w+(?: \w+){0,3}|that helps|anyway))*|"
    r"you(?:'re| are) (?:welcome|great|awesome|the best)|"
    r"(?:that|this|it|these|those|they)?(?:'s| is| was| are| were|'re)? ?(?:sounds?|looks?)? ?"
    r"(?:ok|okay|cool|great|nice|perfect|awesome|good|fine|lovely|wow|amazing|excellent|"
    r"interesting|fun|helpful)(?: (?:one|ones|idea|choice|picks?|suggestions?|to me))?|"
    r"why not|not (?:sure|really|yet|bad|much)|no (?:idea|problem|rush|worries|hurry|need|way)|idk|"
    r"i(?:'m| am) not sure|i don't know|yes|yeah|yep|yup|no|nope|nah|sure|right|lol|haha+|hm+|oh|"
    r"ah|aha|got it|i see|alright|never ?mind|nothing|not now|maybe later|later|"
    r"bye|goodbye|bye bye|good ?bye|see (?:you|ya)(?: later| soon)?|have a (?:good|great|nice) \w+|"
    r"what are you|who are you|who made you|what(?:'s| is) your name|are you (?:a|an) \w+|"
    r"i(?:'ll| will) (?:check|watch|try|give) (?:it|that|them|this)(?: (?:out|a try|a go|"
    r"tonight))?|test|testing|ping|there)"
)
_CHAT = re.compile(
    rf"\W*(?>{_SMALL_TALK}\b[\W_]*)*+"
    r"(?>(?:你好|您好|嗨|哈喽|早上好|晚上好|下午好|早安|晚安|大家好|谢谢你?|多谢|感谢|不用了|"
    r"没事了?|再见|拜拜|好的?|好吧|嗯+|哦+|行|可以|不错|太好了|知道了|明白了?|"
    r"你是谁|你叫什么(?:名字)?|哈+|算了|在吗|吗|呀|啊|啦|了|吧)[\W_]*)*+",
    re.IGNORECASE,
)


def is_chat(text: str) -> bool:
    """Whether nothing in `text` could be recommended on: a greeting, thanks."""
    return _CHAT.fullmatch(text) is not None
