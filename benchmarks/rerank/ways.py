"""Ways of asking a small model what it thinks of a candidate.

All are asked through likelihoods: each gives every candidate of a list a number, and the numbers
are blended into the scores alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from string import ascii_uppercase

from assistant.cancel import CancelToken
from assistant.evaluation.gain import JudgedList
from assistant.models.base import LanguageModel, Likelihood
from assistant.rerank.asking import asked_after, asked_anyway, scored_text
from assistant.rerank.blending import FAMILIARITY_TAKEN_OFF
from assistant.types import Video

Opinions = Mapping[str, float]
Way = Callable[[JudgedList, LanguageModel], Opinions]
Normalised = Callable[[Likelihood], float]
NOTHING_SAID = "Request: N/A\n"
"""A request without content, whose answer is taken off (Zhao et al. 2021)."""


def total(likelihood: Likelihood) -> float:
    """The log-likelihood of the whole title."""
    return likelihood.log_probability


def per_token(likelihood: Likelihood) -> float:
    """That of a token of it, on average."""
    return likelihood.per_token


def per_root(likelihood: Likelihood) -> float:
    """Between the two."""
    return likelihood.log_probability / math.sqrt(max(likelihood.tokens, 1))


def ratio(
    after: Callable[[JudgedList], str],
    anyway: str,
    of: Callable[[Video], str] = scored_text,
    *,
    share: float = FAMILIARITY_TAKEN_OFF,
    norm: Normalised = per_root,
) -> Way:
    """The likelihood ratio: ln P(title | viewer, message) - share · ln P(title)."""

    def way(turn: JudgedList, model: LanguageModel) -> Opinions:
        texts = [of(video) for video in videos(turn)]
        given = model.likelihoods(after(turn), texts, CancelToken())
        neutral = model.likelihoods(anyway, texts, CancelToken()) if share else given
        return by_id(turn, [norm(g) - share * norm(n) for g, n in zip(given, neutral, strict=True)])

    return way


def as_list(turn: JudgedList) -> str:
    """As Matinee asks."""
    return asked_after(turn.request, turn.taste_titles)


def as_title(turn: JudgedList) -> str:
    """What the viewer likes, what they say, and the title."""
    likes = "; ".join(named(turn)[:5])
    return (f"Likes: {likes}\n" if likes else "") + said(turn) + "Title:"


def as_dialogue(turn: JudgedList) -> str:
    """What an assistant says next."""
    likes = ", ".join(named(turn)[:5])
    request = turn.request.message[:300]
    return f"User: {f'I like {likes}. ' if likes else ''}{request}\nAssistant: You should watch"


def as_fans(turn: JudgedList) -> str:
    """What people of that taste like, whatever is said."""
    return f"People who like {', '.join(named(turn)[:5]) or turn.request.message[:300]} also like"


def letters(turn: JudgedList, model: LanguageModel, *, calibrated: bool = False) -> Opinions:
    """Listwise, in one reading: ln P of the letter of each candidate after a list of all."""
    names = [f" {letter}" for letter in ascii_uppercase]
    shown = videos(turn)[: len(names)]
    listing = "".join(
        f"{letter}. {video.title[:60]}\n"
        for letter, video in zip(ascii_uppercase, shown, strict=False)
    )

    def asked(viewer: str) -> list[float]:
        prefix = f"{viewer}Candidates:\n{listing}The best recommendation is"
        answers = model.likelihoods(prefix, names[: len(shown)], CancelToken())
        return [answer.log_probability for answer in answers]

    values = asked(viewer_of(turn))
    if calibrated:
        values = [value - base for value, base in zip(values, asked(NOTHING_SAID), strict=True)]
    return by_id(turn, values)


def yes_or_no(turn: JudgedList, model: LanguageModel, *, calibrated: bool = False) -> Opinions:
    """Pointwise: ln P(Yes) - ln P(No) after asking whether it is a good recommendation."""
    question = "\nWould this be a good recommendation?"
    texts = [scored_text(video) + question for video in videos(turn)]

    def asked(viewer: str) -> list[float]:
        both = [f"{text} {answer}" for text in texts for answer in ("Yes", "No")]
        values = [one.log_probability for one in model.likelihoods(
            f"{viewer}Title:", both, CancelToken()
        )]  # fmt: skip
        return [yes - no for yes, no in zip(values[::2], values[1::2], strict=True)]

    values = asked(viewer_of(turn))
    if calibrated:
        values = [value - base for value, base in zip(values, asked(NOTHING_SAID), strict=True)]
    return by_id(turn, values)


def request_given_video(turn: JudgedList, model: LanguageModel) -> Opinions:
    """The query's likelihood: ln P(message | video) a token (UPR, Sachan et al. 2022)."""
    text = f" {turn.request.message[:100].strip()}"
    values = []
    for video in videos(turn):
        about = f"{video.title} ({video.year}). {', '.join(video.tags[:4])}."
        (one,) = model.likelihoods(f"Video: {about}\nRequest for it:", [text], CancelToken())
        values.append(one.per_token)
    return by_id(turn, values)


