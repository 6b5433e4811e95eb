"""The library: one SQLite file, the truth from which the index can be made again at any time."""

from __future__ import annotations

from store.library.community import CommunityRatings, CommunityRow
from store.library.declined import Declined, DeclinedRow
from store.library.editing import Editing
from store.library.facts import Facts, VideoFacts
from store.library.history import History
from store.library.interests import InterestSettings
from store.library.likelihoods import TitleLikelihoods
from store.library.own import OwnTags, RemovedVideo
from store.library.preferences import Preferences
from store.library.search import WordHit, WordSearch
from store.library.sessions import KeptTurn, SessionRow, Sessions
from store.library.trained import LanguageModelGain, Trained, TrainedModel
from store.library.vectors import VectorChanges, Vectors
from store.library.videos import PutCounts, TitleRow, Videos, content_hash
from store.library.vocabulary import VideoWords, Vocabulary

__all__ = [
    "CommunityRow",
    "DeclinedRow",
    "Facts",
    "KeptTurn",
    "LanguageModelGain",
    "Library",
    "OwnTags",
    "PutCounts",
    "RemovedVideo",
    "SessionRow",
    "TitleRow",
    "TrainedModel",
    "VectorChanges",
    "Vocabulary",
    "WordHit",
    "content_hash",
]


class Library(
    CommunityRatings,
    Editing,
    Videos,
    VideoFacts,
    VideoWords,
    WordSearch,
    Vectors,
    TitleLikelihoods,
    Trained,
    Preferences,
    InterestSettings,
    History,
    Declined,
    Sessions,
):
    """Videos, what is derived from them, and what the person did, said and was told.

    One `Library` belongs to one thread. Any number of them, in any number of processes, may
    have the same file open: readers never wait, and a writer waits for the one before it.
    """
