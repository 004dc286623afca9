-- +goose Up

-- Who is mailed what they have not read, and when; and who wants no such mail.
CREATE TABLE digests (
    person  TEXT    NOT NULL PRIMARY KEY,
    off     INTEGER NOT NULL DEFAULT 0,  -- 1: the person wants none
    next_at INTEGER NOT NULL DEFAULT 0,  -- when it is looked at, Unix milliseconds; 0: nothing waits
    sent_at INTEGER NOT NULL DEFAULT 0,  -- when the last was written
    through INTEGER NOT NULL DEFAULT 0   -- the last notice that was in one
) STRICT, WITHOUT ROWID;

CREATE INDEX digests_next ON digests (next_at) WHERE next_at > 0;
