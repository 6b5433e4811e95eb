"""How claims are made in English."""

# ruff: noqa: E501 - a pattern in two pieces is harder to read than a long one

from __future__ import annotations

import re

from assistant.explain.claims.idiom import Check, Idiom, LengthForm, Rule
from assistant.explain.claims.marks import CHANNEL, MARK, PERSON, QUOTE, TITLE
from assistant.explain.claims.numbers import How
from assistant.languages import LANGUAGE_NAMES
from assistant.types import Kind
from store.stop_words import STOP_WORDS

_A_TITLE = rf"(?:\b(?:the|a|an|that|your|other|film|movie|talk|video|series|show|lecture|documentary) )*{TITLE}"
_TITLES = rf"(?P<of>{_A_TITLE}(?:,? (?:and|or) {_A_TITLE}|, {_A_TITLE})*)"
_MARKS = rf"(?:\b(?:the|a|an) )*{MARK}(?:(?:,| and| or|, and) {MARK})*"
_WORDS = rf"(?:(?! (?:and|but|so|which|because|while|where) |, )[^.;:!?{MARK[1:-1]}])+"
_OF = rf"(?P<of>{_MARKS}|{_WORDS})"
_THIS = r"(?:this|it|this one|this (?:film|movie|talk|video|series|pick))"
_YOU = r"\byou(?:'ve| have)?(?: also| once| already| just| had| do| did)*"
_LIKE = r"(?:liked|like|enjoyed|enjoy)"
_SAY = (
    r"(?:named|name|mentioned|mention|brought up|said|say|asked (?:for|about)|ask (?:for|about)|"
    r"wanted|want|requested|(?:were|are) (?:looking|searching) for|searched for|looked for)"
)
_LENGTH_WORD = r"\d[\d,.]*|an?|half an|one|two|three|four|five|ten|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
_HOW = (
    r"about|around|roughly|nearly|almost|under|below|less than|fewer than|shorter than|within|"
    r"at most|up to|no more than|over|above|more than|longer than|at least|no less than"
)


def _rule(check: Check, pattern: str) -> Rule:
    return Rule(check, re.compile(pattern, re.IGNORECASE))


