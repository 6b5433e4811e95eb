"""Sessions as a person meets them: what they are called, when they were held, how they go on.

They are kept in the library (`store.library.sessions`); nothing here knows a screen.
"""
