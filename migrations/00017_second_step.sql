-- +goose Up

-- A second step at signing in: codes that an app makes of a secret (RFC 6238).
CREATE TABLE second_steps (
    person       TEXT    NOT NULL PRIMARY KEY REFERENCES people (id),
    secret       TEXT    NOT NULL,  -- base32
    confirmed_at INTEGER NOT NULL,  -- 0: it is being set up, and not asked for
    used         INTEGER NOT NULL   -- the number of the last code that was taken: none is taken twice
) STRICT, WITHOUT ROWID;

-- Codes for who has lost the app; each goes when it is used.
CREATE TABLE recovery_codes (
    person TEXT NOT NULL REFERENCES people (id),
    hash   BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;