_RULES = (
    # What must be seen before anything is taken out.
    _rule(
        Check.SUPERLATIVE,
        r"\b(?:among|one of) the (?P<of>best|greatest|finest|funniest|top|most \w+)\b",
    ),
    _rule(
        Check.IDENTITY,
        rf"(?:\b(?:is|was|are|be|called|titled|entitled|namely|known as|watch|see|try|enjoy|here's|recommend)"
        rf"|{_THIS}'s|\bit's|:|—) (?:in fact |really |actually |none other than )*(?P<of>{_A_TITLE})"
        rf"(?!,? (?:is|lies|which is) (?:near|close|similar))",
    ),
    _rule(
        Check.OF_ANOTHER,
        rf"(?P<of>{TITLE}),? (?:(?:which|that|who) )?"
        r"(?:runs|lasts|has|stars|features|covers|explores|won|tells|follows|takes|"
        r"(?:is|was)(?! (?:near|close|similar|not far|a neighbour|a near neighbour|in your|one of|"
        r"among|what you|which you|on your)))\b",
    ),
    _rule(
        Check.OTHERS,
        rf"\b(?:other )?(?:people|those|others|viewers|who)(?: who)? (?:often )?{_LIKE} {_TITLES}"
        rf",? (?:they )?(?:also |often |tend to |tended to )*{_LIKE} {_THIS}(?: too| as well)?",
    ),
    _rule(
        Check.OTHERS,
        rf"\b(?:often )?{_LIKE} by (?:people|those|others|viewers) who {_LIKE} {_TITLES}",
    ),
    _rule(
        Check.OTHERS,
        rf"\b(?:others|other people|people) (?:often )?{_LIKE} {_THIS} (?:together|along) with {_TITLES}",
    ),
    # What the viewer did.
    _rule(
        Check.NOTHING,
        rf"\byou(?: might| may| could)(?: also| well)* (?:{_LIKE}|want|try|watch|see)"
        r"(?: to (?:see|watch|try))?(?: this| it| that| them)?(?: one)?(?: too| as well| next)?\b(?! {TITLE})",
    ),
    _rule(
        Check.ASKED,
        r"\b(?P<of>as|what|like|just as) you (?:asked(?: for)?|wanted|requested|said)\b",
    ),
    _rule(
        Check.VIEWER,
        rf"{_YOU} (?P<of>(?:really |truly |absolutely )?(?:loved?|adored?|always|never|hated?|disliked?|"
        rf"keep|prefer\w*|often|usually|need|deserve|can't)[^.;!?]*)",
    ),
    _rule(Check.WATCHED, rf"{_YOU} (?:watched|seen|saw|finished|viewed) {_OF}"),
    _rule(
        Check.WATCHED,
        rf"{_TITLES},? (?:(?:which|that) )?{_YOU} (?:watched|seen|saw|finished|viewed)",
    ),
    _rule(Check.TOLD, rf"{_YOU} (?:told me|tell me|said about yourself)(?: that)?,? {_OF}"),
    _rule(Check.LIKED, rf"{_YOU} {_LIKE}(?: watching)? {_OF}"),
    _rule(Check.LIKED, rf"{_TITLES},? (?:(?:which|that) )?{_YOU} {_LIKE}"),
    _rule(
        Check.LIKED,
        rf"{_TITLES},? (?:one of|among|from) (?:the (?:things|videos|films) you {_LIKE}|your likes)",
    ),
    _rule(Check.LIKED, rf"\b(?:one of|among|of) your likes,?(?: is)? {_TITLES}"),
    _rule(Check.LIKED, rf"\byour (?:liking|like) (?:for|of) {_OF}"),
    _rule(
        Check.HISTORY,
        rf"{_TITLES},? (?:(?:which|that) )?(?:is |are )?(?:in|from|on) your (?:history|watch history)",
    ),
    _rule(Check.HISTORY, rf"\byour (?:watch )?history (?:has|includes|contains) {_TITLES}"),
    _rule(Check.NAMED, rf"{_TITLES},? (?:(?:which|that) )?{_YOU} {_SAY}"),
    _rule(Check.NAMED, rf"(?P<of>{PERSON}),? (?:(?:whom|who|which|that) )?{_YOU} {_SAY}"),
    _rule(
        Check.ASKED,
        rf"(?P<of>{QUOTE}(?:(?:,| and|, and) {QUOTE})*),? (?:(?:which|that) )?{_YOU} {_SAY}",
    ),
    _rule(Check.ASKED, rf"\byour (?:request|search|wish|question|asking)(?: for| about)? {_OF}"),
    _rule(
        Check.ASKED,
        rf"{_YOU} {_SAY}(?: something| anything| a film| a talk)?(?: about| on| like)? {_OF}",
    ),
    _rule(Check.INTEREST, rf"\byour (?:\w+ )?interests? (?:in|for|of) {_OF}"),
    _rule(Check.INTEREST, rf"{_YOU} (?:are|'re) (?:into|interested in) {_OF}"),
    _rule(Check.INTEREST, rf"(?P<of>{QUOTE}),? one of your interests"),
    _rule(Check.INTEREST, rf"\bone of your interests is (?P<of>{QUOTE})"),
    _rule(
        Check.NOTHING,
        r"\b(?:in|from) your (?:library|collection)\b|\b(?:for|to) you\b|\byour (?:likes|request|list|search)\b|"
        r"\byou can (?:watch|see)\b|\bif you(?:'d| would)? (?:like|want)(?: to)?\b",
    ),
    # Nearness.
    _rule(Check.COMPARED, rf"\b(?P<how>shorter|longer|newer|older) than {_TITLES}"),
    _rule(
        Check.NEAR,
        rf"\b(?:(?:very |quite |pretty )?(?:close|near(?:er|est)?|next|akin|similar|related|comparable)(?: in meaning)?(?: to)?|"
        rf"like|just like|much like|not far from|isn't far from|reminiscent of|resembles|resembling|"
        rf"in the (?:vein|spirit|style|direction) of|along the lines of|(?:a )?(?:near )?neighbou?r of|"
        rf"goes with|goes together with|starting from) {_TITLES}",
    ),
    _rule(
        Check.NEAR,
        rf"{_TITLES},? (?:which )?(?:is|lies|sits) (?:also )?(?:near|close|similar|not far)(?: to| from)?(?: {_THIS})?",
    ),
    _rule(
        Check.NEAR, rf"{_TITLES},? (?:which )?{_THIS} (?:is|lies) (?:close|near|similar)(?: to)?"
    ),
    _rule(
        Check.NEAR_WORDS,
        rf"\b(?:close|near|nearest|similar)(?: in meaning)?(?: to)? (?P<of>{QUOTE})",
    ),
    # People.
    _rule(
        Check.NOT_A_ROLE,
        rf"\b(?:directed|written|produced|composed|animated|edited|narrated|hosted) by (?P<of>{PERSON}|[A-Z]\w+(?: [A-Z]\w+)*)",
    ),
    _rule(
        Check.NOT_A_ROLE,
        rf"\b(?:starring|stars|directing|directs|plays|acted by|acting|played by) (?P<of>{PERSON}|[A-Z]\w+(?: [A-Z]\w+)*)",
    ),
    _rule(
        Check.NOT_A_ROLE,
        rf"(?P<of>{PERSON}) (?:stars|plays|acts|directs|directed|wrote|sings|appears|won|is the director)",
    ),
    _rule(
        Check.ABOUT_PERSON,
        rf"\b(?:about|on|the life of|the story of|portrait of|biography of) (?P<of>{PERSON})",
    ),
    _rule(
        Check.BY,
        rf"\b(?:given|presented|delivered|held|taught)? ?by (?P<of>{PERSON}(?:(?:,| and|, and) {PERSON})*)",
    ),
    _rule(Check.BY, rf"(?P<of>{PERSON}(?:(?:,| and|, and) {PERSON})*)'s?(?= )"),
    _rule(
        Check.BY,
        rf"(?P<of>{PERSON}(?:(?:,| and|, and) {PERSON})*) (?:gives|gave|presents|speaks|talks|explains|discusses|covers|shows|looks|explores)\b",
    ),
    _rule(
        Check.CREDITED,
        rf"\b(?:with|from|featuring|credits|crediting|include|includes|names|name) (?P<of>{PERSON}(?:(?:,| and|, and) {PERSON})*)",
    ),
    _rule(
        Check.CREDITED,
        rf"(?P<of>{PERSON})(?: in (?:it|the credits|its credits)| is credited| credited|,? who is credited)",
    ),
    _rule(Check.NOTHING, rf"{CHANNEL}"),
    _rule(Check.RANK, r"(?:#|\bnumber |\bno\. ?)(?P<of>\d+)\b(?! views)"),
    _rule(
        Check.RANK,
        r"\b(?:the|my|your) (?P<of>first|second|third|fourth|fifth|top|best) (?:pick|choice|match|place|recommendation|result)\b",
    ),
    # Comparisons and denials that nothing can be set against.
    _rule(
        Check.NOTHING,
        r"\bamong the nearest(?: in meaning)?\b|\b(?:at|so) (?:last|far)\b|\bonce more\b|\bone more\b|\bwhat's more\b|\bnot far\b",
    ),
    _rule(
        Check.SUPERLATIVE,
        r"\b(?P<of>(?:the )?(?:more|most|less|least|best|better|worst|worse|first|last|only|top|"
        r"newest|newer|oldest|older|shortest|shorter|longest|longer|latest|greatest|biggest|largest|"
        r"funniest|finest|highest|deepest|closest|nearest|perfect(?:ly)?|ultimate|unique|the \w+(?<!t)(?<!r)(?<!qu)est|\w+er than|"
        r"as \w+ as|all|every|everyone|everybody|always|ever|each|any|award\w*|famous|popular|must-see|masterpiece|classic|acclaimed|beloved))\b",
    ),
    _rule(
        Check.DENIAL,
        r"\b(?P<of>(?:not|never|no|none|without|nothing|nobody|neither|nor|cannot|hardly|unlike|except)\b(?: \w+)?|\w+n't\b(?: \w+)?)",
    ),
    _rule(
        Check.VIEWER, r"\b(?P<of>you(?:'\w+)?|your|yours|yourself|we|our|us|my|everyone)\b(?: \w+)?"
    ),
)

