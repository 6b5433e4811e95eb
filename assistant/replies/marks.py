"""What was marked and noted, and what was taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.replies.texts import spoken, text
from assistant.types import SaidSignal, Signal, Video

_MARKED: dict[str, dict[Signal, str]] = {
    "en": {
        Signal.WATCHED: "watched “{title}”",
        Signal.FINISHED: "watched “{title}” to its end",
        Signal.LIKED: "liked “{title}”",
        Signal.DISLIKED: "did not like “{title}”",
        Signal.RATED: "rated “{title}” {rating:g} of 5",
        Signal.HIDDEN: "“{title}” is hidden",
        Signal.SAVED: "saved “{title}”",
        Signal.SHOWN: "“{title}” was shown",
    },
    "zh": {
        Signal.WATCHED: "看过《{title}》",
        Signal.FINISHED: "看完《{title}》",
        Signal.LIKED: "喜欢《{title}》",
        Signal.DISLIKED: "不喜欢《{title}》",
        Signal.RATED: "给《{title}》评了 {rating:g} 分（满分 5）",
        Signal.HIDDEN: "隐藏《{title}》",
        Signal.SAVED: "收藏《{title}》",
        Signal.SHOWN: "推荐过《{title}》",
    },
}


def in_words(said: SaidSignal, title: str, language: str) -> str:
    """What was done with a video: ``rated “Alien” 4 of 5``."""
    return _MARKED[spoken(language)][said.signal].format(title=title, rating=said.rating or 0.0)


def marked(said: Sequence[SaidSignal], videos: Mapping[str, Video], language: str) -> str:
    """Say what was marked; empty where nothing was.

    Args:
        said: the signals that were stored.
        videos: of the library, by id.
        language: ``zh``, or English for every other.
    """
    done = [in_words(one, videos[one.video_id].title, language) for one in said]
    between = "、" if spoken(language) == "zh" else ", "
    return text("marked", spoken(language), list=between.join(done)) if done else ""
