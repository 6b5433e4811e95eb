"""The models: which there are, what they are worth here; getting, measuring, using them."""
