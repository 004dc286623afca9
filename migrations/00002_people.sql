-- +goose Up

-- People, accounts and guests alike.
CREATE TABLE people (
    id         TEXT    NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL           -- Unix milliseconds, as all times
) STRICT;

-- The tokens that prove who a person is. Only their hashes are kept.
CREATE TABLE tokens (
    hash       BLOB    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    revoked_at INTEGER NOT NULL DEFAULT 0 -- 0: valid
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_of_person ON tokens (person);
