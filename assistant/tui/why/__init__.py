"""The account of one pick: its score, its reasons, its neighbours, and what stands beside it."""
