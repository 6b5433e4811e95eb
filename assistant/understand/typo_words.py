"""The words of the rules, to which typing errors are corrected, and how they are shortened."""

from __future__ import annotations

from assistant.languages import LANGUAGE_NAMES

_WORDS = """
    about above action actually adventure after again ago all almost also and animated animation
    another any anything april around august avoid before below best between black boring both but
    can channel choose classic classics clips comedies comedy compare concert concerts could course
    courses crime days decade decades december different directed director documentaries
    documentary drama dramas dubbed earlier easier eight eighties either eleven else english
    episode episodes except family fantasy favorite favourite feature featuring february fewer
    fifteen fifties fifty film films find five forget forty four friday from funnier funny ghost
    give good great half happy hate have heist hello help here historical history horror hour hours
    hundred instead interesting january july june just kids know language languages last latest
    least lecture lectures length less lighter like longer looking love made march maximum maybe
    minimum minute minutes modern monday month months more most movie movies music musical musicals
    mystery never newer newest nine nineties ninety nothing november october older once only other
    over part people please podcast posted prefer presentation presentations published quick rather
    really recent recently recommend recommendation recommendations released remember romance
    romantic saturday scary science second seconds seen september series serious seven seventies
    short shorter shortest shorts should show shows similar since sitcom sitcoms sixties sixty some
    someone something soundtrack starring starting stop subtitles suggest suggestion suggestions
    sunday surprise talk talks technical tell than thank thanks that their them these third
    thirties thirty this those three thriller thrillers thursday today tonight trailer tuesday
    tutorial tutorials twelve twenties twenty under unless until uploaded very video videos
    violence violent want watch watched wednesday week weeks western westerns what when where which
    whole with within without would yeah year years yesterday zombie
"""
VOCABULARY = frozenset(_WORDS.split()) | {
    name.casefold() for name, _ in LANGUAGE_NAMES.values() if name.isalpha()
}
"""Words in small letters."""

SHORTHAND = {
    "abt": "about", "aint": "isn't", "arent": "aren't", "b4": "before", "bout": "about",
    "cant": "can't", "cuz": "because", "didnt": "didn't", "docu": "documentary",
    "docus": "documentaries", "doesnt": "doesn't", "dont": "don't", "fav": "favourite",
    "fave": "favourite", "frm": "from", "gimme": "give me", "havent": "haven't", "isnt": "isn't",
    "ive": "i've", "lemme": "let me", "luv": "love", "mins": "minutes", "nothin": "nothing",
    "noth": "nothing", "plz": "please", "ppl": "people", "recs": "recommendations",
    "rn": "right now", "smth": "something", "smthin": "something", "smthing": "something",
    "smthng": "something", "somethin": "something", "sth": "something", "thats": "that's",
    "teh": "the", "theyre": "they're", "tho": "though", "thru": "through", "thx": "thanks",
    "tnx": "thanks", "u": "you", "ur": "your", "vid": "video", "vids": "videos", "wanna": "want to",
    "wasnt": "wasn't", "wat": "what", "wats": "what's", "wensday": "wednesday",
    "whats": "what's", "wich": "which", "wid": "with", "wont": "won't",
    "wot": "what", "yr": "year", "yrs": "years",
}  # fmt: skip
"""What is typed for words and is no error of a letter or two."""

BEFORE_FIGURES = frozenset(
    """
    about above after around before below between exactly from just least max maximum min minimum
    most only over since than top under until within
    """.split()  # noqa: SIM905
)
"""May run into a figure: "under20"."""
UNITS = frozenset(
    """
    days films h hour hours hr hrs m min mins minute minutes months movies s sec second seconds
    secs talks videos weeks years
    """.split()  # noqa: SIM905
)
"""May follow a figure at once: "20minutes"."""
RUN_TOGETHER = frozenset(
    """
    about any at from funny in just less longer lower more no not nothing only over short shorter
    some something under up with without
    """.split()  # noqa: SIM905
)
"""May run into the next word: "lessthan"."""
