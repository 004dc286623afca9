-- +goose Up

-- Where each room's log ends. Moving (seq, mark) under term is what orders the log.
CREATE TABLE rooms (
    id         TEXT    NOT NULL PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    epoch      TEXT    NOT NULL,
    term       INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    mark       TEXT    NOT NULL,
    created_at INTEGER NOT NULL           -- Unix milliseconds, as all times
) STRICT;

-- The logs of all rooms.
CREATE TABLE events (
    room      TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    activity  TEXT    NOT NULL,
    did       TEXT    NOT NULL,
    content   BLOB,                       -- JSON, byte for byte as written; NULL: none
    by_member TEXT    NOT NULL,           -- '': the room itself
    peer      TEXT    NOT NULL,
    n         INTEGER NOT NULL,           -- the command's number in the peer's queue; 0: unnumbered
    at        INTEGER NOT NULL,
    format    INTEGER NOT NULL,
    to_least  INTEGER NOT NULL,           -- the least role that may see it
    to_only   TEXT    NOT NULL,           -- the one member who may see it; '': no such limit
    mark      TEXT    NOT NULL,           -- on the last event of a batch, its mark; '' on the others
    PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_of_activity ON events (room, activity, seq);

-- How far the commands of each peer are settled.
CREATE TABLE settled (
    room    TEXT    NOT NULL,
    peer    TEXT    NOT NULL,
    member  TEXT    NOT NULL,
    last    INTEGER NOT NULL,
    refused TEXT    NOT NULL,             -- JSON list of {n, because, say}
    PRIMARY KEY (room, peer)
) STRICT, WITHOUT ROWID;

-- The newest saved state of each activity.
CREATE TABLE checkpoints (
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    format   INTEGER NOT NULL,
    state    BLOB,
    PRIMARY KEY (room, activity)
) STRICT;

-- When activities want to be woken.
CREATE TABLE wakes (
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (room, activity)
) STRICT, WITHOUT ROWID;

CREATE INDEX wakes_by_time ON wakes (at);
