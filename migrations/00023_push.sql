-- +goose Up

-- The server's own pair of keys for Web Push (VAPID), made once: what browsers
-- subscribed to is bound to it. Base64url.
CREATE TABLE push_keys (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    public     TEXT    NOT NULL,
    private    TEXT    NOT NULL,
    created_at INTEGER NOT NULL           -- Unix milliseconds, as all times
) STRICT;

-- Devices that ring. A device does as long as its token is valid.
CREATE TABLE push_subscriptions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    person     TEXT    NOT NULL,
    token      BLOB    NOT NULL,          -- the hash, as in tokens
    endpoint   TEXT    NOT NULL UNIQUE,   -- of the browser's push service
    p256dh     TEXT    NOT NULL,          -- what is pushed is encrypted with these two
    auth       TEXT    NOT NULL,
    language   TEXT    NOT NULL,          -- of its pages
    site       TEXT    NOT NULL,          -- where its pages are: https://plenum.example
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX push_subscriptions_of_person ON push_subscriptions (person);

-- Notices that wait to be pushed. They go when the push service has them.
CREATE TABLE pushes (
    notice       INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    until        INTEGER NOT NULL,        -- when it is worth nothing any more
    tries        INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER NOT NULL,        -- when it is tried next
    PRIMARY KEY (notice, subscription)
) STRICT, WITHOUT ROWID;

CREATE INDEX pushes_next ON pushes (next_at);
CREATE INDEX pushes_to ON pushes (subscription);

-- When nothing rings: minutes of the day in a time zone, through midnight if it
-- ends before it begins.
CREATE TABLE quiet_hours (
    person TEXT    NOT NULL PRIMARY KEY,
    begins INTEGER NOT NULL,
    ends   INTEGER NOT NULL,
    zone   TEXT    NOT NULL               -- Europe/Berlin
) STRICT, WITHOUT ROWID;
