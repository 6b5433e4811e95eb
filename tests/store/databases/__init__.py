"""A real library of each version that there ever was, and what each of them holds."""
