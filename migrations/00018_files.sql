-- +goose Up

-- Which files a room has; they themselves stand in a folder beside the database,
-- under their hash. by_member is who brought a file last, and at when.
CREATE TABLE files (
    room      TEXT    NOT NULL,
    hash      TEXT    NOT NULL,           -- sha256-…, of what is stored
    name      TEXT    NOT NULL,
    type      TEXT    NOT NULL,           -- the media type
    size      INTEGER NOT NULL,           -- bytes
    width     INTEGER NOT NULL,           -- pixels of an image; 0 of other files
    height    INTEGER NOT NULL,
    by_member TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (room, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_hash ON files (hash);
CREATE INDEX files_at ON files (at);

-- Which events name a file. They come and go with what the events say.
CREATE TABLE file_uses (
    room     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    activity TEXT    NOT NULL,
    PRIMARY KEY (room, hash, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_uses_seq ON file_uses (room, seq);
