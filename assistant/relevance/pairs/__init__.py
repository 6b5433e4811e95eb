"""A relevance model trained on a labelled file: pairs of texts, and whether they belong together.

A frozen encoder with one linear layer on top, trained with Adam and binary cross-entropy with
logits on `is_relevant`. The layer reads |u − v|, u∘v and the cosine of the two unit vectors, as
sentence pairs are classified in Conneau et al. 2017 (InferSent, section 3.1).
"""

from __future__ import annotations

from assistant.relevance.pairs.learning import Learned, PairReport, learn, measure_file
from assistant.relevance.pairs.model import PairModel, is_saved_model, recommend_videos

__all__ = [
    "Learned",
    "PairModel",
    "PairReport",
    "is_saved_model",
    "learn",
    "measure_file",
    "recommend_videos",
]
