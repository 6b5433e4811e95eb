-- What is learned beside the library: from other people's ratings, and from the viewer's own signals.

-- One row an import of other people's ratings. The ratings themselves are not kept, only what was
-- learned from them.
CREATE TABLE community_sources (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,  -- 'ratings', or 'lists' where people name things together without rating them
    people INTEGER NOT NULL,
    ratings INTEGER NOT NULL,
    imported_at TEXT NOT NULL,  -- UTC, ISO 8601
    method TEXT NOT NULL,  -- how the weights were made, with its settings
    weights BLOB NOT NULL,  -- items × items, sparse: see store.community.weights
    joined_at INTEGER  -- the revision of the library when `joined` of its items was found
);

-- What the ratings are about, whether or not the library has it: it may be imported later.
CREATE TABLE community_items (
    source TEXT NOT NULL REFERENCES community_sources (name) ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- its row and column of the weights
    video_id TEXT,  -- namespaced, such as imdb:tt0117038; NULL where only a title is known
    title TEXT NOT NULL,
    year INTEGER,
    people INTEGER NOT NULL,  -- how many rated it, or named it
    mean_rating REAL,  -- NULL for lists
    joined TEXT,  -- the video with its title and year, where none has its id
    PRIMARY KEY (source, position)
) WITHOUT ROWID;

-- Models trained on the viewer's own signals: they go when the signals go.
CREATE TABLE trained_models (
    name TEXT PRIMARY KEY,
    key TEXT NOT NULL,  -- of the embedding model and of the features that it reads
    trained_at TEXT NOT NULL,  -- UTC, ISO 8601
    report TEXT NOT NULL,  -- JSON: what was measured on held-out signals, and whether it takes part
    model BLOB NOT NULL
);

-- What reranking by a language model was measured to be worth here.
CREATE TABLE language_model_gains (
    model TEXT PRIMARY KEY,  -- the key of its likelihoods: it changes with the model and the prompt
    measured_at TEXT NOT NULL,  -- UTC, ISO 8601
    weight REAL NOT NULL,
    report TEXT NOT NULL  -- JSON: on what, and how much with which interval
);
