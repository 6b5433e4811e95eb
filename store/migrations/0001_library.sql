-- The library: videos, what is derived from each of them, and what the person did and was told.

-- One counter for every change of videos, keywords and vectors, in the order of commits: whoever
-- has seen revision n has missed exactly what carries a greater one. The identity tells an index
-- that it was made from this library and from no other.
CREATE TABLE state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL,
    identity TEXT NOT NULL
);
INSERT INTO state VALUES (1, 0, lower(hex(randomblob(8))));

CREATE TABLE videos (
    row INTEGER PRIMARY KEY,  -- also the rowid in `words` and `grams`
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    other_titles TEXT NOT NULL,  -- this and other lists: JSON
    tags TEXT NOT NULL,
    keywords TEXT,  -- NULL until they are extracted
    channel TEXT,
    channel_folded TEXT,  -- Python's casefold(), which SQLite lacks
    people TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT,
    year INTEGER,
    published TEXT,
    duration_s INTEGER,
    url TEXT,
    views INTEGER,
    likes INTEGER,
    reach INTEGER,  -- views + 20 likes; NULL when neither is known
    source TEXT NOT NULL,
    hash TEXT NOT NULL,  -- of the content, to know an unchanged video again
    changed INTEGER NOT NULL,  -- the revision at which the content last changed
    description TEXT NOT NULL  -- last, so that reading what is before it skips its pages
);

-- Everything that a constraint can ask for, so that filtering reads this and no video.
CREATE INDEX videos_by_property
    ON videos (kind, language, year, duration_s, channel_folded, source, id);
CREATE INDEX videos_by_reach ON videos (reach, id) WHERE reach IS NOT NULL;
CREATE INDEX videos_without_keywords ON videos (id) WHERE keywords IS NULL;

-- Both hold text prepared by store.text.segment. `grams` has only videos with Chinese, Japanese
-- or Korean in them: it finds what segmentation cuts differently in a query and in a title.
CREATE VIRTUAL TABLE words USING fts5 (
    title, other_titles, tags, people, channel, description,
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE words_vocabulary USING fts5vocab (words, row);
CREATE VIRTUAL TABLE grams USING fts5 (titles, rest, tokenize = 'trigram');

CREATE TABLE vectors (
    revision INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    video_id TEXT NOT NULL REFERENCES videos (id),
    vector BLOB NOT NULL,  -- float32, little-endian, unit length
    UNIQUE (model, video_id)
);
CREATE INDEX vectors_by_video ON vectors (video_id);

-- Vectors that are gone, for the indexes that still hold them. Never in both tables at once.
CREATE TABLE removed_vectors (
    revision INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    video_id TEXT NOT NULL,
    UNIQUE (model, video_id)
);

CREATE TABLE title_likelihoods (
    model TEXT NOT NULL,
    video_id TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    log_probability REAL NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (model, video_id)
) WITHOUT ROWID;
CREATE INDEX title_likelihoods_by_video ON title_likelihoods (video_id);

-- Without a foreign key: a history outlives the videos that it speaks of.
CREATE TABLE interactions (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: an undo must not hit another
    video_id TEXT NOT NULL,
    signal TEXT NOT NULL,
    at TEXT NOT NULL,  -- UTC, ISO 8601 to the microsecond: sorts as text
    rating REAL,
    strength REAL NOT NULL,
    UNIQUE (video_id, signal, at)
);
CREATE INDEX interactions_by_time ON interactions (at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE turns (
    row INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    turn TEXT NOT NULL  -- JSON of assistant.types.Turn
);
CREATE INDEX turns_by_session ON turns (session_id);