_ALL = frozenset(Kind)
_KIND_WORDS = {
    "film": {Kind.FILM}, "movie": {Kind.FILM}, "feature": {Kind.FILM}, "series": {Kind.SERIES},
    "episode": {Kind.EPISODE}, "show": {Kind.SERIES}, "documentary": {Kind.DOCUMENTARY}, "talk": {Kind.TALK},
    "presentation": {Kind.TALK}, "lecture": {Kind.LECTURE}, "course": {Kind.COURSE},
    "tutorial": {Kind.TUTORIAL}, "workshop": {Kind.TUTORIAL}, "music": {Kind.MUSIC},
    "song": {Kind.MUSIC}, "concert": {Kind.MUSIC}, "comedy": {Kind.COMEDY}, "short": {Kind.SHORT},
    "clip": {Kind.VIDEO, Kind.SHORT}, "video": set(_ALL), "keynote": set[Kind](), "biography": set[Kind](),
    "adaptation": set[Kind](), "sequel": set[Kind](), "remake": set[Kind](),
}  # fmt: skip
_GLUE_WORDS = """
pick picked picks choice chosen choose recommend recommended recommending recommendation suggestion
suggest suggested reason reasons came come comes brought brings led leads found find finds look
looking looks turned turns match matches matching fit fits fitting goes go going belongs close near
nearby similar related direction mind keeping kept library list credits credited credit people
person names name named word words text title titled tag tags tagged mention mentions mentioned
mentioning cover covers covering discuss discusses discussing explore explores exploring touch
touches touching talk talks talking deal deals about subject subjects topic topics run runs running
last lasts long length take takes minute minutes year view views record language channel interest
interests watch watching see seeing one ones here there also too besides thing things way side
speaker speakers includes include including included features featuring because since kind sort
neighbour neighbor another other others someone something together along made dates dated released
release given gives give presented presents spoken speaks describes described description write
written says called
"""

