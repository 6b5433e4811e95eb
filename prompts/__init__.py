"""The texts that a model reads, and the grammar of the sentences that it may write: as files."""

from prompts.grammar import Reason, SentenceGrammar, load_grammar
from prompts.loader import Prompt, load

__all__ = ["Prompt", "Reason", "SentenceGrammar", "load", "load_grammar"]
