-- +goose Up

-- The content of events that may be forgotten. Rows are only appended, and overwritten by as many zeros, so that SQLite
-- never moves them: what it moves leaves copies in the free part of its pages, which secure_delete does not reach.
CREATE TABLE words (
    id   INTEGER NOT NULL PRIMARY KEY,
    text BLOB    NOT NULL                          -- JSON, byte for byte as written; zeros: forgotten
) STRICT;

ALTER TABLE events ADD COLUMN words INTEGER NOT NULL DEFAULT 0; -- the row of words that holds the content, if that is NULL here
ALTER TABLE events ADD COLUMN about INTEGER NOT NULL DEFAULT 0; -- the earlier event of the activity that this one is about

CREATE INDEX events_about ON events (room, activity, about, seq) WHERE about > 0;

-- What people said, also where it is forgotten: to page through it among much else.
CREATE INDEX events_of_words ON events (room, activity, seq) WHERE words > 0;

INSERT INTO words (id, text)
    SELECT row_number() OVER (ORDER BY room, seq), content FROM events WHERE did = 'said' AND content IS NOT NULL;
UPDATE events SET words = said.id, content = NULL FROM (
    SELECT room, seq, row_number() OVER (ORDER BY room, seq) AS id FROM events WHERE did = 'said' AND content IS NOT NULL
) AS said WHERE events.room = said.room AND events.seq = said.seq;

-- So many bytes of a state mean nothing. They keep what follows out of the pages that SQLite moves rows in.
ALTER TABLE checkpoints ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;
