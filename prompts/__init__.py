"""The texts that a model reads, and the grammar of the sentences that it may write: as files."""

from prompts.grammar import Reason, SentenceGrammar, fill, load_grammar
from prompts.loader import Prompt, load
from prompts.summary import SummaryGrammar, load_summary

__all__ = [
    "Prompt",
    "Reason",
    "SentenceGrammar",
    "SummaryGrammar",
    "fill",
    "load",
    "load_grammar",
    "load_summary",
]
