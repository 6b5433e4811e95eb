"""The texts that a model reads, and the grammar of the sentences that it may write: as files."""

from prompts.grammar import Reason, SentenceGrammar, fill, load_grammar
from prompts.loader import Prompt, load

__all__ = ["Prompt", "Reason", "SentenceGrammar", "fill", "load", "load_grammar"]
