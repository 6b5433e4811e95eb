"""The conversation in a process of its own, with everything heavy that it needs."""
