"""Messages in other languages than English and Chinese, put into words that the rules read.

What limits, declines, points or asks is rewritten in English; what is wished for stays in the
person's own words: "algo divertido de menos de 20 minutos" becomes "something divertido under 20
minutes". The phrases are data: one YAML file a language.
"""

from assistant.understand.foreign.lexicon import LEXICONS
from assistant.understand.foreign.rewriting import in_english

__all__ = ["LEXICONS", "in_english"]
