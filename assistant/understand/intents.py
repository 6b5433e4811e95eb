"""What a message asks for beside its wish, and how it hangs together with what stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Dial
from assistant.understand.reading import MASK, Span

_TAIL = rf"[^\w{MASK}]*$"
"""Nothing more: neither words nor what is understood already."""
_ELSE = re.compile(
    r"\b(?:(?:something|anything|someone|what|show me what) else|(?:any|some|the|show me|give me) "
    r"others?\b|other (?:ones|options?|suggestions?|ideas?|picks?|recommendations?|choices|results|"
    r"videos?|films|movies)|different (?:ones?|options?|suggestions?|picks?)|"
    r"another(?: (?:one|pick|suggestion|option|recommendation|idea|batch|round|set))?"
    r"(?=\s*(?:$|[^\w\s]|please\b|but\b))|"
    rf"(?:show|give|find|recommend|tell)(?: me| us)? (?:\w+ )?more(?= please|{_TAIL})|"
    r"(?:any )?more (?:options?|suggestions?|ideas?|picks?|recommendations?|please|results)|"
    r"none of (?:these|those|them)|not (?:these|those)(?: ones)?|"
    rf"next(?: ones?| batch| page)?(?={_TAIL})|try again|keep going|go on|again please)"
    rf"|^\W*(?:(?:some |even )?more|next|again|others?|another){_TAIL}|^\W*{MASK}+ more\b"
    r"|换一?[批个些几部组]|换(?:别的|其他的?)|再换|下一[批页个组]|"
    r"还有(?:别的|其他的?|什么)?[吗么]?(?=\W|$)|还有没有(?:别的|其他的?)|"
    r"再来(?:几|一些?|点|一批)?[个部条]?(?=\W|$)|(?:来点|要|"
    r"看)?(?<![特区性个级类判差告离分])(?:别的|其他的|其它的|另外的)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:surprise me|(?:i |we )?(?:don't know|no idea|not sure) what (?:to|i should|"
    r"we should) (?:watch|see)|what (?:should|can|could|shall|do) (?:i|we) (?:watch|see)|"
    r"what (?:do|would|can|could|should) you (?:recommend|suggest)(?! (?:for|on|about)\b)|"
    r"what(?:'s| is) good|something (?:good )?to watch|"
    r"anything (?:good|goes|is fine|will do)|whatever|"
    r"i(?:'m| am) (?:so )?bored|(?:recommend|suggest|show|find|give|pick)(?: me|"
    r" us)? (?:something|anything|some|a few|stuff)"
    rf"(?: (?:good|nice|great|interesting|fun))?(?= (?:to watch|please|tonight|for me|now)\b|"
    rf"{_TAIL})|(?:recommend|suggest)(?: me)?(?={_TAIL})|any (?:good )?(?:recommendations?|"
    rf"suggestions?|ideas))"
    rf"|随便|有什么(?:好看|推荐|值得看)的?|看(?:点|些)?什么好?|无聊|"
    rf"推荐(?:一下|点|几个|一些)?(?:吧|呗)?(?={_TAIL})",
    re.IGNORECASE,
)
_DIALS: tuple[tuple[re.Pattern[str], Dial], ...] = (
    (
        re.compile(
            r"\b(?:surprise me|something (?:\w+ )?(?:unexpected|surprising|completely different|"
            r"out of the ordinary|(?:\w+ )?different (?:from|to|than) (?:what i|my|the) usual\w*"
            r"(?: \w+)?|i(?:'d| would) never (?:pick|watch|choose))|"
            r"(?:out(?:side)? of|outside) my (?:comfort zone|bubble|usual \w+))\b"
            r"|随便|(?:给我)?(?:一?个|点|一些)?惊喜|"
            r"意想不到|出乎意料",
            re.IGNORECASE,
        ),
        Dial.EXPLORE,
    ),
    (
        re.compile(
            r"\b(?:something (?:safe|familiar)|a safe (?:bet|pick|choice)|(?:my|"
            r"the) usual(?: stuff)?|comfort (?:watch|viewing)|in(?:side)? my comfort zone)\b|"
            r"老样子|稳妥|熟悉的",
            re.IGNORECASE,
        ),
        Dial.FAMILIAR,
    ),
)

_EXTENDS = re.compile(
    r"^\W*(?:(?:oh|ah|ok|okay|yes|yeah|hmm+|well|nice|great|good|cool|perfect|actually(?= make it)|"
    r"好的?|嗯)[\s,.!，。]+)*"
    r"(?:(?:and|but|also|plus|or|only|with|by|featuring|starring|preferably|ideally|even|make it|"
    r"maybe with|as long as)\b"
    r"|但是?|不过|而且|并且|还要|也要|最好|另外|加上|或者|只要)"
    r"|^\W*[^，。？]{1,12}题材的?\W*$",
    re.IGNORECASE,
)
_COMPARATIVE = (
    r"(?:funnier|lighter|darker|scarier|happier|sadder|slower|faster|calmer|quieter|simpler|easier|"
    r"harder|deeper|smarter|sillier|weirder|stranger|gentler|softer|warmer|cosier|cozier|tenser|"
    r"grittier|bloodier|milder|nicer|better|tougher|kinder|sweeter|crazier|wilder|bleaker|cuter)"
)
_COMPARES = re.compile(
    r"^\W*(?:(?:but|and|something|one|that's|that is|which is|maybe|a (?:bit|little)|much|even|"
    r"make it|slightly)\s+)*"
    rf"(?:(?:more|less|not (?:so|as|too))\s+[\w-]+(?:\s+[\w-]+)?"
    rf"|{_COMPARATIVE}(?:\s+(?:and|but)\s+[\w-]+)?)(?:\s+(?:please|ones?|to (?!me\b)\w+))?\W*$"
    r"|^\W*(?:the )?(?:newest|latest|oldest|shortest|longest|best|most \w+)(?: ones?)? first\W*$",
    re.IGNORECASE,
)
_PROPOSES = re.compile(r"^\W*(?:well |so |and |then )?why not\b(?=\W*\w)", re.IGNORECASE)
_BUT = re.compile(rf"^[\W{MASK}]*(?:again\W+)?(?:but|only|just|except)\b|^\W*但", re.IGNORECASE)
_INSTEAD = re.compile(
    r"^\W*(?:(?:what |how )?about|why not|on|maybe(?! with)|actually|rather)\b|\binstead\b(?! of)|"
    r"^\W*那.{1,20}呢\W*$|换成|改成",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:recommend|suggest|show|find|give|looking for|search(?:ing)? for|i(?:'d| would) like|"
    r"i want|can you|could you)\b|推荐|给我|我想看|找",
    re.IGNORECASE,
)


def asks_for_else(text: str) -> tuple[Span, ...]:
    """Where `text` asks for other picks than the last ones."""
    return tuple(found.span() for found in _ELSE.finditer(text))


def proposal(text: str) -> tuple[Span, ...]:
    """Where `text` proposes something: "why not a documentary?"."""
    return tuple(found.span() for found in _PROPOSES.finditer(text))


def extends_else(text: str) -> bool:
    """Whether what is left of a wish for other picks says how they should differ: "…, but …"."""
    return bool(_BUT.match(text))


def open_request(text: str) -> tuple[Span, ...]:
    """Where `text` asks for anything good: "surprise me", "what should I watch?"."""
    return tuple(found.span() for found in _OPEN.finditer(text))


def read_dial(text: str) -> tuple[Dial | None, tuple[Span, ...]]:
    """How far from the known `text` wants the picks, if it says so, and where."""
    for pattern, dial in _DIALS:
        if spans := tuple(found.span() for found in pattern.finditer(text)):
            return dial, spans
    return None, ()


def extends(text: str) -> bool:
    """Whether a message goes on with what stands: "and …", "but …", "funnier", "more action".

    "Like Alien but older", with its title masked, does not: it begins with something to go by.
    """
    if text.lstrip().startswith(MASK):
        return False
    return bool(_EXTENDS.search(text) or _COMPARES.fullmatch(text))


def replaces(text: str) -> bool:
    """Whether a message puts another subject in the place of the one that stands."""
    return bool(_INSTEAD.search(text))


def is_complete(text: str, dimensions: Sequence[str]) -> bool:
    """Whether a message without a wish is a request of its own, not a change to what stands.

    "Show me French films" is; "in French" and "I want a documentary" are not.
    """
    return bool(_ASKS.search(text)) and "kind" in dimensions and len(dimensions) > 1
