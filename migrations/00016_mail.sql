-- +goose Up

-- Letters that wait to be handed to the mail server. They go when it has them.
CREATE TABLE letters (
    id        INTEGER PRIMARY KEY,
    recipient TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    until     INTEGER NOT NULL,   -- when it is worth nothing any more
    tries     INTEGER NOT NULL DEFAULT 0,
    next_at   INTEGER NOT NULL    -- when it is tried next
) STRICT;

CREATE INDEX letters_next ON letters (next_at);

-- Links that were mailed and not used yet; only the hashes of their secrets.
CREATE TABLE account_links (
    hash       BLOB    NOT NULL PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES people (id),
    purpose    TEXT    NOT NULL,  -- 'password' or 'address'
    email      TEXT    NOT NULL,  -- that the link was mailed to
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_links_person ON account_links (person);

-- When the account's address was seen to be its owner's; 0: not yet.
ALTER TABLE accounts ADD COLUMN verified_at INTEGER NOT NULL DEFAULT 0;

-- Of the pages when the person last signed in: what letters are written in.
ALTER TABLE accounts ADD COLUMN language TEXT NOT NULL DEFAULT '';
