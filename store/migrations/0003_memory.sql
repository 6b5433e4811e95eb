-- What is remembered of the person because they said it, and which language models were found to write
-- nothing but the truth.

-- Nothing that holds for one session alone: that is in its turns.
CREATE TABLE preferences (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: an undo must not hit another
    said TEXT NOT NULL,  -- in the person's own words
    scope TEXT NOT NULL,
    meaning TEXT NOT NULL,  -- JSON: the rest of assistant.types.Preference, without its defaults
    at TEXT NOT NULL  -- when it was last said or changed: UTC, ISO 8601 to the microsecond
);

-- Whether a language model may write reasons in its own words.
CREATE TABLE sentence_writers (
    model TEXT PRIMARY KEY,  -- its key as a writer: it changes with the model and the prompts
    measured_at TEXT NOT NULL,  -- UTC, ISO 8601
    passed INTEGER NOT NULL,
    report TEXT NOT NULL  -- JSON: of how many sentences, how many said only what is known
);
