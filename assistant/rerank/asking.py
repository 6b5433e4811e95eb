"""What a model is shown and what of a video it scores: the texts, and the key they are filed under.

The viewer is shown as the beginning of a list of recommendations, and a candidate as the next
entry. A small model continues a list well and answers a question badly: see `benchmarks.rerank`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import prompts
from assistant.models.base import LanguageModel
from assistant.types import Request, Video

MAX_LIKES = 8
MAX_TITLE = 80
MAX_MESSAGE = 300
"""Characters; what is longer is cut, so that reading stays quick and the context suffices."""

_PROMPTS = ("rerank", "rerank_likes", "rerank_neutral")
_FORM = "title"
"""What of a video is scored. It is a part of the key: another form is another likelihood."""


def asked_after(request: Request, taste_titles: Sequence[str]) -> str:
    """The text that a title is to follow: the request, and what the viewer likes.

    Args:
        request: its message, its wish and the titles that it names.
        taste_titles: titles that the viewer likes, strongest first.
    """
    named = [title.title for title in request.named if title.liking >= 0]
    likes = [_short(title, MAX_TITLE) for title in dict.fromkeys([*named, *taste_titles])]
    said = request.message
    if request.wish and request.wish.casefold() not in said.casefold():
        said = f"{request.wish}. {said}"  # what still stands from the turns before
    return prompts.load("rerank").render(
        message=_short(said, MAX_MESSAGE),
        likes="".join(
            prompts.load("rerank_likes").render(title=title) for title in likes[:MAX_LIKES]
        ),
    )


def asked_anyway() -> str:
    """The same without a request and without a viewer."""
    return prompts.load("rerank_neutral").render()


def scored_text(video: Video) -> str:
    """What of a video is scored, as it follows either text."""
    return f" {_short(video.title, MAX_TITLE)}"


def likelihood_key(model: LanguageModel) -> str:
    """What is stored of a model is filed under this: ln P(title), and its measured weight."""
    return key_of_fingerprint(model.fingerprint)


def key_of_fingerprint(fingerprint: str) -> str:
    """The `likelihood_key` of a model that need not be loaded: its fingerprint says enough.

    It changes with the model's weights, with every text that it is asked with, and with what of a
    video is scored.
    """
    texts = "\0".join((_FORM, *(prompts.load(name).text for name in _PROMPTS)))
    return f"{fingerprint}-{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


def _short(text: str, limit: int) -> str:
    return " ".join(text[:limit].split())
