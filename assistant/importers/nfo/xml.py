"""The parts of an XML file that tell of a video each, one at a time.

A part is cut out of the file before it is parsed. What stands before it is never parsed, a document
type above all: without one there are no entities, and none of the attacks that are made of them.
Nor is what stands behind it, which may be no XML: Kodi lets an address follow, and writes several
episodes of one file one after the other.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from assistant.importers.reading import Unreadable

PART = re.compile(r"<(movie|tvshow|episodedetails|musicvideo)(?:\s[^<>]*)?(?<!/)>")
"""The beginning of a part."""
MAX_PART_CHARS = 8 * 1024 * 1024
"""The longest part; in the one file of a library a series holds its episodes."""
_LONGEST_BEGINNING = 1_000
_DECLARED = re.compile(rb"""<\?xml[^>]*\sencoding=["']([\w.-]{1,30})["']""")
_ENCODINGS = ("iso8859", "cp125", "gb", "big5", "shift_jis", "euc", "koi8")
_LOOSE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_NOT_IN_XML = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parts(pieces: Iterable[bytes]) -> Iterator[ET.Element | Unreadable]:
    """The parts of a file in their order; what is wrong in place of one that cannot be read.

    Raises:
        Unreadable: the file cannot be read on, or a part has no end; what came before is good.
    """
    held = ""
    for text in _texts(pieces):
        held += text
        while begins := PART.search(held):
            closing = f"</{begins[1]}>"
            end = held.find(closing, begins.end())
            if end < 0:
                held = held[begins.start() :]
                break
            end += len(closing)
            yield _parsed(held[begins.start() : end])
            held = held[end:]
        else:
            held = held[-_LONGEST_BEGINNING:]
        if len(held) > MAX_PART_CHARS:
            raise Unreadable(f"says more than {MAX_PART_CHARS >> 20} MB of one video")
    if PART.search(held):
        raise Unreadable("is cut off: an element has no end")


def decoded(start: bytes) -> str:
    """The beginning of a file as text."""
    return next(_texts([start]), "")


def _texts(pieces: Iterable[bytes]) -> Iterator[str]:
    decoder: codecs.IncrementalDecoder | None = None
    for piece in pieces:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(piece))("replace")
        yield decoder.decode(piece)


def _encoding(start: bytes) -> str:
    """What a file is written in: UTF-16 says it by its first bytes, others at times in XML."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(start)
    except UnicodeDecodeError:
        declared = _DECLARED.search(start)
        return _named(declared[1].decode("ascii")) if declared else "cp1252"
    return "utf-8-sig"


def _named(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
    return name if name.startswith(_ENCODINGS) else "cp1252"


def _parsed(part: str) -> ET.Element | Unreadable:
    """A part; signs that XML does not allow are taken out, and a lone ``&`` is one."""
    text = _LOOSE_AND.sub("&amp;", _NOT_IN_XML.sub("", part))
    try:
        return ET.fromstring(text)  # noqa: S314 - no document type, see above
    except ET.ParseError as error:
        return Unreadable(f"is not XML ({error})")
