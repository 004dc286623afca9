-- +goose Up

-- What calls a person. What is said is not here: it is read from the room's log
-- when it is told.
CREATE TABLE notices (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    person   TEXT    NOT NULL,
    room     TEXT    NOT NULL,
    activity TEXT    NOT NULL,
    key      TEXT    NOT NULL,            -- the piece of the activity that it is about
    at       INTEGER NOT NULL,            -- of the event that called, Unix milliseconds, as all times
    seq      INTEGER NOT NULL,            -- of that event
    words    INTEGER NOT NULL,            -- of the event that says it by now
    why      TEXT    NOT NULL,            -- 'mention', 'reply', 'here' or 'said'
    read_at  INTEGER NOT NULL DEFAULT 0,  -- 0: not yet
    UNIQUE (person, room, activity, key, at)
) STRICT;

CREATE INDEX notices_newest ON notices (person, at);
CREATE INDEX notices_of_piece ON notices (room, activity, key);
CREATE INDEX notices_at ON notices (at);

-- How far the rooms' logs were taken.
CREATE TABLE notice_places (
    room  TEXT    NOT NULL PRIMARY KEY,
    epoch TEXT    NOT NULL,
    seq   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What people want to hear of a room, where it is not what calls them: 'all' or 'none'.
CREATE TABLE notice_levels (
    room   TEXT NOT NULL,
    person TEXT NOT NULL,
    level  TEXT NOT NULL,
    PRIMARY KEY (room, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_levels_of_person ON notice_levels (person);
