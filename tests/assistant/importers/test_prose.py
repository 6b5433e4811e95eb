from __future__ import annotations

import pytest

from assistant.importers.prose import paragraphs, plain_text


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        # reStructuredText
        ("The `scikit-learn <http://scikit-learn.org/>`__ package", "The scikit-learn package"),
        ("`See\nschedule </p3/schedule/>`__ today", "See schedule today"),
        ("Use ``tox`` and *never* **ever** stop", "Use tox and never ever stop"),
        (":math:`P(X) > 3` holds", "P(X) > 3 holds"),
        ("The Talk\n^^^^^^^^\n\nTwo goals.", "The Talk Two goals."),
        ("| Biology\n| and computing", "Biology and computing"),
        ("By gRPC_ only\n\n.. _gRPC: https://grpc.io", "By gRPC only"),
        (".. figure:: https://x.org/a.png\n   :width: 3\n\nText", "Text"),
        ("Write this:\n\n::\n\n    with Tor() as t: pass", "Write this: with Tor() as t: pass"),
        ("``pip install``\\ ed, tasks\\*.", "pip installed, tasks*."),
        ("text\n\n----\n\nmore", "text more"),
        # Markdown
        ("# Title\n\nSee [the post](https://x.org/y) now", "Title See the post now"),
        ("![image](https://x.org/a.png) words", "words"),
        # HTML
        ("<p>One</p><p>Two &amp; three<br/>four</p>", "One Two & three four"),
        ("It&#39;s <a href='https://x.org'>here</a>", "It's here"),
        # addresses
        ("Code (https://x.org) is at https://y.org/z.", "Code is at"),
        ("Fine talk.\nSlides: https://x.org/slides", "Fine talk."),
        ("⭐️ Facebook: https://x.org", ""),
        ("Fine talk.\n\nUseful links:\n\nhttps://x.org\nhttps://y.org", "Fine talk."),
    ],
)
def test_markup_goes_and_words_stay(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Called with *args and **kwargs",
        "What __init__ and coef_ are",
        "a List<int> and a <user>",
        "2 < 3 and 4 > 3",
        "snake_case_names and len()",
        "a * b * c",
        "C++ | Rust",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert plain_text(text) == text


def test_paragraphs_are_kept_apart_and_lines_joined() -> None:
    assert paragraphs("One\nline.\r\n\r\nTwo.\n\u200b\nThree.") == ["One line.", "Two.", "Three."]


def test_control_characters_hidden_in_entities_go_too() -> None:
    assert plain_text("a&#8238;b&#x200b;c&#27;d") == "abcd"


@pytest.mark.parametrize("value", [None, 3, ["text"]])
def test_what_is_no_text_is_empty(value: object) -> None:
    assert plain_text(value) == ""


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("a &#" + "9" * 5_000 + "; b", "a b"),
        ("a &#x" + "f" * 5_000 + "; b", "a b"),
        ("a &#27;[31m &#x9b;31m &#8238; &#xd800; b", "a [31m ›31m \ufffd b"),
        ("caf&#233; &eacute; &amp;lt;", "café é &lt;"),
    ],
)
def test_references_to_characters_hide_nothing(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain
