"""``python -m assistant`` is ``matinee``."""

from assistant.cli import main

main()
