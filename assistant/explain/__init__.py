"""Why a pick was made: the evidence first, the words second.

Every sentence is true by construction. The evidence holds what moved the score; a grammar
(``prompts/sentences.*.yaml``) composes it with the video's own record into a finite set of
sentences; the language model, or a seed where there is none, chooses one of them.
"""

from assistant.explain.evidence import gather_evidence
from assistant.explain.summary import summarise
from assistant.explain.telling import explain
from assistant.explain.why import why
from assistant.explain.wording import sentences

__all__ = ["explain", "gather_evidence", "sentences", "summarise", "why"]
