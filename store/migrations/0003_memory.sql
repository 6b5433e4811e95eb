-- What is remembered of the person because they said it.

-- Nothing that holds for one session alone: that is in its turns.
CREATE TABLE preferences (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: an undo must not hit another
    said TEXT NOT NULL,  -- in the person's own words
    scope TEXT NOT NULL,
    meaning TEXT NOT NULL,  -- JSON: the rest of assistant.types.Preference, without its defaults
    at TEXT NOT NULL  -- when it was last said or changed: UTC, ISO 8601 to the microsecond
);
