"""The taste: interests, what was recommended beside them, and a map of the library."""
