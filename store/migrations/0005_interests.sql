-- What a person set for the interests that are found in what they like: a name, a weight, whether they
-- count. An interest has no number of its own; a setting is kept by the likes that it was made of.

CREATE TABLE interest_settings (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: what was set last has the greatest
    name TEXT NOT NULL,  -- the person's own; empty where the keywords make it
    weight REAL NOT NULL,  -- 0 to 2
    switched_off INTEGER NOT NULL,
    video_ids TEXT NOT NULL,  -- JSON: the likes; none is in two rows
    at TEXT NOT NULL  -- when it was set: UTC, ISO 8601 to the microsecond
);
