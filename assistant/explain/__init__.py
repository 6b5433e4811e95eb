"""Why a pick was made: the evidence first, the words second.

Every sentence is true by construction. The evidence holds what moved the score; a grammar
(``prompts/sentences.*.yaml``) composes it with the video's own record into a finite set of
sentences; the language model, or a seed where there is none, chooses one of them. A model that has
passed ``matinee evaluate --sentences`` writes in its own words, and a checker (`claims`) lets pass
what is known.
"""

from assistant.explain.evidence import Known, gather_evidence
from assistant.explain.summary import summarise
from assistant.explain.telling import explain
from assistant.explain.why import why
from assistant.explain.wording import sentences
from assistant.explain.writing import may_write

__all__ = ["Known", "explain", "gather_evidence", "may_write", "sentences", "summarise", "why"]
