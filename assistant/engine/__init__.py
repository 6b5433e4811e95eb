"""The engine: a child process that holds models and index, for everything with a screen."""
