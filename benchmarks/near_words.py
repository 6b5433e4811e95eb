"""English words so near to a word of the rules that they would be taken for a typing error.

usage: python -m benchmarks.near_words FREQUENCIES > assistant/understand/near_words.txt

FREQUENCIES is a list of English words and how often they occur, a word and its count a line, such
as symspellpy's frequency_dictionary_en_82_765.txt (MIT). Rare words are left to be errors.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.understand.typo_words import SHORTHAND, VOCABULARY
from assistant.understand.typos import nearest

LEAST_COUNT = 100_000
"""Among 10¹²: about the 50,000 most frequent words."""


def main() -> None:
    """Print them."""
    lines = Path(sys.argv[1]).read_text("utf-8-sig").splitlines()
    counted = (line.split() for line in lines)
    words = {word for word, count in counted if int(count) >= LEAST_COUNT and word.isalpha()}
    for word in sorted(words - VOCABULARY - SHORTHAND.keys()):
        if nearest(word) is not None:
            print(word)


if __name__ == "__main__":
    main()