ENGLISH = Idiom(
    language="en",
    rules=_RULES,
    lengths=LengthForm(
        re.compile(
            rf"(?:\b(?P<how>{_HOW})(?: the| your)? )?(?<![\w.,])(?P<n>{_LENGTH_WORD})[ -]?(?P<unit>hours?|hrs?|h|minutes?|mins?|seconds?)\b"
            rf"(?:(?:,| and)? ?(?P<n2>\d+|half|a half|{_LENGTH_WORD}) ?(?:minutes?|mins?|m)?\b)?(?:[ -]long\b)?",
            re.IGNORECASE,
        ),
        {"h": 3600, "m": 60, "s": 1},
    ),
    years=re.compile(
        r"(?:\b(?P<how>not before|not after|from|in|of|since|after|before|until|around|made in|released in|dated)(?: the)? "
        r"|\b(?P<topic>about|set in|on|during|set during)(?: the)? )?(?<![\w.,])(?P<y>(?:18|19|20|21)\d\d)(?P<s>'?s)?\b",
        re.IGNORECASE,
    ),
    counts=re.compile(
        rf"(?:\b(?P<how>{_HOW}) )?(?<![\w.,])(?P<n>\d[\d,.]*|an?) ?(?P<scale>thousand|million|billion|k|m|bn)?"
        r" (?P<what>views|likes|viewers|people)\b",
        re.IGNORECASE,
    ),
    scales={
        "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000,
        "billion": 1_000_000_000, "bn": 1_000_000_000,
    },
    likes=frozenset({"likes"}),
    hows={
        "about": How.ABOUT, "around": How.ABOUT, "roughly": How.ABOUT, "nearly": How.ABOUT,
        "almost": How.ABOUT, "under": How.BELOW, "below": How.BELOW, "less than": How.BELOW,
        "fewer than": How.BELOW, "shorter than": How.BELOW, "within": How.MOST,
        "at most": How.MOST, "up to": How.MOST, "no more than": How.MOST, "over": How.ABOVE,
        "above": How.ABOVE, "more than": How.ABOVE, "longer than": How.ABOVE,
        "at least": How.LEAST, "no less than": How.LEAST, "not before": How.LEAST,
        "since": How.LEAST, "after": How.ABOVE, "before": How.BELOW, "until": How.MOST,
        "not after": How.MOST,
    },
    numerals={
        "a": 1, "an": 1, "one": 1, "half": 0.5, "a half": 0.5, "half an": 0.5, "two": 2, "three": 3,
        "four": 4, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "ninety": 90, "first": 1, "top": 1, "best": 1, "second": 2, "third": 3,
        "fourth": 4, "fifth": 5,
    },
    kinds={
        form: frozenset(kinds)
        for word, kinds in _KIND_WORDS.items()
        for form in (word, word + "s", word[:-1] + "ies")
    },
    glue=(STOP_WORDS | frozenset(_GLUE_WORDS.split()))
    - {name.casefold() for names in LANGUAGE_NAMES.values() for name in names},
)  # fmt: skip
"""English."""
