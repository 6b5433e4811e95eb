-- What a person changed of the library itself. It outlives every import.

-- The row in `videos` has the tags as they are in force; these say what of them is the person's.
CREATE TABLE own_tags (
    video_id TEXT PRIMARY KEY,
    added TEXT NOT NULL,  -- JSON
    dropped TEXT NOT NULL,  -- JSON: tags of the source that are left out
    at TEXT NOT NULL  -- when they were last changed: UTC, ISO 8601 to the microsecond
) WITHOUT ROWID;

-- No import brings them back unasked. Never in `videos` at once.
CREATE TABLE removed_videos (
    video_id TEXT PRIMARY KEY,
    video TEXT NOT NULL,  -- JSON of assistant.types.Video, so that it can come back as it was
    at TEXT NOT NULL  -- UTC, ISO 8601 to the microsecond
) WITHOUT ROWID;
