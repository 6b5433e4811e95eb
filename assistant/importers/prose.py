"""Descriptions written in reStructuredText, Markdown or HTML, as plain paragraphs.

Not a parser: descriptions mix the three, and break the rules of each. What is recognised is taken
away; what is not stays as it was written. Addresses go too: they say nothing of the subject, and
fill the few hundred words that an embedding model reads.
"""

from __future__ import annotations

import html
import re

from store.text import clean_text

MAX_DESCRIPTION = 20_000

_TAGS = (
    "a|abbr|article|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|figure|font|footer|h[1-6]|"
    "header|hr|i|iframe|img|ins|li|ol|p|pre|s|section|small|span|strong|sub|sup|table|tbody|td|th|"
    "thead|tr|tt|u|ul"
)
_HTML = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HTML_BREAK = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)

_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")  # a number of no character

# Whole lines.
_RULE = re.compile(r"[-=~^\"#*+`._:|—\s]{2,}")  # underlines, transitions, borders, a lone "::"
_DIRECTIVE = re.compile(r"\.\. \S.*|:[\w-]+:(?:\s.*)?")  # with its options and all targets
_TARGET = re.compile(r"^\s*\.\. _`?([^`:\n]+)`?:", re.MULTILINE)
_EDGE = re.compile(r"^(?:[|+>]|#{1,6}) | [|+]$")  # of line blocks, tables, headings, quotations

# Within a paragraph. The lengths bound the work that a hostile text can make.
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)\s]*\)")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\s]*\)?")
_URL = r"\b(?:https?://|www\.)[^\s<>\"'`)\]]+"
_ADDRESS = re.compile(rf"<{_URL}>|\({_URL}\)|\[{_URL}\]|{_URL}")
_LINK = re.compile(r"`([^`<>]+?)\s*<[^`>]*>`__?")
_LITERAL = re.compile(r"``(.+?)``")
_QUOTED = re.compile(r"(?::\w+:)?`([^`]*)`_{0,2}")
_FOOTNOTE = re.compile(r"\[#?\w*\]_")
_STRONG = re.compile(r"(?<!\\)\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s\\])\*(?![\w*])")
_ESCAPE = re.compile(r"\\(?:\s|(?=[-*_`|<>~()\[\]#.!+]))")
_LEFT_OVER = re.compile(r"\s?`__?(?!\w)|\(\s+\)")  # of links whose address was broken
_LOOSE_STOP = re.compile(r"\s+([,.](?:\s|$))")


def paragraphs(markup: str) -> list[str]:
    """The paragraphs of a description, each one clean line, without markup and addresses."""
    markup = markup[: 4 * MAX_DESCRIPTION]
    text = unescaped(_HTML.sub("", _HTML_BREAK.sub("\n", markup)))
    text = clean_text(text, max_chars=MAX_DESCRIPTION, keep_lines=True)
    targets = frozenset(match[1] for match in _TARGET.finditer(text))
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if not line:
            blocks.append([])
        elif kept := _line(line):
            blocks[-1].append(kept)
    inline = (_inline(" ".join(block), targets) for block in blocks if block)
    plain = [paragraph for paragraph in inline if paragraph]
    while plain and _is_label(plain[-1]):
        plain.pop()  # what it announced were addresses
    return plain


def unescaped(text: str) -> str:
    """`text` with the characters that ``&amp;`` and ``&#233;`` stand for."""
    return html.unescape(_LONG_REFERENCE.sub("", text))


def plain_text(markup: object) -> str:
    """A description as one plain line; empty if it is not a text."""
    return " ".join(paragraphs(markup)) if isinstance(markup, str) else ""


def _line(line: str) -> str:
    """What is left of a line without the markup that takes a whole line."""
    if _RULE.fullmatch(line) or _DIRECTIVE.fullmatch(line):
        return ""
    line = _EDGE.sub("", line)
    line = _MARKDOWN_LINK.sub(r"\1", _MARKDOWN_IMAGE.sub("", line))
    without, addresses = _ADDRESS.subn("", line)
    if not addresses:
        return line
    return "" if _is_label(without) else without.rstrip(" -–—")


def _is_label(line: str) -> bool:
    """Whether nothing but the label of an address is left: ``Slides:``, ``- Twitter``."""
    words = [word for word in line.split() if any(letter.isalnum() for letter in word)]
    return not words or (len(words) <= 4 and line.rstrip(" -–—").endswith((":", "：")))


def _inline(text: str, targets: frozenset[str]) -> str:
    text = _LINK.sub(r"\1", text)
    text = _QUOTED.sub(r"\1", _LITERAL.sub(r"\1", text))
    text = _FOOTNOTE.sub("", text)
    if targets:
        any_target = "|".join(map(re.escape, sorted(targets, key=len, reverse=True)))
        text = re.sub(rf"(?<!\w)({any_target})__?(?!\w)", r"\1", text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    text = _LEFT_OVER.sub("", _ESCAPE.sub("", text))
    return clean_text(_LOOSE_STOP.sub(r"\1", text))