def with_year(video: Video) -> str:
    """The title as people write it of a film."""
    return scored_text(video) + (f" ({video.year})" if video.year else "")


def with_tags(video: Video) -> str:
    """The title and what it is about."""
    return scored_text(video) + (f" ({', '.join(video.tags[:3])})" if video.tags else "")


def closed(video: Video) -> str:
    """The title up to where the next begins, so that it is not taken for a longer one."""
    return scored_text(video) + ","


def videos(turn: JudgedList) -> list[Video]:
    """The candidates, in their order."""
    return [item.candidate.video for item in turn.shortlist]


def by_id(turn: JudgedList, values: Sequence[float]) -> Opinions:
    """Values in the order of the candidates, by id; of the first ones where there are fewer."""
    return {video.id: value for video, value in zip(videos(turn), values, strict=False)}


def named(turn: JudgedList) -> list[str]:
    """Titles that the viewer named and does not dislike."""
    return list(dict.fromkeys(one.title for one in turn.request.named if one.liking >= 0))


def said(turn: JudgedList) -> str:
    """The message, as a line."""
    return f"Request: {turn.request.message[:300]}\n"


def viewer_of(turn: JudgedList) -> str:
    """What is known of the viewer, as lines."""
    likes = "; ".join(named(turn)[:5])
    return (f"The viewer likes: {likes}.\n" if likes else "") + said(turn)


def _calibrated(way: Callable[..., Opinions]) -> Way:
    return lambda turn, model: way(turn, model, calibrated=True)


LIST = asked_anyway()
WAYS: Mapping[str, Way] = {
    "next of a list": ratio(as_list, LIST),
    "next of a list, c = 0": ratio(as_list, LIST, share=0.0),
    "next of a list, c = 0.5": ratio(as_list, LIST, share=0.5),
    "next of a list, c = 0.75": ratio(as_list, LIST, share=0.75),
    "next of a list, c = 1": ratio(as_list, LIST, share=1.0),
    "next of a list, summed": ratio(as_list, LIST, norm=total),
    "next of a list, a token": ratio(as_list, LIST, norm=per_token),
    "next of a list, to the comma": ratio(as_list, LIST, closed),
    "next of a list, with the year": ratio(as_list, LIST, with_year),
    "next of a list, with tags": ratio(as_list, LIST, with_tags),
    "after likes and request": ratio(as_title, "Title:"),
    "after likes and request, a token": ratio(as_title, "Title:", norm=per_token),
    "what an assistant says": ratio(as_dialogue, "User: Hello.\nAssistant: You should watch"),
    "what such people like": ratio(as_fans, "People also like"),
    "letter of a list": letters,
    "letter of a list, calibrated": _calibrated(letters),
    "yes or no": yes_or_no,
    "yes or no, calibrated": _calibrated(yes_or_no),
    "request given the video": request_given_video,
}
