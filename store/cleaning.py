"""Strangers' text made safe: once where it enters, and again where what never entered is shown.

A title is a stranger's text that ends up in a terminal, a full-text query and a prompt.
`clean_text` takes out what steers a terminal, deceives a reader or hides from one. `printable` is
for what is quoted and not stored, as the name of a file: everything in it can be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

MARKS_OF_ALL_SCRIPTS = 3
"""Marks that combine with any letter, on one letter: accents. NFC has put the usual ones into the
letter itself; heaps of them ("zalgo") cover the lines above and below."""
MARKS = 8
"""Marks of any kind on one letter: a Tibetan stack or a pointed Hebrew letter has up to seven."""

_PLAIN = re.compile(r"[\n -~]*")  # most texts: nothing in them to take out

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])"  # OSC, DCS, SOS, PM, APC: up to their end
    r"[^\x07\x1b\n\x90\x98\x9c-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"  # the short ones
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TABS_AND_BREAKS = re.compile(r"[\t\n]|" + _BREAKS.pattern)
_BLANKS = re.compile(r"[^\S\n]+|\u2800")  # a braille blank looks like a space and is not one

_NEVER = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff"  # controls, halves of characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of writing
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"  # cannot be seen
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private: they mean something else to everybody
    "\ufdd0-\ufdef"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
_INVISIBLE = re.compile(f"[{_NEVER}]")

# What is invisible by itself and changes what stands before or after it.
_JOINERS = "\u200c\u200d"
_TAGS = "\U000e0020-\U000e007f"
_IDEOGRAPHIC_SELECTORS = "\U000e0100-\U000e01ef"
_DEPENDENT = re.compile(
    f"[{_JOINERS}{_TAGS}{_IDEOGRAPHIC_SELECTORS}\u180b-\u180d\u180f\ufe00-\ufe0f]"
)
_EMOJI = "\u00a9\u00ae\u203c\u2049\u2100-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
_EMOJI += "\u3297\u3299\U0001f000-\U0001faff"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_JOINED = "\u0600-\u0dff"  # from Arabic to Sinhala a joiner changes the word
_FLAGS = "|".join(  # of England, Scotland and Wales: a black flag, and its name in tags
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"
    for name in ("gbeng", "gbsct", "gbwls")
)
_DEPENDENT_IN_PLACE = re.compile(
    f"({_FLAGS}"
    f"|(?<=[{_JOINED}])[{_JOINERS}](?=[{_JOINED}])"
    f"|(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])"
    f"|(?<=[{_EMOJI}0-9#*])[\ufe0e\ufe0f]"
    f"|(?<=[{_HAN}])[\ufe00-\ufe02{_IDEOGRAPHIC_SELECTORS}]"
    "|(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f])"
    f"|{_DEPENDENT.pattern}"
)
"""A dependent character where it has a meaning is group 1; anywhere else there is no group 1."""
_TRIES = 4
_NO_START = f" {_JOINERS}"
_CUT_OFF = " \n\u200c\u200d" + "".join(map(chr, range(0xE0020, 0xE007F)))
"""What makes no sense at the end: its other half has been cut off."""

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PERHAPS_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_OF_ALL_SCRIPTS + 1},}}")


def clean_text(text: str, *, max_chars: int = 20_000, keep_lines: bool = False) -> str:
    """Make a stranger's text safe to show, store and put into a prompt.

    The result is NFC, without control characters, terminal escape sequences, lone surrogates,
    bidirectional controls, private and invisible characters, and without more marks on a letter
    than any script has; white space is collapsed and trimmed. Joiners and selectors stay where a
    script or an emoji needs them. Cleaning twice changes nothing.

    Args:
        text: anything.
        max_chars: the most characters that the result may have.
        keep_lines: keep line breaks (no more than one blank line in a row) instead of turning
            them into spaces.
    """
    text = text[: 4 * max_chars]  # bounds the work; escapes and blanks may still fall away
    if not _PLAIN.fullmatch(text):
        text = _BREAKS.sub("\n", _ESCAPE_SEQUENCE.sub("", text))
        text = _BLANKS.sub(" ", _INVISIBLE.sub("", text))
        text = _without_heaps(unicodedata.normalize("NFC", text))
        if _DEPENDENT.search(text):
            text = _with_dependents_in_place(text)
    if keep_lines:
        lines = (_trimmed(line) for line in text.split("\n"))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    else:
        text = _trimmed(text)
    return text[:max_chars].rstrip(_CUT_OFF).lstrip("\n")


def printable(text: str) -> str:
    r"""`text` with everything that cannot or must not be seen as an escape: ``\x1b``, ``\u202e``.

    For what is quoted to a person without having been cleaned: names of files, the message of
    another program's error. What `clean_text` has returned stays as it is, line breaks too.
    """
    if _PLAIN.fullmatch(text):
        return text
    return _without_heaps(escape_unprintable(text.replace("\t", " "), _visible))


def typed(text: str) -> str:
    """What a person types or pastes, in one line that steers no terminal.

    Unlike `clean_text` it can be called at every key: a blank, or half of an emoji, stays.
    """
    return _UNPRINTABLE.sub("", _TABS_AND_BREAKS.sub(" ", text))


def escape_unprintable(text: str, escape: Callable[[str], str]) -> str:
    """`text` with `escape(character)` for each character that `clean_text` would take out."""
    if _PLAIN.fullmatch(text):
        return text
    text = _UNPRINTABLE.sub(lambda match: escape(match[0]), text)
    return _DEPENDENT_IN_PLACE.sub(lambda match: match[1] or escape(match[0]), text)


_UNPRINTABLE = re.compile(f"[{_NEVER}\x0b-\x0d\u2028\u2029\u2800]")


def _visible(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()


def _trimmed(line: str) -> str:
    """One line with single blanks, and no mark at its start: it would sit on what stands before."""
    line = " ".join(line.split())
    start = 0
    while start < len(line) and (line[start] in _NO_START or _is_mark(line[start])):
        start += 1
    return line[start:] if start else line


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _with_dependents_in_place(text: str) -> str:
    """`text` with joiners, selectors and tags only where they have a meaning.

    Where one is gone, NFC may put the marks around it into another order, and so take its
    neighbour from the next one. What does not settle has none of them.
    """
    for _ in range(_TRIES):
        kept = unicodedata.normalize("NFC", _DEPENDENT_IN_PLACE.sub(r"\1", text))
        if kept == text:
            return text
        text = kept
    return unicodedata.normalize("NFC", _DEPENDENT.sub("", text))


def _without_heaps(text: str) -> str:
    """`text` with no more than `MARKS` on a letter, `MARKS_OF_ALL_SCRIPTS` of them accents."""
    return _PERHAPS_MARKS.sub(lambda match: _thinned(match[0]), text)


def _thinned(run: str) -> str:
    """A run of marks and symbols; of each heap of marks its beginning is kept."""
    kept: list[str] = []
    marks = accents = 0
    for character in run:
        if _is_mark(character):
            marks += 1
            accents += _ACCENTS.match(character) is not None
        elif not _DEPENDENT.match(character):
            marks = accents = 0
        if marks <= MARKS and accents <= MARKS_OF_ALL_SCRIPTS:
            kept.append(character)
    return "".join(kept)
