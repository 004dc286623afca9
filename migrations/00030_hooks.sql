-- +goose Up

-- Webhooks: where a room tells programs outside what happens in it. Neither a
-- room's ZIP nor a copy of it has them.
CREATE TABLE hooks (
    id           TEXT    NOT NULL PRIMARY KEY,
    room         TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    what         TEXT    NOT NULL,           -- types of what is told, a JSON list
    secret       BLOB    NOT NULL,           -- what is sent is signed with it
    former       BLOB    NOT NULL DEFAULT x'', -- and with this, until former_until
    former_until INTEGER NOT NULL DEFAULT 0, -- Unix milliseconds, as all times
    made_by      TEXT    NOT NULL,           -- the member
    made_at      INTEGER NOT NULL,
    since        INTEGER NOT NULL,           -- events after this seq are told
    off_at       INTEGER NOT NULL DEFAULT 0, -- 0: it is on
    off_why      TEXT    NOT NULL DEFAULT '',
    tries        INTEGER NOT NULL DEFAULT 0, -- that failed since the last that did not
    next_at      INTEGER NOT NULL DEFAULT 0  -- not before
) STRICT, WITHOUT ROWID;

CREATE INDEX hooks_of_room ON hooks (room);

-- What is to be sent, and the last that was. Of an event there is where it
-- stands; what is sent is made when it is sent.
CREATE TABLE hook_deliveries (
    no      INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT    NOT NULL UNIQUE,
    hook    TEXT    NOT NULL,
    room    TEXT    NOT NULL,
    epoch   TEXT    NOT NULL,
    seq     INTEGER NOT NULL,              -- 0: a ping
    type    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    state   TEXT    NOT NULL,              -- waiting, done, dropped
    tries   INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER NOT NULL DEFAULT 0,    -- the last time; 0: never
    status  INTEGER NOT NULL DEFAULT 0,    -- of the last answer; 0: there was none
    took    INTEGER NOT NULL DEFAULT 0,    -- milliseconds
    answer  TEXT    NOT NULL DEFAULT ''    -- how it began, or why there was none
) STRICT;

CREATE INDEX hook_deliveries_in_order ON hook_deliveries (hook, state, no);

-- How far rooms that have hooks were followed.
CREATE TABLE hook_places (
    room  TEXT    NOT NULL PRIMARY KEY,
    epoch TEXT    NOT NULL,
    seq   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
