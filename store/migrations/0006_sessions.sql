-- Sessions with a title of their own, the moment of each turn, and what a turn is found and listed by.

ALTER TABLE sessions ADD COLUMN title TEXT;  -- given by the person; NULL: it goes by its first request

-- Made anew, so that what sessions are listed and searched by stands before the long column, and
-- reading it skips the pages of that one. It is read out of `turn`: see store.library.sessions.
CREATE TABLE turns_with_moments (
    row INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    at TEXT,  -- when it ended: UTC, ISO 8601 to the microsecond; NULL where nobody noted it
    intent TEXT,
    language TEXT,
    message TEXT,
    shown TEXT,  -- the ids of its picks, as a list in JSON
    told TEXT,  -- what was answered, and what its picks are called: to be searched
    turn TEXT NOT NULL  -- JSON of assistant.types.Turn
);
INSERT INTO turns_with_moments (row, session_id, turn) SELECT row, session_id, turn FROM turns;
DROP TABLE turns;
ALTER TABLE turns_with_moments RENAME TO turns;
CREATE INDEX turns_by_session ON turns (session_id);

UPDATE turns SET
    intent = turn ->> '$.request.intent',
    language = turn ->> '$.request.language',
    message = turn ->> '$.message',
    shown = (
        SELECT json_group_array(value ->> '$.video.id') FROM json_each(turn, '$.picks')
    ),
    told = coalesce(turn ->> '$.answer', '') || char(10) || coalesce(turn ->> '$.summary', '')
        || char(10) || coalesce(
            (
                SELECT group_concat(
                    (value ->> '$.video.title') || char(10)
                    || coalesce(value ->> '$.video.other_titles', '') || char(10)
                    || coalesce(value ->> '$.sentence', ''),
                    char(10)
                )
                FROM json_each(turn, '$.picks')
            ),
            ''
        )
WHERE json_valid(turn);
